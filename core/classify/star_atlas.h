#pragma once

#include "core/classify/evaluator.h"
#include "core/mk/atlas.h"

#include <functional>
#include <span>
#include <stop_token>

namespace maury::classify {

/// Stars of known type as an atlas on the grid of a library, to test a robust network with while it
/// learns: in air, brought to rest, not rectified. A star without a luminosity class in its type,
/// or that cannot be read or prepared, goes to `refusal` and is left out. Errors: AtlasEmpty when
/// none is left; Cancelled.
[[nodiscard]] base::Result<mk::AtlasPtr> atlasOfStars(std::span<const LabelledFile> stars,
    const mk::AtlasPtr& library, const std::string& name,
    const std::function<void(const base::Error&)>& refusal, std::stop_token stop = {});

} // namespace maury::classify
