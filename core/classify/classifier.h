#pragma once

#include "core/base/result.h"
#include "core/classify/conformity.h"
#include "core/classify/far_shift.h"
#include "core/classify/nearest_standard.h"
#include "core/classify/prepare.h"
#include "core/classify/standard_matcher.h"
#include "core/classify/star_classifier.h"
#include "core/mk/atlas.h"
#include "core/spectrum/spectrum.h"
#include "core/train/backend.h"
#include "core/train/model.h"

#include <memory>
#include <optional>
#include <vector>

namespace maury::classify {

/// A model of the paper's protocol with the atlas it belongs to. Every answer on a spectrum that is
/// not one of the training library's kind carries its reason to doubt it.
class Classifier final : public StarClassifier {
public:
    /// `atlas` is the library that the model was trained on: conformity is judged against it,
    /// with the variations of the training. Any other makes every answer unreliable, and says so.
    /// Errors: ModelMismatch (the grids differ, or the atlas has no standard of a class that the
    /// model knows; both are named), BackendUnavailable, BackendFailed.
    [[nodiscard]] static base::Result<Classifier> create(
        train::Model model, mk::AtlasPtr atlas, int threads = 1);

    /// Errors: those of prepare(); BackendFailed.
    [[nodiscard]] base::Result<Prediction> classify(
        const spectrum::Spectrum& spectrum, const PrepareOptions& options = {}) override;

    [[nodiscard]] base::Result<Examination> examine(
        const spectrum::Spectrum& spectrum, const PrepareOptions& options = {}) const override;
    [[nodiscard]] std::vector<double> outputShares(Head head, std::uint16_t index) const override;

    [[nodiscard]] const train::Model& model() const { return *m_model; }
    [[nodiscard]] const mk::Atlas& atlas() const override { return *m_atlas; }
    [[nodiscard]] const mk::ClassScheme& scheme() const override { return m_model->scheme; }

private:
    Classifier() = default;
    std::shared_ptr<const train::Model> m_model;
    mk::AtlasPtr m_atlas;
    std::shared_ptr<const Preparer> m_preparer;
    std::shared_ptr<const StandardMatcher> m_matcher;
    std::shared_ptr<const FarShift> m_farShift;
    std::unique_ptr<train::Backend> m_backend;
    std::shared_ptr<const ConformityTest> m_conformity;
    dataset::EdgePixels m_edges = dataset::EdgePixels::Filled; ///< as in the training
    std::optional<Finding> m_foreignAtlas; ///< when the atlas is not the training library
};

} // namespace maury::classify
