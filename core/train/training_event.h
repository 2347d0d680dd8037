#pragma once

#include "core/train/metrics.h"
#include "core/train/probed_network.h"
#include "core/train/step_trace.h"
#include "core/train/training_config.h"

#include <cstdint>
#include <filesystem>
#include <string>
#include <variant>

namespace maury::train {

struct RunStarted {
    std::string backend; ///< name and device
    int firstEpoch = 0; ///< > 0 when resumed
    int epochs = 0;
    std::int64_t stepsPerEpoch = 0;
    std::int64_t trainSamples = 0;
    std::int64_t testSamples = 0;
    std::vector<std::string> classes;
    int pixels = 0; ///< of a spectrum
};

/// After a batch; the loss of the batch before its update.
struct StepDone {
    int epoch = 0; ///< 0-based
    std::int64_t step = 0; ///< within the epoch, 0-based
    double loss = 0.0;
    double lossSc = 0.0;
    double lossLc = 0.0;
    double accuracySc = 0.0;
    double accuracyLc = 0.0;
    double learningRate = 0.0;
};

/// Running means over one epoch's batches (each batch before its update).
struct TrainSummary {
    double loss = 0.0;
    double lossSc = 0.0;
    double lossLc = 0.0;
    double accuracySc = 0.0;
    double accuracyLc = 0.0;
};

struct EpochDone {
    int epoch = 0; ///< 0-based
    TrainSummary train;
    Metrics test; ///< samples == 0 when the run has no test set
    double learningRate = 0.0;
    double seconds = 0.0; ///< since the run started (without pauses)
    double samplesPerSecond = 0.0; ///< training samples of this epoch
    bool best = false; ///< TrainingReport::bestEpoch so far
};

/// A live setting took effect: named as on the command line ("lr", "weights-sc", "doppler-sigma",
/// …).
struct SettingChanged {
    std::string setting;
    double before = 0.0;
    double after = 0.0;
    int epoch = 0;
    std::int64_t step = 0;
};

struct PauseChanged {
    bool paused = false;
};

/// Something the user should know; the run goes on (a checkpoint that could not be written, say).
struct Notice {
    base::Error error;
};

struct CheckpointWritten {
    std::filesystem::path file;
    int epoch = 0;
};

/// The inside of the network, after an epoch or in a pause: only while TrainingControl::watched().
struct NetworkProbed {
    ProbedNetworkPtr network;
};

/// A batch that was let through in a pause, number by number.
struct StepTraced {
    StepTracePtr trace;
};

using TrainingEvent = std::variant<RunStarted, StepDone, EpochDone, SettingChanged, PauseChanged,
    Notice, CheckpointWritten, NetworkProbed, StepTraced>;

} // namespace maury::train
