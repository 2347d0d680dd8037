#pragma once

#include "core/base/result.h"
#include "core/dataset/sample_set.h"
#include "core/mk/atlas.h"
#include "core/train/model.h"

#include <optional>
#include <string>
#include <vector>

namespace maury::classify {

/// An atlas that a model was trained on, as its training set recorded it.
struct TrainingSource {
    std::string name; ///< "builtin" or the folder's name
    std::string source; ///< folder or file
    std::string fluxSha256; ///< of Atlas::flux()
};

/// Of a model's provenance; empty when it does not say.
[[nodiscard]] std::vector<TrainingSource> trainingSources(const std::string& provenance);

/// The augmentation that the model was trained with; the paper's when the model does not say.
[[nodiscard]] dataset::AugmentationSettings trainingAugmentation(const train::Model& model);

/// What stood in the training samples where a standard had no data; Filled when the model does not
/// say.
[[nodiscard]] dataset::EdgePixels trainingEdges(const train::Model& model);

/// Whether the atlas has exactly the flux of one that the model with this provenance was trained
/// on.
[[nodiscard]] bool isTrainingAtlas(const mk::Atlas& atlas, const std::string& provenance);

/// The first atlas that the model was trained on, from where it lay then. Errors: those of
/// mk::openAtlas, ValueMissing when the model does not say where.
[[nodiscard]] base::Result<mk::AtlasPtr> openTrainingAtlas(const train::Model& model);

/// Where the first library of a model with this provenance lay: `builtin` or a folder. `place`
/// names the model in messages. Errors: ValueMissing when the provenance does not say.
[[nodiscard]] base::Result<std::string> trainingLibrary(
    const std::string& provenance, const std::string& place);

} // namespace maury::classify
