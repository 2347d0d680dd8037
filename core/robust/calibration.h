#pragma once

#include "core/mk/class_scheme.h"
#include "core/robust/decision.h"

#include <array>
#include <cstdint>
#include <span>
#include <vector>

namespace maury::robust {

/// A place in the grid of types.
struct Cell {
    double temperatureCode = 0.0;
    double luminosityCode = 0.0;
};

/// How many observed standards speak for a place: each counts exp(−d²/2), where d is its distance
/// in units of 2 temperature and 1.5 luminosity codes (the widths that foretold held-out errors
/// best). Never below 0.05, so that a place far from all has an end to its uncertainty.
[[nodiscard]] double standardsNear(
    std::span<const Cell> observed, double temperatureCode, double luminosityCode);

/// What an answer's errors depend on.
struct AnswerTraits {
    Decision decision;
    double standardsNear = 0.0; ///< of those that the network was trained on
};

/// How far the answers of a model can be trusted, learnt from standards that were held out of the
/// training of networks like it (calibrator.h). The width of the network's own answer does not
/// foretell its error, not even held out: the weight that maximum likelihood gives it is zero, and
/// so is that of the signal to noise between 20 and 500. What does is how many observed standards
/// lie near the answer and how much probability the network gives to types far from it.
///
/// The uncertainty is that of a type as it would be published. Standards have their types by
/// definition, so that held-out ones do not tell how published types scatter; the floor of σ is
/// therefore never below that scatter (calibration.cpp). It makes held-out standards slightly less
/// and other stars (STELIB) more probable.
struct Calibration {
    // Of the temperature: σ² = floor² + sparse² / standardsNear + (stray · strayProbability)²,
    // in codes. Errors follow a Student t of 4 degrees of freedom of which 68.27 % lie within σ:
    // a few stars are far off for reasons of their own.
    double floorCodes = 0.0;
    double sparseCodes = 0.0;
    double strayCodes = 0.0;
    // Of the luminosity: the star lies beyond a border of classes with the probability of a
    // logistic whose scale is √(floor² + sparse² / standardsNear), in codes, or, with probability
    // 1 − exp(−outliers / standardsNear), anywhere. Both follow the density of standards, as the
    // folds have fewer than the model: what a model with all of them makes of a star is better than
    // what its folds made of the held-out ones, and a calibration that did not know would call it
    // too uncertain.
    double luminosityFloor = 1.0;
    double luminositySparse = 0.0;
    double luminosityOutliers = 0.0;

    std::vector<Cell> observed; ///< the observed standards of the model's training
    std::int64_t folds = 0; ///< that it was learnt on
    std::int64_t samples = 0;

    [[nodiscard]] AnswerTraits traits(const Decision& decision) const;
};

/// In temperature codes: 68.27 % of the errors lie within.
[[nodiscard]] double temperatureSigma(const Calibration& calibration, const AnswerTraits& answer);

/// The probability of each class: of the codes to which it is the nearest.
[[nodiscard]] std::vector<float> classProbabilities(
    const Calibration& calibration, const AnswerTraits& answer, const mk::ClassScheme& scheme);

inline constexpr std::size_t kPrintedLuminosities = 6; ///< Ia, Ib, II, III, IV, V
[[nodiscard]] std::array<double, kPrintedLuminosities> luminosityProbabilities(
    const Calibration& calibration, const AnswerTraits& answer);
/// The sums of the printed classes' in each group: I, III, V.
[[nodiscard]] std::array<double, mk::kLuminosityGroups> groupProbabilities(
    const Calibration& calibration, const AnswerTraits& answer);

/// An answer about a star that the network was not trained on.
struct HeldOutAnswer {
    AnswerTraits answer;
    Cell truth;
};

/// The calibration that makes the true types most probable (maximum likelihood); `observed`, folds
/// and samples are the caller's. Precondition: there are answers.
[[nodiscard]] Calibration fitCalibration(std::span<const HeldOutAnswer> answers);

} // namespace maury::robust
