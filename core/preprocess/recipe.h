#pragma once

#include "core/base/result.h"
#include "core/preprocess/continuum.h"
#include "core/preprocess/cosmic_rays.h"
#include "core/preprocess/target_grid.h"
#include "core/preprocess/tellurics.h"
#include "core/spectrum/frame.h"
#include "core/spectrum/spectrum.h"
#include "core/spectrum/wavelength_grid.h"

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace maury::preprocess {

/// Brings wavelengths to air. `from` is what they are in, nothing: what each segment says. Unknown
/// is taken as air.
struct ToAir {
    std::optional<spectrum::Medium> from;
    bool operator==(const ToAir&) const = default;
};

/// Removes a Doppler shift.
struct RemoveVelocity {
    double kms = 0.0; ///< positive = receding
    bool operator==(const RemoveVelocity&) const = default;
};

/// Brings wavelengths to a medium; segments that do not say theirs cannot be.
struct ToMedium {
    spectrum::Medium medium = spectrum::Medium::Vacuum;
    bool operator==(const ToMedium&) const = default;
};

/// Brings wavelengths to a velocity frame. Velocities that are not given are those that the file
/// states.
struct ToFrame {
    spectrum::Frame frame = spectrum::Frame::Rest;
    spectrum::Motion motion;
    bool operator==(const ToFrame&) const = default;
};

/// Marks hits of cosmic rays (cosmic_rays.h).
struct MarkCosmicRays {
    CosmicRaySettings settings;
    bool operator==(const MarkCosmicRays&) const = default;
};

/// Marks telluric bands, moved to the segments' medium and frame (tellurics.h). Velocities as for
/// ToFrame.
struct MarkTellurics {
    TelluricSettings settings;
    spectrum::Motion motion;
    bool operator==(const MarkTellurics&) const = default;
};

/// Brings each segment to the grid by itself, to the grid's medium first, with variances,
/// covariances, masks and bad fractions (resampling_operator.h).
struct Regrid {
    TargetGrid grid;
    /// λ/FWHM of segments that do not say theirs.
    std::optional<double> sourceResolvingPower;
    bool operator==(const Regrid&) const = default;
};

/// Merges all segments that reach the grid into its pixels; where they overlap they are averaged by
/// inverse variance when all have errors, else evenly. Flux of tiny or huge units is brought
/// near 1.
struct ToGrid {
    spectrum::WavelengthGrid grid;
    bool operator==(const ToGrid&) const = default;
};

/// Marks ramps beside missing edges as missing (edges.h).
struct TrimEdges {
    bool operator==(const TrimEdges&) const = default;
};

/// Divides by a continuum: every segment by its own before the spectrum is on a grid, else what is
/// on the grid.
struct Rectify {
    ContinuumSettings continuum;
    /// The coefficients that were fitted, segment by segment; empty until then, and for methods
    /// without coefficients. Where they are given nothing is fitted.
    std::vector<ContinuumFit> fits {};
    bool operator==(const Rectify&) const = default;
};

/// Divides by a number.
struct Scale {
    double divisor = 1.0;
    bool operator==(const Scale&) const = default;
};

/// Gives missing pixels the value of the nearest good one.
struct FillGaps {
    bool operator==(const FillGaps&) const = default;
};

using Step = std::variant<ToAir, RemoveVelocity, ToGrid, TrimEdges, Rectify, Scale, FillGaps,
    ToMedium, ToFrame, MarkCosmicRays, MarkTellurics, Regrid>;

/// Whether a step is one of segments as they were read, before a grid: ToAir, RemoveVelocity,
/// ToMedium, ToFrame, MarkCosmicRays, MarkTellurics, Rectify (which can also follow ToGrid).
[[nodiscard]] bool isSegmentStep(const Step& step);

/// What was done to a spectrum, in order and with all numbers: replaying it on the same spectrum
/// gives the same pixels without atlas or model. For classification (replay()) steps of segments
/// come before ToGrid, which is there once, the others after it; for exchange (reduce(), in
/// reduction.h) there are steps of segments and, at the end, at most one Regrid.
struct Recipe {
    std::vector<Step> steps;
    bool operator==(const Recipe&) const = default;
};

/// A spectrum on the grid of a recipe. Vectors [grid.pixels].
struct GriddedSpectrum {
    spectrum::WavelengthGrid grid;
    std::vector<float> flux; ///< after all steps
    /// Before Rectify and Scale, but with missing pixels filled: for whatever brings its own
    /// continuum.
    std::vector<float> unrectified;
    std::vector<float> asRead; ///< like flux, before FillGaps: 0 where the file has nothing
    std::vector<std::uint8_t> good;
    std::vector<double> ivar; ///< of flux; empty when the file has no errors
};

/// Replays a recipe on a spectrum. Errors: OptionInvalid when the steps cannot follow one another
/// so; ValueInvalid when there is no continuum to divide by.
[[nodiscard]] base::Result<GriddedSpectrum> replay(
    const Recipe& recipe, const spectrum::Spectrum& spectrum);

/// {"format":"maury-recipe","version":1,"steps":[{"step":"to-air","from":"vacuum"}, …]}, indented
/// by `indent` blanks (−1: on one line).
[[nodiscard]] std::string recipeToJson(const Recipe& recipe, int indent = -1);
/// `place` names the text in errors. Errors: FormatUnknown, FormatVersion, ValueMissing,
/// ValueInvalid naming the step and the value.
[[nodiscard]] base::Result<Recipe> recipeFromJson(
    const std::string& text, const std::string& place);

/// An English line: "velocity +23.4 km/s removed".
[[nodiscard]] std::string describe(const Step& step);

} // namespace maury::preprocess
