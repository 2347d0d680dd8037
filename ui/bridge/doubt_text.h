#pragma once

#include "core/classify/doubt.h"

#include <QString>
#include <QStringList>

namespace maury::ui {

/// A reason to doubt an answer as a sentence in the language of the program.
[[nodiscard]] QString doubtText(const classify::Doubt& doubt);

/// All of them, in order; empty when there is nothing to doubt.
[[nodiscard]] QStringList doubtTexts(const classify::Conformity& conformity);

} // namespace maury::ui
