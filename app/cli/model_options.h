#pragma once

#include "core/classify/star_classifier.h"
#include "core/mk/atlas.h"
#include "core/train/model.h"

#include <CLI/CLI.hpp>

#include <memory>
#include <string>

namespace maury::cli {

/// What --model and --atlas say.
struct ModelOptions {
    std::string model; ///< empty: the shipped model
    std::string atlas; ///< empty: the one the model was trained on
};

/// A model with the words for it in every answer.
struct OpenedModel {
    train::Model model;
    std::string description;
};

/// Adds --model and --atlas. `options` outlives the parsing.
void addModelOptions(CLI::App& verb, ModelOptions& options);

[[nodiscard]] base::Result<OpenedModel> openModel(const ModelOptions& options);

/// Something that types spectra, with the words for it in every answer.
struct OpenedClassifier {
    std::unique_ptr<classify::StarClassifier> classifier;
    std::string description;
};

/// Opens the model of either protocol that --model names, with its atlas.
[[nodiscard]] base::Result<OpenedClassifier> openClassifier(
    const ModelOptions& options, int threads);

/// The atlas named by --atlas, else the one that the model was trained on.
[[nodiscard]] base::Result<mk::AtlasPtr> openModelAtlas(
    const ModelOptions& options, const train::Model& model);

} // namespace maury::cli
