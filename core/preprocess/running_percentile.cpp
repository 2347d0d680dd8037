#include "core/preprocess/running_percentile.h"

#include "core/base/contract.h"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <limits>

namespace maury::preprocess {
namespace {

/// Windows are worked off in blocks that share one sorted list, so that its length is of the order
/// of a window and not of the spectrum: as many as make the list three windows long, and at least
/// this many.
constexpr std::size_t kFewestInBlock = 64;
constexpr std::size_t kWindowsInBlock = 2;

/// Weights by rank with their prefix sums (Fenwick 1994): changes and searches in O(log ranks).
class RankTree {
public:
    explicit RankTree(std::size_t ranks)
        : m_sums(ranks + 1, 0.0)
        , m_weights(ranks, 0.0)
        , m_top(std::bit_floor(std::max<std::size_t>(ranks, 1)))
    {
    }

    void insert(std::size_t rank, double weight)
    {
        m_weights[rank] = weight;
        m_total += weight;
        ++m_present;
        change(rank, weight);
    }

    void remove(std::size_t rank)
    {
        const double weight = m_weights[rank];
        m_weights[rank] = 0.0;
        m_total -= weight;
        --m_present;
        change(rank, -weight);
    }

    /// `sorted`: the value of each rank.
    [[nodiscard]] double percentile(const std::vector<double>& sorted, double share) const
    {
        if (m_present == 0)
            return std::numeric_limits<double>::quiet_NaN();
        const double target = share * m_total;
        double before = 0.0; // weight of the ranks below
        std::size_t rank = 0;
        for (std::size_t step = m_top; step > 0; step /= 2)
            if (rank + step < m_sums.size() && before + m_sums[rank + step] <= target) {
                rank += step;
                before += m_sums[rank];
            }
        if (rank == m_weights.size() || m_weights[rank] == 0.0) // beyond all, or off by rounding
            return sorted[nearestPresent(rank)];
        const double middle = before + 0.5 * m_weights[rank];
        const bool upwards = target >= middle;
        const std::size_t other = upwards ? presentAbove(rank) : presentBelow(rank);
        if (other == kNone)
            return sorted[rank];
        const double away = upwards ? before + m_weights[rank] + 0.5 * m_weights[other]
                                    : before - 0.5 * m_weights[other];
        const double part = (target - middle) / (away - middle);
        return sorted[rank] + part * (sorted[other] - sorted[rank]);
    }

private:
    static constexpr std::size_t kNone = std::numeric_limits<std::size_t>::max();

    void change(std::size_t rank, double by)
    {
        for (std::size_t i = rank + 1; i < m_sums.size(); i += i & (~i + 1))
            m_sums[i] += by;
    }

    [[nodiscard]] std::size_t presentBelow(std::size_t rank) const
    {
        while (rank > 0)
            if (m_weights[--rank] > 0.0)
                return rank;
        return kNone;
    }

    [[nodiscard]] std::size_t presentAbove(std::size_t rank) const
    {
        while (++rank < m_weights.size())
            if (m_weights[rank] > 0.0)
                return rank;
        return kNone;
    }

    [[nodiscard]] std::size_t nearestPresent(std::size_t rank) const
    {
        const std::size_t below = presentBelow(rank);
        return below != kNone ? below : presentAbove(rank);
    }

    std::vector<double> m_sums; ///< from index 1
    std::vector<double> m_weights;
    std::size_t m_top;
    double m_total = 0.0;
    std::size_t m_present = 0;
};

/// The values of some pixels, sorted; those of weight 0 have no rank.
struct Ranking {
    std::vector<double> sorted;
    std::vector<std::uint32_t> ranks; ///< of pixel begin + i

    Ranking(
        std::span<const double> values, std::span<const double> weights, const PixelRange& pixels)
        : ranks(pixels.end - pixels.begin)
    {
        struct Entry {
            double value;
            std::uint32_t pixel;
        };
        std::vector<Entry> order;
        order.reserve(ranks.size());
        for (std::size_t i = 0; i < ranks.size(); ++i)
            if (weights.empty() || weights[pixels.begin + i] > 0.0)
                order.push_back({ values[pixels.begin + i], static_cast<std::uint32_t>(i) });
        // Equal values keep the order of their pixels: their weights may differ.
        std::stable_sort(order.begin(), order.end(),
            [](const Entry& a, const Entry& b) { return a.value < b.value; });
        sorted.reserve(order.size());
        for (const Entry& entry : order) {
            ranks[entry.pixel] = static_cast<std::uint32_t>(sorted.size());
            sorted.push_back(entry.value);
        }
    }
};

} // namespace

std::vector<double> runningPercentile(std::span<const double> values,
    std::span<const double> weights, std::span<const PixelRange> windows, double percentile)
{
    EXPECTS(weights.empty() || weights.size() == values.size());
    EXPECTS(percentile >= 0.0 && percentile <= 100.0);
    std::vector<double> result(windows.size());
    for (std::size_t first = 0; first < windows.size();) {
        const std::size_t length = windows[first].end - windows[first].begin;
        const std::size_t last = std::min(windows.size(), first + std::max(kWindowsInBlock * length, kFewestInBlock));
        const PixelRange pixels { windows[first].begin, windows[last - 1].end };
        EXPECTS(pixels.begin <= pixels.end && pixels.end <= values.size());
        const Ranking ranking(values, weights, pixels);
        RankTree tree(ranking.sorted.size());
        const auto weight = [&](std::size_t i) { return weights.empty() ? 1.0 : weights[i]; };
        std::size_t begin = pixels.begin;
        std::size_t end = pixels.begin;
        for (std::size_t i = first; i < last; ++i) {
            for (; end < windows[i].end; ++end)
                if (weight(end) > 0.0)
                    tree.insert(ranking.ranks[end - pixels.begin], weight(end));
            for (; begin < windows[i].begin; ++begin)
                if (weight(begin) > 0.0)
                    tree.remove(ranking.ranks[begin - pixels.begin]);
            result[i] = tree.percentile(ranking.sorted, percentile / 100.0);
        }
        first = last;
    }
    return result;
}

std::vector<double> runningPercentile(std::span<const double> values,
    std::span<const double> weights, std::size_t window, double percentile)
{
    EXPECTS(window % 2 == 1);
    const std::size_t half = window / 2;
    std::vector<PixelRange> windows(values.size());
    for (std::size_t i = 0; i < windows.size(); ++i)
        windows[i] = { i - std::min(i, half), std::min(values.size(), i + half + 1) };
    return runningPercentile(values, weights, windows, percentile);
}

} // namespace maury::preprocess
