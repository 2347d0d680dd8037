#pragma once

#include "core/classify/star_classifier.h"
#include "core/mk/spectral_type.h"

#include <array>
#include <cstddef>
#include <optional>
#include <string>

namespace maury::explain {

/// Who types a star.
enum class Judge {
    Network,
    NearestStandard, ///< by χ², velocity and blur fitted
    Gon, ///< the nearest standard among the codes of a Gradient Origin Network
    Human ///< somebody's label, or the published type
};
inline constexpr std::size_t kJudges = 4;
inline constexpr std::array kAllJudges { Judge::Network, Judge::NearestStandard, Judge::Gon,
    Judge::Human };
[[nodiscard]] std::string toString(Judge judge); ///< "network", "nearest", "gon", "human"

/// What one judge says.
struct Opinion {
    std::string type; ///< as printed
    double temperatureCode = 0.0;
    std::optional<mk::LuminosityGroup> group; ///< nothing when it gives no luminosity class
    double sigmaCodes = 1.0; ///< of temperatureCode
};

/// The opinions of all judges; nothing for one that has none.
struct Opinions {
    std::array<std::optional<Opinion>, kJudges> all;

    [[nodiscard]] const std::optional<Opinion>& of(Judge judge) const
    {
        return all[static_cast<std::size_t>(judge)];
    }
    [[nodiscard]] std::optional<Opinion>& of(Judge judge)
    {
        return all[static_cast<std::size_t>(judge)];
    }
};

// How far judges are off, in temperature codes, where they do not say it themselves.
/// Published types against each other: the rms of two of the literature's on real stars is 0.60 to
/// 0.65.
inline constexpr double kHumanSigmaCodes = 0.6;
/// The rms of the nearest standard with blur and velocity fitted, on real stars.
inline constexpr double kNearestSigmaCodes = 0.87;
/// The paper's network gives a class and no uncertainty: one class.
inline constexpr double kClassSigmaCodes = 1.0;
/// A judge of I, III or V is off by a step in 6 to 10 % of the real stars: as much as a Gaussian of
/// this width in steps leaves beyond half a step.
inline constexpr double kSigmaSteps = 0.3;

/// The network's, with its own uncertainty where it gives one.
[[nodiscard]] Opinion networkOpinion(const classify::Prediction& answer);
/// That of the nearest standard of an answer; nothing when it has none. `atlas`: the library that
/// the answer's classifier compares with.
[[nodiscard]] std::optional<Opinion> nearestOpinion(
    const classify::Prediction& answer, const mk::Atlas& atlas);
/// That of a label or a published type; nothing when it is no type on the MK temperature scale.
[[nodiscard]] std::optional<Opinion> humanOpinion(const std::string& type);

/// How two judges differ about a star.
struct Disagreement {
    Judge first = Judge::Network;
    Judge second = Judge::Human;
    double codes = 0.0; ///< second − first, in temperature codes
    /// The same from I over III to V (+1 fainter); nothing when one gives no luminosity class.
    std::optional<int> luminositySteps;
    /// Both differences in units of the judges' uncertainties, added in quadrature: 2 to 3 is what
    /// honest judges differ by now and then, beyond that one of them is wrong.
    double score = 0.0;
};

/// Nothing when one of them has no opinion.
[[nodiscard]] std::optional<Disagreement> disagreement(
    const Opinions& opinions, Judge first, Judge second);
/// That of the two judges who differ most; nothing with fewer than two opinions.
[[nodiscard]] std::optional<Disagreement> largestDisagreement(const Opinions& opinions);

} // namespace maury::explain
