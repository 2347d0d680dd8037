#include "ui/bridge/answering.h"

#include "core/classify/classifier.h"
#include "core/classify/robust_classifier.h"

#include <utility>

namespace maury::ui {

using ClassifierPtr = std::unique_ptr<classify::StarClassifier>;

base::Result<ClassifierPtr> makeClassifier(
    const ModelPtr& paper, const RobustPtr& robust, const mk::AtlasPtr& atlas)
{
    EXPECTS(paper != nullptr || robust != nullptr);
    if (robust != nullptr) {
        auto made = classify::RobustClassifier::create(robust->model, robust->library);
        if (!made)
            return base::Unexpected(made.error());
        return ClassifierPtr(*std::move(made));
    }
    auto made = classify::Classifier::create(*paper, atlas);
    if (!made)
        return base::Unexpected(made.error());
    return ClassifierPtr(std::make_unique<classify::Classifier>(*std::move(made)));
}

} // namespace maury::ui
