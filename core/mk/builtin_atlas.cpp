#include "core/base/resource_paths.h"
#include "core/mk/atlas.h"

namespace maury::mk {

base::Result<AtlasPtr> builtinAtlas()
{
    return base::failure(base::ErrorCode::FileMissing,
        (base::shareFolder() / "builtin_atlas.h5").string(), {}, "the built-in atlas");
}

} // namespace maury::mk
