#pragma once

#include "core/preprocess/recipe.h"

#include <QStringList>

namespace maury::ui {

/// What was done to a spectrum: one sentence for each step, in the user's language.
[[nodiscard]] QStringList recipeText(const preprocess::Recipe& recipe);

} // namespace maury::ui
