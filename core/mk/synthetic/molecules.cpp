#include "core/mk/synthetic/molecules.h"

#include "core/mk/synthetic/constants.h"
#include "core/mk/synthetic/profiles.h"

#include <algorithm>
#include <cmath>

namespace maury::mk::synthetic {
namespace {

using namespace constants;

constexpr double kHottest = 6900.0;
constexpr double kFaintest = 3e-3; ///< of the continuum's opacity at the line's centre
constexpr double kReachAngstrom = 0.3;
constexpr double kMassCH = 13.02; // atomic mass units
constexpr double kMassCN = 26.02;

/// Molecular constants: Huber & Herzberg (1979).
struct Diatomic {
    double reducedMassU;
    double dissociationEv;
    double rotationPerCm; ///< B_e
    double vibrationK; ///< ω_e in kelvin
    double weight; ///< electronic statistical weight, over the symmetry number
};
constexpr Diatomic kCO { 6.857, 11.09, 1.93, 3122.0, 1.0 };
constexpr Diatomic kH2 { 0.504, 4.478, 60.8, 6332.0, 0.5 };
constexpr Diatomic kN2 { 7.003, 9.76, 2.00, 3393.0, 0.5 };
constexpr Diatomic kCH { 0.930, 3.465, 14.46, 4112.0, 4.0 };
constexpr Diatomic kCN { 6.464, 7.72, 1.90, 2976.0, 2.0 };
constexpr Diatomic kTiO { 11.99, 6.87, 0.535, 1450.0, 6.0 };

double partitionFunction(const Diatomic& molecule, double temperature)
{
    const double rotation
        = kBoltzmann * temperature / (kPlanck * kLightSpeed * molecule.rotationPerCm);
    return molecule.weight * rotation / (1.0 - std::exp(-molecule.vibrationK / temperature));
}

/// n_AB / (n_A n_B), cm³.
double associationConstant(const Diatomic& molecule, double temperature, double partitionOfAtoms)
{
    const double translation = std::pow(2.0 * kPi * molecule.reducedMassU * kAtomicMass * kBoltzmann
            * temperature / (kPlanck * kPlanck),
        1.5);
    const double binding = molecule.dissociationEv * kElectronVolt / (kBoltzmann * temperature);
    return partitionFunction(molecule, temperature) / (translation * partitionOfAtoms)
        * std::exp(std::min(binding, 500.0));
}

/// Frequency-integrated opacity of the lines of one molecule and their Doppler widths, added to one
/// layer.
void addMolecularLines(const Plasma& plasma, const SynthesisGrid& grid, std::size_t layer,
    const MolecularDensities& densities, const std::vector<const MolecularLine*>& lines,
    float* opacity)
{
    const GasState& gas = plasma.gas(layer);
    const double thermalEv = kBoltzmann * gas.temperature / kElectronVolt;
    const double ch = densities.ch / partitionFunctionOfCH(gas.temperature) / gas.density;
    const double cn = densities.cn / partitionFunctionOfCN(gas.temperature) / gas.density;
    const double velocityCH = plasma.dopplerVelocity(layer, kMassCH);
    const double velocityCN = plasma.dopplerVelocity(layer, kMassCN);
    for (const MolecularLine* line : lines) {
        const bool isCH = line->molecule == Molecule::CH;
        const double velocity = isCH ? velocityCH : velocityCN;
        const double centre = kLineCrossSection * (isCH ? ch : cn) * std::pow(10.0, line->logGf)
            * std::exp(-line->lowerEv / thermalEv)
            / (kSqrtPi * velocity / (line->airAngstrom * kCmPerAngstrom));
        const double width = line->airAngstrom * velocity / kLightSpeed;
        const auto window = grid.window(line->airAngstrom, kReachAngstrom);
        addGaussian(opacity + window.begin, window.end - window.begin,
            static_cast<float>((grid.wavelength(window.begin) - line->airAngstrom) / width),
            static_cast<float>(grid.stepAngstrom / width), static_cast<float>(centre));
    }
}

/// The lines that are strong enough at the depth where the spectrum is formed.
std::vector<const MolecularLine*> visibleLines(
    const Plasma& plasma, std::size_t layer, const MolecularDensities& densities)
{
    const GasState& gas = plasma.gas(layer);
    const double thermalEv = kBoltzmann * gas.temperature / kElectronVolt;
    std::vector<const MolecularLine*> lines;
    for (const MolecularLine& line : plasma.data().molecularLines) {
        const bool isCH = line.molecule == Molecule::CH;
        const double population = isCH ? densities.ch / partitionFunctionOfCH(gas.temperature)
                                       : densities.cn / partitionFunctionOfCN(gas.temperature);
        const double velocity = plasma.dopplerVelocity(layer, isCH ? kMassCH : kMassCN);
        const double centre = kLineCrossSection * population / gas.density
            * std::pow(10.0, line.logGf) * std::exp(-line.lowerEv / thermalEv)
            / (kSqrtPi * velocity / (line.airAngstrom * kCmPerAngstrom));
        if (centre > kFaintest * plasma.referenceContinuum(layer))
            lines.push_back(&line);
    }
    return lines;
}

/// TiO as smooth bands degraded to the red over 70 Å, the α system's strength estimated per
/// molecule.
void addTitaniumOxide(const Plasma& plasma, const SynthesisGrid& grid, std::size_t layer,
    double density, float* opacity)
{
    constexpr double kCrossSection = 2.5e-17; // cm² at the head of 4761
    constexpr double kDecayAngstrom = 70.0;
    const double perGram = kCrossSection * density / plasma.gas(layer).density;
    for (const BandHead& head : plasma.data().titaniumOxideHeads) {
        const auto window = grid.window(head.airAngstrom, 1e4);
        for (std::size_t i = window.begin; i < window.end; ++i) {
            const double distance = grid.wavelength(i) - head.airAngstrom;
            if (distance > 0.0)
                opacity[i] += static_cast<float>(perGram * head.strength
                    * std::exp(-distance / kDecayAngstrom) * std::min(1.0, distance));
        }
    }
}

} // namespace

double partitionFunctionOfCH(double temperature)
{
    return partitionFunction(kCH, temperature);
}
double partitionFunctionOfCN(double temperature)
{
    return partitionFunction(kCN, temperature);
}

double boundPairs(double a, double b, double constant)
{
    // x = K (a − x)(b − x), in the form without cancellation.
    const double sum = 1.0 + constant * (a + b);
    const double product = constant * constant * a * b;
    return 2.0 * constant * a * b / (sum + std::sqrt(std::max(sum * sum - 4.0 * product, 0.0)));
}

double boundEqualPairs(double a, double constant)
{
    // x = K (a − 2x)².
    const double free = 2.0 * a / (1.0 + std::sqrt(1.0 + 8.0 * constant * a));
    return constant * free * free;
}

MolecularDensities molecularDensities(const Plasma& plasma, std::size_t layer)
{
    const AtomicData& data = plasma.data();
    const double temperature = plasma.gas(layer).temperature;
    const auto neutral = [&](const char* symbol) { return data.element(symbol).firstIon; };
    const auto atoms = [&](const char* symbol) { return plasma.density(layer, neutral(symbol)); };
    const auto partition = [&](const char* symbol) {
        return plasma.atmosphere().factors[layer].partition[neutral(symbol)];
    };
    const auto constant = [&](const Diatomic& molecule, const char* first, const char* second) {
        return associationConstant(molecule, temperature, partition(first) * partition(second));
    };
    double carbon = atoms("C");
    double oxygen = atoms("O");
    const double co = boundPairs(carbon, oxygen, constant(kCO, "C", "O"));
    carbon = std::max(carbon - co, 1e-8 * carbon);
    oxygen = std::max(oxygen - co, 0.05 * oxygen);
    const double hydrogen = atoms("H") - 2.0 * boundEqualPairs(atoms("H"), constant(kH2, "H", "H"));
    const double nitrogen = atoms("N") - 2.0 * boundEqualPairs(atoms("N"), constant(kN2, "N", "N"));
    MolecularDensities densities;
    densities.ch = constant(kCH, "C", "H") * carbon * hydrogen;
    densities.cn = constant(kCN, "C", "N") * carbon * nitrogen;
    // Oxygen is far more abundant: titanium alone limits TiO.
    const double perTitanium = constant(kTiO, "Ti", "O") * oxygen;
    densities.tio = atoms("Ti") * perTitanium / (1.0 + perTitanium);
    return densities;
}

void addMolecules(const Plasma& plasma, const SynthesisGrid& grid, LayerMatrix& opacity)
{
    if (plasma.atmosphere().parameters.effectiveTemperature >= kHottest)
        return;
    constexpr double kFormationDepth = 0.1;
    const auto& depths = plasma.atmosphere().opticalDepth;
    const auto formation = static_cast<std::size_t>(
        std::lower_bound(depths.begin(), depths.end(), kFormationDepth) - depths.begin());
    const auto lines = visibleLines(plasma, formation, molecularDensities(plasma, formation));
    for (std::size_t layer = 0; layer < plasma.layers(); ++layer) {
        const MolecularDensities densities = molecularDensities(plasma, layer);
        float* row = opacity.row(static_cast<Eigen::Index>(layer)).data();
        addMolecularLines(plasma, grid, layer, densities, lines, row);
        addTitaniumOxide(plasma, grid, layer, densities.tio, row);
    }
}

} // namespace maury::mk::synthetic
