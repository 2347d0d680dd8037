#include "core/mk/synthetic/plasma.h"

#include "core/mk/synthetic/constants.h"

#include <algorithm>
#include <cmath>

namespace maury::mk::synthetic {

using namespace constants;

SynthesisGrid::Window SynthesisGrid::window(double centreAngstrom, double reachAngstrom) const
{
    const auto index = [&](double wavelength) {
        const double position = std::ceil((wavelength - firstAngstrom) / stepAngstrom);
        return static_cast<std::size_t>(std::clamp(position, 0.0, static_cast<double>(points)));
    };
    return { index(centreAngstrom - reachAngstrom), index(centreAngstrom + reachAngstrom) };
}

Plasma::Plasma(const AtomicData& data, const Atmosphere& atmosphere)
    : m_data(data)
    , m_atmosphere(atmosphere)
{
    constexpr double kReferenceAngstrom = 4200.0;
    for (std::size_t layer = 0; layer < atmosphere.layers(); ++layer) {
        const GasState& state = atmosphere.gas[layer];
        m_fractions.push_back(ionFractions(data, atmosphere.factors[layer], state.electronDensity));
        m_continuum.emplace_back(data, atmosphere.factors[layer], state);
        const ContinuumOpacity opacity = m_continuum.back().at(kReferenceAngstrom);
        m_reference.push_back(opacity.absorption + opacity.scattering);
    }
}

double Plasma::density(std::size_t layer, std::size_t ion) const
{
    const Element& element = m_data.elements[m_data.ions[ion].element];
    return gas(layer).hydrogenDensity * element.abundance * m_fractions[layer][ion];
}

double Plasma::lineStrength(
    std::size_t layer, std::size_t ion, double lowerEv, double airAngstrom) const
{
    const double thermal = kBoltzmann * gas(layer).temperature;
    const double photon = kPlanck * kLightSpeed / (airAngstrom * kCmPerAngstrom);
    const double population = density(layer, ion) / m_atmosphere.factors[layer].partition[ion]
        * std::exp(-lowerEv * kElectronVolt / thermal);
    return kLineCrossSection * population * (1.0 - std::exp(-photon / thermal))
        / gas(layer).density;
}

double Plasma::dopplerVelocity(std::size_t layer, double massU) const
{
    const double turbulence = m_atmosphere.parameters.microturbulenceKms * 1e5;
    return std::sqrt(2.0 * kBoltzmann * gas(layer).temperature / (massU * kAtomicMass)
        + turbulence * turbulence);
}

} // namespace maury::mk::synthetic
