#pragma once

#include "core/io/hdf5_file.h"
#include "core/train/model.h"

namespace maury::train {

/// Of the files of writeModel().
inline const io::Hdf5Format& modelFormat()
{
    static const io::Hdf5Format format { "maury-model", 1 };
    return format;
}

/// A model as one group of an open file; writeModel() and checkpoints share it. Errors: as
/// writeModel().
[[nodiscard]] base::Result<void> writeModelGroup(
    io::Hdf5Group& parent, const std::string& name, const Model& model);
/// Errors: as readModel().
[[nodiscard]] base::Result<Model> readModelGroup(
    const io::Hdf5Group& parent, const std::string& name);

} // namespace maury::train
