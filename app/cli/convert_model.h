#pragma once

#include "app/cli/verb.h"

#include <optional>
#include <string>

namespace maury::cli {

/// When `file` or `out` is a trained model (HDF5) or an archive of NumPy (.npz), writes the one as
/// the other and returns the exit status; nothing when neither is one. `like`: a model that an
/// archive of another program takes its classes and grid from; may be empty.
[[nodiscard]] std::optional<int> convertModel(const CommonOptions& common, const std::string& file,
    const std::string& out, const std::string& like);

} // namespace maury::cli
