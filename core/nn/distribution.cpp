#include "core/nn/distribution.h"

#include "core/base/contract.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace maury::nn {
namespace {

constexpr std::size_t kBlock = 1024;

/// Sums over a block, relative to `origin`, in independent lanes, so that they are done side by
/// side; the order is fixed, so that the same numbers give the same bits.
struct Sums {
    static constexpr std::size_t kLanes = 8;
    std::array<double, kLanes> first {};
    std::array<double, kLanes> second {};
    std::array<float, kLanes> low {};
    std::array<float, kLanes> high {};
};

/// Count, extremes and moments of blocks in which every number is finite; others number by number.
class Moments {
public:
    explicit Moments(float origin)
        : m_origin(origin)
    {
        m_sums.low.fill(origin);
        m_sums.high.fill(origin);
    }

    void addFinite(std::span<const float> block)
    {
        std::size_t at = 0;
        for (; at + Sums::kLanes <= block.size(); at += Sums::kLanes)
            for (std::size_t lane = 0; lane < Sums::kLanes; ++lane)
                add(block[at + lane], lane);
        for (; at < block.size(); ++at)
            add(block[at], 0);
        m_count += std::ssize(block);
    }

    [[nodiscard]] Distribution result() const
    {
        Distribution result;
        result.count = m_count;
        double first = 0.0;
        double second = 0.0;
        for (std::size_t lane = 0; lane < Sums::kLanes; ++lane) {
            first += m_sums.first[lane];
            second += m_sums.second[lane];
        }
        const auto count = static_cast<double>(m_count);
        const double offset = first / count;
        result.mean = static_cast<double>(m_origin) + offset;
        result.deviation = std::sqrt(std::max(0.0, second / count - offset * offset));
        result.smallest
            = static_cast<double>(*std::min_element(m_sums.low.begin(), m_sums.low.end()));
        result.largest
            = static_cast<double>(*std::max_element(m_sums.high.begin(), m_sums.high.end()));
        return result;
    }

private:
    void add(float number, std::size_t lane)
    {
        const double offset = static_cast<double>(number) - static_cast<double>(m_origin);
        m_sums.first[lane] += offset;
        m_sums.second[lane] += offset * offset;
        m_sums.low[lane] = number < m_sums.low[lane] ? number : m_sums.low[lane];
        m_sums.high[lane] = number > m_sums.high[lane] ? number : m_sums.high[lane];
    }

    float m_origin; ///< one of the numbers: moments about it lose no digits to a large mean
    std::int64_t m_count = 0;
    Sums m_sums;
};

/// The sum of x − x is 0, or NaN when one of them is not finite.
bool allFinite(std::span<const float> block)
{
    float sum = 0.0F;
    for (const float number : block)
        sum += number - number;
    return sum == 0.0F;
}

void countIntoBins(std::span<const float> numbers, Distribution& result)
{
    result.bins.assign(kHistogramBins, 0);
    // Neighbours go to different tables: one counter is not waited for by the next number.
    constexpr std::size_t kTables = 4;
    std::array<std::array<std::int64_t, kHistogramBins>, kTables> tables {};
    const auto low = static_cast<float>(result.smallest);
    const double width = result.binWidth();
    const auto scale = width > 0.0 ? static_cast<float>(1.0 / width) : 0.0F;
    for (std::size_t at = 0; at < numbers.size(); ++at) {
        const float place = (numbers[at] - low) * scale;
        if (std::isfinite(numbers[at]))
            ++tables[at % kTables][static_cast<std::size_t>(
                std::min(static_cast<int>(place), kHistogramBins - 1))];
    }
    for (const auto& table : tables)
        for (std::size_t bin = 0; bin < table.size(); ++bin)
            result.bins[bin] += table[bin];
}

} // namespace

Distribution distributionOf(std::span<const float> numbers)
{
    const auto first = std::find_if(
        numbers.begin(), numbers.end(), [](float number) { return std::isfinite(number); });
    if (first == numbers.end()) {
        Distribution none;
        none.notFinite = std::ssize(numbers);
        return none;
    }
    Moments moments(*first);
    for (std::size_t begin = 0; begin < numbers.size(); begin += kBlock) {
        const auto block = numbers.subspan(begin, std::min(kBlock, numbers.size() - begin));
        if (allFinite(block)) {
            moments.addFinite(block);
            continue;
        }
        for (std::size_t at = 0; at < block.size(); ++at)
            if (std::isfinite(block[at]))
                moments.addFinite(block.subspan(at, 1));
    }
    Distribution result = moments.result();
    result.notFinite = std::ssize(numbers) - result.count;
    countIntoBins(numbers, result);
    return result;
}

double percentile(const Distribution& numbers, double fraction)
{
    EXPECTS(fraction >= 0.0 && fraction <= 1.0);
    if (numbers.isEmpty())
        return std::numeric_limits<double>::quiet_NaN();
    if (fraction == 1.0)
        return numbers.largest;
    const double wanted = fraction * static_cast<double>(numbers.count);
    double before = 0.0;
    for (std::size_t bin = 0; bin < numbers.bins.size(); ++bin) {
        const auto inBin = static_cast<double>(numbers.bins[bin]);
        if (inBin > 0.0 && before + inBin >= wanted)
            return numbers.smallest
                + numbers.binWidth()
                * (static_cast<double>(bin) + std::max(0.0, wanted - before) / inBin);
        before += inBin;
    }
    return numbers.largest;
}

} // namespace maury::nn
