#include "app/cli/model_options.h"

#include "app/cli/atlas_options.h"
#include "core/classify/training_atlas.h"

#include <fmt/format.h>

namespace maury::cli {

void addModelOptions(CLI::App& verb, ModelOptions& options)
{
    verb.add_option("--model", options.model,
        "the network to use (default: the one shipped for the built-in atlas)");
    verb.add_option("--atlas", options.atlas,
        "builtin, or a folder of standards (default: the atlas that the model was trained on)");
}

base::Result<OpenedModel> openModel(const ModelOptions& options)
{
    auto model = options.model.empty() ? train::builtinModel() : train::readModel(options.model);
    if (!model)
        return base::Unexpected(model.error());
    std::string description = options.model.empty()
        ? "the model shipped for the built-in atlas (synthetic spectra)"
        : fmt::format("{} (trained on {})", options.model, model->atlas);
    return OpenedModel { *std::move(model), std::move(description) };
}

base::Result<mk::AtlasPtr> openModelAtlas(const ModelOptions& options, const train::Model& model)
{
    if (!options.atlas.empty())
        return openAtlasWithWarnings(options.atlas);
    auto atlas = classify::openTrainingAtlas(model);
    if (!atlas)
        return base::failureIn(
            atlas.error(), "the atlas that the model was trained on; name it with --atlas");
    return atlas;
}

} // namespace maury::cli
