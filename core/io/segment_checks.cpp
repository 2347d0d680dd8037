#include "core/io/segment_checks.h"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <functional>

namespace maury::io {

using base::ErrorCode;
using base::failure;

namespace {
constexpr auto kNothingUsable = "no usable flux value (all 0, NaN or masked)";
}

std::string pixelNumber(std::size_t pixel)
{
    return fmt::format("pixel {}", pixel + 1);
}

double ivarOfError(double error)
{
    const double ivar = 1.0 / (error * error);
    return error > 0.0 && std::isfinite(ivar) ? ivar : 0.0;
}

void dropEmptyErrors(spectrum::Segment& segment)
{
    const bool none = std::none_of(segment.ivar.begin(), segment.ivar.end(),
        [](double ivar) { return std::isfinite(ivar) && ivar > 0.0; });
    if (none)
        segment.ivar.clear();
}

std::uint32_t translateMask(double value, std::uint32_t (*translate)(std::uint32_t bits))
{
    const bool isMask = value >= -2147483648.0 && value <= 4294967295.0; // and no NaN
    return isMask ? translate(static_cast<std::uint32_t>(static_cast<std::int64_t>(value)))
                  : spectrum::mask::kBadPixel;
}

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
    const std::string warning = "wavelengths descend in the file: turned round";
    if (std::find(warnings.begin(), warnings.end(), warning) == warnings.end())
        warnings.push_back(warning);
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
        return failure(ErrorCode::ValueInvalid, file, kNothingUsable, "flux values");
    return {};
}

base::Result<void> addSegment(spectrum::Spectrum& spectrum, spectrum::Segment segment,
    const std::string& place, const PixelPlace& placeOf)
{
    flipIfDescending(segment, spectrum.warnings);
    maskMissingPixels(segment, spectrum.warnings);
    if (auto checked = checkSegment(segment, place, placeOf); !checked) {
        if (checked.error().found != kNothingUsable)
            return checked;
        spectrum.warnings.push_back(fmt::format("{}: {}: left out", place, kNothingUsable));
        return {};
    }
    spectrum.segments.push_back(std::move(segment));
    return {};
}

base::Result<spectrum::Spectrum> withSegments(spectrum::Spectrum spectrum)
{
    if (spectrum.segments.empty())
        return failure(
            ErrorCode::ValueInvalid, spectrum.file.string(), kNothingUsable, "flux values");
    return spectrum;
}

} // namespace maury::io
