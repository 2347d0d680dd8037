#pragma once

#include "core/base/result.h"
#include "core/preprocess/envelope.h"
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

/// Divides by an upper envelope.
struct Rectify {
    EnvelopeSettings envelope;
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

using Step = std::variant<ToAir, RemoveVelocity, ToGrid, TrimEdges, Rectify, Scale, FillGaps>;

/// What was done to a spectrum, in order and with all numbers: replaying it on the same spectrum
/// gives the same pixels without atlas or model. ToAir and RemoveVelocity come before ToGrid, which
/// is there once; the others after it.
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
