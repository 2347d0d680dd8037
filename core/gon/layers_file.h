#pragma once

#include "core/gon/training_network.h"
#include "core/io/hdf5_file.h"

namespace maury::gon {

/// Layers as arrays `<name>0_weights`, `<name>0_biases` … of a group. Errors: WriteFailed.
[[nodiscard]] base::Result<void> writeLayers(io::Hdf5Group& group, const std::string& name,
    const std::vector<nn::DenseParameters<float>>& layers);
/// Errors: ValueMissing, FileDamaged (shapes that do not belong together, numbers not finite).
[[nodiscard]] base::Result<std::vector<nn::DenseParameters<float>>> readLayers(
    const io::Hdf5Group& group, const std::string& name);

/// A matrix or a list of numbers.
[[nodiscard]] base::Result<void> writeMatrix(
    io::Hdf5Group& group, const std::string& name, const Matrix& matrix);
[[nodiscard]] base::Result<Matrix> readMatrix(const io::Hdf5Group& group, const std::string& name);

/// Decoder and inference (not the moments). Errors as above.
[[nodiscard]] base::Result<void> writeNetwork(io::Hdf5Group& parent, const NetworkState& state);
[[nodiscard]] base::Result<NetworkState> readNetwork(const io::Hdf5Group& parent);

/// Whether the layers are those of a decoder and its inference. Errors: FileDamaged.
[[nodiscard]] base::Result<void> checkShapes(const NetworkState& state, const DecoderSpec& spec,
    InferenceKind inference, const std::vector<double>& wavelengthAngstrom,
    const std::string& place);

} // namespace maury::gon
