#include "tests/ui/support/tiny_atlas.h"

#include <cmath>
#include <cstdio>

namespace maury::test {

mk::AtlasPtr tinyAtlas(const std::string& name)
{
    constexpr int kPixels = 64;
    const spectrum::WavelengthGrid grid { 4000.0, 0.5, kPixels };
    constexpr int kClasses = 4;
    const double luminosityCodes[] = { 0.0, 3.0, 5.0 };
    std::vector<mk::Standard> standards;
    mk::SpectraMatrix flux(kClasses * 3, kPixels);
    for (int spectral = 0; spectral < kClasses; ++spectral)
        for (int group = 0; group < 3; ++group) {
            mk::Standard standard;
            standard.temperatureCode = 16.0 + spectral;
            standard.luminosityCode = luminosityCodes[group];
            standard.group = mk::luminosityGroup(standard.luminosityCode);
            standard.type = mk::typeFromDecimal(
                mk::decimalFromTemperatureCode(standard.temperatureCode), standard.luminosityCode);
            char text[16];
            std::snprintf(text, sizeof text, "t%03dl%02dp00", 160 + 10 * spectral,
                static_cast<int>(10.0 * standard.luminosityCode));
            standard.name = text;
            const auto row = static_cast<Eigen::Index>(standards.size());
            for (int pixel = 0; pixel < kPixels; ++pixel) {
                const double distance = (pixel - 10.0 - 14.0 * spectral) / 3.0;
                flux(row, pixel) = static_cast<float>(
                    1.0 - (0.2 + 0.3 * group) * std::exp(-0.5 * distance * distance));
            }
            standards.push_back(standard);
        }
    using Good = Eigen::Matrix<std::uint8_t, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
    return std::make_shared<mk::Atlas>(name, std::filesystem::path {}, grid, true, standards, flux,
        Good(Good::Ones(flux.rows(), flux.cols())));
}

} // namespace maury::test
