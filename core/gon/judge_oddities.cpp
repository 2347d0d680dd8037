#include "core/base/random.h"
#include "core/classify/statistics.h"
#include "core/gon/judge.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace maury::gon {
namespace {

using base::Result;
using Eigen::Index;

constexpr std::uint64_t kOddityStream = 41;
constexpr std::uint64_t kVelocityStream = 42;

double between(base::RandomStream& stream, double low, double high)
{
    return low + (high - low) * stream.uniform();
}

/// Adds to a spectrum what `change` makes of its noise-free flux, keeping its noise.
template <typename Change>
void apply(SpectrumSet& set, Index row, const Change& change)
{
    Eigen::RowVectorXf base = set.truth.size() > 0 ? Eigen::RowVectorXf(set.truth.row(row))
                                                   : Eigen::RowVectorXf(set.flux.row(row));
    const Eigen::RowVectorXf before = base;
    change(base);
    set.flux.row(row) += base - before;
    if (set.truth.size() > 0)
        set.truth.row(row) = base;
}

void addLine(const std::vector<double>& wavelengths, double centre, double fwhm, double amplitude,
    Eigen::RowVectorXf& flux)
{
    const double sigma = fwhm / 2.3548;
    for (Index p = 0; p < flux.size(); ++p) {
        const double x = (wavelengths[static_cast<std::size_t>(p)] - centre) / sigma;
        flux[p] += static_cast<float>(amplitude * std::exp(-0.5 * x * x));
    }
}

void addBinary(const SpectrumSet& set, const SpectrumSet& companions, base::RandomStream& stream,
    Eigen::RowVectorXf& flux)
{
    const auto other = static_cast<Index>(
        stream.below(static_cast<std::uint32_t>(companions.spectra())));
    const double sign = stream.uniform() < 0.5 ? -1.0 : 1.0;
    const double velocity = sign * between(stream, 100.0, 300.0);
    const auto ratio = static_cast<float>(between(stream, 0.3, 1.0));
    const Matrix& source = companions.truth.size() > 0 ? companions.truth : companions.flux;
    const ShiftOperator shift = shiftOperator(set.wavelengthAngstrom, velocity);
    const Matrix moved = shifted(source.row(other), shift);
    for (Index p = 0; p < flux.size(); ++p)
        if (shift.first[static_cast<std::size_t>(p)] >= 0)
            flux[p] = (flux[p] + ratio * moved(0, p)) / (1.0F + ratio);
}

void addOddity(const SpectrumSet& set, Oddity oddity, const SpectrumSet& companions,
    base::RandomStream& stream, Eigen::RowVectorXf& flux)
{
    const auto& wavelengths = set.wavelengthAngstrom;
    const double first = wavelengths.front();
    const double last = wavelengths.back();
    const double inside = between(stream, first + 0.02 * (last - first), last - 0.02 * (last - first));
    switch (oddity) {
    case Oddity::Binary:
        addBinary(set, companions, stream, flux);
        break;
    case Oddity::Emission: {
        constexpr std::array<double, 4> kBalmer { 3889.05, 3970.07, 4101.74, 4340.47 };
        const double line = kBalmer[stream.below(4)];
        const double centre = line > first && line < last ? line : inside;
        addLine(wavelengths, centre, between(stream, 3.0, 8.0), between(stream, 0.2, 0.8), flux);
        break;
    }
    case Oddity::FalseLine:
        addLine(wavelengths, inside, between(stream, 2.0, 5.0), -between(stream, 0.1, 0.3), flux);
        break;
    case Oddity::CosmicRay:
        for (int hit = 0; hit < 3; ++hit) {
            const auto pixel = static_cast<Index>(
                stream.below(static_cast<std::uint32_t>(flux.size() - 1)));
            const auto height = static_cast<float>(between(stream, 0.2, 1.0));
            flux[pixel] += height;
            flux[pixel + 1] += height * static_cast<float>(stream.uniform());
        }
        break;
    case Oddity::BadContinuum: {
        const double amplitude = between(stream, 0.04, 0.12);
        const double length = between(stream, 60.0, 250.0);
        const double phase = between(stream, 0.0, 2.0 * std::numbers::pi);
        for (Index p = 0; p < flux.size(); ++p)
            flux[p] *= static_cast<float>(1.0
                + amplitude
                    * std::sin(2.0 * std::numbers::pi * wavelengths[static_cast<std::size_t>(p)]
                            / length
                        + phase));
        break;
    }
    }
}

/// Whether all light of a pixel comes from pixels of the rest spectrum that can be used.
bool isKnown(const ShiftOperator& shift, std::size_t pixel, const SpectrumSet& rest, Index row)
{
    const std::int32_t first = shift.first[pixel];
    return first >= 0
        && (rest.ivar.row(row).segment(first, Index { ShiftOperator::kTaps }).array() > 0.0F).all();
}

/// A spectrum recedes: its truth is shifted, its noise stays, and gaps travel with the light: what
/// was filled in there is not the star's.
void recede(const SpectrumSet& set, Index row, double velocityKms, SpectrumSet& moved)
{
    const ShiftOperator shift = shiftOperator(set.wavelengthAngstrom, velocityKms);
    const Matrix truth = shifted(set.truth.row(row), shift);
    for (Index p = 0; p < set.flux.cols(); ++p) {
        const bool known = isKnown(shift, static_cast<std::size_t>(p), set, row);
        moved.flux(row, p) = known ? truth(0, p) + set.flux(row, p) - set.truth(row, p) : 0.0F;
        if (!known)
            moved.ivar(row, p) = 0.0F;
    }
    moved.truth.row(row) = truth;
}

} // namespace

std::string toString(Oddity oddity)
{
    switch (oddity) {
    case Oddity::Binary:
        return "binary";
    case Oddity::Emission:
        return "emission";
    case Oddity::FalseLine:
        return "false-line";
    case Oddity::CosmicRay:
        return "cosmic-ray";
    case Oddity::BadContinuum:
        return "bad-continuum";
    }
    return {};
}

SpectrumSet withOddity(
    const SpectrumSet& set, Oddity oddity, const SpectrumSet& companions, std::uint64_t seed)
{
    SpectrumSet result = set;
    for (std::size_t i = 0; i < set.spectra(); ++i) {
        base::RandomStream stream = base::RandomStream(seed)
                                        .split(kOddityStream)
                                        .split(static_cast<std::uint64_t>(oddity))
                                        .split(i);
        apply(result, static_cast<Index>(i), [&](Eigen::RowVectorXf& flux) {
            addOddity(set, oddity, companions, stream, flux);
        });
    }
    return result;
}

Result<std::vector<OddityScore>> scoreAnomalies(
    const LatentInference& inference, const SpectrumSet& set, std::uint64_t seed)
{
    const auto clean = anomalyScores(inference, set);
    if (!clean)
        return base::Unexpected(clean.error());
    const AnomalyReference reference = referenceOf(*clean);
    std::vector<OddityScore> result;
    for (const Oddity oddity : kOddities) {
        const auto odd
            = anomalyScores(inference, withOddity(set, oddity, set, seed), &reference);
        if (!odd)
            return base::Unexpected(odd.error());
        const auto area = [&](double AnomalyScore::* member) {
            std::vector<double> positives;
            std::vector<double> negatives;
            for (const AnomalyScore& score : *odd)
                positives.push_back(score.*member);
            for (const AnomalyScore& score : *clean)
                negatives.push_back(score.*member);
            return classify::areaUnderRoc(positives, negatives).value_or(0.5);
        };
        result.push_back({ oddity, area(&AnomalyScore::combined), area(&AnomalyScore::chi2Excess),
            area(&AnomalyScore::largestWindow), area(&AnomalyScore::mahalanobis) });
    }
    return result;
}

Result<VelocityScore> scoreVelocities(
    const LatentInference& inference, const SpectrumSet& set, double rangeKms, std::uint64_t seed)
{
    if (set.truth.size() == 0)
        return base::failure(base::ErrorCode::ValueMissing, set.source,
            "no noise-free spectra", "spectra whose truth is known, to shift them");
    SpectrumSet moved = set;
    std::vector<double> wanted;
    for (std::size_t i = 0; i < set.spectra(); ++i) {
        base::RandomStream stream = base::RandomStream(seed).split(kVelocityStream).split(i);
        wanted.push_back(between(stream, -rangeKms, rangeKms));
        recede(set, static_cast<Index>(i), wanted.back(), moved);
    }
    VelocityOptions options;
    options.rangeKms = std::max(500.0, rangeKms);
    const auto found = fitVelocities(inference, moved, options);
    if (!found)
        return base::Unexpected(found.error());
    VelocityScore score;
    std::vector<double> pulls;
    std::vector<double> off;
    for (std::size_t i = 0; i < found->size(); ++i) {
        const VelocityEstimate& one = (*found)[i];
        const double difference = one.kms - wanted[i];
        const double pull = one.sigmaKms > 0.0 ? difference / one.sigmaKms : 1e9;
        if (one.atEdge || std::abs(pull) > 5.0) {
            ++score.outliers;
            if (one.atEdge || std::abs(difference) > 100.0)
                continue;
        }
        off.push_back(difference);
        pulls.push_back(pull);
    }
    score.spectra = found->size();
    if (pulls.size() < 3)
        return score;
    const auto meanOf = [](const std::vector<double>& values) {
        double sum = 0.0;
        for (const double value : values)
            sum += value;
        return sum / static_cast<double>(values.size());
    };
    std::vector<double> ordinary;
    for (const double pull : pulls)
        if (std::abs(pull) <= 5.0)
            ordinary.push_back(pull);
    score.biasSigma = meanOf(ordinary.empty() ? pulls : ordinary);
    double square = 0.0;
    for (const double pull : ordinary)
        square += (pull - score.biasSigma) * (pull - score.biasSigma);
    score.pullWidth = ordinary.size() > 1
        ? std::sqrt(square / static_cast<double>(ordinary.size() - 1))
        : 0.0;
    score.robustPullWidth = classify::pullWidth(pulls);
    score.biasKms = meanOf(off);
    double scatter = 0.0;
    for (const double value : off)
        scatter += (value - score.biasKms) * (value - score.biasKms);
    score.scatterKms = std::sqrt(scatter / static_cast<double>(off.size() - 1));
    // The floor f with which (Δv)² / (σ² + f²) has a median that belongs to a width of 1.
    const auto widthWith = [&](double floor) {
        std::vector<double> with;
        for (std::size_t i = 0; i < found->size(); ++i)
            if (!(*found)[i].atEdge)
                with.push_back(((*found)[i].kms - wanted[i])
                    / std::hypot((*found)[i].sigmaKms, floor));
        return classify::pullWidth(with);
    };
    double low = 0.0;
    double high = 50.0;
    if (widthWith(0.0) > 1.0) {
        for (int i = 0; i < 40; ++i) {
            const double middle = 0.5 * (low + high);
            (widthWith(middle) > 1.0 ? low : high) = middle;
        }
        score.floorKms = high;
    }
    return score;
}

} // namespace maury::gon
