#include "core/train/model.h"

#include "core/base/resource_paths.h"
#include "core/train/model_file.h"
#include "core/train/parameters_file.h"

#include <algorithm>

namespace maury::train {
namespace {

using base::ErrorCode;
using base::Result;

Result<void> writeScheme(io::Hdf5Group& root, const Model& model)
{
    for (const auto& written : { root.writeTexts("class_names", model.scheme.names),
             root.writeArray<double>(
                 "class_temperature_codes", model.scheme.temperatureCodes, { model.scheme.size() }),
             root.setAttribute("grid_first_angstrom", model.grid.firstAngstrom),
             root.setAttribute("grid_step_angstrom", model.grid.stepAngstrom),
             root.setAttribute("grid_pixels", static_cast<std::int64_t>(model.grid.pixels)) })
        if (!written)
            return written;
    return {};
}

Result<void> readScheme(const io::Hdf5Group& root, Model& model)
{
    auto names = root.readTexts("class_names");
    auto codes = root.readArray<double>("class_temperature_codes");
    const auto first = root.realAttribute("grid_first_angstrom");
    const auto step = root.realAttribute("grid_step_angstrom");
    const auto pixels = root.integerAttribute("grid_pixels");
    if (!names)
        return base::Unexpected(names.error());
    if (!codes)
        return base::Unexpected(codes.error());
    if (!first)
        return base::Unexpected(first.error());
    if (!step)
        return base::Unexpected(step.error());
    if (!pixels)
        return base::Unexpected(pixels.error());
    model.scheme = { std::move(*names), std::move(codes->values) };
    model.grid = { *first, *step, static_cast<std::size_t>(std::max<std::int64_t>(0, *pixels)) };
    return {};
}

/// The parts of a model file must belong to one network.
Result<void> checkConsistent(const Model& model, const std::string& place)
{
    const auto mismatch = [&](const char* what, std::size_t found, std::size_t expected) {
        return base::failure(ErrorCode::FileDamaged, place + ", " + what, std::to_string(found),
            std::to_string(expected));
    };
    if (model.scheme.names.size() != static_cast<std::size_t>(model.spec.scClasses))
        return mismatch("class_names", model.scheme.names.size(),
            static_cast<std::size_t>(model.spec.scClasses));
    if (model.scheme.temperatureCodes.size() != model.scheme.names.size())
        return mismatch("class_temperature_codes", model.scheme.temperatureCodes.size(),
            model.scheme.names.size());
    if (model.grid.pixels != static_cast<std::size_t>(model.spec.inputs))
        return mismatch(
            "grid_pixels", model.grid.pixels, static_cast<std::size_t>(model.spec.inputs));
    return {};
}

} // namespace

Result<void> writeModelGroup(io::Hdf5Group& parent, const std::string& name, const Model& model)
{
    auto group = parent.createGroup(name);
    if (!group)
        return base::Unexpected(group.error());
    for (const auto& written : { group->setAttribute("protocol", model.protocol),
             group->setAttribute("atlas", model.atlas),
             group->setAttribute("provenance", model.provenance),
             group->setAttribute("train_sha256", model.trainSha256),
             group->setAttribute("settings", model.settings),
             group->setAttribute("trained_by", model.programVersion),
             group->setAttribute("epoch", std::int64_t { model.epoch }),
             writeScheme(*group, model) })
        if (!written)
            return written;
    return writeParameters(*group, "network", model.spec, model.parameters);
}

Result<Model> readModelGroup(const io::Hdf5Group& parent, const std::string& name)
{
    const auto group = parent.group(name);
    if (!group)
        return base::Unexpected(group.error());
    Model model;
    for (const auto& [attribute, target] : { std::pair { "protocol", &model.protocol },
             std::pair { "atlas", &model.atlas }, std::pair { "provenance", &model.provenance },
             std::pair { "train_sha256", &model.trainSha256 },
             std::pair { "settings", &model.settings },
             std::pair { "trained_by", &model.programVersion } }) {
        auto text = group->textAttribute(attribute);
        if (!text)
            return base::Unexpected(text.error());
        *target = std::move(*text);
    }
    const auto epoch = group->integerAttribute("epoch");
    if (!epoch)
        return base::Unexpected(epoch.error());
    model.epoch = static_cast<int>(*epoch);
    if (const auto read = readScheme(*group, model); !read)
        return base::Unexpected(read.error());
    auto network = readParameters(*group, "network");
    if (!network)
        return base::Unexpected(network.error());
    model.spec = network->spec;
    model.parameters = std::move(network->parameters);
    if (const auto consistent = checkConsistent(model, group->place()); !consistent)
        return base::Unexpected(consistent.error());
    return model;
}

Result<void> writeModel(const Model& model, const std::filesystem::path& file)
{
    return io::writeHdf5(
        file, modelFormat(), [&](io::Hdf5Group& root) { return writeModelGroup(root, "model", model); });
}

Result<Model> readModel(const std::filesystem::path& file)
{
    const auto root = io::openHdf5(file, modelFormat());
    if (!root)
        return base::Unexpected(root.error());
    return readModelGroup(*root, "model");
}

bool isModel(const std::filesystem::path& file)
{
    const auto root = io::openHdf5(file, modelFormat());
    return root || root.error().code == ErrorCode::FormatVersion;
}

Result<Model> builtinModel()
{
    return readModel(base::shareFolder() / "builtin_model.h5");
}

} // namespace maury::train
