#include "core/mk/synthetic/hydrogenic_lines.h"

#include "core/mk/synthetic/constants.h"
#include "core/mk/synthetic/profiles.h"
#include "core/spectrum/air_vacuum.h"

#include <algorithm>
#include <cmath>

namespace maury::mk::synthetic {
namespace {

using namespace constants;

struct Transition {
    int upper;
    double oscillatorStrength;
};

// Absorption oscillator strengths: Wiese, Smith & Glennon (1966, NSRDS-NBS 4).
constexpr Transition kBalmer[]
    = { { 4, 0.11932 }, { 5, 0.044670 }, { 6, 0.022093 }, { 7, 0.012704 }, { 8, 0.0080362 },
          { 9, 0.0054287 }, { 10, 0.0038508 }, { 11, 0.0028382 }, { 12, 0.0021524 },
          { 13, 0.0016715 }, { 14, 0.0013243 }, { 15, 0.0010673 }, { 16, 0.00087284 } };
// Those of n = 4 do not depend on the nuclear charge.
constexpr Transition kPickering[] = { { 8, 0.03230 }, { 9, 0.0187 }, { 10, 0.011964 },
    { 11, 0.0081873 }, { 12, 0.0058864 }, { 13, 0.0043932 }, { 14, 0.0033752 }, { 15, 0.0026553 },
    { 16, 0.0021260 }, { 17, 0.00173 } };

/// The share of upper levels that the fields of neighbouring ions leave bound: a smooth form of the
/// Inglis–Teller limit, log n_e = 23.26 − 7.5 log n_max.
double undissolved(int upper, double electronDensity)
{
    const double limit = std::pow(10.0, (23.26 - std::log10(electronDensity)) / 7.5);
    return 1.0 / (1.0 + std::pow(upper / limit, 10.0));
}

/// The Stark shift in Å that the normal field F₀ = 1.25e-9 n_e^{2/3} (cgs) causes in n → m: the
/// asymptotic constant 5.5e-5 (nm)⁴/(m² − n²) of Kepple & Griem (1968), for nuclear charge 1.
double starkShift(int lower, int upper, double electronDensity)
{
    const double n = lower;
    const double m = upper;
    return 1.25e-9 * std::pow(electronDensity, 2.0 / 3.0) * 5.5e-5 * std::pow(n * m, 4.0)
        / (m * m - n * n);
}

} // namespace

double hydrogenicWavelength(int lower, int upper, int charge, double massU)
{
    EXPECTS(lower >= 1 && upper > lower && charge >= 1 && massU > 0.0);
    constexpr double kRydberg = 109737.31568; // cm⁻¹, infinite mass
    const double nucleus = massU * kAtomicMass - charge * kElectronMass;
    const double wavenumber = kRydberg / (1.0 + kElectronMass / nucleus) * charge * charge
        * (1.0 / (lower * lower) - 1.0 / (upper * upper));
    return spectrum::airFromVacuum(1e8 / wavenumber);
}

void addBalmerLines(const Plasma& plasma, const SynthesisGrid& grid, LayerMatrix& opacity)
{
    constexpr int kLower = 2;
    const double mass = plasma.data().elements[0].massU;
    const double lowerEv = kRydbergEv * (1.0 - 1.0 / (kLower * kLower));
    for (const auto& [upper, oscillatorStrength] : kBalmer) {
        const double wavelength = hydrogenicWavelength(kLower, upper, 1, mass);
        const double gf = 2.0 * kLower * kLower * oscillatorStrength;
        for (std::size_t layer = 0; layer < plasma.layers(); ++layer) {
            const double electrons = plasma.gas(layer).electronDensity;
            const double strength = gf * undissolved(upper, electrons)
                * plasma.lineStrength(layer, 0, lowerEv, wavelength);
            const double doppler = wavelength * plasma.dopplerVelocity(layer, mass) / kLightSpeed;
            const double stark = starkShift(kLower, upper, electrons);
            // Per Å: 1/(core + wing |Δλ|^{5/2}) has the asymptote 2.7 stark^{3/2} |Δλ|^{−5/2}:
            // ions 1.5, electrons 1.8 times that; the core is as high as a Gaussian's of the
            // combined width.
            const double core = kSqrtPi * std::hypot(stark, doppler) / 0.9;
            const double wing = 1.0 / (2.7 * std::pow(stark, 1.5));
            const double perAngstrom
                = wavelength * wavelength * kCmPerAngstrom / kLightSpeed; // Hz⁻¹ → Å⁻¹
            addStark(opacity.row(static_cast<Eigen::Index>(layer)).data(), grid.points,
                static_cast<float>(grid.firstAngstrom - wavelength),
                static_cast<float>(grid.stepAngstrom), static_cast<float>(core),
                static_cast<float>(wing), static_cast<float>(strength * perAngstrom));
        }
    }
}

void addPickeringLines(const Plasma& plasma, const SynthesisGrid& grid, LayerMatrix& opacity)
{
    constexpr int kLower = 4;
    constexpr double kReachAngstrom = 40.0;
    constexpr double kHeliumIonEv = 54.4178;
    /// Linear Stark width, s⁻¹ cm³ at 10,000 K, estimated from He II 4686's.
    constexpr double kStarkPerElectron = 0.6e-4;
    const Element& helium = plasma.data().elements[1];
    const double lowerEv = kHeliumIonEv * (1.0 - 1.0 / (kLower * kLower));
    for (const auto& [upper, oscillatorStrength] : kPickering) {
        const double wavelength = hydrogenicWavelength(kLower, upper, 2, helium.massU);
        const auto window = grid.window(wavelength, kReachAngstrom);
        if (window.begin >= window.end)
            continue;
        const double gf = 2.0 * kLower * kLower * oscillatorStrength;
        for (std::size_t layer = 0; layer < plasma.layers(); ++layer) {
            const GasState& gas = plasma.gas(layer);
            const double velocity = plasma.dopplerVelocity(layer, helium.massU);
            const double width = velocity / (wavelength * kCmPerAngstrom); // Hz
            const double widthAngstrom = wavelength * velocity / kLightSpeed;
            const double strength
                = gf * plasma.lineStrength(layer, helium.firstIon + 1, lowerEv, wavelength);
            const double damping = kStarkPerElectron * gas.electronDensity
                * std::pow(gas.temperature / 1e4, -0.2) / (4.0 * kPi * width);
            addVoigt(opacity.row(static_cast<Eigen::Index>(layer)).data() + window.begin,
                window.end - window.begin,
                static_cast<float>((grid.wavelength(window.begin) - wavelength) / widthAngstrom),
                static_cast<float>(grid.stepAngstrom / widthAngstrom), static_cast<float>(damping),
                static_cast<float>(strength / (kSqrtPi * width)));
        }
    }
}

} // namespace maury::mk::synthetic
