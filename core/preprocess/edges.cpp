#include "core/preprocess/edges.h"

#include "core/base/contract.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace maury::preprocess {
namespace {

constexpr double kInwardsAngstrom = 3.0;
constexpr double kLongestRampAngstrom = 12.0;
constexpr float kClimbing = 0.8F;
constexpr float kDark = 0.1F; ///< a ramp that the file's first pixel is already part of

/// Walks from one end; at(i) maps the distance from that end to a pixel.
template <typename At>
std::size_t trimOneEnd(std::span<const float> flux, std::span<std::uint8_t> good,
    std::size_t inwards, std::size_t longest, At&& at)
{
    const std::size_t pixels = flux.size();
    std::size_t first = 0;
    while (first < pixels && good[at(first)] == 0)
        ++first;
    const bool startsDark = first + inwards < pixels && good[at(first + inwards)] != 0
        && flux[at(first)] < kDark * flux[at(first + inwards)];
    if (first == 0 && !startsDark)
        return 0;
    std::size_t marked = 0;
    while (marked < longest && first + inwards < pixels && good[at(first + inwards)] != 0
        && flux[at(first)] < kClimbing * flux[at(first + inwards)]) {
        good[at(first)] = 0;
        ++first;
        ++marked;
    }
    return marked;
}

} // namespace

std::size_t trimEdgeRamps(
    std::span<const float> flux, std::span<std::uint8_t> good, const spectrum::WavelengthGrid& grid)
{
    EXPECTS(flux.size() == grid.pixels && good.size() == grid.pixels);
    const auto inPixels = [&grid](double angstrom) {
        return static_cast<std::size_t>(std::lround(angstrom / grid.stepAngstrom));
    };
    const std::size_t inwards = std::max<std::size_t>(1, inPixels(kInwardsAngstrom));
    const std::size_t longest = inPixels(kLongestRampAngstrom);
    const std::size_t last = grid.pixels - 1;
    return trimOneEnd(flux, good, inwards, longest, [](std::size_t i) { return i; })
        + trimOneEnd(flux, good, inwards, longest, [last](std::size_t i) { return last - i; });
}

void fillFromNearestGood(std::span<float> flux, std::span<const std::uint8_t> good)
{
    EXPECTS(flux.size() == good.size());
    const std::size_t pixels = flux.size();
    std::vector<std::size_t> next(pixels, pixels); // the first good pixel from here on
    for (std::size_t i = pixels; i-- > 0;)
        next[i] = good[i] != 0 ? i : (i + 1 < pixels ? next[i + 1] : pixels);
    std::size_t last = pixels; // the last good pixel so far
    for (std::size_t i = 0; i < pixels; ++i) {
        if (good[i] != 0) {
            last = i;
            continue;
        }
        const bool haveNext = next[i] != pixels;
        if (last != pixels && (!haveNext || i - last <= next[i] - i))
            flux[i] = flux[last];
        else if (haveNext)
            flux[i] = flux[next[i]];
    }
}

} // namespace maury::preprocess
