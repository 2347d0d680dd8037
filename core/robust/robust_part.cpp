#include "core/robust/robust_part.h"

#include "core/train/parameters_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace maury::robust {
namespace {

using base::ErrorCode;
using base::Result;

constexpr std::int64_t kMostMembers = 100;

template <typename Part> auto reals(Part& part)
{
    auto& variation = part.variation;
    return std::array { std::pair { "grid_first_angstrom", &part.grid.firstAngstrom },
        std::pair { "grid_step_ln", &part.grid.step },
        std::pair { "library_first_angstrom", &part.libraryGrid.firstAngstrom },
        std::pair { "library_step_angstrom", &part.libraryGrid.stepAngstrom },
        std::pair { "mix_share", &variation.mixShare },
        std::pair { "native_fwhm_angstrom", &variation.nativeFwhmAngstrom },
        std::pair { "widest_fwhm_angstrom", &variation.widestFwhmAngstrom },
        std::pair { "rotation_share", &variation.rotationShare },
        std::pair { "velocity_sigma_kms", &variation.velocitySigmaKms },
        std::pair { "depth_sigma", &variation.depthSigma },
        std::pair { "depth_shape_sigma", &variation.depthShapeSigma },
        std::pair { "continuum_sigma", &variation.continuumSigma },
        std::pair { "lowest_snr", &variation.lowestSignalToNoise },
        std::pair { "highest_snr", &variation.highestSignalToNoise } };
}

template <typename Part> auto sizes(Part& part)
{
    return std::array { std::pair { "grid_pixels", &part.grid.pixels },
        std::pair { "crop_begin", &part.grid.cropBegin },
        std::pair { "crop_pixels", &part.grid.cropPixels },
        std::pair { "library_pixels", &part.libraryGrid.pixels } };
}

/// The codes that the outputs stand for, as numbers that can be compared.
std::vector<double> numbersOf(const OrdinalBins& bins)
{
    return { bins.first, bins.step, static_cast<double>(bins.count), bins.targetSigma };
}

Result<void> writeArrays(io::Hdf5Group& root, const RobustPart& part)
{
    const auto vector = [&root]<typename T>(const char* name, const std::vector<T>& values) {
        return root.writeArray<T>(name, std::span<const T>(values), { values.size() });
    };
    for (const auto& written : { vector("input_mean", part.standardisation.mean),
             vector("input_deviation", part.standardisation.deviation),
             vector("temperature_bins", numbersOf(temperatureBins())),
             vector("luminosity_bins", numbersOf(luminosityBins())) })
        if (!written)
            return written;
    return {};
}

std::string memberName(std::size_t member)
{
    return "member" + std::to_string(member);
}

Result<void> fill(io::Hdf5Group& root, const RobustPart& part)
{
    for (const auto& [name, value] : reals(part))
        if (const auto written = root.setAttribute(name, *value); !written)
            return written;
    for (const auto& [name, value] : sizes(part))
        if (const auto written = root.setAttribute(name, static_cast<std::int64_t>(*value));
            !written)
            return written;
    if (const auto written
        = root.setAttribute("members", static_cast<std::int64_t>(part.members.size()));
        !written)
        return written;
    if (const auto written = writeArrays(root, part); !written)
        return written;
    for (std::size_t i = 0; i < part.members.size(); ++i)
        if (const auto written
            = train::writeParameters(root, memberName(i), part.spec, part.members[i]);
            !written)
            return written;
    return {};
}

Result<void> readAttributes(const io::Hdf5Group& root, RobustPart& part)
{
    for (const auto& [name, target] : reals(part)) {
        const auto value = root.realAttribute(name);
        if (!value)
            return base::Unexpected(value.error());
        *target = *value;
    }
    for (const auto& [name, target] : sizes(part)) {
        const auto value = root.integerAttribute(name);
        if (!value)
            return base::Unexpected(value.error());
        *target = static_cast<std::size_t>(std::clamp<std::int64_t>(*value, 0, 1 << 20));
    }
    return {};
}

template <typename T>
Result<void> readVector(const io::Hdf5Group& root, const char* name, std::vector<T>& target)
{
    auto array = root.readArray<T>(name);
    if (!array)
        return base::Unexpected(array.error());
    target = std::move(array->values);
    return {};
}

Result<void> checkBins(const io::Hdf5Group& root, const char* name, const OrdinalBins& bins)
{
    std::vector<double> found;
    if (const auto read = readVector(root, name, found); !read)
        return read;
    if (found == numbersOf(bins))
        return {};
    return base::failure(ErrorCode::ValueInvalid, root.place() + ", " + name,
        fmt::format("{}", fmt::join(found, ", ")),
        fmt::format(
            "{} (first code, step, bins, sigma of the targets)", fmt::join(numbersOf(bins), ", ")));
}

Result<void> readArrays(const io::Hdf5Group& root, RobustPart& part)
{
    for (const auto& read : { readVector(root, "input_mean", part.standardisation.mean),
             readVector(root, "input_deviation", part.standardisation.deviation),
             checkBins(root, "temperature_bins", temperatureBins()),
             checkBins(root, "luminosity_bins", luminosityBins()) })
        if (!read)
            return read;
    return {};
}

Result<void> readMembers(const io::Hdf5Group& root, RobustPart& part)
{
    const auto count = root.integerAttribute("members");
    if (!count)
        return base::Unexpected(count.error());
    if (*count < 1 || *count > kMostMembers)
        return base::failure(ErrorCode::ValueInvalid, root.place() + ", attribute members",
            std::to_string(*count), fmt::format("1 to {}", kMostMembers));
    for (std::size_t i = 0; i < static_cast<std::size_t>(*count); ++i) {
        auto network = train::readParameters(root, memberName(i));
        if (!network)
            return base::Unexpected(network.error());
        if (i > 0 && !(network->spec == part.spec))
            return base::failure(ErrorCode::FileDamaged, root.place() + ", " + memberName(i),
                "a network of another shape", "that of " + memberName(0));
        part.spec = network->spec;
        part.members.push_back(std::move(network->parameters));
    }
    return {};
}

/// The parts must belong to one network and be usable numbers.
Result<void> checkConsistent(const RobustPart& part, const std::string& place)
{
    const auto mismatch = [&](const char* what, auto found, auto expected) {
        return base::failure(ErrorCode::FileDamaged, place + ", " + what, fmt::format("{}", found),
            fmt::format("{}", expected));
    };
    const LogGrid& grid = part.grid;
    if (static_cast<std::size_t>(part.spec.inputs) != grid.cropPixels)
        return mismatch("crop_pixels", grid.cropPixels, part.spec.inputs);
    if (grid.cropBegin + grid.cropPixels > grid.pixels)
        return mismatch("grid_pixels", grid.pixels, grid.cropBegin + grid.cropPixels);
    if (static_cast<std::size_t>(part.spec.scClasses) != temperatureBins().count)
        return mismatch(
            "outputs of the temperature head", part.spec.scClasses, temperatureBins().count);
    if (static_cast<std::size_t>(part.spec.lcClasses) != luminosityBins().count)
        return mismatch(
            "outputs of the luminosity head", part.spec.lcClasses, luminosityBins().count);
    for (const auto* values : { &part.standardisation.mean, &part.standardisation.deviation })
        if (values->size() != grid.cropPixels)
            return mismatch("input_mean and input_deviation", values->size(), grid.cropPixels);
    const auto usable = [](float value) { return std::isfinite(value); };
    const auto notNegative = [](float value) { return std::isfinite(value) && value >= 0.0F; };
    const auto& [mean, deviation] = part.standardisation;
    if (!std::all_of(mean.begin(), mean.end(), usable)
        || !std::all_of(deviation.begin(), deviation.end(), notNegative))
        return mismatch("input_mean and input_deviation", "numbers that are not finite or negative",
            "finite means and deviations");
    if (!(grid.firstAngstrom > 0.0) || !(grid.step > 0.0) || !(part.libraryGrid.stepAngstrom > 0.0)
        || part.libraryGrid.pixels < 2 || !(part.libraryGrid.firstAngstrom > 0.0))
        return mismatch("grid", "a wavelength or step that is not positive", "positive ones");
    if (const auto valid = validate(part.variation); !valid)
        return mismatch("settings of the variations",
            valid.error().place + " " + valid.error().found, valid.error().expected);
    return {};
}

} // namespace

Result<void> writePart(io::Hdf5Group& parent, const std::string& name, const RobustPart& part)
{
    auto group = parent.createGroup(name);
    return group ? fill(*group, part) : base::Unexpected(group.error());
}

Result<RobustPart> readPart(const io::Hdf5Group& parent, const std::string& name)
{
    const auto group = parent.group(name);
    if (!group)
        return base::Unexpected(group.error());
    RobustPart part;
    for (const auto& read : { readAttributes(*group, part), readArrays(*group, part),
             readMembers(*group, part), checkConsistent(part, group->place()) })
        if (!read)
            return base::Unexpected(read.error());
    return part;
}

} // namespace maury::robust
