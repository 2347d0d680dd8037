#pragma once

#include "core/io/spectral_columns.h"

#include <string>
#include <vector>

namespace maury::io {

/// The columns that the preamble of an ECSV file describes (astropy's APE 6: YAML in comments, one
/// `- {name: wave, unit: Angstrom, datatype: float64}` or the same on lines of its own for each),
/// in their order. Empty when the comments are no such preamble.
[[nodiscard]] std::vector<ColumnFacts> readEcsvHeader(const std::vector<std::string>& comments);

} // namespace maury::io
