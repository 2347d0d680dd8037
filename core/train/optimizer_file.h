#pragma once

#include "core/io/hdf5_file.h"
#include "core/train/backend.h"

namespace maury::train {

/// Stores what an optimiser remembers as attributes and groups `moment0`, … of `root`. Errors:
/// WriteFailed.
[[nodiscard]] base::Result<void> writeOptimizer(
    io::Hdf5Group& root, const nn::NetworkSpec& spec, const OptimizerState& state);

/// Errors: ValueMissing, ValueInvalid, FileDamaged (another number of moments or another shape).
[[nodiscard]] base::Result<OptimizerState> readOptimizer(
    const io::Hdf5Group& root, const nn::NetworkSpec& spec, std::size_t moments);

} // namespace maury::train
