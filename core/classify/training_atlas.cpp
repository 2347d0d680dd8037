#include "core/classify/training_atlas.h"

#include "core/base/sha256.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace maury::classify {
namespace {

using nlohmann::json;

json parsed(const std::string& provenance)
{
    return json::parse(provenance, nullptr, false); // discarded, not thrown, when damaged
}

std::string textAt(const json& object, const char* key)
{
    const auto found = object.find(key);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

void takeNumber(const json& value, double& target)
{
    if (value.is_number())
        target = value.get<double>();
}

/// What mk::openAtlas() is called with.
std::string placeOf(const TrainingSource& source)
{
    return source.name == "builtin" ? source.name : source.source;
}

} // namespace

std::vector<TrainingSource> trainingSources(const std::string& provenance)
{
    const json document = parsed(provenance);
    std::vector<TrainingSource> sources;
    if (!document.is_object() || !document.contains("atlases") || !document["atlases"].is_array())
        return sources;
    for (const json& atlas : document["atlases"])
        if (atlas.is_object())
            sources.push_back(
                { textAt(atlas, "name"), textAt(atlas, "source"), textAt(atlas, "flux_sha256") });
    return sources;
}

dataset::AugmentationSettings trainingAugmentation(const train::Model& model)
{
    const json document = parsed(model.provenance);
    dataset::AugmentationSettings settings;
    if (!document.is_object() || !document.contains("augmentation")
        || !document["augmentation"].is_object())
        return settings;
    const json& stored = document["augmentation"];
    const auto take = [&stored](const char* key, double& target) {
        if (stored.contains(key))
            takeNumber(stored[key], target);
    };
    take("registration_sigma_angstrom", settings.registrationSigmaAngstrom);
    take("registration_linear_sigma", settings.registrationLinearSigma);
    take("doppler_sigma_kms", settings.dopplerSigmaKms);
    take("broadening_sigma_pixels", settings.broadeningSigmaPixels);
    take("gain", settings.gain);
    if (const auto found = stored.find("continuum_sigma");
        found != stored.end() && found->is_array() && found->size() == 3) {
        takeNumber((*found)[0], settings.continuumSigma0);
        takeNumber((*found)[1], settings.continuumSigma1);
        takeNumber((*found)[2], settings.continuumSigma2);
    }
    return dataset::validate(settings) ? settings : dataset::AugmentationSettings {};
}

dataset::EdgePixels trainingEdges(const train::Model& model)
{
    using dataset::EdgePixels;
    const json document = parsed(model.provenance);
    return document.is_object() && textAt(document, "edges") == toString(EdgePixels::AsRead)
        ? EdgePixels::AsRead
        : EdgePixels::Filled;
}

bool isTrainingAtlas(const mk::Atlas& atlas, const std::string& provenance)
{
    const auto sources = trainingSources(provenance);
    if (sources.empty())
        return false;
    const std::span<const float> flux(
        atlas.flux().data(), static_cast<std::size_t>(atlas.flux().size()));
    const std::string sha256 = base::sha256(std::as_bytes(flux));
    return std::any_of(sources.begin(), sources.end(),
        [&sha256](const TrainingSource& source) { return source.fluxSha256 == sha256; });
}

base::Result<mk::AtlasPtr> openTrainingAtlas(const train::Model& model)
{
    const auto sources = trainingSources(model.provenance);
    if (sources.empty())
        return base::failure(base::ErrorCode::ValueMissing, "the model's training atlas",
            model.atlas.empty() ? "nothing" : model.atlas, "where it lies");
    return mk::openAtlas(placeOf(sources.front()));
}

base::Result<std::string> trainingLibrary(const std::string& provenance, const std::string& place)
{
    const auto sources = trainingSources(provenance);
    if (sources.empty())
        return base::failure(base::ErrorCode::ValueMissing, place,
            "nothing about the atlas that it was trained on", "name it with --atlas");
    return placeOf(sources.front());
}

} // namespace maury::classify
