#pragma once

#include "core/classify/statistics.h"

#include <nlohmann/json.hpp>

namespace maury::cli {

/// The metrics block of the CLI reference, shared by `evaluate` and `train`. Figures that do not
/// apply (empty or NaN) are null. Confusion rows = true, columns = predicted; SC in the order of
/// `classes`, LC I, III, V.
[[nodiscard]] nlohmann::json metricsJson(
    const classify::Evaluation& evaluation, const mk::ClassScheme& scheme);

/// The same figures for people, on stdout.
void printMetrics(const classify::Evaluation& evaluation, const mk::ClassScheme& scheme);

} // namespace maury::cli
