#pragma once

#include "core/base/result.h"
#include "core/classify/conformity.h"
#include "core/classify/examination.h"
#include "core/classify/nearest_standard.h"
#include "core/classify/prepare.h"
#include "core/mk/atlas.h"
#include "core/mk/class_scheme.h"
#include "core/spectrum/spectrum.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace maury::classify {

/// One answer. Fields a model cannot give stay empty, never invented.
struct Prediction {
    std::string type; ///< "A0 V"
    std::string spectralClass; ///< "A0"
    std::string
        luminosityClass; ///< as printed: I, III, V for the paper's network, Ia … V for robust ones
    std::optional<double> decimalSubclass;
    std::optional<double> subclassSigma; ///< in decimal subclasses
    bool subclassSigmaCalibrated = false; ///< else it is the width of the network's answer alone
    double temperatureCode = 0.0; ///< MKCLASS's scale; between the classes where the model can
    double printedSubclass = 0.0; ///< the decimal subclass of `spectralClass`
    double scProbability = 0.0;
    double lcProbability = 0.0;
    std::uint16_t sc = 0; ///< the answer's class: index into the model's classes
    std::uint16_t lc = 0; ///< the answer, in LuminosityGroup's order
    std::vector<float> scProbabilities; ///< [scClasses]
    std::vector<float> lcProbabilities; ///< [lcClasses]
    std::vector<float> luminosityProbabilities; ///< Ia, Ib, II, III, IV, V; empty when not known
    std::optional<double> velocityKms;
    Conformity conformity;
    /// The spectrum is so far from all that answers were calibrated on that probabilities and sigma
    /// are those of a guess (isBeyondCalibration()).
    bool guess = false;
    std::optional<bool> outsideAtlas; ///< like no standard
    /// How far it lies from the standards, in units of where `outsideAtlas` begins.
    std::optional<double> outsideDistance;
    bool edgeOfGrid = false; ///< in the outermost class of the standards: it may lie beyond
    std::optional<NearestStandard> nearest;
    preprocess::Recipe recipe; ///< how the spectrum was prepared
    std::vector<std::string> warnings;
};

/// Whatever types spectra: a model of either protocol with the library it was trained on.
class StarClassifier {
public:
    StarClassifier() = default;
    virtual ~StarClassifier() = default;
    StarClassifier(const StarClassifier&) = delete;
    StarClassifier& operator=(const StarClassifier&) = delete;

    /// Errors: those of prepare(); BackendFailed.
    [[nodiscard]] virtual base::Result<Prediction> classify(
        const spectrum::Spectrum& spectrum, const PrepareOptions& options)
        = 0;
    /// What stands behind the answer of classify() to the same spectrum: the mean of what these
    /// networks say. Borrows from *this. Errors: those of prepare(); ValueInvalid.
    [[nodiscard]] virtual base::Result<Examination> examine(
        const spectrum::Spectrum& spectrum, const PrepareOptions& options) const = 0;
    /// Which outputs of a head make the answer `index` (Prediction::sc or lc): the share of each,
    /// 0 … 1. Precondition: there is such an answer.
    [[nodiscard]] virtual std::vector<double> outputShares(
        Head head, std::uint16_t index) const = 0;
    /// The library that spectra are compared with.
    [[nodiscard]] virtual const mk::Atlas& atlas() const = 0;
    /// The classes that Prediction::sc counts.
    [[nodiscard]] virtual const mk::ClassScheme& scheme() const = 0;

protected:
    StarClassifier(StarClassifier&&) = default;
    StarClassifier& operator=(StarClassifier&&) = default;
};

} // namespace maury::classify
