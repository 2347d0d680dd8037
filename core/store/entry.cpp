#include "core/store/entry.h"

#include "core/base/contract.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>
#include <vector>

namespace maury::store {
namespace {

constexpr std::array kTexts { TextColumn { "object", &Entry::object },
    TextColumn { "type", &Entry::type }, TextColumn { "survey", &Entry::survey },
    TextColumn { "medium", &Entry::medium }, TextColumn { "frame", &Entry::frame },
    TextColumn { "format", &Entry::format }, TextColumn { "file", &Entry::file },
    TextColumn { "more_files", &Entry::moreFiles }, TextColumn { "sha256", &Entry::sha256 },
    TextColumn { "notices", &Entry::notices } };

constexpr std::array kNumbers { NumberColumn { "ra_deg", &Entry::raDeg },
    NumberColumn { "dec_deg", &Entry::decDeg }, NumberColumn { "snr", &Entry::snr },
    NumberColumn { "pixels", &Entry::pixels }, NumberColumn { "good_pixels", &Entry::goodPixels },
    NumberColumn { "segments", &Entry::segments },
    NumberColumn { "wavelength_min", &Entry::wavelengthMin },
    NumberColumn { "wavelength_max", &Entry::wavelengthMax },
    NumberColumn { "resolving_power", &Entry::resolvingPower },
    NumberColumn { "velocity_kms", &Entry::velocityKms },
    NumberColumn { "barycentric_correction_kms", &Entry::barycentricKms },
    NumberColumn { "row", &Entry::fileRow }, NumberColumn { "rows", &Entry::fileRows },
    NumberColumn { "recipe", &Entry::recipe } };

constexpr std::array<std::string_view, 5> kSurveys { "apogee", "galah", "lamost", "sdss", "eso" };

template <typename Value> std::string common(const std::vector<Value>& values)
{
    const bool agree = std::all_of(
        values.begin(), values.end(), [&](Value value) { return value == values.front(); });
    return agree ? toString(values.front()) : "mixed";
}

std::string lines(const std::vector<std::string>& texts)
{
    std::string joined;
    for (const std::string& text : texts)
        joined += (joined.empty() ? "" : "\n") + text;
    return joined;
}

void addExtent(Entry& entry, const std::vector<spectrum::Segment>& segments)
{
    for (const spectrum::Segment& segment : segments) {
        entry.pixels += static_cast<double>(segment.pixels());
        entry.goodPixels += static_cast<double>(segment.goodPixels());
        // fmin and fmax leave out what is NaN.
        entry.wavelengthMin = std::fmin(entry.wavelengthMin, segment.wavelengthAngstrom.front());
        entry.wavelengthMax = std::fmax(entry.wavelengthMax, segment.wavelengthAngstrom.back());
        if (std::isnan(entry.resolvingPower))
            entry.resolvingPower = segment.resolvingPower.value_or(Entry::kNone);
    }
    entry.segments = static_cast<double>(segments.size());
}

} // namespace

std::span<const TextColumn> textColumns()
{
    return kTexts;
}

std::span<const NumberColumn> numberColumns()
{
    return kNumbers;
}

std::string surveyOf(const std::string& format)
{
    const std::string_view first = std::string_view(format).substr(0, format.find('-'));
    const bool known = std::find(kSurveys.begin(), kSurveys.end(), first) != kSurveys.end();
    return known ? std::string(first) : std::string();
}

std::string mediumOf(const std::vector<spectrum::Segment>& segments)
{
    EXPECTS(!segments.empty());
    std::vector<spectrum::Medium> media;
    for (const spectrum::Segment& segment : segments)
        media.push_back(segment.medium);
    return common(media);
}

std::string frameOf(const std::vector<spectrum::Segment>& segments)
{
    EXPECTS(!segments.empty());
    std::vector<spectrum::Frame> frames;
    for (const spectrum::Segment& segment : segments)
        frames.push_back(segment.frame);
    return common(frames);
}

double signalToNoise(const std::vector<spectrum::Segment>& segments)
{
    std::vector<double> ratios;
    for (const spectrum::Segment& segment : segments)
        for (std::size_t i = 0; i < segment.ivar.size(); ++i)
            if (segment.isGood(i) && segment.ivar[i] > 0.0)
                ratios.push_back(segment.flux[i] * std::sqrt(segment.ivar[i]));
    if (ratios.empty())
        return Entry::kNone;
    const auto middle = ratios.begin() + static_cast<std::ptrdiff_t>(ratios.size() / 2);
    std::nth_element(ratios.begin(), middle, ratios.end());
    return *middle;
}

Entry entryOf(const spectrum::Spectrum& spectrum)
{
    EXPECTS(!spectrum.segments.empty());
    Entry entry;
    entry.object = spectrum.object;
    entry.type = spectrum.spectralType;
    entry.survey = surveyOf(spectrum.format);
    entry.medium = mediumOf(spectrum.segments);
    entry.frame = frameOf(spectrum.segments);
    entry.format = spectrum.format;
    entry.file = spectrum.file.string();
    std::vector<std::string> more;
    for (const auto& file : spectrum.moreFiles)
        more.push_back(file.string());
    entry.moreFiles = lines(more);
    entry.notices = lines(spectrum.warnings);
    entry.raDeg = spectrum.raDeg.value_or(Entry::kNone);
    entry.decDeg = spectrum.decDeg.value_or(Entry::kNone);
    entry.velocityKms = spectrum.radialVelocityKms.value_or(Entry::kNone);
    entry.barycentricKms = spectrum.barycentricCorrectionKms.value_or(Entry::kNone);
    entry.fileRow = spectrum.row;
    entry.fileRows = spectrum.rows;
    entry.snr = signalToNoise(spectrum.segments);
    addExtent(entry, spectrum.segments);
    return entry;
}

} // namespace maury::store
