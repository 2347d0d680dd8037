#pragma once

#include "core/mk/atlas.h"

#include <QJsonObject>

#include <functional>

namespace maury::gui {

/// Median milliseconds of act(i), i = 0, 1, …
[[nodiscard]] double medianMs(const std::function<void(int)>& act);

/// What `--bench render` measures beside the replots of the pages, medians: panning and zooming 300
/// variations of a standard, new counts in a 31 × 31 matrix, and the share of one core that the
/// live curves of 250 epochs take at 30 updates a second.
[[nodiscard]] QJsonObject benchRender(const mk::Atlas& atlas);

} // namespace maury::gui
