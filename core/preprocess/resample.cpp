#include "core/preprocess/resample.h"

#include "core/base/contract.h"
#include "core/preprocess/pixel_borders.h"

#include <algorithm>
#include <cmath>

namespace maury::preprocess {
namespace {

using spectrum::Segment;
namespace mask = spectrum::mask;

/// A segment seen as pixels with borders that do not reach into gaps.
class SourcePixels : public PixelBorders {
public:
    explicit SourcePixels(const Segment& segment)
        : PixelBorders(segment.wavelengthAngstrom)
        , m_segment(segment)
    {
    }

    [[nodiscard]] double flux(std::size_t i) const { return m_segment.flux[i]; }
    [[nodiscard]] bool hasErrors() const { return !m_segment.ivar.empty(); }
    [[nodiscard]] double variance(std::size_t i) const { return 1.0 / m_segment.ivar[i]; }
    [[nodiscard]] bool isGood(std::size_t i) const
    {
        return m_segment.isGood(i) && std::isfinite(m_segment.flux[i])
            && (!hasErrors() || m_segment.ivar[i] > 0.0);
    }
    /// The reasons against a pixel; one that has only its value or error against it gets kBadPixel.
    [[nodiscard]] std::uint32_t bits(std::size_t i) const
    {
        const std::uint32_t own = m_segment.mask[i];
        return !isGood(i) && (own & mask::kUnusable) == 0 ? own | mask::kBadPixel : own;
    }

private:
    const Segment& m_segment;
};

/// What one target pixel gathers from its contributors.
struct Gathered {
    double flux = 0.0;
    double variance = 0.0;
    double good = 0.0; ///< weight of good contributors
    double total = 0.0; ///< weight of a pixel wholly observed
    double missing = 0.0; ///< part of total where nothing was observed
    std::uint32_t bits = 0;

    void add(const SourcePixels& source, std::size_t i, double weight)
    {
        bits |= source.bits(i);
        if (!source.isGood(i))
            return;
        flux += weight * source.flux(i);
        good += weight;
        if (source.hasErrors())
            variance += weight * weight * source.variance(i);
    }
};

Gathered overlapMean(const SourcePixels& source, std::size_t first, double left, double right)
{
    Gathered gathered;
    gathered.total = right - left;
    double observed = 0.0;
    for (std::size_t i = first; i < source.size() && source.left(i) < right; ++i) {
        const double overlap = std::min(right, source.right(i)) - std::max(left, source.left(i));
        if (overlap <= 0.0)
            continue;
        observed += overlap;
        gathered.add(source, i, overlap);
    }
    gathered.missing = std::max(0.0, gathered.total - observed);
    return gathered;
}

/// Precondition: `nearest` contains x.
Gathered interpolated(const SourcePixels& source, std::size_t nearest, double x)
{
    Gathered gathered;
    gathered.total = 1.0;
    const std::size_t i = x >= source.centre(nearest) || nearest == 0 ? nearest : nearest - 1;
    if (!source.adjacent(i) || x < source.centre(i)) { // beyond the last centre, or beside a gap
        gathered.add(source, nearest, 1.0);
        return gathered;
    }
    const bool cubic = i > 0 && source.adjacent(i - 1) && source.adjacent(i + 1)
        && source.isGood(i - 1) && source.isGood(i) && source.isGood(i + 1) && source.isGood(i + 2);
    if (cubic) {
        const auto weights = cubicWeights(
            { source.centre(i - 1), source.centre(i), source.centre(i + 1), source.centre(i + 2) },
            x);
        for (std::size_t k = 0; k < 4; ++k)
            gathered.add(source, i - 1 + k, weights[k]);
        return gathered;
    }
    const double t = (x - source.centre(i)) / (source.centre(i + 1) - source.centre(i));
    if (t < 1.0)
        gathered.add(source, i, 1.0 - t);
    if (t > 0.0)
        gathered.add(source, i + 1, t);
    return gathered;
}

void store(const Gathered& gathered, bool hasErrors, std::size_t pixel, GridPixels& result)
{
    const double bad = (gathered.total - gathered.good) / gathered.total;
    std::uint32_t bits = gathered.bits;
    if (bad > kMaximumBadWeight + 1e-9) {
        if (gathered.missing > 0.0)
            bits |= mask::kNoData | mask::kGapOrEdge;
        result.mask[pixel] = bits;
        return;
    }
    // Good after renormalisation: reasons of the few bad contributors no longer apply, "suspect"
    // does.
    result.mask[pixel] = bits & mask::kSuspect;
    result.flux[pixel] = gathered.flux / gathered.good;
    if (hasErrors)
        result.ivar[pixel] = gathered.good * gathered.good / gathered.variance;
}

} // namespace

std::array<double, 4> cubicWeights(const std::array<double, 4>& points, double x)
{
    std::array<double, 4> weights {};
    for (std::size_t i = 0; i < 4; ++i) {
        double weight = 1.0;
        for (std::size_t j = 0; j < 4; ++j)
            if (j != i)
                weight *= (x - points[j]) / (points[i] - points[j]);
        weights[i] = weight;
    }
    return weights;
}

std::size_t GridPixels::goodPixels() const
{
    return static_cast<std::size_t>(std::count_if(mask.begin(), mask.end(),
        [](std::uint32_t bits) { return (bits & spectrum::mask::kUnusable) == 0; }));
}

std::vector<double> pixelEdges(std::span<const double> centres)
{
    EXPECTS(centres.size() >= 2);
    std::vector<double> edges(centres.size() + 1);
    for (std::size_t i = 1; i < centres.size(); ++i)
        edges[i] = 0.5 * (centres[i - 1] + centres[i]);
    edges.front() = 2.0 * centres.front() - edges[1];
    edges.back() = 2.0 * centres.back() - edges[centres.size() - 1];
    return edges;
}

GridPixels resample(const Segment& segment, std::span<const double> centres)
{
    const std::size_t count = segment.pixels();
    EXPECTS(segment.wavelengthAngstrom.size() == count && segment.mask.size() == count);
    EXPECTS(segment.ivar.empty() || segment.ivar.size() == count);
    GridPixels result { std::vector<double>(centres.size(), 0.0),
        std::vector<double>(segment.ivar.empty() ? 0 : centres.size(), 0.0),
        std::vector<std::uint32_t>(centres.size(), mask::kNoData | mask::kGapOrEdge) };
    if (count < 2) // the width of a single pixel is unknown
        return result;
    const SourcePixels source(segment);
    const std::vector<double> edges = pixelEdges(centres);
    std::size_t first = 0; // of the source pixels that end beyond the target's left border
    for (std::size_t pixel = 0; pixel < centres.size(); ++pixel) {
        const double left = edges[pixel];
        const double right = edges[pixel + 1];
        while (first < count && source.right(first) <= left)
            ++first;
        if (first == count)
            break;
        std::size_t nearest = first;
        while (nearest + 1 < count && source.right(nearest) <= centres[pixel])
            ++nearest;
        const bool inside
            = source.left(nearest) <= centres[pixel] && centres[pixel] <= source.right(nearest);
        if (inside && source.width(nearest) > kComparableWidth * (right - left))
            store(interpolated(source, nearest, centres[pixel]), source.hasErrors(), pixel, result);
        else
            store(overlapMean(source, first, left, right), source.hasErrors(), pixel, result);
    }
    return result;
}

GridPixels resample(const Segment& segment, const spectrum::WavelengthGrid& grid)
{
    return resample(segment, grid.wavelengths());
}

} // namespace maury::preprocess
