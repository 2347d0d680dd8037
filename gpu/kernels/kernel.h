#pragma once

#include "gpu/kernels/augment.h"
#include "gpu/kernels/heads.h"
#include "gpu/kernels/layers.h"
#include "gpu/kernels/optimizers.h"
#include "gpu/kernels/vary.h"

#include <variant>

namespace maury::gpu {

/// Every kernel that a device can be asked to run.
using Kernel = std::variant<PrepareSteps, Gather, Activate, ActivateBackward, TrainHeads, SumStats,
    ReduceBiases, MomentumUpdate, AdamwUpdate, ScoreHeads, Augment, Vary>;

} // namespace maury::gpu
