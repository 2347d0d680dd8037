#include "core/robust/calibration.h"

#include "core/base/contract.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace maury::robust {
namespace {

constexpr double kReachTemperature = 2.0; ///< codes
constexpr double kReachLuminosity = 1.5;
constexpr double kFewestStandards = 0.05;
/// Of types as the literature has them, in codes: in this Student t it is a root mean square of
/// 0.62, the noise of labels that is left where two sources agree (0.60–0.65).
constexpr double kPublishedScatter = 0.5;

/// The quantile of a Student t of 4 degrees of freedom within which 68.27 % lie.
constexpr double kHalfWidth = 1.1416266;

double square(double x)
{
    return x * x;
}

/// Of a Student t of 4 degrees of freedom, in closed form.
double studentCumulative(double t)
{
    if (std::isinf(t))
        return t > 0.0 ? 1.0 : 0.0;
    const double r = t * t / (1.0 + 0.25 * t * t);
    return 0.5 + 0.375 * t / std::sqrt(1.0 + 0.25 * t * t) * (1.0 - r / 12.0);
}

/// ln of its density at `deviation`, when 68.27 % lie within sigma.
double logStudent(double deviation, double sigma)
{
    constexpr double kLogNorm = -0.98082925; // ln 3/8
    const double scale = sigma / kHalfWidth;
    return kLogNorm - 2.5 * std::log1p(0.25 * square(deviation / scale)) - std::log(scale);
}

double logistic(double x)
{
    return 1.0 / (1.0 + std::exp(-x));
}

double outlierShare(const Calibration& calibration, double standardsNear)
{
    return 1.0 - std::exp(-calibration.luminosityOutliers / standardsNear);
}

} // namespace

double standardsNear(std::span<const Cell> observed, double temperatureCode, double luminosityCode)
{
    double sum = kFewestStandards;
    for (const Cell& cell : observed)
        sum += std::exp(-0.5
            * (square((cell.temperatureCode - temperatureCode) / kReachTemperature)
                + square((cell.luminosityCode - luminosityCode) / kReachLuminosity)));
    return sum;
}

AnswerTraits Calibration::traits(const Decision& decision) const
{
    return { decision,
        robust::standardsNear(observed, decision.temperatureCode, decision.luminosityCode) };
}

double temperatureSigma(const Calibration& calibration, const AnswerTraits& answer)
{
    return std::sqrt(square(calibration.floorCodes)
        + square(calibration.sparseCodes) / answer.standardsNear
        + square(calibration.strayCodes * answer.decision.strayProbability));
}

std::vector<float> classProbabilities(
    const Calibration& calibration, const AnswerTraits& answer, const mk::ClassScheme& scheme)
{
    const double scale = temperatureSigma(calibration, answer) / kHalfWidth;
    const auto below = [&](double code) {
        return studentCumulative((code - answer.decision.temperatureCode) / scale);
    };
    std::vector<float> result;
    double before = 0.0;
    for (std::size_t i = 0; i < scheme.size(); ++i) {
        const double after = i + 1 < scheme.size()
            ? below(0.5 * (scheme.temperatureCodes[i] + scheme.temperatureCodes[i + 1]))
            : 1.0;
        result.push_back(static_cast<float>(after - before));
        before = after;
    }
    return result;
}

std::array<double, kPrintedLuminosities> luminosityProbabilities(
    const Calibration& calibration, const AnswerTraits& answer)
{
    const Decision& decision = answer.decision;
    const double scale = std::sqrt(square(calibration.luminosityFloor)
        + square(calibration.luminositySparse) / answer.standardsNear);
    const double outliers = outlierShare(calibration, answer.standardsNear);
    const auto borders = luminosityBorders();
    std::array<double, kPrintedLuminosities> result {};
    double before = 0.0;
    for (std::size_t i = 0; i < result.size(); ++i) {
        const double after
            = i < borders.size() ? logistic((borders[i] - decision.luminosityCode) / scale) : 1.0;
        result[i] = (1.0 - outliers) * (after - before)
            + outliers / static_cast<double>(kPrintedLuminosities);
        before = after;
    }
    return result;
}

std::array<double, mk::kLuminosityGroups> groupProbabilities(
    const Calibration& calibration, const AnswerTraits& answer)
{
    const auto printed = luminosityProbabilities(calibration, answer);
    return { printed[0] + printed[1], printed[2] + printed[3], printed[4] + printed[5] };
}

namespace {

/// Minimises a function of a few logarithms by trying steps along each, ever smaller ones. Slow and
/// sure: no gradient, the same result on every machine but for the last bits.
template <std::size_t count, typename Cost>
std::array<double, count> minimise(std::array<double, count> at, const Cost& cost)
{
    constexpr double kLowest = -7.0; // e^−7: as good as zero
    constexpr double kHighest = 4.0;
    constexpr double kFinest = 1e-3;
    double least = cost(at);
    for (double step = 1.0; step > kFinest; step *= 0.5)
        for (bool better = true; better;) {
            better = false;
            for (double& x : at)
                for (const double to : { x - step, x + step }) {
                    const double from = std::exchange(x, std::clamp(to, kLowest, kHighest));
                    const double found = cost(at);
                    if (found < least) {
                        least = found;
                        better = true;
                        break;
                    }
                    x = from;
                }
        }
    return at;
}

double temperatureCost(const Calibration& calibration, std::span<const HeldOutAnswer> answers)
{
    double sum = 0.0;
    for (const HeldOutAnswer& held : answers)
        sum -= logStudent(held.answer.decision.temperatureCode - held.truth.temperatureCode,
            temperatureSigma(calibration, held.answer));
    return sum;
}

double luminosityCost(const Calibration& calibration, std::span<const HeldOutAnswer> answers)
{
    constexpr double kLeast = 1e-4; // a single answer cannot rule the fit
    double sum = 0.0;
    for (const HeldOutAnswer& held : answers) {
        const auto group = static_cast<std::size_t>(mk::luminosityGroup(held.truth.luminosityCode));
        const auto probabilities = groupProbabilities(calibration, held.answer);
        sum -= std::log(std::max(kLeast, probabilities[group]));
    }
    return sum;
}

} // namespace

Calibration fitCalibration(std::span<const HeldOutAnswer> answers)
{
    EXPECTS(!answers.empty());
    Calibration calibration;
    const auto take = [&calibration](const std::array<double, 3>& logarithms) {
        calibration.floorCodes = std::max(kPublishedScatter, std::exp(logarithms[0]));
        calibration.sparseCodes = std::exp(logarithms[1]);
        calibration.strayCodes = std::exp(logarithms[2]);
    };
    take(minimise(std::array { -1.0, 0.0, 0.0 }, [&](const std::array<double, 3>& logarithms) {
        take(logarithms);
        return temperatureCost(calibration, answers);
    }));
    const auto takeLuminosity = [&calibration](const std::array<double, 3>& logarithms) {
        calibration.luminosityFloor = std::exp(logarithms[0]);
        calibration.luminositySparse = std::exp(logarithms[1]);
        calibration.luminosityOutliers = std::exp(logarithms[2]);
    };
    takeLuminosity(
        minimise(std::array { -1.0, -1.0, -1.0 }, [&](const std::array<double, 3>& logarithms) {
            takeLuminosity(logarithms);
            return luminosityCost(calibration, answers);
        }));
    calibration.samples = std::ssize(answers);
    return calibration;
}

} // namespace maury::robust
