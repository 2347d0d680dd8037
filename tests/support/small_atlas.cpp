#include "tests/support/small_atlas.h"

#include "core/io/mkclass_name.h"

#include <cmath>
#include <sstream>

namespace maury::test {

std::string standardText(
    double temperatureCode, double luminosityCode, std::size_t rows, double step, std::size_t zeros)
{
    std::ostringstream text;
    text.precision(9);
    for (std::size_t row = 0; row < rows; ++row) {
        const double wavelength = 3800.0 + step * static_cast<double>(row);
        const double offset = (wavelength - 4000.0 - 10.0 * temperatureCode) / 8.0;
        const double depth = 0.3 + 0.08 * luminosityCode;
        const double flux = 1.0 - depth * std::exp(-0.5 * offset * offset);
        text << wavelength << ' ' << (row < zeros ? 0.0 : flux) << '\n';
    }
    return text.str();
}

void writeStandards(const TemporaryFolder& folder, const std::vector<std::string>& names)
{
    for (const std::string& name : names) {
        const std::string fileName = name + ".rbn";
        const auto codes = io::parseMkclassFileName(fileName);
        QVERIFY(codes.has_value());
        folder.write(fileName, standardText(codes->temperatureCode, codes->luminosityCode));
    }
}

} // namespace maury::test
