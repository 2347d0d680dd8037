#pragma once

#include "core/base/result.h"
#include "core/mk/atlas.h"
#include "core/spectrum/spectrum.h"
#include "core/train/backend.h"
#include "core/train/model.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace maury::classify {

/// How a spectrum is brought to the model's grid.
struct PrepareOptions {
    bool rectify = true; ///< divide by an upper envelope unless the file says it is rectified
    bool shift = true; ///< find and remove the velocity by cross-correlation with the standards
    std::optional<spectrum::Medium> medium; ///< overrides the file
    std::optional<spectrum::Frame> frame;
};

/// A spectrum on the model's grid, ready for the network.
struct PreparedSpectrum {
    std::vector<float> flux; ///< [grid.pixels]; missing pixels filled as in Atlas
    std::vector<std::uint8_t> good; ///< [grid.pixels]
    std::optional<double> velocityKms; ///< removed; nothing if not looked for
    bool rectifiedHere = false;
    std::vector<std::string> warnings;
};

/// Why an answer should be believed or not.
struct Conformity {
    bool ok = false;
    std::vector<std::string> reasons; ///< English; empty when ok
};

struct NearestStandard {
    std::size_t row = 0; ///< of Atlas::standards()
    std::string name;
    double chi2 = 0.0; ///< per good pixel, flux differences in units of the spectrum's noise
};

/// One answer. Fields a model cannot give stay empty, never invented.
struct Prediction {
    std::string type; ///< "A0 V"
    std::string spectralClass; ///< "A0"
    std::string luminosityClass; ///< as printed: I, III, V for the paper's network
    std::optional<double> decimalSubclass;
    std::optional<double> subclassSigma;
    double scProbability = 0.0;
    double lcProbability = 0.0;
    std::vector<float> scProbabilities; ///< [scClasses]
    std::vector<float> lcProbabilities; ///< [lcClasses]
    std::optional<double> velocityKms;
    Conformity conformity;
    std::optional<bool> outsideAtlas;
    std::optional<NearestStandard> nearest;
    std::vector<std::string> warnings;
};

/// Brings a spectrum to a grid. Errors: CoverageInsufficient (says what is covered), WavelengthsInvalid.
[[nodiscard]] base::Result<PreparedSpectrum> prepare(const spectrum::Spectrum& spectrum,
    const mk::Atlas& atlas, const PrepareOptions& options);

/// The atlas rows ordered by χ² to a prepared spectrum (nearest first), at most `count`.
[[nodiscard]] std::vector<NearestStandard> nearestStandards(
    const PreparedSpectrum& spectrum, const mk::Atlas& atlas, std::size_t count);

/// A model with the atlas it belongs to. Until the robust protocol exists every answer on a spectrum that is
/// not one of the training library's kind carries its reason to doubt it.
class Classifier {
public:
    /// Errors: ModelMismatch (grid or classes of model and atlas differ; both are named), BackendUnavailable.
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
};

} // namespace maury::classify
