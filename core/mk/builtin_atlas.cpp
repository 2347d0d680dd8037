#include "core/base/resource_paths.h"
#include "core/mk/atlas.h"
#include "core/mk/atlas_file.h"

namespace maury::mk {

base::Result<AtlasPtr> builtinAtlas()
{
    auto atlas = readAtlas(base::shareFolder() / "builtin_atlas.h5");
    if (!atlas)
        return base::failureIn(atlas.error(), "the built-in atlas belongs to the installation");
    return atlas;
}

} // namespace maury::mk
