#include "core/base/simd.h"

#include <hwy/highway.h>
#include <hwy/targets.h>

namespace maury::base {

std::string simdTarget()
{
    // Of the targets that machine and compiler share, the best has the lowest bit.
    const std::int64_t usable = hwy::SupportedTargets() & HWY_TARGETS;
    return hwy::TargetName(usable & -usable);
}

} // namespace maury::base
