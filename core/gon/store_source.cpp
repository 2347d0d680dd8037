#include "core/gon/store_source.h"

#include "core/gon/gon_sources.h"
#include "core/preprocess/noise_estimate.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <set>
#include <string>

namespace maury::gon {
namespace {

using base::ErrorCode;
using base::Result;
using store::GriddedSegment;
using store::GriddedSpectrum;

/// Of a pixel over the median flux: resampling smooths noise away that is there all the same.
constexpr double kLeastNoise = 1e-3;

/// Pixels of the grid, the end not included.
struct PixelRange {
    std::size_t begin = 0;
    std::size_t end = 0;

    [[nodiscard]] std::size_t pixels() const { return end > begin ? end - begin : 0; }
};

/// What the blocks of these spectra's surveys cover: the same whichever of them are chosen.
Result<PixelRange> rangeOf(const store::Store& store, const std::vector<std::uint64_t>& rows)
{
    std::set<std::string> surveys;
    for (const std::uint64_t row : rows) {
        const auto entry = store.entry(row);
        if (!entry)
            return base::Unexpected(entry.error());
        surveys.insert(entry->survey);
    }
    PixelRange range { store.grid()->pixels, 0 };
    for (const store::BlockExtent& block : store.coverage())
        if (surveys.count(block.survey) > 0) {
            range.begin = std::min(range.begin, static_cast<std::size_t>(block.firstPixel));
            range.end
                = std::max(range.end, static_cast<std::size_t>(block.firstPixel + block.pixels));
        }
    return range;
}

/// The median of the good pixels' flux; nothing where there are none, or it is not positive.
std::optional<double> medianFlux(const spectrum::Segment& segment)
{
    std::vector<double> flux;
    for (std::size_t i = 0; i < segment.pixels(); ++i)
        if (segment.isGood(i))
            flux.push_back(segment.flux[i]);
    if (flux.empty())
        return std::nullopt;
    const auto middle = flux.begin() + static_cast<std::ptrdiff_t>(flux.size() / 2);
    std::nth_element(flux.begin(), middle, flux.end());
    return *middle > 0.0 ? std::optional(*middle) : std::nullopt;
}

/// The ivar of every pixel; of the noise that the pixels show where the segment has no errors.
std::vector<double> ivarOf(const spectrum::Segment& segment, double median)
{
    if (!segment.ivar.empty())
        return segment.ivar;
    const auto noise = preprocess::estimateNoise(
        segment, segment.wavelengthAngstrom.front(), segment.wavelengthAngstrom.back());
    if (!noise)
        return std::vector<double>(segment.pixels(), 0.0);
    const double sigma = std::max(noise->relative, kLeastNoise) * median;
    return std::vector<double>(segment.pixels(), 1.0 / (sigma * sigma));
}

/// Adds a segment to sums [pixels of the set] of weighted flux and weights.
void addSegment(const spectrum::Segment& segment, std::size_t first, std::vector<double>& flux,
    std::vector<double>& weight)
{
    const auto median = medianFlux(segment);
    if (!median)
        return;
    const double scale = segment.rectified.value_or(false) ? 1.0 : *median;
    const std::vector<double> ivar = ivarOf(segment, *median);
    for (std::size_t i = 0; i < segment.pixels(); ++i) {
        const double w = segment.isGood(i) ? ivar[i] * scale * scale : 0.0;
        if (!(w > 0.0) || !std::isfinite(w))
            continue;
        flux[first + i] += w * segment.flux[i] / scale;
        weight[first + i] += w;
    }
}

Result<void> checkSize(std::size_t spectra, std::size_t pixels, const std::string& place)
{
    constexpr std::size_t kMostBytes = std::size_t { 1 } << 32;
    const std::size_t bytes = spectra * pixels * 2 * sizeof(float);
    if (bytes <= kMostBytes)
        return {};
    return base::failure(ErrorCode::ValueInvalid, place,
        fmt::format("{} spectra of {} pixels, {:.1f} GB", spectra, pixels,
            static_cast<double>(bytes) * 1e-9),
        "at most 4 GiB: fewer spectra, or those of one survey");
}

} // namespace

Result<SpectrumSet> storeSet(const store::Store& store, const std::vector<std::uint64_t>& rows)
{
    const std::string place = store.file().string();
    if (store.kind() != store::StoreKind::Gridded || rows.empty())
        return base::failure(ErrorCode::OptionInvalid, place,
            rows.empty() ? "no spectra" : "spectra that are not on a common grid",
            "spectra on a common grid (maury-cli resample … --out store.h5)");
    const auto range = rangeOf(store, rows);
    if (!range)
        return base::Unexpected(range.error());
    if (const auto fits = checkSize(rows.size(), range->pixels(), place); !fits)
        return base::Unexpected(fits.error());
    std::vector<GriddedSpectrum> spectra;
    for (const std::uint64_t row : rows) {
        auto spectrum = store.gridded(row);
        if (!spectrum)
            return base::Unexpected(spectrum.error());
        spectra.push_back(*std::move(spectrum));
    }
    SpectrumSet set;
    set.source = place;
    for (std::size_t pixel = range->begin; pixel < range->end; ++pixel)
        set.wavelengthAngstrom.push_back(store.grid()->wavelength(pixel));
    set.flux = Matrix::Zero(std::ssize(spectra), static_cast<Eigen::Index>(range->pixels()));
    set.ivar = set.flux;
    for (std::size_t i = 0; i < spectra.size(); ++i) {
        const GriddedSpectrum& spectrum = spectra[i];
        std::vector<double> flux(range->pixels(), 0.0);
        std::vector<double> weight(range->pixels(), 0.0);
        for (const GriddedSegment& segment : spectrum.segments) {
            if (segment.firstPixel < range->begin
                || segment.firstPixel + segment.pixels() > range->end)
                return base::failure(ErrorCode::FileDamaged,
                    fmt::format("{}: spectrum {}", place, rows[i]), "a segment of another survey",
                    "one of " + spectrum.entry.survey);
            addSegment(store::segmentOf(segment, *store.grid(), spectrum.frame),
                segment.firstPixel - range->begin, flux, weight);
        }
        const auto row = static_cast<Eigen::Index>(i);
        for (std::size_t pixel = 0; pixel < range->pixels(); ++pixel)
            if (weight[pixel] > 0.0) {
                const auto column = static_cast<Eigen::Index>(pixel);
                set.flux(row, column) = static_cast<float>(flux[pixel] / weight[pixel]);
                set.ivar(row, column) = static_cast<float>(weight[pixel]);
            }
        addStar(set, spectrum.entry.object, spectrum.entry.type, spectrum.entry.snr);
        set.positions.push_back({ spectrum.entry.raDeg, spectrum.entry.decDeg });
    }
    return set;
}

} // namespace maury::gon
