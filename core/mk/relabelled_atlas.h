#pragma once

#include "core/mk/atlas.h"

#include <map>
#include <string>

namespace maury::mk {

/// The atlas with other types for some of its standards, by their names. Standards keep name, flux
/// and parents and are sorted anew. Errors: ValueMissing (no standard of such a name),
/// TypeUnparsable (a type without luminosity class, or beyond the MK temperature scale).
[[nodiscard]] base::Result<AtlasPtr> relabelled(
    const Atlas& atlas, const std::map<std::string, SpectralType>& types);

} // namespace maury::mk
