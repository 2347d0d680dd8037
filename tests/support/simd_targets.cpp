#include "tests/support/simd_targets.h"

#include <hwy/highway.h>
#include <hwy/targets.h>

namespace maury::test {

void forEachSimdTarget(const std::function<void(const std::string& name)>& check)
{
    for (std::int64_t left = hwy::SupportedTargets() & HWY_TARGETS; left != 0; left &= left - 1) {
        const std::int64_t target = left & -left;
        hwy::GetChosenTarget().Update(target);
        check(hwy::TargetName(target));
    }
    hwy::GetChosenTarget().DeInit();
}

} // namespace maury::test
