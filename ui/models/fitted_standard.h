#pragma once

#include "core/classify/nearest_standard.h"
#include "core/mk/atlas.h"
#include "ui/models/trace.h"

namespace maury::ui {

/// A standard made to match a spectrum: blurred to its resolution and shifted by its velocity as
/// the fit says, on the atlas's grid, times `scale`. Pixels that the shift brings in from beyond
/// the ends, and those that the standard lacks, are NaN. Precondition: fit.row is one of its
/// standards.
[[nodiscard]] Trace fittedStandardTrace(
    const mk::Atlas& atlas, const classify::NearestStandard& fit, double scale = 1.0);

/// Star minus standard where both have data. Precondition: both on the same pixels.
[[nodiscard]] Trace differenceTrace(const Trace& star, const Trace& standard);

} // namespace maury::ui
