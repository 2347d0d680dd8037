#pragma once

#include "core/mk/atlas.h"
#include "core/train/model.h"

#include <CLI/CLI.hpp>

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

/// The atlas named by --atlas, else the one that the model was trained on.
[[nodiscard]] base::Result<mk::AtlasPtr> openModelAtlas(
    const ModelOptions& options, const train::Model& model);

} // namespace maury::cli
