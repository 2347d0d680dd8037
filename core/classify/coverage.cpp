#include "core/classify/coverage.h"

#include "core/base/contract.h"

#include <fmt/format.h>

#include <algorithm>

namespace maury::classify {

std::size_t Coverage::missingPixels() const
{
    std::size_t sum = 0;
    for (const PixelRun& run : missing)
        sum += run.size();
    return sum;
}

double Coverage::missingShare() const
{
    return pixels == 0 ? 1.0 : static_cast<double>(missingPixels()) / static_cast<double>(pixels);
}

Coverage coverageOf(std::span<const std::uint8_t> good)
{
    Coverage coverage { good.size(), {} };
    for (std::size_t pixel = 0; pixel < good.size(); ++pixel) {
        if (good[pixel] != 0)
            continue;
        if (coverage.missing.empty() || coverage.missing.back().end != pixel)
            coverage.missing.push_back({ pixel, pixel });
        coverage.missing.back().end = pixel + 1;
    }
    return coverage;
}

std::string describe(const Coverage& coverage, const spectrum::WavelengthGrid& grid)
{
    EXPECTS(coverage.pixels == grid.pixels);
    constexpr std::size_t kNamed = 4;
    std::vector<PixelRun> named = coverage.missing;
    if (named.size() > kNamed) {
        std::nth_element(named.begin(), named.begin() + (kNamed - 1), named.end(),
            [](const PixelRun& a, const PixelRun& b) { return a.size() > b.size(); });
        named.resize(kNamed);
        std::sort(named.begin(), named.end(),
            [](const PixelRun& a, const PixelRun& b) { return a.begin < b.begin; });
    }
    std::vector<std::string> ranges;
    for (const PixelRun& run : named) {
        const double first = grid.wavelength(run.begin);
        const double last = grid.wavelength(run.end - 1);
        ranges.push_back(run.size() == 1 ? fmt::format("{:g} Å", first)
                                         : fmt::format("{:g}–{:g} Å", first, last));
    }
    if (named.size() < coverage.missing.size())
        ranges.push_back(fmt::format("and {} more", coverage.missing.size() - named.size()));
    const double percent = 100.0 * coverage.missingShare();
    return fmt::format("{:.{}f} % of {:g}–{:g} Å missing ({})", percent, percent < 3.0 ? 1 : 0,
        grid.firstAngstrom, grid.lastAngstrom(), fmt::join(ranges, ", "));
}

} // namespace maury::classify
