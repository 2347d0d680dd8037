#include "core/mk/synthetic/atmosphere.h"

#include "core/mk/synthetic/constants.h"

#include <algorithm>
#include <cmath>

namespace maury::mk::synthetic {
namespace {

using namespace constants;

constexpr std::size_t kLayers = 44;
constexpr double kFirstLogDepth = -5.0;
constexpr double kLastLogDepth = 1.6;
/// Where radiation would lift the gas off, this share of gravity is left to hold it: such a star
/// has a wind, which a static atmosphere cannot show.
constexpr double kLeastGravityShare = 0.05;

/// dP/d ln τ.
class PressureGradient {
public:
    PressureGradient(const RosselandTable& table, const StellarParameters& parameters)
        : m_table(table)
        , m_gravity(std::pow(10.0, parameters.logGravity))
        , m_radiation(kStefanBoltzmann * std::pow(parameters.effectiveTemperature, 4) / kLightSpeed)
    {
    }

    [[nodiscard]] double operator()(double depth, double temperature, double pressure) const
    {
        const double weight = m_gravity / m_table.opacity(temperature, pressure);
        return std::max(weight - m_radiation, kLeastGravityShare * weight) * depth;
    }

private:
    const RosselandTable& m_table;
    double m_gravity;
    double m_radiation;
};

/// The pressure at the outermost layer: the fixed point of P = (dP/d ln τ), as for constant opacity
/// above.
double surfacePressure(const PressureGradient& gradient, double depth, double temperature)
{
    double pressure = 1.0;
    for (int round = 0; round < 40; ++round)
        pressure = 0.5 * pressure + 0.5 * gradient(depth, temperature, pressure);
    return pressure;
}

} // namespace

double greyTemperature(double effectiveTemperature, double opticalDepth)
{
    const double hopf = 0.7104 - 0.1331 * std::exp(-3.4488 * opticalDepth);
    return effectiveTemperature * std::pow(0.75 * (opticalDepth + hopf), 0.25);
}

Atmosphere computeAtmosphere(
    const AtomicData& data, const RosselandTable& table, const StellarParameters& parameters)
{
    EXPECTS(parameters.effectiveTemperature > 0.0);
    Atmosphere atmosphere;
    atmosphere.parameters = parameters;
    const PressureGradient gradient(table, parameters);
    constexpr double kStep = (kLastLogDepth - kFirstLogDepth) / static_cast<double>(kLayers - 1);
    const double logStep = kStep * std::log(10.0);
    double pressure = 0.0;
    double lastDepth = 0.0;
    double lastTemperature = 0.0;
    for (std::size_t layer = 0; layer < kLayers; ++layer) {
        const double depth = std::pow(10.0, kFirstLogDepth + kStep * static_cast<double>(layer));
        const double temperature = greyTemperature(parameters.effectiveTemperature, depth);
        if (layer == 0) {
            pressure = surfacePressure(gradient, depth, temperature);
        } else {
            const double before = gradient(lastDepth, lastTemperature, pressure);
            const double after = gradient(depth, temperature, pressure + before * logStep);
            pressure += 0.5 * (before + after) * logStep;
        }
        atmosphere.opticalDepth.push_back(depth);
        atmosphere.factors.push_back(sahaFactors(data, temperature));
        atmosphere.gas.push_back(solveGas(data, atmosphere.factors.back(), pressure));
        lastDepth = depth;
        lastTemperature = temperature;
    }
    return atmosphere;
}

} // namespace maury::mk::synthetic
