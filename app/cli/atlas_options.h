#pragma once

#include "core/mk/atlas.h"
#include "core/mk/atlas_relation.h"

#include <string>

namespace maury::cli {

/// mk::openAtlas() with the atlas's warnings on stderr.
[[nodiscard]] base::Result<mk::AtlasPtr> openAtlasWithWarnings(const std::string& nameOrFolder);

/// What a test atlas's relation to the training atlas means for the figures.
[[nodiscard]] std::string relationNote(mk::AtlasRelation relation);

} // namespace maury::cli
