#pragma once

#include "core/base/result.h"
#include "core/mk/atlas_relation.h"
#include "core/robust/robust_trainer.h"
#include "core/train/trainer.h"
#include "core/train/training_config.h"

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace maury::classify {
struct Evaluation;
}

namespace maury::ui {

enum class Protocol { Paper, Robust };

/// A library that a robust run learns from.
struct RunLibrary {
    std::string source = "builtin"; ///< `builtin` or a folder
    std::optional<double> fwhmAngstrom; ///< nothing: as the name tells, else 1.8 Å
    bool operator==(const RunLibrary&) const = default;
};

/// What a run of the robust protocol needs.
struct RobustRequest {
    std::vector<RunLibrary> libraries { RunLibrary {} };
    /// Stars of known type to be tested with while it learns: a table with columns `file` and
    /// `type` beside the spectra. Empty = variations that it does not train on.
    std::string testLabels;
    robust::RobustConfig config;
    int calibrationFolds = 5; ///< 0 = uncertainties are the networks' own
    std::string backend = "auto";
    train::Precision precision = train::Precision::Tf32; ///< on cuda; the others compute in fp32
};

/// Where a run comes from that goes on from an epoch of another one.
struct RunBranch {
    std::filesystem::path from; ///< checkpoint of the other run
    int epoch = 0; ///< 0-based, a kept one
    train::LiveSettings live; ///< from there on
};

/// Everything that decides a run of the window: the same request gives the same numbers again.
struct RunRequest {
    Protocol protocol = Protocol::Paper;
    RobustRequest robust; ///< for the robust protocol, as all the rest but the last two is not
    std::string trainAtlas = "builtin"; ///< `builtin` or a folder
    std::string testAtlas; ///< the same; empty = other variations of the training standards
    train::TrainingConfig config;
    bool resume = false; ///< go on from config.checkpoint
    std::optional<RunBranch> branch; ///< config.checkpoint is made from it first; with resume
    bool startPaused = false; ///< wait for a single batch or resume before the first step

    [[nodiscard]] const std::string& testSource() const
    {
        return testAtlas.empty() ? trainAtlas : testAtlas;
    }
};

/// Of the protocol that is asked for. Errors: OptionInvalid.
[[nodiscard]] base::Result<void> validate(const RunRequest& request);
/// Where the run keeps its checkpoint; empty: nowhere.
[[nodiscard]] const std::filesystem::path& checkpointOf(const RunRequest& request);
void setCheckpoint(RunRequest& request, const std::filesystem::path& file);

/// A run that begins as `run` began, with the same data, first weights and order of the samples,
/// and goes on with the rates, head weights, optimiser, schedule, batch size, epochs and backend of
/// `wanted` (and its augmentation, if every epoch is augmented anew). With the same settings in
/// both it is the same run again.
[[nodiscard]] RunRequest rewound(const RunRequest& run, const RunRequest& wanted);

/// Opens `builtin` or a folder; must be callable from any thread.
using AtlasLoader = std::function<base::Result<mk::AtlasPtr>(const std::string&)>;

/// The same for a library of the robust protocol.
using LibraryLoader = std::function<base::Result<robust::Library>(const RunLibrary&)>;

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
    /// Of stars of known type, typed from their files by the model of the window: what `evaluate
    /// --labels` reports. Null for the test set of a run.
    std::shared_ptr<const classify::Evaluation> stars;
    std::string model; ///< that typed the stars, for people
    std::map<std::string, std::filesystem::path> files; ///< of the stars by their names
};
using EvaluationPtr = std::shared_ptr<const Evaluation>;

/// What a run leaves behind.
struct RunResult {
    RunRequest request;
    train::TrainingReport report; ///< of a robust run: without its models
    std::shared_ptr<const robust::RobustModel> robust; ///< of a robust run
    mk::AtlasPtr atlas; ///< the training atlas; of a robust run the first library
    EvaluationPtr evaluation; ///< of report.best on the test set
    /// Why the run came to a bad end: the report is then that of its last checkpoint.
    std::optional<base::Error> failure;
};
using RunResultPtr = std::shared_ptr<const RunResult>;

} // namespace maury::ui
