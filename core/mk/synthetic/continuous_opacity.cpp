#include "core/mk/synthetic/continuous_opacity.h"

#include "core/mk/synthetic/constants.h"

#include <algorithm>
#include <cmath>

namespace maury::mk::synthetic {
namespace {

using namespace constants;

/// Kramers' bound-free cross-section of level n is kKramers · Z⁴/(n⁵ ν³) cm² (Gray, eq. 8.4, Gaunt
/// factor 1).
constexpr double kKramers = 2.815e29;
/// Free-free absorption per electron and proton: kFreeFree · T^−1/2 ν⁻³ cm⁵ (Gray, eq. 8.9, Gaunt
/// factor 1).
constexpr double kFreeFree = 3.69e8;

/// Levels of He I with photo-ionisation edges that matter: excitation and edge in eV (NIST ASD),
/// statistical weight; cross-sections fall as ν⁻³ from a threshold value, estimated.
struct HeliumLevel {
    double excitationEv;
    double weight;
    double edgeEv;
};
constexpr HeliumLevel kHeliumLevels[] = { { 19.82, 3, 4.768 }, { 20.62, 1, 3.972 },
    { 20.96, 9, 3.623 }, { 21.22, 3, 3.369 }, { 22.72, 3, 1.87 }, { 22.92, 1, 1.67 },
    { 23.0, 9, 1.58 }, { 23.07, 20, 1.51 }, { 23.09, 3, 1.5 } };
constexpr double kHeliumThreshold = 8e-18; // cm²

double heliumThreshold(const HeliumLevel& level)
{
    return kHeliumThreshold * (level.edgeEv > 3.0 ? 1.6 : 2.2);
}

double cube(double x)
{
    return x * x * x;
}

} // namespace

ContinuumSources::ContinuumSources(
    const AtomicData& data, const SahaFactors& factors, const GasState& gas)
    : m_gas(gas)
    , m_hydrogenPartition(factors.partition[0])
{
    const double electrons = gas.electronDensity;
    const double ionised = factors.ratio[0] / electrons;
    m_hydrogenAtoms = gas.hydrogenDensity / (1.0 + ionised);
    m_protons = gas.hydrogenDensity - m_hydrogenAtoms;
    const Element& helium = data.elements[1];
    const double once = factors.ratio[helium.firstIon] / electrons;
    const double twice = once * factors.ratio[helium.firstIon + 1] / electrons;
    m_heliumAtoms = gas.hydrogenDensity * helium.abundance / (1.0 + once + twice);
    m_heliumIons = m_heliumAtoms * once;
    m_alphaParticles = m_heliumAtoms * twice;
}

double ContinuumSources::hydrogenMinus(double wavelengthAngstrom) const
{
    const double temperature = m_gas.temperature;
    const double micron = wavelengthAngstrom * 1e-4;
    // Bound-free: John (1988, A&A 193, 189), eqs. 3–5, with stimulated emission, cm⁴/dyn.
    constexpr double kEdgeMicron = 1.6419;
    constexpr double kC2 = 1.439e4; // hc/k, µm K
    constexpr double kFit[] = { 152.519, 49.534, -118.858, 92.536, -34.194, 4.982 };
    double boundFree = 0.0;
    if (micron < kEdgeMicron) {
        const double x = std::sqrt(1.0 / micron - 1.0 / kEdgeMicron);
        double fit = 0.0;
        for (int i = 5; i >= 0; --i)
            fit = fit * x + kFit[i];
        const double crossSection = 1e-18 * cube(micron) * cube(x) * fit;
        boundFree = 0.750 * std::pow(temperature, -2.5)
            * std::exp(std::min(kC2 / (kEdgeMicron * temperature), 500.0))
            * (1.0 - std::exp(-kC2 / (micron * temperature))) * crossSection;
    }
    // Free-free: Gray (1992, 2nd ed.), eq. 8.13, after Bell & Berrington (1987), cm⁴/dyn.
    const double l = std::log10(wavelengthAngstrom);
    const double theta = std::log10(5040.0 / temperature);
    const double f0 = -2.2763 + l * (-1.6850 + l * (0.76661 - l * 0.053346));
    const double f1 = 15.2827 + l * (-9.2846 + l * (1.99381 - l * 0.142631));
    const double f2 = -197.789 + l * (190.266 + l * (-67.9775 + l * (10.6913 - l * 0.625151)));
    const double freeFree = 1e-26 * std::pow(10.0, f0 + theta * (f1 + theta * f2));
    const double electronPressure = m_gas.electronDensity * kBoltzmann * temperature;
    return (boundFree + freeFree) * electronPressure * m_hydrogenAtoms;
}

double ContinuumSources::hydrogen(double frequency) const
{
    const double thermalEv = kBoltzmann * m_gas.temperature / kElectronVolt;
    const double inverseCube = 1.0 / cube(frequency);
    constexpr int kLevels = 10;
    double perAtom = 0.0;
    for (int n = 1; n <= kLevels; ++n) {
        if (frequency <= kRydbergFrequency / (n * n))
            continue;
        perAtom += kKramers * inverseCube * 2.0 / cube(n)
            * std::exp(-kRydbergEv * (1.0 - 1.0 / (n * n)) / thermalEv);
    }
    // Higher levels as a continuum of levels (Unsöld; Gray, eq. 8.7).
    constexpr double kFirst = kLevels + 1;
    perAtom += kKramers * inverseCube * thermalEv / kRydbergEv
        * (std::exp(-kRydbergEv * (1.0 - 1.0 / (kFirst * kFirst)) / thermalEv)
            - std::exp(-kRydbergEv / thermalEv));
    const double freeFree = kFreeFree / std::sqrt(m_gas.temperature) * inverseCube
        * m_gas.electronDensity * m_protons;
    return perAtom / m_hydrogenPartition * m_hydrogenAtoms + freeFree;
}

double ContinuumSources::helium(double frequency) const
{
    const double thermalEv = kBoltzmann * m_gas.temperature / kElectronVolt;
    const double photonEv = kPlanck * frequency / kElectronVolt;
    const double inverseCube = 1.0 / cube(frequency);
    double neutral = 0.0;
    for (const HeliumLevel& level : kHeliumLevels)
        if (photonEv > level.edgeEv)
            neutral += level.weight * std::exp(-level.excitationEv / thermalEv)
                * heliumThreshold(level) * cube(level.edgeEv / photonEv);
    constexpr double kHeliumIonEv = 54.418;
    double ion = 0.0;
    for (int n = 2; n <= 12; ++n)
        if (frequency > 4.0 * kRydbergFrequency / (n * n))
            ion += kKramers * 16.0 * inverseCube / cube(n)
                * std::exp(-kHeliumIonEv * (1.0 - 1.0 / (n * n)) / thermalEv);
    const double freeFree = kFreeFree / std::sqrt(m_gas.temperature) * inverseCube
        * m_gas.electronDensity * (m_heliumIons + 4.0 * m_alphaParticles);
    return neutral * m_heliumAtoms + ion * m_heliumIons + freeFree;
}

ContinuumOpacity ContinuumSources::at(double wavelengthAngstrom) const
{
    const double frequency = kLightSpeed / (wavelengthAngstrom * kCmPerAngstrom);
    const double stimulated
        = 1.0 - std::exp(-kPlanck * frequency / (kBoltzmann * m_gas.temperature));
    const double absorption = hydrogenMinus(wavelengthAngstrom)
        + (hydrogen(frequency) + helium(frequency)) * stimulated;
    // Rayleigh scattering: Dalgarno (1962), as in Kurucz (1970); λ in Å.
    const double inverseSquare = 1.0 / (wavelengthAngstrom * wavelengthAngstrom);
    const double rayleigh = inverseSquare * inverseSquare
        * (5.799e-13 + inverseSquare * (1.422e-6 + inverseSquare * 2.784));
    const double scattering = kThomson * m_gas.electronDensity + rayleigh * m_hydrogenAtoms;
    return { absorption / m_gas.density, scattering / m_gas.density };
}

double ContinuumSources::rosselandMean() const
{
    // ∂B/∂T ∝ u⁴eᵘ/(eᵘ − 1)² with u = hν/kT; trapezoids, because the opacity has edges.
    constexpr double kU[] = { 0.6, 1.2, 1.8, 2.4, 3.0, 3.6, 4.2, 5.0, 6.0, 7.0, 8.5, 10.0, 12.0 };
    constexpr std::size_t kCount = std::size(kU);
    double weights = 0.0;
    double transparency = 0.0;
    for (std::size_t i = 0; i < kCount; ++i) {
        const double left = i == 0 ? 0.0 : kU[i] - kU[i - 1];
        const double right = i + 1 == kCount ? 0.0 : kU[i + 1] - kU[i];
        const double growth = std::exp(kU[i]);
        const double weight = 0.5 * (left + right) * std::pow(kU[i], 4) * growth
            / ((growth - 1.0) * (growth - 1.0));
        const double wavelength
            = kPlanck * kLightSpeed / (kU[i] * kBoltzmann * m_gas.temperature) / kCmPerAngstrom;
        // Below the Lyman limit the fluxes are negligible; beyond 20 µm the H⁻ fits end.
        const ContinuumOpacity opacity = at(std::clamp(wavelength, 912.0, 2e5));
        weights += weight;
        transparency += weight / (opacity.absorption + opacity.scattering);
    }
    return weights / transparency;
}

} // namespace maury::mk::synthetic
