#include "core/preprocess/resampling_operator.h"

#include "core/base/contract.h"
#include "core/preprocess/gaussian_blur.h"
#include "core/preprocess/resample.h"

#include <algorithm>
#include <cmath>
#include <cstring>

namespace maury::preprocess {
namespace {

using spectrum::Segment;
namespace mask = spectrum::mask;

/// Contributors of less than this share of a pixel's weight do not hand on their reasons.
constexpr double kLeastShareOfReasons = 1e-3;

// What rows of weights are multiplied with is padded as they are. Every processor that we build for
// multiplies pairs.
constexpr std::size_t kPack = ResamplingRows::kPack;
using Pair = double __attribute__((vector_size(2 * sizeof(double))));

Pair load(const double* from)
{
    Pair pair;
    std::memcpy(&pair, from, sizeof pair);
    return pair;
}

/// Σ a b over `count` numbers rounded up to whole packs.
double dot(const double* a, const double* b, std::size_t count)
{
    Pair even {};
    Pair odd {};
    for (std::size_t i = 0; i < count; i += kPack) {
        even += load(a + i) * load(b + i);
        odd += load(a + i + 2) * load(b + i + 2);
    }
    const Pair sum = even + odd;
    return sum[0] + sum[1];
}

/// σ in ln λ of what leads from one resolving power to another.
double sigmaBetween(std::optional<double> source, std::optional<double> target)
{
    if (!source || !target || *source <= *target)
        return 0.0;
    return std::sqrt(1.0 / (*target * *target) - 1.0 / (*source * *source)) / kFwhmPerSigma;
}

} // namespace

/// A segment with its bad pixels taken out, padded with zeros.
struct ResamplingOperator::Source {
    std::vector<double> flux; ///< 0 where bad
    std::vector<double> variance; ///< 0 where bad; empty without errors
    std::vector<double> good; ///< 1 or 0
    std::vector<std::uint32_t> bits;
    std::vector<std::uint32_t> flagged; ///< the pixels that have a bit
    std::vector<std::uint32_t> flaggedBefore; ///< how many of these stand before a pixel
    mutable std::vector<double> product; ///< weights of a row times variances, and zeros

    explicit Source(const Segment& segment)
        : flux(segment.pixels() + kPack, 0.0)
        , variance(segment.ivar.empty() ? 0 : flux.size(), 0.0)
        , good(flux.size(), 0.0)
        , bits(segment.mask)
        , flaggedBefore(segment.pixels() + 1, 0)
    {
        for (std::size_t i = 0; i < segment.pixels(); ++i) {
            const bool hasError = segment.ivar.empty() || segment.ivar[i] > 0.0;
            if (segment.isGood(i) && std::isfinite(segment.flux[i]) && hasError) {
                flux[i] = segment.flux[i];
                good[i] = 1.0;
                if (!variance.empty())
                    variance[i] = 1.0 / segment.ivar[i];
            } else if (segment.isGood(i)) {
                bits[i] |= mask::kBadPixel;
            }
            if (bits[i] != 0)
                flagged.push_back(static_cast<std::uint32_t>(i));
            flaggedBefore[i + 1] = static_cast<std::uint32_t>(flagged.size());
        }
    }

    /// Whether some of these pixels have a bit.
    [[nodiscard]] bool hasFlagged(std::size_t begin, std::size_t length) const
    {
        return flaggedBefore[begin + length] != flaggedBefore[begin];
    }
};

ResamplingOperator::ResamplingOperator(std::span<const double> wavelengths, const TargetGrid& grid,
    std::optional<double> sourceResolvingPower)
    : m_wavelengths(wavelengths.begin(), wavelengths.end())
    , m_grid(grid)
    , m_sourceResolvingPower(sourceResolvingPower)
    , m_made(makeResamplingRows(
          wavelengths, grid, sigmaBetween(sourceResolvingPower, grid.resolvingPower)))
{
}

bool ResamplingOperator::isFor(std::span<const double> wavelengths, const TargetGrid& grid,
    std::optional<double> sourceResolvingPower) const
{
    return m_sourceResolvingPower == sourceResolvingPower && m_grid == grid
        && std::equal(
            wavelengths.begin(), wavelengths.end(), m_wavelengths.begin(), m_wavelengths.end());
}

ResamplingOperator::Weights ResamplingOperator::weights(std::size_t row) const
{
    EXPECTS(row < m_made.rows.size());
    const Row& of = m_made.rows[row];
    return { of.begin, std::span(m_made.weights).subspan(of.offset, of.length) };
}

void ResamplingOperator::gatherBad(
    const Source& source, std::size_t row, double& sum, RegriddedSegment& result) const
{
    const Row& of = m_made.rows[row];
    const double* weights = &m_made.weights[of.offset];
    sum = dot(weights, &source.good[of.begin], of.length);
    double bad = 0.0;
    for (std::size_t at = source.flaggedBefore[of.begin];
         at < source.flaggedBefore[of.begin + of.length]; ++at) {
        const std::size_t pixel = source.flagged[at];
        const double weight = std::abs(weights[pixel - of.begin]);
        bad += weight * (1.0 - source.good[pixel]);
        if (weight >= kLeastShareOfReasons * of.absolute)
            result.mask[row] |= source.bits[pixel];
    }
    result.badFraction[row] = of.missing + (1.0 - of.missing) * bad / of.absolute;
}

void ResamplingOperator::gather(
    const Source& source, std::size_t row, RegriddedSegment& result) const
{
    const Row& of = m_made.rows[row];
    double sum = 1.0; // of the good weights
    result.badFraction[row] = of.missing;
    if (of.length == 0)
        result.badFraction[row] = 1.0;
    else if (source.hasFlagged(of.begin, of.length))
        gatherBad(source, row, sum, result);
    if (!(sum > 0.0)) // nothing good, or a cubic that only its negative weights are left of
        result.badFraction[row] = 1.0;
    if (!result.isGood(row)) {
        if (of.missing > 0.0)
            result.mask[row] |= mask::kNoData | mask::kGapOrEdge;
        return;
    }
    const double* weights = &m_made.weights[of.offset];
    result.flux[row] = dot(weights, &source.flux[of.begin], of.length) / sum;
    if (source.variance.empty())
        return;
    const std::size_t length = ResamplingRows::wholePacks(of.length);
    source.product.resize(length + kPack);
    for (std::size_t i = 0; i < length; ++i)
        source.product[i] = weights[i] * source.variance[of.begin + i];
    std::fill(source.product.begin() + static_cast<std::ptrdiff_t>(length), source.product.end(), 0.0);
    result.ivar[row] = sum * sum / dot(weights, source.product.data(), of.length);
    // Renormalised as the row itself; the other row's part follows when that is known.
    for (auto* lagged : { &result.covariance1, &result.covariance2 }) {
        const std::size_t other = row + (lagged == &result.covariance1 ? 1 : 2);
        if (other < m_made.rows.size())
            (*lagged)[row] = covariance(source, row, other) / sum;
    }
}

double ResamplingOperator::covariance(
    const Source& source, std::size_t row, std::size_t other) const
{
    const Row& a = m_made.rows[row];
    const Row& b = m_made.rows[other];
    const std::size_t begin = std::max(a.begin, b.begin);
    const std::size_t end = std::min(a.begin + a.length, b.begin + b.length);
    if (begin >= end)
        return 0.0;
    if (begin != b.begin) { // no two rows lie so, unless a grid's pixels were to shrink in one step
        double sum = 0.0;
        for (std::size_t i = begin; i < end; ++i)
            sum += source.product[i - a.begin] * m_made.weights[b.offset + i - b.begin];
        return sum;
    }
    // Beyond the end either the products or the other row's weights are zeros.
    return dot(source.product.data() + (begin - a.begin), &m_made.weights[b.offset] + (begin - b.begin),
        end - begin);
}

RegriddedSegment ResamplingOperator::apply(const Segment& segment) const
{
    EXPECTS(segment.pixels() == m_wavelengths.size() && segment.mask.size() == segment.pixels());
    EXPECTS(segment.ivar.empty() || segment.ivar.size() == segment.pixels());
    const Source source(segment);
    const std::size_t count = m_made.rows.size();
    const std::size_t errors = source.variance.empty() ? 0 : count;
    RegriddedSegment result;
    result.firstPixel = m_made.firstPixel;
    result.flux.assign(count, 0.0);
    result.mask.assign(count, 0);
    result.badFraction.assign(count, 0.0);
    for (auto* each : { &result.ivar, &result.covariance1, &result.covariance2 })
        each->assign(errors, 0.0);
    for (std::size_t row = 0; row < count; ++row)
        gather(source, row, result);
    for (std::size_t row = 0; row < errors; ++row)
        for (const std::size_t lag : { std::size_t { 1 }, std::size_t { 2 } }) {
            auto& covariance = lag == 1 ? result.covariance1 : result.covariance2;
            const bool both
                = row + lag < errors && result.isGood(row) && result.isGood(row + lag);
            if (!both) {
                covariance[row] = 0.0;
                continue;
            }
            const Row& of = m_made.rows[row + lag];
            if (source.hasFlagged(of.begin, of.length))
                covariance[row] /= dot(&m_made.weights[of.offset], &source.good[of.begin], of.length);
        }
    return result;
}

} // namespace maury::preprocess
