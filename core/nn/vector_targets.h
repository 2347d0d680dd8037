#pragma once

// Before hwy/foreach_target.h: scalable vectors cannot be kept in arrays, so those targets are left
// out of what is compiled once for each instruction set.
#define HWY_DISABLED_TARGETS (HWY_SVE | HWY_SVE2 | HWY_SVE_256 | HWY_SVE2_128 | HWY_RVV)
