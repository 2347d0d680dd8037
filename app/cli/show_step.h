#pragma once

#include "app/cli/verb.h"
#include "core/train/step_trace.h"

#include <vector>

namespace maury::cli {

/// `train --show-step`: what of the step is shown.
struct ShowStepOptions {
    bool wanted = false;
    int sample = 1; ///< of the batch, from 1
    std::vector<int> units; ///< one for each hidden layer, from 1; empty: the busiest
};

/// Adds --show-step with its choices.
void addShowStepOptions(CLI::App& verb, ShowStepOptions& options);

/// Prints all stages of a step as text or JSON; returns the exit status.
[[nodiscard]] int printStep(
    const train::StepTrace& trace, const ShowStepOptions& options, const CommonOptions& common);

} // namespace maury::cli
