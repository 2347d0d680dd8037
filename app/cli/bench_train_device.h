#pragma once

#include "app/cli/bench_samples.h"
#include "app/cli/verb.h"
#include "core/train/backend.h"

namespace maury::cli {

struct DeviceBench {
    train::Backend& backend; ///< with the network loaded
    const nn::NetworkSpec& spec;
    const BenchSamples& samples;
    const train::TrainingConfig& config;
    train::Precision precision;
};

/// Times steps on a device that keeps the samples, many together, as a run takes them; beside it
/// the device's fastest product and copy. Returns the exit status.
[[nodiscard]] int benchTrainOnDevice(const DeviceBench& bench, const CommonOptions& common);

} // namespace maury::cli
