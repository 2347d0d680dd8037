#pragma once

#include "core/base/result.h"
#include "core/mk/class_scheme.h"
#include "core/nn/parameters.h"
#include "core/spectrum/wavelength_grid.h"

#include <filesystem>
#include <string>

namespace maury::train {

/// A trained classifier and all that is needed to use it and to know where it came from.
struct Model {
    nn::NetworkSpec spec;
    nn::Parameters parameters;
    mk::ClassScheme scheme;
    spectrum::WavelengthGrid grid;
    std::string protocol = "paper";
    std::string atlas; ///< description of the training data
    std::string provenance; ///< SampleSet::provenance: where its atlases came from; may be empty
    std::string trainSha256; ///< of the training set; empty if unknown
    std::string settings; ///< the TrainingConfig as one JSON text
    std::string programVersion;
    int epoch = 0; ///< epochs trained
};

/// HDF5 with format version and SHA-256 of the contents; written to a temporary name, flushed,
/// renamed. Errors: WriteFailed.
[[nodiscard]] base::Result<void> writeModel(const Model& model, const std::filesystem::path& file);
/// Errors: FileMissing, FileDamaged, FileTruncated, FormatVersion, ValueMissing, ValueInvalid.
[[nodiscard]] base::Result<Model> readModel(const std::filesystem::path& file);

/// Whether a file is a model of the paper's protocol, as far as its format's name tells.
[[nodiscard]] bool isModel(const std::filesystem::path& file);

/// The model that is shipped for the built-in atlas.
[[nodiscard]] base::Result<Model> builtinModel();

} // namespace maury::train
