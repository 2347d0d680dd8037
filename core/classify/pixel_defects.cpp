#include "core/classify/pixel_defects.h"

#include "core/preprocess/noise_estimate.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <optional>
#include <span>

namespace maury::classify {
namespace {

/// Equal to rounding, also that of a text file, in units of the median flux.
constexpr double kEqual = 1.2e-5;
/// A plateau or a bridge was cut into a spectrum when it ends so abruptly, in units of the median
/// flux; the continuum of a computed spectrum is flat, too, but its lines begin softly.
constexpr double kHardEdge = 2e-4;
constexpr std::size_t kFewestClipped = 5; ///< pixels
constexpr double kLeastClippedShare = 0.005;
constexpr double kLeastSaturatedMaskShare = 0.01;
constexpr double kShortestBridgeAngstrom = 8.0;
constexpr std::size_t kFewestBridged = 6; ///< pixels
constexpr double kLeastNegativeShare = 0.01;
constexpr double kLeastNegative = 0.01; ///< in units of the median flux
constexpr double kNegativeSigmas = 4.0;
constexpr double kSpikeSigmas = 10.0;
constexpr double kLeastSpike = 0.2; ///< in units of the median flux
constexpr double kSpikeNeighbour = 0.3; ///< what a spike leaves in the pixels beside it, at most
constexpr std::ptrdiff_t kSpikeSurroundings = 6; ///< pixels on either side
constexpr double kLeastSpikesAngstrom = 1.0; ///< equivalent width of all spikes together

/// The good pixels of one segment in the range.
struct Pixels {
    std::vector<double> wavelength;
    std::vector<double> flux; ///< in units of the median
    double noise = 0.0; ///< in the same
    std::size_t maskedAsSaturated = 0;

    [[nodiscard]] std::size_t size() const { return flux.size(); }
    [[nodiscard]] double step(std::size_t pixel) const
    {
        return pixel == 0 ? wavelength[1] - wavelength[0]
                          : wavelength[pixel] - wavelength[pixel - 1];
    }
};

double medianOf(std::vector<double> values)
{
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

std::optional<Pixels> pixelsOf(const spectrum::Segment& segment, double first, double last)
{
    constexpr std::size_t kFewest = 32;
    Pixels pixels;
    for (std::size_t i = 0; i < segment.pixels(); ++i) {
        const double wavelength = segment.wavelengthAngstrom[i];
        if (wavelength < first || wavelength > last)
            continue;
        if ((segment.mask[i] & spectrum::mask::kSaturated) != 0)
            ++pixels.maskedAsSaturated;
        if (!segment.isGood(i) || !std::isfinite(segment.flux[i]))
            continue;
        pixels.wavelength.push_back(wavelength);
        pixels.flux.push_back(segment.flux[i]);
    }
    if (pixels.size() < kFewest)
        return std::nullopt;
    const double level = medianOf(pixels.flux);
    if (!(level > 0.0))
        return std::nullopt;
    for (double& flux : pixels.flux)
        flux /= level;
    if (const auto noise = preprocess::estimateNoise(segment, first, last))
        pixels.noise = noise->relative;
    return pixels;
}

std::optional<Finding> saturated(const Pixels& pixels)
{
    const double top = *std::max_element(pixels.flux.begin(), pixels.flux.end());
    const auto clipped = [&](std::size_t i) { return pixels.flux[i] >= top - kEqual; };
    std::size_t count = 0;
    std::vector<double> edges;
    for (std::size_t i = 0; i < pixels.size(); ++i) {
        count += clipped(i) ? 1 : 0;
        if (i > 0 && clipped(i) != clipped(i - 1))
            edges.push_back(std::abs(pixels.flux[i] - pixels.flux[i - 1]));
    }
    const auto all = static_cast<double>(pixels.size() + pixels.maskedAsSaturated);
    const bool cut = count >= kFewestClipped
        && static_cast<double>(count) >= kLeastClippedShare * all && !edges.empty()
        && medianOf(edges) > kHardEdge;
    const bool masked
        = static_cast<double>(pixels.maskedAsSaturated) >= kLeastSaturatedMaskShare * all;
    if (!cut && !masked)
        return std::nullopt;
    const double share
        = 100.0 * static_cast<double>(pixels.maskedAsSaturated + (cut ? count : 0)) / all;
    return Finding { { DoubtCode::Saturated, { { "share_percent", share } }, {} },
        fmt::format("saturated: {:.1f} % of the pixels are cut off at one level", share) };
}

/// Whether pixel i lies on the straight line through its neighbours.
bool isStraight(const Pixels& pixels, std::size_t i, double tolerance)
{
    const double left = pixels.wavelength[i] - pixels.wavelength[i - 1];
    const double right = pixels.wavelength[i + 1] - pixels.wavelength[i];
    const double between
        = (pixels.flux[i - 1] * right + pixels.flux[i + 1] * left) / (left + right);
    return std::abs(pixels.flux[i] - between) <= tolerance;
}

std::optional<Finding> filledIn(const Pixels& pixels)
{
    double total = 0.0;
    double longest = 0.0;
    double from = 0.0;
    double to = 0.0;
    for (std::size_t i = 1; i + 1 < pixels.size(); ++i) {
        if (!isStraight(pixels, i, kEqual))
            continue;
        std::size_t end = i;
        while (end + 1 < pixels.size() && isStraight(pixels, end, kEqual))
            ++end;
        // The pixels just outside bend away, abruptly where a gap was bridged.
        const bool hard = (i > 1 && !isStraight(pixels, i - 1, kHardEdge))
            || (end + 1 < pixels.size() && !isStraight(pixels, end, kHardEdge));
        const double first = pixels.wavelength[i - 1];
        const double last = pixels.wavelength[end];
        if (hard && end - i >= kFewestBridged && last - first >= kShortestBridgeAngstrom) {
            total += last - first;
            if (last - first > longest) {
                longest = last - first;
                from = first;
                to = last;
            }
        }
        i = end;
    }
    if (total <= 0.0)
        return std::nullopt;
    return Finding {
        { DoubtCode::FilledIn,
            { { "angstrom", total }, { "from_angstrom", from }, { "to_angstrom", to } }, {} },
        fmt::format("filled in: {:.0f} Å are straight lines, the longest from {:.0f} to {:.0f} Å",
            total, from, to)
    };
}

std::optional<Finding> negativeFlux(const Pixels& pixels)
{
    const double limit = -std::max(kLeastNegative, kNegativeSigmas * pixels.noise);
    const auto count = std::count_if(
        pixels.flux.begin(), pixels.flux.end(), [limit](double flux) { return flux < limit; });
    const double share = static_cast<double>(count) / static_cast<double>(pixels.size());
    if (share < kLeastNegativeShare)
        return std::nullopt;
    return Finding { { DoubtCode::NegativeFlux, { { "share_percent", 100.0 * share } }, {} },
        fmt::format("negative flux: {:.1f} % of the pixels", 100.0 * share) };
}

/// How far a pixel stands out from its surroundings if it does so alone or with one neighbour.
double spikeHeight(const Pixels& pixels, std::ptrdiff_t at)
{
    const auto size = static_cast<std::ptrdiff_t>(pixels.size());
    if (at < 2 || at + 2 >= size)
        return 0.0;
    const auto begin = std::max<std::ptrdiff_t>(0, at - kSpikeSurroundings);
    const auto end = std::min(size, at + kSpikeSurroundings + 1);
    const double level = medianOf({ pixels.flux.begin() + begin, pixels.flux.begin() + end });
    const auto excess
        = [&](std::ptrdiff_t i) { return pixels.flux[static_cast<std::size_t>(i)] - level; };
    const double height = excess(at);
    const double most = kSpikeNeighbour * std::abs(height);
    const auto quiet = [&](std::ptrdiff_t i) { return std::abs(excess(i)) < most; };
    const bool alone = quiet(at - 2) && quiet(at + 2) && (quiet(at - 1) || quiet(at + 1));
    return alone ? height : 0.0;
}

std::optional<Finding> spikes(const Pixels& pixels)
{
    const double least = std::max(kLeastSpike, kSpikeSigmas * pixels.noise);
    double total = 0.0;
    double highest = 0.0;
    double where = 0.0;
    int count = 0;
    for (std::size_t i = 0; i < pixels.size(); ++i) {
        const double height = std::abs(spikeHeight(pixels, static_cast<std::ptrdiff_t>(i)));
        if (height < least)
            continue;
        ++count;
        total += height * pixels.step(i);
        if (height > highest) {
            highest = height;
            where = pixels.wavelength[i];
        }
    }
    if (total < kLeastSpikesAngstrom)
        return std::nullopt;
    return Finding { { DoubtCode::Spike,
                         { { "pixels", static_cast<double>(count) },
                             { "wavelength_angstrom", where }, { "height", highest } },
                         {} },
        fmt::format("spikes: {} pixels, the highest at {:.1f} Å by {:.1f} times the median flux: "
                    "cosmic rays or dead pixels",
            count, where, highest) };
}

} // namespace

std::vector<Finding> pixelDefects(
    const spectrum::Spectrum& spectrum, double firstAngstrom, double lastAngstrom)
{
    std::vector<Finding> findings;
    for (const auto find : { saturated, filledIn, negativeFlux, spikes })
        for (const spectrum::Segment& segment : spectrum.segments) {
            const auto pixels = pixelsOf(segment, firstAngstrom, lastAngstrom);
            if (!pixels)
                continue;
            if (auto finding = find(*pixels)) {
                findings.push_back(*std::move(finding));
                break; // one of a kind tells it
            }
        }
    return findings;
}

} // namespace maury::classify
