#include "core/preprocess/target_grid.h"

#include "core/spectrum/wavelength_grid.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cmath>

namespace maury::preprocess {
namespace {

constexpr double kSurveyFirst = 3500.0;
constexpr double kSurveyLast = 17000.0;
constexpr double kSurveyResolvingPower = 10000.0;

TargetGrid logGrid(std::string name, spectrum::Medium medium, double first, double last,
    double step, std::optional<double> resolvingPower)
{
    const auto pixels = static_cast<std::size_t>(std::floor(std::log(last / first) / step)) + 1;
    return { std::move(name), medium, true, first, step, pixels, resolvingPower };
}

} // namespace

double TargetGrid::wavelength(double pixel) const
{
    return logarithmic ? firstAngstrom * std::exp(step * pixel) : firstAngstrom + step * pixel;
}

double TargetGrid::pixelAt(double wavelengthAngstrom) const
{
    return logarithmic ? std::log(wavelengthAngstrom / firstAngstrom) / step
                       : (wavelengthAngstrom - firstAngstrom) / step;
}

double TargetGrid::lastAngstrom() const
{
    return wavelength(static_cast<double>(pixels) - 1.0);
}

std::vector<double> TargetGrid::wavelengths(std::size_t first, std::size_t count) const
{
    std::vector<double> result(count);
    for (std::size_t i = 0; i < count; ++i)
        result[i] = wavelength(static_cast<double>(first + i));
    return result;
}

const std::vector<std::string>& gridNames()
{
    static const std::vector<std::string> names { "mk", "mk-log", "survey", "survey-1e-4" };
    return names;
}

base::Result<TargetGrid> namedGrid(const std::string& name)
{
    using spectrum::Medium;
    const auto mk = spectrum::mkGrid();
    if (name == "mk")
        return TargetGrid { name, Medium::Air, false, mk.firstAngstrom, mk.stepAngstrom, mk.pixels,
            std::nullopt };
    if (name == "mk-log")
        return logGrid(
            name, Medium::Air, mk.firstAngstrom, mk.lastAngstrom(), 2e-4, std::nullopt);
    if (name == "survey")
        return logGrid(
            name, Medium::Vacuum, kSurveyFirst, kSurveyLast, 5e-5, kSurveyResolvingPower);
    if (name == "survey-1e-4")
        return logGrid(
            name, Medium::Vacuum, kSurveyFirst, kSurveyLast, 1e-4, kSurveyResolvingPower);
    return base::failure(base::ErrorCode::OptionInvalid, "grid", name,
        fmt::format("{}", fmt::join(gridNames(), ", ")));
}

} // namespace maury::preprocess
