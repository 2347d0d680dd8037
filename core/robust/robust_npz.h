#pragma once

#include "core/base/result.h"
#include "core/robust/robust_model.h"

#include <filesystem>

namespace maury::robust {

/// Writes the networks of a model as arrays of NumPy: those of train::networkArrays() behind
/// "blue.0.", "blue.1." … for each member, "wide.0." … where there are wide ones; for each range
/// the pixels of the input, "blue.wavelength" (Å), and what standardises it, "blue.mean" and
/// "blue.deviation"; and a text "metadata" (JSON: activation, bins of both heads, what the input
/// is). Errors: WriteFailed.
[[nodiscard]] base::Result<void> writeRobustNpz(
    const RobustModel& model, const std::filesystem::path& file);

/// Puts the networks of such an archive, or of one of another program with arrays of these names,
/// into a model like `like`, of which all the rest is taken. Where the networks are others than
/// those of `like`, its calibration does not speak for them and is left out. Errors: those of
/// train::NpzArchive; ModelMismatch (networks of another shape than the inputs and bins of `like`,
/// or members of different shapes).
[[nodiscard]] base::Result<RobustModel> readRobustNpz(
    const std::filesystem::path& file, const RobustModel& like);

/// Whether the metadata of an archive says that it holds networks of this protocol.
[[nodiscard]] bool isRobustNpz(const std::filesystem::path& file);

} // namespace maury::robust
