#include "core/preprocess/envelope.h"

#include <Eigen/Dense>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace maury::preprocess {
namespace {

constexpr std::size_t kMinimumPixels = 16;
constexpr std::size_t kMinimumPixelsPerPoint = 8;

/// A line whose core no continuum passes through.
struct Core {
    double centreAngstrom;
    double halfWidthAngstrom;
};
constexpr Core kCores[] = { { 3797.9, 6.0 }, { 3835.4, 14.0 }, { 3889.0, 16.0 }, { 3933.7, 12.0 },
    { 3970.0, 20.0 }, { 4101.7, 22.0 }, { 4340.5, 22.0 }, { 4861.3, 22.0 }, { 6562.8, 22.0 } };

bool inCore(double wavelength)
{
    return std::any_of(std::begin(kCores), std::end(kCores), [&](const Core& core) {
        return std::abs(wavelength - core.centreAngstrom) <= core.halfWidthAngstrom;
    });
}

/// Percentile with linear interpolation between order statistics. `values` is reordered.
double percentileOf(std::vector<double>& values, double percentile)
{
    const double position = percentile / 100.0 * static_cast<double>(values.size() - 1);
    const auto lower = static_cast<std::ptrdiff_t>(position);
    const auto nth = values.begin() + lower;
    std::nth_element(values.begin(), nth, values.end());
    const double below = *nth;
    if (nth + 1 == values.end())
        return below;
    const double above = *std::min_element(nth + 1, values.end());
    return below + (position - static_cast<double>(lower)) * (above - below);
}

struct Points {
    std::vector<double> wavelength;
    std::vector<double> flux;
};

/// The pixels that the curve may be drawn through.
Points usablePixels(std::span<const double> wavelength, std::span<const double> flux,
    std::span<const std::uint8_t> good, bool withCores)
{
    Points pixels;
    for (std::size_t i = 0; i < flux.size(); ++i) {
        if (good[i] == 0 || !std::isfinite(flux[i]) || (!withCores && inCore(wavelength[i])))
            continue;
        pixels.wavelength.push_back(wavelength[i]);
        pixels.flux.push_back(flux[i]);
    }
    return pixels;
}

/// One point per step: mean wavelength and flux percentile of the pixels around it.
Points envelopePoints(const Points& pixels, const EnvelopeSettings& settings)
{
    Points points;
    const double first = pixels.wavelength.front();
    const double last = pixels.wavelength.back();
    std::vector<double> nearby;
    for (double centre = first + 0.5 * settings.stepAngstrom; centre < last;
         centre += settings.stepAngstrom) {
        const auto begin = std::lower_bound(pixels.wavelength.begin(), pixels.wavelength.end(),
            centre - settings.halfWidthAngstrom);
        const auto end
            = std::upper_bound(begin, pixels.wavelength.end(), centre + settings.halfWidthAngstrom);
        if (static_cast<std::size_t>(end - begin) < kMinimumPixelsPerPoint)
            continue;
        double sum = 0.0;
        for (auto wavelength = begin; wavelength != end; ++wavelength)
            sum += *wavelength;
        const auto offset = begin - pixels.wavelength.begin();
        nearby.assign(pixels.flux.begin() + offset, pixels.flux.begin() + offset + (end - begin));
        points.wavelength.push_back(sum / static_cast<double>(end - begin));
        points.flux.push_back(percentileOf(nearby, settings.percentile));
    }
    if (points.flux.empty()) {
        nearby = pixels.flux;
        points.wavelength.push_back(0.5 * (first + last));
        points.flux.push_back(percentileOf(nearby, settings.percentile));
    }
    return points;
}

/// Chebyshev polynomials T_0 … T_degree at x in [−1, 1].
Eigen::RowVectorXd chebyshev(double x, Eigen::Index degree)
{
    Eigen::RowVectorXd row(degree + 1);
    row(0) = 1.0;
    if (degree > 0)
        row(1) = x;
    for (Eigen::Index k = 2; k <= degree; ++k)
        row(k) = 2.0 * x * row(k - 1) - row(k - 2);
    return row;
}

/// The median flux of the five points around one (itself among them), inwards of the edges.
double medianAround(const std::vector<double>& flux, std::size_t centre)
{
    const std::size_t count = std::min<std::size_t>(5, flux.size());
    const std::size_t first = std::min(centre < 2 ? 0 : centre - 2, flux.size() - count);
    const auto begin = flux.begin() + static_cast<std::ptrdiff_t>(first);
    std::vector<double> around(begin, begin + static_cast<std::ptrdiff_t>(count));
    return percentileOf(around, 50.0);
}

/// Points that a continuum can pass through: positive, and within a factor of three of their
/// neighbourhood. Dead or saturated stretches would bend the whole curve.
Points plausiblePoints(const Points& points)
{
    constexpr double kMostContrast = 3.0;
    Points kept;
    for (std::size_t i = 0; i < points.flux.size(); ++i) {
        const double usual = medianAround(points.flux, i);
        if (!(points.flux[i] > 0.0) || !(usual > 0.0) || points.flux[i] > kMostContrast * usual
            || points.flux[i] * kMostContrast < usual)
            continue;
        kept.wavelength.push_back(points.wavelength[i]);
        kept.flux.push_back(points.flux[i]);
    }
    return kept;
}

/// The curve through the points at every wavelength: a polynomial in the logarithm of the flux,
/// which makes it positive and the same for any factor. Beyond the outer points by more than a step
/// it is held constant.
std::vector<double> curveThrough(
    const Points& points, std::span<const double> wavelength, const EnvelopeSettings& settings)
{
    const auto count = static_cast<Eigen::Index>(points.flux.size());
    const Eigen::Index degree = std::clamp<Eigen::Index>(count - 2, 0, settings.degree);
    const double low = points.wavelength.front() - settings.stepAngstrom;
    const double high = points.wavelength.back() + settings.stepAngstrom;
    const auto scaled = [&](double value) {
        return (2.0 * std::clamp(value, low, high) - low - high) / (high - low);
    };
    Eigen::MatrixXd basis(count, degree + 1);
    for (Eigen::Index i = 0; i < count; ++i)
        basis.row(i) = chebyshev(scaled(points.wavelength[static_cast<std::size_t>(i)]), degree);
    const Eigen::ArrayXd flux = Eigen::Map<const Eigen::ArrayXd>(points.flux.data(), count);
    const Eigen::VectorXd coefficients = basis.colPivHouseholderQr().solve(flux.log().matrix());
    std::vector<double> curve(wavelength.size());
    for (std::size_t i = 0; i < wavelength.size(); ++i)
        curve[i] = std::exp(chebyshev(scaled(wavelength[i]), degree).dot(coefficients));
    return curve;
}

} // namespace

base::Result<std::vector<double>> upperEnvelope(std::span<const double> wavelengthAngstrom,
    std::span<const double> flux, std::span<const std::uint8_t> good,
    const EnvelopeSettings& settings)
{
    EXPECTS(wavelengthAngstrom.size() == flux.size() && good.size() == flux.size());
    EXPECTS(settings.stepAngstrom > 0.0 && settings.degree >= 0 && settings.rounds >= 1);
    bool withCores = false;
    if (usablePixels(wavelengthAngstrom, flux, good, false).flux.size() < kMinimumPixels)
        withCores = true; // a piece that lies within one broad line
    std::vector<double> envelope(flux.size(), 1.0);
    std::vector<double> rectified(flux.begin(), flux.end());
    for (int round = 0; round < settings.rounds; ++round) {
        const Points pixels = usablePixels(wavelengthAngstrom, rectified, good, withCores);
        if (pixels.flux.size() < kMinimumPixels)
            return base::failure(base::ErrorCode::ValueInvalid, "continuum",
                fmt::format("{} good pixels", pixels.flux.size()),
                fmt::format("at least {}", kMinimumPixels));
        const Points points = plausiblePoints(envelopePoints(pixels, settings));
        if (points.flux.empty())
            return base::failure(base::ErrorCode::ValueInvalid, "continuum",
                "no positive upper envelope", "flux above zero");
        const std::vector<double> curve = curveThrough(points, wavelengthAngstrom, settings);
        for (std::size_t i = 0; i < flux.size(); ++i) {
            envelope[i] *= curve[i];
            rectified[i] = flux[i] / envelope[i];
        }
    }
    return envelope;
}

base::Result<void> rectifyByEnvelope(std::span<const double> wavelengthAngstrom,
    std::span<double> flux, std::span<const std::uint8_t> good, const EnvelopeSettings& settings)
{
    const auto envelope = upperEnvelope(wavelengthAngstrom, flux, good, settings);
    if (!envelope)
        return base::Unexpected(envelope.error());
    for (std::size_t i = 0; i < flux.size(); ++i)
        flux[i] = std::isfinite(flux[i]) ? flux[i] / (*envelope)[i] : 0.0;
    return {};
}

} // namespace maury::preprocess
