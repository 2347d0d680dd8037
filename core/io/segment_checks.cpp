#include "core/io/segment_checks.h"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <functional>

namespace maury::io {

using base::ErrorCode;
using base::failure;

void maskMissingPixels(spectrum::Segment& segment, std::vector<std::string>& warnings)
{
    const std::size_t pixels = segment.pixels();
    segment.mask.resize(pixels, 0);
    std::size_t notFinite = 0;
    for (std::size_t i = 0; i < pixels; ++i) {
        if (!std::isfinite(segment.flux[i])) {
            segment.flux[i] = 0.0;
            ++notFinite;
        }
        if (segment.flux[i] == 0.0)
            segment.mask[i] |= spectrum::mask::kNoData;
    }
    if (notFinite > 0)
        warnings.push_back(
            fmt::format("{} of {} flux values are no numbers: masked", notFinite, pixels));

    for (std::size_t i = 0; i < segment.ivar.size(); ++i) {
        if (std::isfinite(segment.ivar[i]) && segment.ivar[i] > 0.0)
            continue;
        segment.ivar[i] = 0.0;
        segment.mask[i] |= spectrum::mask::kBadPixel;
    }

    const auto hasData = [](std::uint32_t bits) { return (bits & spectrum::mask::kNoData) == 0; };
    const auto first = std::find_if(segment.mask.begin(), segment.mask.end(), hasData);
    const auto last = std::find_if(segment.mask.rbegin(), segment.mask.rend(), hasData).base();
    if (first >= last)
        return;
    const auto inside = last - first - std::count_if(first, last, hasData);
    if (inside > 0)
        warnings.push_back(fmt::format(
            "{} pixels inside the spectrum have no data (flux 0 or no number): masked", inside));
}

bool flipIfDescending(spectrum::Segment& segment, std::vector<std::string>& warnings)
{
    const auto& wavelengths = segment.wavelengthAngstrom;
    if (wavelengths.size() < 2
        || !std::is_sorted(wavelengths.begin(), wavelengths.end(), std::greater<>()))
        return false;
    std::reverse(segment.wavelengthAngstrom.begin(), segment.wavelengthAngstrom.end());
    std::reverse(segment.flux.begin(), segment.flux.end());
    std::reverse(segment.ivar.begin(), segment.ivar.end());
    std::reverse(segment.mask.begin(), segment.mask.end());
    warnings.emplace_back("wavelengths descend in the file: turned round");
    return true;
}

base::Result<void> checkSegment(
    const spectrum::Segment& segment, const std::string& file, const PixelPlace& placeOf)
{
    const auto& wavelengths = segment.wavelengthAngstrom;
    if (wavelengths.size() < 2)
        return failure(ErrorCode::WavelengthsInvalid, file,
            fmt::format("{} pixel{}", wavelengths.size(), wavelengths.size() == 1 ? "" : "s"),
            "at least 2 pixels");
    for (std::size_t i = 0; i < wavelengths.size(); ++i) {
        const std::string place = file + ": " + placeOf(i);
        if (!std::isfinite(wavelengths[i]) || wavelengths[i] <= 0.0)
            return failure(ErrorCode::WavelengthsInvalid, place,
                fmt::format("the wavelength {}", wavelengths[i]), "a positive number");
        if (i > 0 && wavelengths[i] <= wavelengths[i - 1])
            return failure(ErrorCode::WavelengthsInvalid, place,
                fmt::format("{} Å after {} Å", wavelengths[i], wavelengths[i - 1]),
                "wavelengths that increase");
    }
    if (segment.goodPixels() == 0)
        return failure(ErrorCode::ValueInvalid, file, "no usable flux value (all 0, NaN or masked)",
            "flux values");
    return {};
}

} // namespace maury::io
