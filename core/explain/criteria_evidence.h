#pragma once

#include "core/classify/prepare.h"
#include "core/mk/atlas.h"
#include "core/mk/criteria.h"

#include <optional>
#include <string>
#include <vector>

namespace maury::explain {

/// What a criterion says of one answer against another.
enum class Verdict {
    Supports, ///< the star's value is nearer to that of the answer's standards
    Opposes, ///< … of the other's standards
    Undecided, ///< half-way within the errors, or the standards do not differ
    NotMeasured ///< see CriterionEvidence::reason
};

struct CriterionEvidence {
    const mk::Criterion* criterion = nullptr; ///< of mk::mkCriteria()
    Verdict verdict = Verdict::NotMeasured;
    std::optional<double> value; ///< ratio, or equivalent width in Å
    std::optional<double> error;
    std::optional<double> answerValue; ///< geometric mean over the standards
    std::optional<double> otherValue;
    /// English; why it was not measured ("He II 4686 lies outside 3800–4599.5 Å") or not decided.
    std::string reason;
};

/// The standards of an answer: a class, or a luminosity group at a class.
struct StandardsOf {
    double temperatureCode = 0.0;
    mk::LuminosityGroup group = mk::LuminosityGroup::V;
};

/// All criteria of a dimension that apply at the answer's class or at the other's, measured on a
/// star (on the atlas's grid) and on the standards of both: those of the same temperature code and
/// group, or of the nearest code of that group. Those that tell most come first, those that cannot
/// be measured last.
[[nodiscard]] std::vector<CriterionEvidence> judgeCriteria(mk::Dimension dimension,
    const classify::PreparedSpectrum& star, const mk::Atlas& atlas, const StandardsOf& answer,
    const StandardsOf& other);

/// The star's pixels as criteria are measured on them. Borrows; `wavelengths` [pixels].
[[nodiscard]] mk::MeasuredSpectrum measuredStar(
    const classify::PreparedSpectrum& star, std::span<const double> wavelengths);

} // namespace maury::explain
