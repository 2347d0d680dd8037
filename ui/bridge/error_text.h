#pragma once

#include "core/base/error.h"

#include <QString>

namespace maury::ui {

/// The translated sentence of a code, for people ("The file ends too early").
[[nodiscard]] QString sentenceText(base::ErrorCode code);

/// One translated line: sentence, place, found and expected, context.
[[nodiscard]] QString errorText(const base::Error& error);

} // namespace maury::ui
