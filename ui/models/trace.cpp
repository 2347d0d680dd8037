#include "ui/models/trace.h"

#include "core/preprocess/pixel_borders.h"

#include <algorithm>
#include <limits>
#include <memory>
#include <vector>

namespace maury::ui {

namespace {

constexpr double kBreak = std::numeric_limits<double>::quiet_NaN();

Eigen::Index rowIndex(std::size_t row)
{
    return static_cast<Eigen::Index>(row);
}

double median(std::vector<float>& values)
{
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return static_cast<double>(*middle);
}

} // namespace

double valueAt(const Trace& trace, double wavelength)
{
    const auto next
        = std::lower_bound(trace.wavelength.begin(), trace.wavelength.end(), wavelength);
    if (next == trace.wavelength.end() || next == trace.wavelength.begin())
        return std::numeric_limits<double>::quiet_NaN();
    const auto right = next - trace.wavelength.begin();
    const bool leftNearer
        = wavelength - trace.wavelength[right - 1] < trace.wavelength[right] - wavelength;
    return trace.flux[leftNearer ? right - 1 : right];
}

Trace fileTrace(const spectrum::Spectrum& spectrum, std::optional<std::size_t> only)
{
    Trace trace;
    trace.name = QString::fromStdString(spectrum.object);
    const auto interrupt = [&trace] {
        trace.wavelength.append(trace.wavelength.last());
        trace.flux.append(kBreak);
    };
    for (std::size_t i = 0; i < spectrum.segments.size(); ++i) {
        const spectrum::Segment& segment = spectrum.segments[i];
        if (only && i != *only)
            continue;
        if (!trace.isEmpty())
            interrupt();
        std::optional<preprocess::PixelBorders> borders;
        if (segment.pixels() > 1)
            borders.emplace(segment.wavelengthAngstrom);
        for (std::size_t pixel = 0; pixel < segment.pixels(); ++pixel) {
            if (pixel > 0 && !borders->adjacent(pixel - 1))
                interrupt();
            trace.wavelength.append(segment.wavelengthAngstrom[pixel]);
            trace.flux.append(segment.isGood(pixel) ? segment.flux[pixel] : kBreak);
        }
    }
    return trace;
}

Trace preparedTrace(
    const classify::PreparedSpectrum& prepared, const spectrum::WavelengthGrid& grid, double scale)
{
    EXPECTS(scale > 0.0);
    EXPECTS(prepared.flux.size() == grid.pixels && prepared.good.size() == grid.pixels);
    Trace trace;
    for (std::size_t pixel = 0; pixel < grid.pixels; ++pixel) {
        trace.wavelength.append(grid.wavelength(pixel));
        const bool good = prepared.good[pixel] != 0;
        trace.flux.append(good ? static_cast<double>(prepared.flux[pixel]) / scale : kBreak);
    }
    return trace;
}

Trace standardTrace(const mk::Atlas& atlas, std::size_t row)
{
    EXPECTS(row < atlas.standards().size());
    Trace trace;
    trace.name = standardName(atlas.standards()[row]);
    const auto r = rowIndex(row);
    for (std::size_t pixel = 0; pixel < atlas.grid().pixels; ++pixel) {
        const auto column = static_cast<Eigen::Index>(pixel);
        trace.wavelength.append(atlas.grid().wavelength(pixel));
        const bool good = atlas.good()(r, column) != 0;
        trace.flux.append(good ? static_cast<double>(atlas.flux()(r, column)) : kBreak);
    }
    return trace;
}

Trace meanTrace(const mk::Atlas& atlas)
{
    const Eigen::RowVectorXf mean = atlas.flux().colwise().mean();
    Trace trace;
    for (std::size_t pixel = 0; pixel < atlas.grid().pixels; ++pixel) {
        trace.wavelength.append(atlas.grid().wavelength(pixel));
        trace.flux.append(static_cast<double>(mean[rowIndex(pixel)]));
    }
    return trace;
}

Trace residualTrace(const classify::PreparedSpectrum& prepared, const mk::Atlas& atlas,
    std::size_t row, double scale)
{
    Trace residual = preparedTrace(prepared, atlas.grid(), scale);
    const Trace standard = standardTrace(atlas, row);
    for (qsizetype pixel = 0; pixel < residual.flux.size(); ++pixel)
        residual.flux[pixel] -= standard.flux[pixel];
    return residual;
}

double levelRatio(
    const classify::PreparedSpectrum& prepared, const mk::Atlas& atlas, std::size_t row)
{
    EXPECTS(prepared.flux.size() == atlas.grid().pixels && row < atlas.standards().size());
    std::vector<float> star;
    std::vector<float> standard;
    for (std::size_t pixel = 0; pixel < prepared.flux.size(); ++pixel) {
        const auto column = static_cast<Eigen::Index>(pixel);
        if (prepared.good[pixel] == 0 || atlas.good()(rowIndex(row), column) == 0)
            continue;
        star.push_back(prepared.flux[pixel]);
        standard.push_back(atlas.flux()(rowIndex(row), column));
    }
    if (star.empty())
        return 1.0;
    const double ratio = median(star) / median(standard);
    return ratio > 0.0 ? ratio : 1.0;
}

spectrum::SpectrumPtr standardSpectrum(const mk::Atlas& atlas, std::size_t row)
{
    EXPECTS(row < atlas.standards().size());
    const mk::Standard& standard = atlas.standards()[row];
    auto made = std::make_shared<spectrum::Spectrum>();
    made->object = standardName(standard).toStdString();
    made->spectralType = mk::print(standard.type);
    made->format = "atlas";
    spectrum::Segment segment;
    segment.medium = spectrum::Medium::Air;
    segment.frame = spectrum::Frame::Rest;
    segment.rectified = atlas.rectified();
    segment.wavelengthAngstrom = atlas.grid().wavelengths();
    for (std::size_t pixel = 0; pixel < atlas.grid().pixels; ++pixel) {
        const auto column = static_cast<Eigen::Index>(pixel);
        const bool good = atlas.good()(rowIndex(row), column) != 0;
        segment.flux.push_back(
            good ? static_cast<double>(atlas.flux()(rowIndex(row), column)) : 0.0);
        segment.mask.push_back(good ? 0 : spectrum::mask::kNoData);
    }
    made->segments.push_back(std::move(segment));
    return made;
}

QString standardName(const mk::Standard& standard)
{
    return QString::fromStdString(mk::print(standard.type));
}

} // namespace maury::ui
