#pragma once

#include "core/base/result.h"
#include "core/classify/coverage.h"
#include "core/mk/atlas.h"
#include "core/preprocess/recipe.h"
#include "core/preprocess/velocity.h"
#include "core/spectrum/spectrum.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace maury::classify {

/// How a spectrum is brought to the model's grid.
struct PrepareOptions {
    bool rectify = true; ///< divide by a continuum unless the spectrum is rectified already
    bool shift = true; ///< find and remove the velocity by cross-correlation with the standards
    std::optional<spectrum::Medium> medium; ///< overrides the file
    std::optional<spectrum::Frame> frame;
    /// `shift` also for spectra that are said to be at rest, where only a small velocity is
    /// believed: files say rest that are off by tens of km/s.
    bool shiftRest = false;
    std::optional<double> velocityKms; ///< removed instead of one looked for, whatever the frame
    double velocityRangeKms = preprocess::kVelocityRangeKms; ///< looked for within ± this
    preprocess::ContinuumSettings continuum; ///< of the rectification
    preprocess::Recipe recipe; ///< unless empty, replayed instead of all this
    bool operator==(const PrepareOptions&) const = default;
};

/// The options name numbers that can be used. Errors: OptionInvalid naming option, value and range.
[[nodiscard]] base::Result<void> validate(const PrepareOptions& options);

/// A spectrum on the model's grid, ready for the network, with what must be known to judge it.
struct PreparedSpectrum {
    std::vector<float> flux; ///< [grid.pixels]; missing pixels filled as in Atlas
    /// [grid.pixels]; before it was rectified or scaled (missing pixels filled): for networks that
    /// bring their own continuum.
    std::vector<float> unrectified;
    std::vector<float>
        asRead; ///< [grid.pixels]; the same before filling, 0 where the file has nothing
    std::vector<std::uint8_t> good; ///< [grid.pixels]
    std::optional<double> velocityKms; ///< removed; nothing if not looked for or not found
    /// Said to be at rest, but the standards fit far better at this velocity, which was removed.
    std::optional<double> restContradictedKms;
    bool rectifiedHere = false;
    preprocess::Recipe recipe; ///< all that was done: replaying it gives the same pixels
    std::vector<std::string> warnings;

    Coverage coverage; ///< of the grid before filling
    double noise = 0.0; ///< of a pixel, in units of the prepared flux; > 0
    std::vector<double> ivar; ///< [grid.pixels] in prepared flux; empty when the file has no errors
    spectrum::Medium medium = spectrum::Medium::Unknown; ///< as stated, before conversion to air
    spectrum::Frame frame = spectrum::Frame::Unknown; ///< as stated, before the shift

    [[nodiscard]] double medianFlux() const; ///< of the good pixels; 0 when there is none
    /// medianFlux() over the noise of a pixel.
    [[nodiscard]] double signalToNoise() const;
};

/// The largest velocity that does not contradict a spectrum said to be at rest (shiftRest).
inline constexpr double kLargestRestVelocityKms = 150.0;

/// Brings spectra to the grid of an atlas: to air, velocity removed unless the frame is rest (see
/// shiftRest), all segments merged, rectified, missing pixels filled from the nearest good one. A
/// file that does not say whether it is rectified counts as rectified when, as it stands, it lies
/// nearer to a standard (its level within a tenth) than after rectification. An atlas of fluxes
/// (not rectified) gets the spectrum scaled, not rectified.
class Preparer {
public:
    explicit Preparer(mk::AtlasPtr atlas);

    /// Errors: those of validate(); CoverageInsufficient when less than half of the grid has data
    /// (says what is covered), ValueInvalid when there is no continuum to divide by, ModelMismatch
    /// for a recipe with another grid than the atlas's.
    [[nodiscard]] base::Result<PreparedSpectrum> prepare(
        const spectrum::Spectrum& spectrum, const PrepareOptions& options) const;

private:
    mk::AtlasPtr m_atlas;
    preprocess::VelocityFinder m_velocity;
};

/// Preparer::prepare() for a single spectrum: to prepare many, keep the Preparer.
[[nodiscard]] base::Result<PreparedSpectrum> prepare(
    const spectrum::Spectrum& spectrum, const mk::Atlas& atlas, const PrepareOptions& options);

} // namespace maury::classify
