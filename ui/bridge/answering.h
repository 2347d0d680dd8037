#pragma once

#include "core/classify/star_classifier.h"
#include "ui/models/workspace.h"

#include <memory>

namespace maury::ui {

/// What answers for the model that a workspace has: one of the two. The paper's needs the atlas
/// that it was trained on; the robust one has its library. Precondition: one of them is there.
/// Errors: those of classify::Classifier::create(), classify::RobustClassifier::create().
[[nodiscard]] base::Result<std::unique_ptr<classify::StarClassifier>> makeClassifier(
    const ModelPtr& paper, const RobustPtr& robust, const mk::AtlasPtr& atlas);

} // namespace maury::ui
