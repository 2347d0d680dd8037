#include "app/cli/model_options.h"

#include "app/cli/atlas_options.h"
#include "core/classify/classifier.h"
#include "core/classify/robust_classifier.h"
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

namespace {

base::Result<OpenedClassifier> openRobustClassifier(const ModelOptions& options, int threads)
{
    auto model = robust::readRobustModel(options.model);
    if (!model)
        return base::Unexpected(model.error());
    std::string description
        = fmt::format("{} (robust protocol, trained on {})", options.model, model->atlas);
    std::string library = options.atlas;
    if (library.empty()) {
        auto known = classify::trainingLibrary(model->provenance, options.model);
        if (!known)
            return base::Unexpected(known.error());
        library = *std::move(known);
    }
    auto atlas = robust::openLibrary(library);
    if (!atlas)
        return base::failureIn(
            atlas.error(), "the atlas that the model was trained on; name it with --atlas");
    auto classifier
        = classify::RobustClassifier::create(*std::move(model), *std::move(atlas), threads);
    if (!classifier)
        return base::Unexpected(classifier.error());
    return OpenedClassifier { *std::move(classifier), std::move(description) };
}

} // namespace

base::Result<OpenedClassifier> openClassifier(const ModelOptions& options, int threads)
{
    if (!options.model.empty() && robust::isRobustModel(options.model))
        return openRobustClassifier(options, threads);
    auto opened = openModel(options);
    if (!opened)
        return base::Unexpected(opened.error());
    auto atlas = openModelAtlas(options, opened->model);
    if (!atlas)
        return base::Unexpected(atlas.error());
    auto classifier
        = classify::Classifier::create(std::move(opened->model), *std::move(atlas), threads);
    if (!classifier)
        return base::Unexpected(classifier.error());
    return OpenedClassifier { std::make_unique<classify::Classifier>(*std::move(classifier)),
        opened->description };
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
