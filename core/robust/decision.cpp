#include "core/robust/decision.h"

#include "core/base/contract.h"

#include <cmath>
#include <limits>

namespace maury::robust {
namespace {

/// Temperature codes about the mode whose mean is the type: between 6 and 10 held-out standards and
/// STELIB are typed equally well. Within 3 only, where the next standard may lie just outside, σ68 of
/// held-out standards is a twelfth larger; with all bins far ones that mean nothing pull.
constexpr double kReach = 7.0;
/// What lies farther than this from the mode is a second opinion; how probable it is foretells the
/// error (Calibration).
constexpr double kStrayReach = 3.0;

/// The mean that the target of a class itself has: at the ends, where half of the Gaussian is cut
/// off, it lies inside of the class's code (Ia: 0.34).
double meanOfTarget(double code)
{
    const OrdinalBins bins = luminosityBins();
    std::vector<float> target(bins.count);
    softTarget(bins, code, target);
    return momentsNearMode(bins, target, std::numeric_limits<double>::infinity()).mean;
}

/// Each class has what is nearest to its target; between Ib and II and between III and IV the cuts
/// of mk::luminosityGroup() decide, so that group and printed class agree. Labels come in halves of
/// a class, and those cuts lie midway between the last label of a group and the first of the next:
/// at 1.5 and 3.5 Ib–II and III–IV would be tosses of a coin.
std::array<double, 5> bordersOfTargets()
{
    constexpr double kSupergiantCut = 1.75;
    constexpr double kMiddleOfIIAndIII = 2.5;
    constexpr double kGiantCut = 3.75;
    return { 0.5 * (meanOfTarget(0.0) + meanOfTarget(1.0)), kSupergiantCut, kMiddleOfIIAndIII,
        kGiantCut, 0.5 * (meanOfTarget(4.0) + meanOfTarget(5.0)) };
}

double printedClass(double mean)
{
    double code = 0.0;
    for (const double border : luminosityBorders())
        code += mean >= border ? 1.0 : 0.0;
    return code;
}

} // namespace

std::array<double, 5> luminosityBorders()
{
    static const std::array<double, 5> borders = bordersOfTargets();
    return borders;
}

std::array<double, mk::kLuminosityGroups> groupShares(std::size_t bin)
{
    std::array<double, mk::kLuminosityGroups> shares {};
    shares.at(static_cast<std::size_t>(mk::luminosityGroup(luminosityBins().code(bin)))) = 1.0;
    return shares;
}

Decision decide(std::span<const float> temperature, std::span<const float> luminosity)
{
    const OrdinalBins bins = luminosityBins();
    const Moments t = momentsNearMode(temperatureBins(), temperature, kReach);
    Decision decision;
    decision.temperatureCode = t.mean;
    decision.temperatureSigma = t.deviation;
    decision.strayProbability
        = 1.0 - momentsNearMode(temperatureBins(), temperature, kStrayReach).share;
    const Moments l = momentsNearMode(bins, luminosity, std::numeric_limits<double>::infinity());
    decision.luminosityCode = l.mean;
    decision.group = mk::luminosityGroup(decision.luminosityCode);
    decision.printedLuminosity = printedClass(decision.luminosityCode);
    for (std::size_t bin = 0; bin < bins.count; ++bin) {
        const auto shares = groupShares(bin);
        for (std::size_t group = 0; group < shares.size(); ++group)
            decision.groupProbability.at(group)
                += static_cast<double>(luminosity[bin]) * shares.at(group);
    }
    return decision;
}

std::vector<float> classProbabilities(
    std::span<const float> temperature, const mk::ClassScheme& scheme)
{
    std::vector<float> result(scheme.size(), 0.0F);
    for (std::size_t bin = 0; bin < temperature.size(); ++bin)
        result[scheme.nearest(temperatureBins().code(bin))] += temperature[bin];
    return result;
}

} // namespace maury::robust
