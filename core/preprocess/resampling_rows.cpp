#include "core/preprocess/resampling_rows.h"

#include "core/base/contract.h"
#include "core/preprocess/pixel_borders.h"
#include "core/preprocess/resample.h"

#include <Eigen/Core>

#include <algorithm>
#include <cmath>
#include <utility>

namespace maury::preprocess {
namespace {

/// The Gaussian is cut at this many σ.
constexpr double kReach = 4.0;
/// A convolution by less than this many source pixels would change nothing that can be seen.
constexpr double kNarrowestPixels = 0.3;

using Numbers = Eigen::Map<const Eigen::ArrayXd>;
Numbers numbers(const double* first, std::size_t count)
{
    return { first, static_cast<Eigen::Index>(count) };
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

/// Makes the rows of an operator one after the other.
class Maker {
public:
    Maker(std::span<const double> wavelengths, const TargetGrid& grid, double sigma)
        : m_grid(grid)
        , m_source(wavelengths)
    {
        const double middle = m_source.width(m_source.size() / 2)
            / m_source.centre(m_source.size() / 2);
        if (sigma < kNarrowestPixels * middle)
            return;
        m_made.convolves = true;
        m_convolution = convolutionRows(m_source, sigma);
    }

    ResamplingRows make()
    {
        makeRows();
        // What reads the last row in whole packs stays within the weights.
        m_made.weights.insert(m_made.weights.end(), 2 * ResamplingRows::kPack, 0.0);
        return std::move(m_made);
    }

private:
    void makeRows()
    {
        const double last = static_cast<double>(m_grid.pixels) - 1.0;
        const double from = std::ceil(m_grid.pixelAt(m_source.left(0)) - 0.5);
        const double to = std::floor(m_grid.pixelAt(m_source.right(m_source.size() - 1)) + 0.5);
        if (to < 0.0 || from > last)
            return;
        m_made.firstPixel = static_cast<std::size_t>(std::max(from, 0.0));
        const auto end = static_cast<std::size_t>(std::min(to, last)) + 1;
        for (std::size_t pixel = m_made.firstPixel; pixel < end; ++pixel)
            makeRow(static_cast<double>(pixel));
        trim();
    }

    void makeRow(double pixel)
    {
        const double left = m_grid.wavelength(pixel - 0.5);
        const double right = m_grid.wavelength(pixel + 0.5);
        const double centre = m_grid.wavelength(pixel);
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
        ResamplingRows::Row row { m_row.begin, m_made.weights.size(), 0, 1.0, 0.0 };
        if (observed > 0.0) {
            row.length = m_row.values.size();
            row.missing = std::clamp(1.0 - observed, 0.0, 1.0);
            row.absolute = values.abs().sum() / observed;
            for (const double value : m_row.values)
                m_made.weights.push_back(value / observed);
            m_made.weights.resize(row.offset + ResamplingRows::wholePacks(row.length), 0.0);
        }
        m_made.rows.push_back(row);
    }

    /// Pixels at the ends that can never be good are left out.
    void trim()
    {
        auto& rows = m_made.rows;
        const auto isHopeless = [](const ResamplingRows::Row& row) { return row.missing > kMaximumBadWeight; };
        while (!rows.empty() && isHopeless(rows.back()))
            rows.pop_back();
        const auto first = std::find_if_not(rows.begin(), rows.end(), isHopeless);
        m_made.firstPixel += static_cast<std::size_t>(first - rows.begin());
        rows.erase(rows.begin(), first);
    }

    const TargetGrid& m_grid;
    PixelBorders m_source;
    ResamplingRows m_made;
    std::vector<Weighted> m_convolution; ///< empty when nothing is convolved
    Weighted m_row; ///< being made
    std::size_t m_first = 0; ///< source pixel that ends beyond the left border of the row
};

} // namespace

ResamplingRows makeResamplingRows(
    std::span<const double> wavelengths, const TargetGrid& grid, double sigma)
{
    EXPECTS(wavelengths.size() >= 2);
    return Maker(wavelengths, grid, sigma).make();
}

} // namespace maury::preprocess
