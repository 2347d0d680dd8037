#include "core/robust/calibration_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace maury::robust {
namespace {

using base::ErrorCode;
using base::Result;

template <typename Value> auto reals(Value& calibration)
{
    return std::array { std::pair { "floor_codes", &calibration.floorCodes },
        std::pair { "sparse_codes", &calibration.sparseCodes },
        std::pair { "stray_codes", &calibration.strayCodes },
        std::pair { "luminosity_floor", &calibration.luminosityFloor },
        std::pair { "luminosity_sparse", &calibration.luminositySparse },
        std::pair { "luminosity_outliers", &calibration.luminosityOutliers } };
}

constexpr const char* kTemperatures = "observed_temperature_codes";
constexpr const char* kLuminosities = "observed_luminosity_codes";

bool isUsable(double value)
{
    return std::isfinite(value) && value >= 0.0;
}

/// No answer may become certain or wild by a damaged number.
Result<void> check(const Calibration& calibration, const std::string& place)
{
    for (const auto& [name, value] : reals(calibration))
        if (!isUsable(*value))
            return base::failure(ErrorCode::ValueInvalid, place + ", attribute " + name,
                fmt::format("{}", *value), "a number that is not negative");
    if (!(calibration.luminosityFloor + calibration.luminositySparse > 0.0)
        || !(calibration.floorCodes + calibration.sparseCodes > 0.0))
        return base::failure(
            ErrorCode::ValueInvalid, place, "an uncertainty of 0", "one that is positive");
    const bool usable = std::all_of(
        calibration.observed.begin(), calibration.observed.end(), [](const Cell& cell) {
            return isUsable(cell.temperatureCode) && isUsable(cell.luminosityCode);
        });
    return usable ? Result<void>()
                  : base::failure(ErrorCode::ValueInvalid, place + ", observed standards",
                      "codes that are no numbers", "codes of types");
}

} // namespace

Result<void> writeCalibration(
    io::Hdf5Group& parent, const std::string& name, const Calibration& calibration)
{
    auto group = parent.createGroup(name);
    if (!group)
        return base::Unexpected(group.error());
    for (const auto& [attribute, value] : reals(calibration))
        if (const auto written = group->setAttribute(attribute, *value); !written)
            return written;
    std::vector<double> temperatures;
    std::vector<double> luminosities;
    for (const Cell& cell : calibration.observed) {
        temperatures.push_back(cell.temperatureCode);
        luminosities.push_back(cell.luminosityCode);
    }
    const auto list = [&group](const char* array, const std::vector<double>& values) {
        return group->writeArray<double>(array, std::span(values), { values.size() });
    };
    for (const auto& written : { group->setAttribute("folds", calibration.folds),
             group->setAttribute("samples", calibration.samples), list(kTemperatures, temperatures),
             list(kLuminosities, luminosities) })
        if (!written)
            return written;
    return {};
}

Result<Calibration> readCalibration(const io::Hdf5Group& parent, const std::string& name)
{
    const auto group = parent.group(name);
    if (!group)
        return base::Unexpected(group.error());
    Calibration calibration;
    for (const auto& [attribute, target] : reals(calibration)) {
        const auto value = group->realAttribute(attribute);
        if (!value)
            return base::Unexpected(value.error());
        *target = *value;
    }
    const auto folds = group->integerAttribute("folds");
    const auto samples = group->integerAttribute("samples");
    for (const auto& number : { folds, samples })
        if (!number)
            return base::Unexpected(number.error());
    calibration.folds = *folds;
    calibration.samples = *samples;
    const auto temperatures = group->readArray<double>(kTemperatures);
    const auto luminosities = group->readArray<double>(kLuminosities);
    for (const auto& codes : { temperatures, luminosities })
        if (!codes)
            return base::Unexpected(codes.error());
    if (temperatures->values.size() != luminosities->values.size())
        return base::failure(ErrorCode::FileDamaged, group->place() + ", observed standards",
            fmt::format("{} temperature and {} luminosity codes", temperatures->values.size(),
                luminosities->values.size()),
            "as many of both");
    for (std::size_t i = 0; i < temperatures->values.size(); ++i)
        calibration.observed.push_back({ temperatures->values[i], luminosities->values[i] });
    if (const auto usable = check(calibration, group->place()); !usable)
        return base::Unexpected(usable.error());
    return calibration;
}

} // namespace maury::robust
