#include "core/mk/synthetic/line_opacity.h"

#include "core/mk/synthetic/constants.h"
#include "core/mk/synthetic/profiles.h"

#include <algorithm>
#include <cmath>

namespace maury::mk::synthetic {
namespace {

using namespace constants;

/// Lines whose centre is nowhere (within the layers that are seen) above this share of the
/// continuum's opacity are left out.
constexpr double kFaintest = 2e-3;
/// A wing is followed to this share of the continuum's opacity, but not beyond kFarthestAngstrom.
constexpr double kWingEnd = 1e-3;
constexpr double kFarthestAngstrom = 100.0;
/// Profiles are followed at least this many Doppler widths.
constexpr double kCoreWidths = 5.0;
/// Rosseland depths between which the lines are formed.
constexpr double kSurface = 1e-4;
constexpr double kBottom = 2.0;
/// Measured line widths exceed Unsöld's (Gray, ch. 11).
constexpr double kUnsoldFactor = 1.6;

/// The facts of one line that do not depend on the layer.
struct LineConstants {
    const AtomicLine& line;
    double massU;
    double charge; ///< of the core that the electron sees
    double radiativeWidth; ///< s⁻¹
    double starkPerElectron; ///< s⁻¹ cm³ at 10,000 K
    double logVanDerWaals; ///< log of the part that depends on the line
    bool isHelium;
};

/// Mean square radius of the orbit of energy `levelEv`, in Bohr radii squared: 2.5 n*⁴/Z² (Gray,
/// eq. 11.30).
double squareRadius(double charge, double ionisationEv, double levelEv)
{
    const double square = kRydbergEv * charge / std::max(ionisationEv - levelEv, 0.5);
    return 2.5 * square * square;
}

/// Quadratic Stark width per electron, s⁻¹ cm³ at 10,000 K.
double starkWidth(const AtomicLine& line, const Ion& ion, bool isHelium, double ionisationEv)
{
    const double charge = ion.stage + 1.0;
    const double square = kRydbergEv * charge * charge / std::max(ionisationEv - line.upperEv, 0.4);
    // Peytremann's (1972) scaling with n*⁵, calibrated lower for metals.
    const double width = 1e-8 * std::pow(square, 2.5) / (charge * charge);
    if (!isHelium)
        return 0.25 * width;
    // Diffuse lines of He I with forbidden companions are about twice as wide (Griem 1974).
    static constexpr double kDiffuse[] = { 3819.6, 3926.5, 4009.3, 4026.2, 4143.8, 4387.9, 4471.5 };
    const bool diffuse = std::any_of(std::begin(kDiffuse), std::end(kDiffuse),
        [&](double wavelength) { return std::abs(line.airAngstrom - wavelength) < 0.7; });
    return diffuse ? 2.0 * width : width;
}

LineConstants lineConstants(const AtomicData& data, const AtomicLine& line)
{
    const Ion& ion = data.ions[line.ion];
    const bool isHelium = ion.element == 1;
    const double charge = ion.stage + 1.0;
    const double ionisation = ion.ionisationEv > 0.0 ? ion.ionisationEv : 30.0;
    const double radius = squareRadius(charge, ionisation, line.upperEv)
        - squareRadius(charge, ionisation, line.lowerEv);
    LineConstants constants { line, data.elements[ion.element].massU, charge, 0.0, 0.0, 0.0,
        isHelium };
    // Classical damping (Gray, eq. 11.13).
    constants.radiativeWidth = 2.223e15 / (line.airAngstrom * line.airAngstrom);
    constants.starkPerElectron = starkWidth(line, ion, isHelium, ionisation);
    // Unsöld (Gray, eqs. 11.28–11.30): log γ = 6.33 + 0.4 log Δr² + log P_H − 0.7 log T.
    constants.logVanDerWaals = 6.33 + 0.4 * std::log10(std::max(std::abs(radius), 3.0));
    return constants;
}

/// Total damping width in s⁻¹.
double dampingWidth(const LineConstants& line, const Plasma& plasma, std::size_t layer)
{
    const GasState& gas = plasma.gas(layer);
    const double stark
        = line.starkPerElectron * gas.electronDensity * std::pow(gas.temperature / 1e4, -0.17);
    const double hydrogenPressure = plasma.density(layer, 0) * kBoltzmann * gas.temperature;
    const double vanDerWaals = kUnsoldFactor * std::pow(10.0, line.logVanDerWaals)
        * hydrogenPressure * std::pow(gas.temperature, -0.7);
    return line.radiativeWidth + stark + vanDerWaals;
}

/// One line in one layer.
struct LayerLine {
    double centre; ///< opacity at the centre of a pure Doppler profile, cm²/g
    double widthAngstrom; ///< Doppler width
    double damping; ///< Voigt parameter a
};

LayerLine layerLine(const LineConstants& line, const Plasma& plasma, std::size_t layer)
{
    const double wavelength = line.line.airAngstrom * kCmPerAngstrom;
    const double velocity = plasma.dopplerVelocity(layer, line.massU);
    const double width = velocity / wavelength; // Hz
    const double strength = std::pow(10.0, line.line.logGf)
        * plasma.lineStrength(layer, line.line.ion, line.line.lowerEv, line.line.airAngstrom);
    return { strength / (kSqrtPi * width), line.line.airAngstrom * velocity / kLightSpeed,
        dampingWidth(line, plasma, layer) / (4.0 * kPi * width) };
}

} // namespace

void addAtomicLines(
    LineKind kind, const Plasma& plasma, const SynthesisGrid& grid, LayerMatrix& opacity)
{
    const std::size_t layers = plasma.layers();
    std::vector<LayerLine> inLayers(layers);
    for (const AtomicLine& line : plasma.data().atomicLines) {
        const LineConstants constants = lineConstants(plasma.data(), line);
        if (constants.isHelium != (kind == LineKind::Helium))
            continue;
        double strongest = 0.0;
        double reach = 0.0;
        for (std::size_t layer = 0; layer < layers; ++layer) {
            const LayerLine& here = inLayers[layer] = layerLine(constants, plasma, layer);
            const double depth = plasma.atmosphere().opticalDepth[layer];
            if (depth < kSurface || depth > kBottom)
                continue;
            const double ratio = here.centre / plasma.referenceContinuum(layer);
            strongest = std::max(strongest, ratio);
            const double wing = std::sqrt(ratio * here.damping / (kSqrtPi * kWingEnd));
            reach = std::max(reach, here.widthAngstrom * std::max(kCoreWidths, wing));
        }
        if (strongest < kFaintest)
            continue;
        const auto window = grid.window(line.airAngstrom, std::min(reach, kFarthestAngstrom));
        if (window.begin >= window.end)
            continue;
        const double first = grid.wavelength(window.begin) - line.airAngstrom;
        for (std::size_t layer = 0; layer < layers; ++layer) {
            const LayerLine& here = inLayers[layer];
            addVoigt(opacity.row(static_cast<Eigen::Index>(layer)).data() + window.begin,
                window.end - window.begin, static_cast<float>(first / here.widthAngstrom),
                static_cast<float>(grid.stepAngstrom / here.widthAngstrom),
                static_cast<float>(here.damping), static_cast<float>(here.centre));
        }
    }
}

} // namespace maury::mk::synthetic
