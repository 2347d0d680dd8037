#include "tests/support/star_atlas.h"

#include "core/base/random.h"
#include "core/preprocess/doppler.h"
#include "core/spectrum/air_vacuum.h"

#include <cmath>

namespace maury::test {

double starFlux(double wavelengthAngstrom, double temperatureCode, double luminosityCode)
{
    double flux = 1.0;
    for (int line = 0; line < 40; ++line) {
        const double centre = 3807.0 + 19.7 * line + 3.0 * std::sin(line * 12.9898);
        const double depth = 0.25 + 0.12 * std::sin(line * 1.7 + 0.35 * temperatureCode)
            + 0.12 * std::cos(line * 2.3 + 0.8 * luminosityCode);
        const double x = (wavelengthAngstrom - centre) / 0.9;
        flux -= depth * std::exp(-0.5 * x * x);
    }
    return flux;
}

mk::AtlasPtr starAtlas(
    const std::vector<double>& temperatureCodes, const spectrum::WavelengthGrid& grid)
{
    constexpr double kLuminosities[] = { 0.0, 3.0, 5.0 };
    std::vector<mk::Standard> standards;
    for (const double code : temperatureCodes)
        for (const double luminosity : kLuminosities) {
            mk::Standard standard;
            standard.temperatureCode = code;
            standard.luminosityCode = luminosity;
            standard.type = mk::typeFromDecimal(mk::decimalFromTemperatureCode(code), luminosity);
            standard.group = mk::luminosityGroup(luminosity);
            standard.name = mk::print(standard.type);
            standards.push_back(std::move(standard));
        }
    const auto rows = static_cast<Eigen::Index>(standards.size());
    const auto pixels = static_cast<Eigen::Index>(grid.pixels);
    mk::SpectraMatrix flux(rows, pixels);
    for (Eigen::Index row = 0; row < rows; ++row)
        for (Eigen::Index pixel = 0; pixel < pixels; ++pixel) {
            const auto& standard = standards[static_cast<std::size_t>(row)];
            flux(row, pixel)
                = static_cast<float>(starFlux(grid.wavelength(static_cast<std::size_t>(pixel)),
                    standard.temperatureCode, standard.luminosityCode));
        }
    using Good = Eigen::Matrix<std::uint8_t, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
    return std::make_shared<const mk::Atlas>(
        "stars", "", grid, true, std::move(standards), std::move(flux), Good::Ones(rows, pixels));
}

spectrum::Spectrum observeStar(
    double temperatureCode, double luminosityCode, const Observation& observation)
{
    base::RandomStream random(17);
    spectrum::Segment segment;
    segment.medium = observation.medium;
    segment.frame = observation.frame;
    segment.rectified = observation.rectified;
    const auto count
        = static_cast<std::size_t>(std::lround(
              (observation.lastAngstrom - observation.firstAngstrom) / observation.stepAngstrom))
        + 1;
    for (std::size_t i = 0; i < count; ++i) {
        const double given
            = observation.firstAngstrom + observation.stepAngstrom * static_cast<double>(i);
        const double air = observation.medium == spectrum::Medium::Vacuum
            ? spectrum::airFromVacuum(given)
            : given;
        const double rest = air / preprocess::dopplerFactor(observation.velocityKms);
        double flux = starFlux(rest, temperatureCode, luminosityCode);
        if (observation.signalToNoise > 0.0)
            flux += random.normal() / observation.signalToNoise;
        segment.wavelengthAngstrom.push_back(given);
        segment.flux.push_back(flux * observation.continuum(given));
    }
    segment.mask.assign(count, 0);
    spectrum::Spectrum result;
    result.segments.push_back(std::move(segment));
    result.file = "star.txt";
    return result;
}

} // namespace maury::test
