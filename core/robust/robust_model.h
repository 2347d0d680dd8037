#pragma once

#include "core/base/result.h"
#include "core/mk/class_scheme.h"
#include "core/nn/parameters.h"
#include "core/robust/decision.h"
#include "core/robust/local_continuum.h"
#include "core/robust/variation.h"

#include <filesystem>
#include <string>
#include <vector>

namespace maury::robust {

/// A trained classifier of the robust protocol and all that is needed to use it and to know where
/// it came from. Its heads give temperatureBins() and luminosityBins().
struct RobustModel {
    nn::NetworkSpec spec; ///< inputs = grid.cropPixels
    std::vector<nn::Parameters> members; ///< at least one; their probabilities are averaged
    LogGrid grid;
    Standardisation standardisation;
    spectrum::WavelengthGrid libraryGrid; ///< on which spectra are prepared
    mk::ClassScheme scheme; ///< classes of the training standards, for reports
    VariationSettings variation; ///< what it was trained on: its limits
    std::string atlas; ///< description of the training data
    std::string provenance; ///< JSON: where the libraries came from
    std::string settings; ///< of the training, as JSON
    std::string programVersion;
};

/// HDF5; written to a temporary name, flushed, renamed. Errors: WriteFailed, LibraryFailed.
[[nodiscard]] base::Result<void> writeModel(
    const RobustModel& model, const std::filesystem::path& file);
/// Errors: FileMissing, FileDamaged (a checksum, or parts that do not belong together),
/// FileTruncated, FormatUnknown (a model of the paper's protocol, too), FormatVersion,
/// ValueMissing, ValueInvalid.
[[nodiscard]] base::Result<RobustModel> readRobustModel(const std::filesystem::path& file);

/// Whether a file is a model of this protocol, as far as its format's name tells.
[[nodiscard]] bool isRobustModel(const std::filesystem::path& file);

} // namespace maury::robust
