#pragma once

#include "core/mk/atlas.h"

namespace maury::test {

/// Four spectral classes A0 … A3 at I, III and V on 64 pixels: one line whose place tells the
/// spectral and whose depth tells the luminosity class. Learned within a few epochs by sixteen
/// neurons.
[[nodiscard]] mk::AtlasPtr tinyAtlas(const std::string& name = "tiny");

} // namespace maury::test
