#pragma once

#include "core/base/result.h"
#include "core/mk/atlas_relation.h"
#include "core/train/trainer.h"
#include "core/train/training_config.h"

#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace maury::ui {

/// Everything that decides a run of the window: the same request gives the same numbers again.
struct RunRequest {
    std::string trainAtlas = "builtin"; ///< `builtin` or a folder
    std::string testAtlas; ///< the same; empty = other variations of the training standards
    train::TrainingConfig config;
    bool resume = false; ///< go on from config.checkpoint
    bool startPaused = false; ///< wait for a single batch or resume before the first step

    [[nodiscard]] const std::string& testSource() const
    {
        return testAtlas.empty() ? trainAtlas : testAtlas;
    }
};

/// A run that begins as `run` began, with the same data, first weights and order of the samples,
/// and goes on with the rates, head weights, optimiser, schedule, batch size, epochs and backend of
/// `wanted` (and its augmentation, if every epoch is augmented anew). With the same settings in
/// both it is the same run again.
[[nodiscard]] RunRequest rewound(const RunRequest& run, const RunRequest& wanted);

/// Opens `builtin` or a folder; must be callable from any thread.
using AtlasLoader = std::function<base::Result<mk::AtlasPtr>(const std::string&)>;

/// The state of the network on the test set after one epoch: immutable, shared with the views.
struct Evaluation {
    train::Metrics metrics;
    train::Predictions predictions; ///< [test samples]; empty when the run has no test set
    dataset::SampleSetPtr test;
    int epoch = 0; ///< 0-based
    int epochs = 0; ///< of the whole run
    bool final = false; ///< of the finished model, not of a run that still goes on
    mk::AtlasRelation relation = mk::AtlasRelation::Same; ///< of test to training
    std::string trainAtlas; ///< names, for the header
    std::string testAtlas;
    std::string backend;
};
using EvaluationPtr = std::shared_ptr<const Evaluation>;

/// What a run leaves behind.
struct RunResult {
    RunRequest request;
    train::TrainingReport report;
    mk::AtlasPtr atlas; ///< the training atlas
    EvaluationPtr evaluation; ///< of report.best on the test set
    /// Why the run came to a bad end: the report is then that of its last checkpoint.
    std::optional<base::Error> failure;
};
using RunResultPtr = std::shared_ptr<const RunResult>;

} // namespace maury::ui
