#pragma once

#include "core/base/thread_team.h"

namespace maury::cli {

struct Peak {
    double gflops = 0.0; ///< all threads together
    double clock = 0.0; ///< GHz, mean over the threads
};

/// What a team can do at most, all at once: multiplications in registers only. The clock is taken in
/// turn with it, under nearly the same load: wide vectors lower it.
[[nodiscard]] Peak measurePeak(base::ThreadTeam& team);

} // namespace maury::cli
