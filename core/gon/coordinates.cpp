#include "core/gon/coordinates.h"

#include "core/base/contract.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace maury::gon {
namespace {

constexpr double kGap = 3.0; ///< in steps of the pixel before
constexpr double kPixelsPerHalfCycle = 4.0;

double cyclesOf(const GridSegment& segment, const CoordinateSpec& spec)
{
    if (spec.cyclesPerSegment > 0.0)
        return spec.cyclesPerSegment;
    return std::max(1.0, static_cast<double>(segment.pixels) / (2.0 * kPixelsPerHalfCycle));
}

} // namespace

bool isCoordinate(DecoderKind kind)
{
    return kind == DecoderKind::Siren || kind == DecoderKind::Fourier;
}

std::vector<GridSegment> gridSegments(
    const std::vector<double>& wavelengths, const CoordinateSpec& spec)
{
    EXPECTS(wavelengths.size() >= 2);
    // Stretches between gaps first, then equal parts of each that are not too long.
    std::vector<GridSegment> result;
    std::size_t begin = 0;
    for (std::size_t i = 1; i <= wavelengths.size(); ++i) {
        const bool ends = i == wavelengths.size()
            || (i > begin + 1
                && wavelengths[i] - wavelengths[i - 1]
                    > kGap * (wavelengths[i - 1] - wavelengths[i - 2]));
        if (!ends)
            continue;
        const double length = wavelengths[i - 1] - wavelengths[begin];
        const auto parts = static_cast<std::size_t>(
            std::max(1.0, std::round(length / spec.segmentAngstrom)));
        const std::size_t pixels = i - begin;
        for (std::size_t part = 0; part < parts; ++part) {
            const std::size_t first = begin + pixels * part / parts;
            const std::size_t last = begin + pixels * (part + 1) / parts;
            if (last > first)
                result.push_back({ first, last - first });
        }
        begin = i;
    }
    return result;
}

nn::Matrix<double> coordinateFeatures(
    const std::vector<double>& wavelengths, DecoderKind kind, const CoordinateSpec& spec)
{
    const std::vector<GridSegment> segments = gridSegments(wavelengths, spec);
    const auto several = static_cast<Eigen::Index>(segments.size() > 1 ? segments.size() : 0);
    const auto columns = kind == DecoderKind::Siren ? static_cast<Eigen::Index>(segments.size())
                                                    : Eigen::Index { 2 } * spec.features;
    nn::Matrix<double> features
        = nn::Matrix<double>::Zero(std::ssize(wavelengths), columns + several);
    for (std::size_t k = 0; k < segments.size(); ++k) {
        const GridSegment& segment = segments[k];
        const double first = std::log(wavelengths[segment.first]);
        const double last = std::log(wavelengths[segment.first + segment.pixels - 1]);
        const double cycles = cyclesOf(segment, spec);
        for (std::size_t i = segment.first; i < segment.first + segment.pixels; ++i) {
            const auto row = static_cast<Eigen::Index>(i);
            const double u
                = last > first ? 2.0 * (std::log(wavelengths[i]) - first) / (last - first) - 1.0
                               : 0.0;
            if (several > 0)
                features(row, columns + static_cast<Eigen::Index>(k)) = 1.0;
            if (kind == DecoderKind::Siren) {
                features(row, static_cast<Eigen::Index>(k))
                    = u * std::numbers::pi * cycles / spec.siren;
                continue;
            }
            for (int f = 0; f < spec.features; ++f) {
                const double frequency = cycles * (f + 1.0) / spec.features;
                features(row, 2 * f) = std::sin(std::numbers::pi * frequency * u);
                features(row, 2 * f + 1) = std::cos(std::numbers::pi * frequency * u);
            }
        }
    }
    return features;
}

} // namespace maury::gon
