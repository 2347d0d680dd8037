#pragma once

#include "core/base/result.h"
#include "core/classify/conformity.h"
#include "core/classify/nearest_standard.h"
#include "core/classify/prepare.h"
#include "core/mk/atlas.h"
#include "core/spectrum/spectrum.h"
#include "core/train/backend.h"
#include "core/train/model.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace maury::classify {

/// One answer. Fields a model cannot give stay empty, never invented.
struct Prediction {
    std::string type; ///< "A0 V"
    std::string spectralClass; ///< "A0"
    std::string luminosityClass; ///< as printed: I, III, V for the paper's network
    std::optional<double> decimalSubclass;
    std::optional<double> subclassSigma;
    double scProbability = 0.0;
    double lcProbability = 0.0;
    std::uint16_t sc = 0; ///< the winner in scProbabilities: index into the model's classes
    std::uint16_t lc = 0; ///< the winner in lcProbabilities: LuminosityGroup's order
    std::vector<float> scProbabilities; ///< [scClasses]
    std::vector<float> lcProbabilities; ///< [lcClasses]
    std::optional<double> velocityKms;
    Conformity conformity;
    std::optional<bool> outsideAtlas;
    std::optional<NearestStandard> nearest;
    std::vector<std::string> warnings;
};

/// A model with the atlas it belongs to. Until the robust protocol exists every answer on a
/// spectrum that is not one of the training library's kind carries its reason to doubt it.
class Classifier {
public:
    /// `atlas` is the library that the model was trained on: conformity is judged against it,
    /// with the variations of the training. Any other makes every answer unreliable, and says so.
    /// Errors: ModelMismatch (the grids differ, or the atlas has no standard of a class that the
    /// model knows; both are named), BackendUnavailable, BackendFailed.
    [[nodiscard]] static base::Result<Classifier> create(
        train::Model model, mk::AtlasPtr atlas, int threads = 1);

    /// Errors: those of prepare(); BackendFailed.
    [[nodiscard]] base::Result<Prediction> classify(
        const spectrum::Spectrum& spectrum, const PrepareOptions& options = {});

    [[nodiscard]] const train::Model& model() const { return *m_model; }
    [[nodiscard]] const mk::Atlas& atlas() const { return *m_atlas; }

private:
    Classifier() = default;
    std::shared_ptr<const train::Model> m_model;
    mk::AtlasPtr m_atlas;
    std::unique_ptr<train::Backend> m_backend;
    std::shared_ptr<const ConformityTest> m_conformity;
    dataset::EdgePixels m_edges = dataset::EdgePixels::Filled; ///< as in the training
    std::string m_foreignAtlas; ///< the reason when the atlas is not the training library
};

} // namespace maury::classify
