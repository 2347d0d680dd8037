#include "core/robust/robust_model.h"

#include "core/robust/calibration_file.h"

#include <fmt/format.h>

#include <array>

namespace maury::robust {
namespace {

using base::ErrorCode;
using base::Result;

const io::Hdf5Format kFormat { "maury-robust-model", 3 };
constexpr const char* kCalibration = "calibration";

template <typename Model> auto texts(Model& model)
{
    return std::array { std::pair { "atlas", &model.atlas },
        std::pair { "provenance", &model.provenance }, std::pair { "settings", &model.settings },
        std::pair { "trained_by", &model.programVersion } };
}

Result<void> fill(io::Hdf5Group& root, const RobustModel& model)
{
    if (const auto written = root.setAttribute("protocol", "robust"); !written)
        return written;
    for (const auto& [name, text] : texts(model))
        if (const auto written = root.setAttribute(name, *text); !written)
            return written;
    const std::vector<double>& codes = model.scheme.temperatureCodes;
    for (const auto& written : { root.writeTexts("class_names", model.scheme.names),
             root.writeArray<double>("class_temperature_codes", codes, { codes.size() }),
             writePart(root, "blue", model.blue) })
        if (!written)
            return written;
    if (model.space)
        if (const auto written = writeSpace(root, "atlas_space", *model.space); !written)
            return written;
    if (model.calibration)
        if (const auto written = writeCalibration(root, kCalibration, *model.calibration); !written)
            return written;
    return model.wide ? writePart(root, "wide", *model.wide) : Result<void>();
}

Result<void> readTexts(const io::Hdf5Group& root, RobustModel& model)
{
    for (const auto& [name, target] : texts(model)) {
        auto text = root.textAttribute(name);
        if (!text)
            return base::Unexpected(text.error());
        *target = *std::move(text);
    }
    return {};
}

Result<void> readScheme(const io::Hdf5Group& root, mk::ClassScheme& scheme)
{
    auto names = root.readTexts("class_names");
    if (!names)
        return base::Unexpected(names.error());
    auto codes = root.readArray<double>("class_temperature_codes");
    if (!codes)
        return base::Unexpected(codes.error());
    scheme.names = *std::move(names);
    scheme.temperatureCodes = std::move(codes->values);
    if (scheme.names.empty() || scheme.names.size() != scheme.temperatureCodes.size())
        return base::failure(ErrorCode::FileDamaged, root.place() + ", class_names",
            fmt::format("{} names", scheme.names.size()),
            fmt::format("{}, one for each temperature code", scheme.temperatureCodes.size()));
    return {};
}

Result<void> readParts(const io::Hdf5Group& root, RobustModel& model)
{
    auto blue = readPart(root, "blue");
    if (!blue)
        return base::Unexpected(blue.error());
    model.blue = *std::move(blue);
    if (root.has("atlas_space")) {
        auto space = readSpace(root, "atlas_space", model.blue.grid);
        if (!space)
            return base::Unexpected(space.error());
        model.space = *std::move(space);
    }
    if (root.has(kCalibration)) {
        auto calibration = readCalibration(root, kCalibration);
        if (!calibration)
            return base::Unexpected(calibration.error());
        model.calibration = *std::move(calibration);
    }
    if (!root.has("wide"))
        return {};
    auto wide = readPart(root, "wide");
    if (!wide)
        return base::Unexpected(wide.error());
    model.wide = *std::move(wide);
    return {};
}

/// Version 1 had one range of wavelengths, in the root of the file; version 2 another calibration of
/// the luminosity.
Result<void> checkVersion(const io::Hdf5Group& root)
{
    const auto version = root.integerAttribute("format_version");
    if (!version)
        return base::Unexpected(version.error());
    if (*version == kFormat.version)
        return {};
    return base::failure(ErrorCode::FormatVersion, root.place(),
        fmt::format("version {}", *version),
        fmt::format("version {}: train the model again", kFormat.version));
}

} // namespace

Result<void> writeModel(const RobustModel& model, const std::filesystem::path& file)
{
    return io::writeHdf5(file, kFormat, [&](io::Hdf5Group& root) { return fill(root, model); });
}

Result<RobustModel> readRobustModel(const std::filesystem::path& file)
{
    const auto root = io::openHdf5(file, kFormat);
    if (!root)
        return base::Unexpected(root.error());
    RobustModel model;
    if (const auto known = checkVersion(*root); !known)
        return base::Unexpected(known.error());
    for (const auto& read :
        { readTexts(*root, model), readScheme(*root, model.scheme), readParts(*root, model) })
        if (!read)
            return base::Unexpected(read.error());
    return model;
}

bool isRobustModel(const std::filesystem::path& file)
{
    const auto root = io::openHdf5(file, kFormat);
    return root || root.error().code == ErrorCode::FormatVersion;
}

} // namespace maury::robust
