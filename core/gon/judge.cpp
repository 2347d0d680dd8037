#include "core/gon/judge.h"

#include "core/base/random.h"

#include <algorithm>
#include <cmath>

namespace maury::gon {
namespace {

using base::Result;
using Eigen::Index;

constexpr std::uint64_t kBlockStream = 31;

double medianOf(std::vector<double> values)
{
    const auto middle = values.begin() + std::ssize(values) / 2;
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

double quantile(std::vector<double> values, double q)
{
    if (values.empty())
        return 0.0;
    const auto at = static_cast<std::ptrdiff_t>(
        std::min(static_cast<double>(values.size() - 1), q * static_cast<double>(values.size())));
    std::nth_element(values.begin(), values.begin() + at, values.end());
    return values[static_cast<std::size_t>(at)];
}

const Matrix& targetOf(const SpectrumSet& set)
{
    return set.truth.size() > 0 ? set.truth : set.flux;
}

/// The set with one block of each spectrum hidden, and where it is.
struct Hidden {
    SpectrumSet set;
    std::vector<std::vector<Index>> pixels; ///< [spectra] hidden ones that were usable
};

Hidden hideBlocks(const SpectrumSet& set, double blockAngstrom, std::uint64_t seed)
{
    Hidden hidden { set, std::vector<std::vector<Index>>(set.spectra()) };
    const auto& wavelengths = set.wavelengthAngstrom;
    for (std::size_t i = 0; i < set.spectra(); ++i) {
        const auto row = static_cast<Index>(i);
        base::RandomStream stream = base::RandomStream(seed).split(kBlockStream).split(i);
        // Away from the ends, so that a straight line has something on both sides.
        const double span = wavelengths.back() - wavelengths.front() - blockAngstrom;
        const double first
            = wavelengths.front() + span * (0.05 + 0.9 * stream.uniform());
        for (Index p = 0; p < set.flux.cols(); ++p) {
            const double at = wavelengths[static_cast<std::size_t>(p)];
            if (at < first || at > first + blockAngstrom)
                continue;
            if (set.ivar(row, p) > 0.0F)
                hidden.pixels[i].push_back(p);
            hidden.set.ivar(row, p) = 0.0F;
        }
    }
    return hidden;
}

/// A straight line between the usable pixels beside a pixel.
double straightLine(const SpectrumSet& hidden, Index row, Index pixel)
{
    Index left = pixel;
    Index right = pixel;
    while (left >= 0 && !(hidden.ivar(row, left) > 0.0F))
        --left;
    while (right < hidden.ivar.cols() && !(hidden.ivar(row, right) > 0.0F))
        ++right;
    const auto at = [&](Index p) { return static_cast<double>(hidden.flux(row, p)); };
    if (left < 0 && right >= hidden.ivar.cols())
        return 0.0;
    if (left < 0)
        return at(right);
    if (right >= hidden.ivar.cols())
        return at(left);
    const double share
        = static_cast<double>(pixel - left) / static_cast<double>(right - left);
    return (1.0 - share) * at(left) + share * at(right);
}

} // namespace

Result<FitScore> scoreFit(
    const LatentInference& inference, const SpectrumSet& set, const EncodeOptions& options)
{
    const auto encoding = inference.encode(set, options);
    if (!encoding)
        return base::Unexpected(encoding.error());
    const Matrix flux = inference.decode(encoding->codes);
    const Matrix& target = targetOf(set);
    FitScore score;
    std::vector<double> chi2;
    double squares = 0.0, pixels = 0.0, variance = 0.0;
    double zSquares = 0.0, zProducts = 0.0, zPairs = 0.0;
    for (std::size_t i = 0; i < set.spectra(); ++i) {
        if (encoding->usable[i] == 0)
            continue;
        const auto row = static_cast<Index>(i);
        double own = 0.0, used = 0.0, before = 0.0;
        bool hasBefore = false;
        for (Index p = 0; p < set.flux.cols(); ++p) {
            const auto ivar = static_cast<double>(set.ivar(row, p));
            if (!(ivar > 0.0)) {
                hasBefore = false;
                continue;
            }
            const auto off = static_cast<double>(flux(row, p) - target(row, p));
            const double z
                = static_cast<double>(set.flux(row, p) - flux(row, p)) * std::sqrt(ivar);
            own += off * off;
            variance += 1.0 / ivar;
            used += 1.0;
            zSquares += z * z;
            if (hasBefore) {
                zProducts += z * before;
                zPairs += 1.0;
            }
            before = z;
            hasBefore = true;
        }
        chi2.push_back(encoding->chi2PerDof(i));
        score.rmse += std::sqrt(own / used);
        squares += own;
        pixels += used;
    }
    score.spectra = chi2.size();
    if (chi2.empty())
        return base::failure(base::ErrorCode::ValueMissing, set.source,
            "no spectrum with usable pixels", "at least one");
    for (const double value : chi2)
        score.meanChi2 += value / static_cast<double>(chi2.size());
    score.rmse /= static_cast<double>(chi2.size());
    score.rms = std::sqrt(squares / pixels);
    score.noise = std::sqrt(variance / pixels);
    score.zWidth = std::sqrt(zSquares / pixels);
    score.zAutocorrelation
        = zPairs > 0.0 ? zProducts / zPairs / (zSquares / pixels) : 0.0;
    score.medianChi2 = medianOf(std::move(chi2));
    return score;
}

Result<ImputationScore> scoreImputation(const LatentInference& inference, const SpectrumSet& set,
    double blockAngstrom, std::uint64_t seed, int iterations)
{
    const Hidden hidden = hideBlocks(set, blockAngstrom, seed);
    const auto made = inference.reconstruct(hidden.set, { iterations, true, true });
    if (!made)
        return base::Unexpected(made.error());
    const Matrix& target = targetOf(set);
    const bool noisy = set.truth.size() == 0;
    ImputationScore score;
    score.blockAngstrom = blockAngstrom;
    double squares = 0.0, linear = 0.0;
    double in68 = 0.0, in95 = 0.0, raw68 = 0.0, raw95 = 0.0;
    for (std::size_t i = 0; i < set.spectra(); ++i) {
        const auto row = static_cast<Index>(i);
        if (made->encoding.usable[i] == 0)
            continue;
        for (const Index p : hidden.pixels[i]) {
            const auto truth = static_cast<double>(target(row, p));
            const double off = static_cast<double>(made->flux(row, p)) - truth;
            const double line = straightLine(hidden.set, row, p) - truth;
            const double noise = noisy ? 1.0 / std::sqrt(static_cast<double>(set.ivar(row, p))) : 0.0;
            const auto within = [&](float half, double sigmas) {
                return std::abs(off) <= std::hypot(static_cast<double>(half), sigmas * noise) ? 1.0
                                                                                             : 0.0;
            };
            squares += off * off;
            linear += line * line;
            in68 += within(made->half68(row, p), 1.0);
            in95 += within(made->half95(row, p), 1.96);
            raw68 += within(made->sigma(row, p), 1.0);
            raw95 += within(1.96F * made->sigma(row, p), 1.96);
            ++score.pixels;
        }
    }
    if (score.pixels == 0)
        return base::failure(base::ErrorCode::ValueMissing, set.source,
            "no usable pixel in the hidden blocks", "at least one");
    const auto pixels = static_cast<double>(score.pixels);
    score.rms = std::sqrt(squares / pixels);
    score.linearRms = std::sqrt(linear / pixels);
    score.coverage68 = in68 / pixels;
    score.coverage95 = in95 / pixels;
    score.rawCoverage68 = raw68 / pixels;
    score.rawCoverage95 = raw95 / pixels;
    return score;
}

Result<BandCalibration> calibrateBands(
    const LatentInference& inference, const SpectrumSet& set, std::uint64_t seed)
{
    BandCalibration bands;
    bands.floor = inference.model().bands.floor;
    std::vector<double> ratios;
    for (const double block : { 5.0, 20.0, 50.0 }) {
        const Hidden hidden
            = hideBlocks(set, block, seed + static_cast<std::uint64_t>(block));
        const auto made = inference.reconstruct(hidden.set, { kMapIterations, true, true });
        if (!made)
            return base::Unexpected(made.error());
        const Matrix& target = targetOf(set);
        for (std::size_t i = 0; i < set.spectra(); ++i) {
            const auto row = static_cast<Index>(i);
            if (made->encoding.usable[i] == 0)
                continue;
            for (const Index p : hidden.pixels[i]) {
                const auto half = static_cast<double>(made->half68(row, p));
                const double own = half / inference.model().bands.factor68;
                const double off
                    = std::abs(static_cast<double>(made->flux(row, p) - target(row, p)));
                // Against noisy flux its noise is part of the deviation; leave it out on the mean.
                const double noise = set.truth.size() > 0
                    ? 0.0
                    : 1.0 / static_cast<double>(set.ivar(row, p));
                if (own > 0.0)
                    ratios.push_back(
                        noise > 0.0 ? off / std::sqrt(own * own + noise) : off / own);
            }
        }
    }
    if (ratios.empty())
        return bands;
    // What the bands are said to hold, not what one and two sigmas of a normal law would.
    bands.factor68 = std::clamp(quantile(ratios, 0.68), 1e-3, 1e3);
    bands.factor95 = std::clamp(quantile(ratios, 0.95), 1e-3, 1e3);
    bands.pixels = ratios.size();
    return bands;
}

} // namespace maury::gon
