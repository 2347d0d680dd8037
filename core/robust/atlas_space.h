#pragma once

#include "core/base/result.h"
#include "core/io/hdf5_file.h"
#include "core/robust/log_grid.h"
#include "core/robust/variation.h"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace maury::robust {

/// The space that the standards and their variations span: what lies far from it is like none of
/// them, whatever a network answers. Principal components of the lines (flux over its running mean,
/// less 1), averaged over runs of pixels of about 4 Å.
struct AtlasSpace {
    std::vector<float> mean; ///< [bins]
    mk::SpectraMatrix axes; ///< [axes, bins], orthonormal
    /// The distance that 99 % of standards stay below which the space was learnt without.
    double limit = 0.0;

    bool operator==(const AtlasSpace&) const = default;
};

/// How far a spectrum lies from the space, in units of the limit: the root mean square of what the
/// axes do not explain, without the noise's part, over the square root of the strength of the lines
/// (strong lines differ more between stars of one type). `noise`: of the flux averaged over
/// a bin, relative to the continuum. Bins with a missing pixel are left out; nothing when
/// less than half is left.
[[nodiscard]] std::optional<double> distanceFrom(
    const AtlasSpace& space, const LogSpectrum& spectrum, const LogGrid& grid, double noise);

[[nodiscard]] std::size_t binCount(const LogGrid& grid);
/// Å of a bin in the middle of the grid: about 4.
[[nodiscard]] double binAngstrom(const LogGrid& grid);

/// Standards to learn from and standards that they know nothing of.
struct HeldOut {
    Standards training;
    Standards heldOut;
};

/// Learns the space from variations (without noise) of the standards and its limit from those held
/// out. A pure function of standards, folds, variation and seed. Preconditions: at least one fold;
/// validate(variation) succeeds; all are on one grid.
[[nodiscard]] AtlasSpace learnAtlasSpace(const Standards& standards, std::span<const HeldOut> folds,
    const VariationSettings& variation, std::uint64_t seed, int threads);

/// The same for libraries, with a fifth of their observed cells held out in turn (folds.h). Nothing
/// when there are too few of them (20) to know how far unknown stars lie.
[[nodiscard]] std::optional<AtlasSpace> atlasSpaceOf(const std::vector<Library>& libraries,
    const VariationSettings& variation, std::uint64_t seed, int threads);

/// Stores a space as a group of that name. Errors: WriteFailed, LibraryFailed.
[[nodiscard]] base::Result<void> writeSpace(
    io::Hdf5Group& parent, const std::string& name, const AtlasSpace& space);
/// Errors: FileDamaged (shapes that do not belong together, numbers that are not finite),
/// ValueMissing, ValueInvalid.
[[nodiscard]] base::Result<AtlasSpace> readSpace(
    const io::Hdf5Group& parent, const std::string& name, const LogGrid& grid);

} // namespace maury::robust
