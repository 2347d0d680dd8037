#pragma once

#include "tests/support/test_data.h"

#include <string>
#include <vector>

namespace maury::test {

/// The text of a library file: a continuum of 1 with one line whose depth and place depend on the
/// codes, so that standards differ and can be told apart. Rows from 3800 Å, `step` apart; the first
/// `zeros` rows hold 0.
[[nodiscard]] std::string standardText(double temperatureCode, double luminosityCode,
    std::size_t rows = 1640, double step = 0.5, std::size_t zeros = 0);

/// Writes `name`.rbn for every name ("t160l50p00") with standardText of its codes.
void writeStandards(const TemporaryFolder& folder, const std::vector<std::string>& names);

} // namespace maury::test
