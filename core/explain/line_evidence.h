#pragma once

#include "core/explain/attribution.h"
#include "core/mk/line_list.h"

#include <span>
#include <string>
#include <vector>

namespace maury::explain {

/// What a line, a blend of one species or a piece of spectrum without a known line says.
struct LineEvidence {
    double wavelengthAngstrom = 0.0; ///< of the line; the middle of a piece
    std::string species; ///< "He I"; kUnidentified where no line is known
    double contribution = 0.0; ///< to the log odds: positive for the answer
    double firstAngstrom = 0.0; ///< where it was collected
    double lastAngstrom = 0.0;
    std::string note; ///< of the line list; may be empty
};

/// The contributions of all lines of one species.
struct SpeciesEvidence {
    std::string species;
    double contribution = 0.0;
};

struct GroupedEvidence {
    std::vector<LineEvidence> lines; ///< the largest contribution, for or against, first
    std::vector<SpeciesEvidence> species; ///< likewise, with what is not identified
    double unidentified = 0.0; ///< continuum and unknown lines together
};

inline constexpr const char* kUnidentified = "unidentified";

/// Gives every pixel's contribution to the lines around it. Lines count that are used at one of
/// the classes (decimal subclasses). In a blend a pixel is shared in proportion to the profiles
/// that its lines have there: narrow ones of metals, wide ones of the Balmer lines, bands to the
/// side where they degrade; lines of one species closer than 1.5 Å are one. What no line reaches
/// is collected in pieces of 6 Å. The contributions of `lines` sum to those of the attribution.
[[nodiscard]] GroupedEvidence groupByLine(const Attribution& attribution, const mk::LineList& lines,
    std::span<const double> decimalSubclasses);

} // namespace maury::explain
