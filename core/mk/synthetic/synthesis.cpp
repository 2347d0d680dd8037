#include "core/mk/synthetic/synthesis.h"

#include "core/mk/synthetic/formal_solution.h"
#include "core/mk/synthetic/hydrogenic_lines.h"
#include "core/mk/synthetic/line_opacity.h"
#include "core/mk/synthetic/molecules.h"
#include "core/preprocess/envelope.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace maury::mk::synthetic {

namespace {

/// A quantity given at some temperatures, linear in log T_eff between them and constant outside.
struct Calibration {
    std::array<double, 6> logTemperatures;
    std::array<double, 6> values;

    [[nodiscard]] double at(double effectiveTemperature) const
    {
        const double logarithm = std::clamp(
            std::log10(effectiveTemperature), logTemperatures.front(), logTemperatures.back());
        std::size_t upper = 1;
        while (upper + 1 < values.size() && logTemperatures[upper] < logarithm)
            ++upper;
        const double fraction = (logarithm - logTemperatures[upper - 1])
            / (logTemperatures[upper] - logTemperatures[upper - 1]);
        return values[upper - 1] + fraction * (values[upper] - values[upper - 1]);
    }
};

// How the source functions of the lines fall below Planck's, calibrated on the observed depths of
// lines along the main sequence.
constexpr Calibration kMetalDepth { { 3.65, 3.75, 3.85, 3.95, 4.10, 4.55 },
    { 0.30, 0.10, 0.20, 0.50, 0.85, 0.70 } };
constexpr Calibration kMetalScale { { 3.65, 3.75, 3.85, 3.95, 4.10, 4.55 },
    { 0.05, 0.05, 0.10, 0.10, 0.30, 0.10 } };
constexpr Calibration kHydrogenDepth { { 3.70, 3.78, 3.85, 4.00, 4.20, 4.55 },
    { 0.95, 0.90, 0.40, 0.40, 0.45, 0.55 } };
constexpr double kHydrogenScale = 0.05;
constexpr double kHeliumDepth = 0.85;
constexpr double kHeliumScale = 0.4;

} // namespace

std::vector<float> synthesise(
    const AtomicData& data, const Atmosphere& atmosphere, const SynthesisGrid& grid)
{
    const Plasma plasma(data, atmosphere);
    const LayerMatrix dark = LayerMatrix::Zero(
        static_cast<Eigen::Index>(plasma.layers()), static_cast<Eigen::Index>(grid.points));
    LayerMatrix metals = dark;
    LayerMatrix helium = dark;
    LayerMatrix hydrogen = dark;
    addAtomicLines(LineKind::Metal, plasma, grid, metals);
    addMolecules(plasma, grid, metals);
    addAtomicLines(LineKind::Helium, plasma, grid, helium);
    addPickeringLines(plasma, grid, helium);
    addBalmerLines(plasma, grid, hydrogen);
    const double temperature = atmosphere.parameters.effectiveTemperature;
    const double factor = atmosphere.parameters.deficitFactor;
    const auto deficit = [factor](double depth, double scale) {
        return SourceDeficit { std::min(factor * depth, 1.0), scale }; // emission is never negative
    };
    const std::array<LineSource, 3> sources { {
        { metals, deficit(kMetalDepth.at(temperature), kMetalScale.at(temperature)) },
        { helium, deficit(kHeliumDepth, kHeliumScale) },
        { hydrogen, deficit(kHydrogenDepth.at(temperature), kHydrogenScale) },
    } };
    return residualFlux(plasma, grid, sources);
}

base::Result<std::vector<double>> observe(std::span<const float> fine, const SynthesisGrid& grid,
    const Blur& blur, const spectrum::WavelengthGrid& target)
{
    std::vector<double> flux = degrade(fine, grid, blur, target);
    const std::vector<std::uint8_t> good(flux.size(), 1);
    if (auto done = preprocess::rectifyByEnvelope(target.wavelengths(), flux, good); !done)
        return base::Unexpected(done.error());
    return flux;
}

} // namespace maury::mk::synthetic
