#pragma once

#include "core/io/hdf5_file.h"
#include "core/nn/parameters.h"

namespace maury::train {

/// Stores parameters (or moments, which have the same shapes) as a group of arrays
/// `hidden0_weights`, … with the network's shape as attributes and a SHA-256 of the numbers.
/// Errors: WriteFailed.
[[nodiscard]] base::Result<void> writeParameters(io::Hdf5Group& parent, const std::string& name,
    const nn::NetworkSpec& spec, const nn::Parameters& parameters);

/// A network as read: its shape and its numbers, which fit.
struct StoredNetwork {
    nn::NetworkSpec spec;
    nn::Parameters parameters;
};

/// Errors: ValueMissing, ValueInvalid, FileDamaged (shapes or SHA-256 differ, numbers not finite).
[[nodiscard]] base::Result<StoredNetwork> readParameters(
    const io::Hdf5Group& parent, const std::string& name);

/// Parameters that must have this shape. Errors: as readParameters(); FileDamaged (another shape).
[[nodiscard]] base::Result<nn::Parameters> readFitting(
    const io::Hdf5Group& parent, const std::string& name, const nn::NetworkSpec& spec);

} // namespace maury::train
