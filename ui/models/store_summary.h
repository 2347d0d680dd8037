#pragma once

#include "core/store/store.h"

#include <QString>

namespace maury::ui {

/// What a store is, for people, in several lines of simple HTML: its file, kind, number of spectra,
/// grid and what of it is covered.
[[nodiscard]] QString storeSummary(const store::Store& store);

} // namespace maury::ui
