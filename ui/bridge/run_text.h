#pragma once

#include "core/mk/atlas_relation.h"

#include <QString>

#include <string>

namespace maury::ui {

/// What has to be said of figures on a test set, by what the test atlas is to the training atlas.
[[nodiscard]] QString relationText(mk::AtlasRelation relation);

/// The name of an atlas in a sentence.
[[nodiscard]] QString atlasText(const std::string& name);

} // namespace maury::ui
