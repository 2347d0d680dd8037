#include "core/train/model_npz.h"

#include "core/train/network_npz.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace maury::train {
namespace {

using base::ErrorCode;
using base::Result;
using io::NumpyArray;
using nlohmann::json;

constexpr const char* kFormat = "maury-model";
constexpr int kVersion = 1;

std::string metadataOf(const Model& model)
{
    return json { { "format", kFormat }, { "version", kVersion },
        { "activation", nn::toString(model.spec.activation) },
        { "classes", model.scheme.names },
        { "class_temperature_codes", model.scheme.temperatureCodes },
        { "grid_first_angstrom", model.grid.firstAngstrom },
        { "grid_step_angstrom", model.grid.stepAngstrom }, { "grid_pixels", model.grid.pixels },
        { "protocol", model.protocol }, { "atlas", model.atlas },
        { "provenance", model.provenance }, { "train_sha256", model.trainSha256 },
        { "settings", model.settings }, { "trained_by", model.programVersion },
        { "epoch", model.epoch } }
        .dump();
}

/// Everything but the numbers of the network.
Result<Model> fromMetadata(const std::string& text, const std::string& place)
{
    const json from = json::parse(text, nullptr, false);
    if (!from.is_object() || from.value("format", json()) != json(kFormat))
        return base::failure(ErrorCode::FormatUnknown, place, {},
            fmt::format("JSON with \"format\": \"{}\"", kFormat));
    if (const json version = from.value("version", json()); version != json(kVersion))
        return base::failure(ErrorCode::FormatVersion, place, version.dump(),
            fmt::format("version {}", kVersion));
    Model model;
    try {
        const auto activation = nn::activationFromString(from.at("activation").get<std::string>());
        if (!activation)
            return base::failureIn(activation.error(), place);
        model.spec.activation = *activation;
        from.at("classes").get_to(model.scheme.names);
        from.at("class_temperature_codes").get_to(model.scheme.temperatureCodes);
        from.at("grid_first_angstrom").get_to(model.grid.firstAngstrom);
        from.at("grid_step_angstrom").get_to(model.grid.stepAngstrom);
        from.at("grid_pixels").get_to(model.grid.pixels);
        from.at("protocol").get_to(model.protocol);
        from.at("atlas").get_to(model.atlas);
        from.at("provenance").get_to(model.provenance);
        from.at("train_sha256").get_to(model.trainSha256);
        from.at("settings").get_to(model.settings);
        from.at("trained_by").get_to(model.programVersion);
        from.at("epoch").get_to(model.epoch);
    } catch (const json::exception& error) {
        return base::failure(ErrorCode::ValueInvalid, place, error.what(), "a model's metadata");
    }
    if (model.scheme.names.size() != model.scheme.temperatureCodes.size())
        return base::failure(ErrorCode::ValueInvalid, place,
            fmt::format("{} temperature codes", model.scheme.temperatureCodes.size()),
            fmt::format("{}, one a class", model.scheme.names.size()));
    return model;
}

Result<void> checkFits(const Model& model, const std::string& place)
{
    const auto mismatch = [&place](const char* what, std::size_t found, std::size_t expected) {
        return base::failure(ErrorCode::ModelMismatch, place, fmt::format("{} {}", found, what),
            fmt::format("{}", expected));
    };
    const auto inputs = static_cast<std::size_t>(model.spec.inputs);
    if (inputs != model.grid.pixels)
        return mismatch("inputs", inputs, model.grid.pixels);
    const auto classes = static_cast<std::size_t>(model.spec.scClasses);
    if (classes != model.scheme.names.size())
        return mismatch("spectral classes", classes, model.scheme.names.size());
    return {};
}

} // namespace

Result<void> writeModelNpz(const Model& model, const std::filesystem::path& file)
{
    auto arrays = networkArrays(model.parameters);
    arrays.push_back({ kNpzMetadata, {}, {}, metadataOf(model), true });
    return io::writeNpz(file, arrays);
}

Result<Model> readModelNpz(const std::filesystem::path& file, const Model* like)
{
    const auto archive = NpzArchive::open(file);
    if (!archive)
        return base::Unexpected(archive.error());
    const NumpyArray* metadata = archive->find(kNpzMetadata);
    Model model;
    if (like != nullptr) {
        model = *like;
    } else if (metadata != nullptr && metadata->isText) {
        auto described = fromMetadata(metadata->text, file.string() + ": " + kNpzMetadata);
        if (!described)
            return described;
        model = *std::move(described);
    } else {
        return base::failure(ErrorCode::ValueMissing, file.string(), "no metadata",
            "a text \"metadata\", or a model to take classes and grid from (--like)");
    }
    auto network = archive->network(model.spec.activation);
    if (!network)
        return base::Unexpected(network.error());
    model.spec = network->spec;
    model.parameters = std::move(network->parameters);
    if (const auto fits = checkFits(model, file.string()); !fits)
        return base::Unexpected(fits.error());
    return model;
}

} // namespace maury::train
