#include "core/preprocess/resampling_operator.h"

#include "core/base/contract.h"
#include "core/preprocess/gaussian_blur.h"
#include "core/preprocess/pixel_borders.h"
#include "core/preprocess/resample.h"

#include <Eigen/Core>

#include <algorithm>
#include <cmath>
#include <cstring>

namespace maury::preprocess {
namespace {

using spectrum::Segment;
namespace mask = spectrum::mask;

/// The Gaussian is cut at this many σ.
constexpr double kReach = 4.0;
/// A convolution by less than this many source pixels would change nothing that can be seen.
constexpr double kNarrowestPixels = 0.3;
/// Contributors of less than this share of a pixel's weight do not hand on their reasons.
constexpr double kLeastShareOfReasons = 1e-3;

using Numbers = Eigen::Map<const Eigen::ArrayXd>;
Numbers numbers(const double* first, std::size_t count)
{
    return { first, static_cast<Eigen::Index>(count) };
}

// Rows of weights are padded with zeros to whole packs, and so is what they are multiplied with, so
// that sums of products need no remainders. Every processor that we build for multiplies pairs.
constexpr std::size_t kPack = 4;
using Pair = double __attribute__((vector_size(2 * sizeof(double))));

std::size_t wholePacks(std::size_t count)
{
    return (count + kPack - 1) / kPack * kPack;
}

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

/// Consecutive weights.
struct Weighted {
    std::size_t begin = 0;
    std::vector<double> values;

    void add(std::size_t first, std::span<const double> weights, double factor)
    {
        if (values.empty())
            begin = first;
        if (first < begin) {
            values.insert(values.begin(), begin - first, 0.0);
            begin = first;
        }
        values.resize(std::max(values.size(), first - begin + weights.size()), 0.0);
        for (std::size_t i = 0; i < weights.size(); ++i)
            values[first - begin + i] += factor * weights[i];
    }
};

/// Rows of K, which add up to less than 1 where part of the Gaussian lies in a gap or beyond an end.
std::vector<Weighted> convolutionRows(const PixelBorders& source, double sigma)
{
    const std::size_t count = source.size();
    std::vector<double> x(count);
    std::vector<double> width(count);
    for (std::size_t i = 0; i < count; ++i) {
        x[i] = std::log(source.centre(i));
        width[i] = std::log(source.right(i) / source.left(i));
    }
    std::vector<Weighted> rows(count);
    std::size_t begin = 0;
    for (std::size_t j = 0; j < count; ++j) {
        while (x[begin] < x[j] - kReach * sigma)
            ++begin;
        rows[j].begin = begin;
        double whole = width[j]; // the sum if pixels like this one went on for ever
        for (double away = width[j]; away <= kReach * sigma; away += width[j])
            whole += 2.0 * width[j] * std::exp(-0.5 * away * away / (sigma * sigma));
        for (std::size_t i = begin; i < count && x[i] <= x[j] + kReach * sigma; ++i) {
            const double z = (x[i] - x[j]) / sigma;
            rows[j].values.push_back(width[i] * std::exp(-0.5 * z * z) / whole);
        }
    }
    return rows;
}

} // namespace

bool RegriddedSegment::isGood(std::size_t pixel) const
{
    return badFraction[pixel] <= kMaximumBadWeight + 1e-9;
}

std::size_t RegriddedSegment::goodPixels() const
{
    std::size_t good = 0;
    for (std::size_t i = 0; i < pixels(); ++i)
        good += isGood(i) ? 1 : 0;
    return good;
}

Segment RegriddedSegment::segment(const TargetGrid& grid) const
{
    Segment result;
    result.wavelengthAngstrom = grid.wavelengths(firstPixel, pixels());
    result.flux = flux;
    result.ivar = ivar;
    result.mask = mask;
    for (std::size_t i = 0; i < pixels(); ++i) {
        const bool doubtful = (mask[i] & spectrum::mask::kUnusable) != 0;
        if (isGood(i))
            result.mask[i] = (mask[i] & spectrum::mask::kSuspect)
                | (doubtful ? spectrum::mask::kSuspect : 0U);
        else if (!doubtful)
            result.mask[i] |= spectrum::mask::kBadPixel;
    }
    result.medium = medium;
    result.frame = frame;
    result.rectified = rectified;
    result.fluxUnit = fluxUnit;
    result.resolvingPower = resolvingPower;
    result.origin = origin;
    return result;
}

/// Makes the rows of an operator one after the other.
class ResamplingOperator::Maker {
public:
    explicit Maker(ResamplingOperator& made)
        : m_made(made)
        , m_source(made.m_wavelengths)
    {
        const double middle = m_source.width(m_source.size() / 2)
            / m_source.centre(m_source.size() / 2);
        if (made.m_sigma < kNarrowestPixels * middle)
            made.m_sigma = 0.0;
        if (made.m_sigma > 0.0)
            m_convolution = convolutionRows(m_source, made.m_sigma);
    }

    void make()
    {
        makeRows();
        // What reads the last row in whole packs stays within the weights.
        m_made.m_weights.insert(m_made.m_weights.end(), 2 * kPack, 0.0);
    }

private:
    void makeRows()
    {
        const TargetGrid& grid = m_made.m_grid;
        const double last = static_cast<double>(grid.pixels) - 1.0;
        const double from = std::ceil(grid.pixelAt(m_source.left(0)) - 0.5);
        const double to = std::floor(grid.pixelAt(m_source.right(m_source.size() - 1)) + 0.5);
        if (to < 0.0 || from > last)
            return;
        m_made.m_firstPixel = static_cast<std::size_t>(std::max(from, 0.0));
        const auto end = static_cast<std::size_t>(std::min(to, last)) + 1;
        for (std::size_t pixel = m_made.m_firstPixel; pixel < end; ++pixel)
            makeRow(static_cast<double>(pixel));
        trim();
    }

    void makeRow(double pixel)
    {
        const TargetGrid& grid = m_made.m_grid;
        const double left = grid.wavelength(pixel - 0.5);
        const double right = grid.wavelength(pixel + 0.5);
        const double centre = grid.wavelength(pixel);
        while (m_first < m_source.size() && m_source.right(m_first) <= left)
            ++m_first;
        m_row = {};
        if (m_first < m_source.size()) {
            std::size_t nearest = m_first;
            while (nearest + 1 < m_source.size() && m_source.right(nearest) <= centre)
                ++nearest;
            const bool inside
                = m_source.left(nearest) <= centre && centre <= m_source.right(nearest);
            if (inside && m_source.width(nearest) > kComparableWidth * (right - left))
                interpolate(left, right);
            else
                average(left, right);
        }
        store();
    }

    void average(double left, double right)
    {
        for (std::size_t j = m_first; j < m_source.size() && m_source.left(j) < right; ++j) {
            const double overlap
                = std::min(right, m_source.right(j)) - std::max(left, m_source.left(j));
            if (overlap > 0.0)
                add(j, overlap / (right - left));
        }
    }

    /// The mean over a pixel of the curve through the source's values.
    void interpolate(double left, double right)
    {
        for (std::size_t j = m_first; j < m_source.size() && m_source.left(j) < right; ++j) {
            const double from = std::max(left, m_source.left(j));
            const double to = std::min(right, m_source.right(j));
            const double middle = std::clamp(m_source.centre(j), from, to);
            if (middle > from)
                addMean(j, j > 0 ? j - 1 : j, from, middle, right - left);
            if (to > middle)
                addMean(j, j, middle, to, right - left);
        }
    }

    /// The part [from, to] of a pixel of some width, which lies in source pixel j beside its centre:
    /// on the curve between source pixels i and i + 1, or at the value of j where these are parted
    /// by a gap. Simpson's rule is exact for cubics.
    void addMean(std::size_t j, std::size_t i, double from, double to, double width)
    {
        const double share = (to - from) / width;
        const bool isBetween = m_source.adjacent(i) && from >= m_source.centre(i)
            && to <= m_source.centre(i + 1);
        if (!isBetween) {
            add(j, share);
            return;
        }
        addCurve(i, from, share / 6.0);
        addCurve(i, 0.5 * (from + to), share * 4.0 / 6.0);
        addCurve(i, to, share / 6.0);
    }

    /// The curve between source pixels i and i + 1 at x: a cubic, beside a gap or an end a line.
    void addCurve(std::size_t i, double x, double weight)
    {
        if (i > 0 && m_source.adjacent(i - 1) && m_source.adjacent(i + 1)) {
            const auto weights = cubicWeights({ m_source.centre(i - 1), m_source.centre(i),
                                                  m_source.centre(i + 1), m_source.centre(i + 2) },
                x);
            for (std::size_t k = 0; k < 4; ++k)
                add(i - 1 + k, weight * weights[k]);
            return;
        }
        const double t
            = (x - m_source.centre(i)) / (m_source.centre(i + 1) - m_source.centre(i));
        add(i, weight * (1.0 - t));
        add(i + 1, weight * t);
    }

    /// Source pixel j, convolved, with a weight.
    void add(std::size_t j, double weight)
    {
        const double one[] = { 1.0 };
        if (m_convolution.empty())
            m_row.add(j, one, weight);
        else
            m_row.add(m_convolution[j].begin, m_convolution[j].values, weight);
    }

    void store()
    {
        const auto values = numbers(m_row.values.data(), m_row.values.size());
        const double observed = values.sum();
        Row row { m_row.begin, m_made.m_weights.size(), 0, 1.0, 0.0 };
        if (observed > 0.0) {
            row.length = m_row.values.size();
            row.missing = std::clamp(1.0 - observed, 0.0, 1.0);
            row.absolute = values.abs().sum() / observed;
            for (const double value : m_row.values)
                m_made.m_weights.push_back(value / observed);
            m_made.m_weights.resize(row.offset + wholePacks(row.length), 0.0);
        }
        m_made.m_rows.push_back(row);
    }

    /// Pixels at the ends that can never be good are left out.
    void trim()
    {
        auto& rows = m_made.m_rows;
        const auto isHopeless = [](const Row& row) { return row.missing > kMaximumBadWeight; };
        while (!rows.empty() && isHopeless(rows.back()))
            rows.pop_back();
        const auto first = std::find_if_not(rows.begin(), rows.end(), isHopeless);
        m_made.m_firstPixel += static_cast<std::size_t>(first - rows.begin());
        rows.erase(rows.begin(), first);
    }

    ResamplingOperator& m_made;
    PixelBorders m_source;
    std::vector<Weighted> m_convolution; ///< empty when nothing is convolved
    Weighted m_row; ///< being made
    std::size_t m_first = 0; ///< source pixel that ends beyond the left border of the row
};

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
    , m_sigma(sigmaBetween(sourceResolvingPower, grid.resolvingPower))
{
    EXPECTS(wavelengths.size() >= 2);
    Maker(*this).make();
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
    EXPECTS(row < m_rows.size());
    const Row& of = m_rows[row];
    return { of.begin, std::span(m_weights).subspan(of.offset, of.length) };
}

void ResamplingOperator::gatherBad(
    const Source& source, std::size_t row, double& sum, RegriddedSegment& result) const
{
    const Row& of = m_rows[row];
    const double* weights = &m_weights[of.offset];
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
    const Row& of = m_rows[row];
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
    const double* weights = &m_weights[of.offset];
    result.flux[row] = dot(weights, &source.flux[of.begin], of.length) / sum;
    if (source.variance.empty())
        return;
    const std::size_t length = wholePacks(of.length);
    source.product.resize(length + kPack);
    for (std::size_t i = 0; i < length; ++i)
        source.product[i] = weights[i] * source.variance[of.begin + i];
    std::fill(source.product.begin() + static_cast<std::ptrdiff_t>(length), source.product.end(), 0.0);
    result.ivar[row] = sum * sum / dot(weights, source.product.data(), of.length);
    // Renormalised as the row itself; the other row's part follows when that is known.
    for (auto* lagged : { &result.covariance1, &result.covariance2 }) {
        const std::size_t other = row + (lagged == &result.covariance1 ? 1 : 2);
        if (other < m_rows.size())
            (*lagged)[row] = covariance(source, row, other) / sum;
    }
}

double ResamplingOperator::covariance(
    const Source& source, std::size_t row, std::size_t other) const
{
    const Row& a = m_rows[row];
    const Row& b = m_rows[other];
    const std::size_t begin = std::max(a.begin, b.begin);
    const std::size_t end = std::min(a.begin + a.length, b.begin + b.length);
    if (begin >= end)
        return 0.0;
    if (begin != b.begin) { // no two rows lie so, unless a grid's pixels were to shrink in one step
        double sum = 0.0;
        for (std::size_t i = begin; i < end; ++i)
            sum += source.product[i - a.begin] * m_weights[b.offset + i - b.begin];
        return sum;
    }
    // Beyond the end either the products or the other row's weights are zeros.
    return dot(source.product.data() + (begin - a.begin), &m_weights[b.offset] + (begin - b.begin),
        end - begin);
}

RegriddedSegment ResamplingOperator::apply(const Segment& segment) const
{
    EXPECTS(segment.pixels() == m_wavelengths.size() && segment.mask.size() == segment.pixels());
    EXPECTS(segment.ivar.empty() || segment.ivar.size() == segment.pixels());
    const Source source(segment);
    const std::size_t count = m_rows.size();
    const std::size_t errors = source.variance.empty() ? 0 : count;
    RegriddedSegment result;
    result.firstPixel = m_firstPixel;
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
            const Row& of = m_rows[row + lag];
            if (source.hasFlagged(of.begin, of.length))
                covariance[row] /= dot(&m_weights[of.offset], &source.good[of.begin], of.length);
        }
    return result;
}

const ResamplingOperator& Regridder::operatorFor(const Segment& segment, const TargetGrid& grid)
{
    const auto found
        = std::find_if(m_operators.begin(), m_operators.end(), [&](const auto& each) {
              return each->isFor(segment.wavelengthAngstrom, grid, segment.resolvingPower);
          });
    if (found != m_operators.end()) {
        std::rotate(m_operators.begin(), found, found + 1);
        return *m_operators.front();
    }
    m_operators.insert(m_operators.begin(),
        std::make_unique<ResamplingOperator>(
            segment.wavelengthAngstrom, grid, segment.resolvingPower));
    ++m_made;
    if (m_operators.size() > kKept)
        m_operators.pop_back();
    return *m_operators.front();
}

RegriddedSegment Regridder::regrid(const Segment& segment, const TargetGrid& grid)
{
    RegriddedSegment result;
    double matched = 0.0;
    if (segment.pixels() >= 2) {
        const ResamplingOperator& by = operatorFor(segment, grid);
        result = by.apply(segment);
        matched = by.convolves() ? *grid.resolvingPower : 0.0;
    }
    result.medium = segment.medium;
    result.frame = segment.frame;
    result.rectified = segment.rectified;
    result.fluxUnit = segment.fluxUnit;
    result.resolvingPower = matched > 0.0 ? std::optional(matched) : segment.resolvingPower;
    result.origin = segment.origin;
    return result;
}

} // namespace maury::preprocess
