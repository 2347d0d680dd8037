#include "core/mk/synthetic/equation_of_state.h"

#include "core/mk/synthetic/constants.h"

#include <algorithm>
#include <cmath>

namespace maury::mk::synthetic {
namespace {

using namespace constants;

/// Free electrons per nucleus of an element.
double meanCharge(const Element& element, const SahaFactors& factors, double electronDensity)
{
    double population = 1.0;
    double sum = 1.0;
    double charge = 0.0;
    for (std::size_t stage = 1; stage < element.stages; ++stage) {
        population *= factors.ratio[element.firstIon + stage - 1] / electronDensity;
        sum += population;
        charge += static_cast<double>(stage) * population;
    }
    return charge / sum;
}

double electronsPerHydrogen(
    const AtomicData& data, const SahaFactors& factors, double electronDensity)
{
    double electrons = 0.0;
    for (const Element& element : data.elements)
        electrons += element.abundance * meanCharge(element, factors, electronDensity);
    return electrons;
}

} // namespace

SahaFactors sahaFactors(const AtomicData& data, double temperature)
{
    SahaFactors factors;
    factors.temperature = temperature;
    for (const Ion& ion : data.ions)
        factors.partition.push_back(partitionFunction(ion, temperature));
    const double translation
        = std::pow(2.0 * kPi * kElectronMass * kBoltzmann * temperature / (kPlanck * kPlanck), 1.5);
    factors.ratio.assign(data.ions.size(), 0.0);
    for (const Element& element : data.elements) {
        for (std::size_t stage = 0; stage + 1 < element.stages; ++stage) {
            const std::size_t ion = element.firstIon + stage;
            const double exponent = std::min(
                data.ions[ion].ionisationEv * kElectronVolt / (kBoltzmann * temperature), 500.0);
            factors.ratio[ion] = 2.0 * factors.partition[ion + 1] / factors.partition[ion]
                * translation * std::exp(-exponent);
        }
    }
    return factors;
}

GasState solveGas(const AtomicData& data, const SahaFactors& factors, double pressure)
{
    EXPECTS(pressure > 0.0);
    const double particles = pressure / (kBoltzmann * factors.temperature);
    double low = std::log(particles) - 60.0;
    double high = std::log(0.6 * particles); // fully ionised hydrogen and helium give 0.54
    for (int round = 0; round < 55; ++round) {
        const double middle = 0.5 * (low + high);
        const double electrons = std::exp(middle);
        const double hydrogen = (particles - electrons) / data.nucleiPerHydrogen;
        if (hydrogen * electronsPerHydrogen(data, factors, electrons) > electrons)
            low = middle;
        else
            high = middle;
    }
    GasState gas;
    gas.temperature = factors.temperature;
    gas.pressure = pressure;
    gas.electronDensity = std::exp(0.5 * (low + high));
    gas.hydrogenDensity = (particles - gas.electronDensity) / data.nucleiPerHydrogen;
    gas.density = gas.hydrogenDensity * data.nucleiPerHydrogen * data.meanNuclearMass;
    return gas;
}

std::vector<double> ionFractions(
    const AtomicData& data, const SahaFactors& factors, double electronDensity)
{
    std::vector<double> fractions(data.ions.size());
    for (const Element& element : data.elements) {
        double population = 1.0;
        double sum = 0.0;
        for (std::size_t stage = 0; stage < element.stages; ++stage) {
            fractions[element.firstIon + stage] = population;
            sum += population;
            population *= factors.ratio[element.firstIon + stage] / electronDensity;
        }
        for (std::size_t stage = 0; stage < element.stages; ++stage)
            fractions[element.firstIon + stage] /= sum;
    }
    return fractions;
}

} // namespace maury::mk::synthetic
