#pragma once

#include "core/base/result.h"
#include "core/mk/class_scheme.h"
#include "core/robust/atlas_space.h"
#include "core/robust/calibration.h"
#include "core/robust/robust_part.h"

#include <filesystem>
#include <optional>
#include <string>

namespace maury::robust {

/// A trained classifier of the robust protocol and all that is needed to use it and to know where
/// it came from.
struct RobustModel {
    RobustPart blue;
    /// Present when a library reached into the green; used beside the blue part, with the same
    /// weight, for spectra that reach there too.
    std::optional<RobustPart> wide;
    /// Of the blue lines, to tell what is outside the atlas; nothing when there were too few
    /// standards to know its limit.
    std::optional<AtlasSpace> space;
    /// Nothing in models that were trained without: their uncertainties are the networks' own.
    std::optional<Calibration> calibration;
    mk::ClassScheme scheme; ///< classes of the training standards, for reports
    std::string atlas; ///< description of the training data
    std::string provenance; ///< JSON: where the libraries came from
    std::string settings; ///< of the training, as JSON
    std::string programVersion;
};

/// HDF5; written to a temporary name, flushed, renamed. Errors: WriteFailed, LibraryFailed.
[[nodiscard]] base::Result<void> writeModel(
    const RobustModel& model, const std::filesystem::path& file);
/// Errors: FileMissing, FileDamaged (a checksum, or parts that do not belong together),
/// FileTruncated, FormatUnknown (a model of the paper's protocol, too), FormatVersion
/// (also of versions 1 and 2, which had one range of wavelengths only and another calibration), ValueMissing, ValueInvalid.
[[nodiscard]] base::Result<RobustModel> readRobustModel(const std::filesystem::path& file);

/// Whether a file is a model of this protocol, as far as its format's name tells.
[[nodiscard]] bool isRobustModel(const std::filesystem::path& file);

} // namespace maury::robust
