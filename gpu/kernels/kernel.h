#pragma once

#include "gpu/kernels/augment.h"
#include "gpu/kernels/gon_inference.h"
#include "gpu/kernels/gon_layers.h"
#include "gpu/kernels/gon_update.h"
#include "gpu/kernels/heads.h"
#include "gpu/kernels/layers.h"
#include "gpu/kernels/optimizers.h"
#include "gpu/kernels/vary.h"

#include <variant>

namespace maury::gpu {

/// Every kernel that a device can be asked to run.
using Kernel = std::variant<PrepareSteps, Gather, Activate, ActivateBackward, TrainHeads, SumStats,
    ReduceBiases, MomentumUpdate, AdamwUpdate, ScoreHeads, Augment, Vary, GonActivate,
    GonActivateOrigin, GonMultiplySlopes, GonBackOrigin, AddBias, WeighResiduals, PairProducts,
    SolveCodes, ApplySteps, StepGradients, GatherCotangents, SpreadCotangents, FitResiduals,
    SquareGradients, PrepareUpdate, ScaledAdam>;

} // namespace maury::gpu
