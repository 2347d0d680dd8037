#pragma once

#include "core/robust/part_prober.h"
#include "core/robust/robust_checkpoint.h"
#include "core/robust/robust_trainer.h"
#include "core/robust/training_part.h"
#include "core/robust/variation_backend.h"
#include "core/train/epoch_sums.h"
#include "core/train/run_probe.h"

#include <chrono>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace maury::robust {

/// One run of RobustTrainer over all members, from its first step to its report.
class RobustRun {
public:
    /// All that is passed by reference outlives the run.
    RobustRun(const RobustConfig& config, std::vector<TrainingPart> parts, train::Backend& backend,
        RobustControl& control, const train::TrainingObserver& observer, const TestObserver& tested,
        std::stop_token stop);

    /// Makes what no step changes. Errors: those of preparePart().
    base::Result<void> prepare(const RobustData& data);
    base::Result<RobustReport> start();
    /// Errors: ModelMismatch (the checkpoint is of other standards or test stars).
    base::Result<RobustReport> resume(RobustCheckpoint checkpoint);

private:
    /// Where a member is taken up again.
    struct Resumed {
        train::StoredNetwork network;
        train::OptimizerState optimizer;
    };
    struct Sums {
        train::TrainSummary of;
        std::int64_t steps = 0;
    };

    [[nodiscard]] TrainingPart& partOf(Range range);
    [[nodiscard]] int epochsDone() const { return static_cast<int>(m_report.history.size()); }
    [[nodiscard]] double secondsDone() const;
    base::Result<RobustReport> train(const Resumed& resumed);
    [[nodiscard]] train::OptimizerSettings optimizer() const;
    /// False when the run was stopped in the middle.
    base::Result<bool> trainMember(const EpochPlace& from, const Resumed* resumed);
    base::Result<bool> runEpoch(const EpochPlace& place, VariationMaker& maker);
    base::Result<void> takeLiveSettings(int stepOfEpoch, VariationMaker& maker);
    /// Asks the backend whether it makes the maker's variations by itself.
    base::Result<void> letBackendVary(const VariationMaker& maker);
    /// A step on variations that are made here.
    base::Result<void> runStep(
        const EpochPlace& place, int step, const InputBatch& made, Sums& sums);
    /// Steps from `first` to before `end` on variations that the backend makes; `codes` holds at
    /// most the rows that are scored.
    base::Result<void> runVariedSteps(const EpochPlace& place, int first, int end,
        const VariationMaker& maker, InputBatch& codes, Sums& sums);
    [[nodiscard]] train::StepSettings stepSettings(int step) const;
    /// Tells of a step. Errors: TrainingDiverged.
    base::Result<void> stepDone(const EpochPlace& place, int step, const train::StepStats& stats,
        const std::optional<train::HeadProbabilities>& scored, const InputBatch& made, Sums& sums);
    void tell(int step, const Accuracies& right, Sums& sums);
    [[nodiscard]] base::Unexpected diverged(const std::string& found) const;
    base::Result<bool> finishEpoch(const Sums& sums, double samplesPerSecond, bool endsMember);
    /// Null when the backend has failed.
    [[nodiscard]] train::ProbedNetworkPtr look();
    base::Result<void> test(train::EpochDone& done);
    /// A checkpoint that cannot be written is told, and the run goes on: the one before still
    /// stands.
    base::Result<void> saveCheckpoint(const nn::Parameters& parameters);
    base::Result<RobustReport> finish();

    const RobustConfig& m_config;
    train::Backend& m_backend;
    RobustControl& m_control;
    const train::TrainingObserver& m_observer;
    const TestObserver& m_tested;
    train::PauseGate m_gate;
    train::RunProbe m_probe;
    std::optional<PartProber> m_prober; ///< of the member that is being trained
    BatchMaker m_maker;
    VariationBackend* m_varies = nullptr; ///< the backend, when it makes the variations
    std::vector<TrainingPart> m_parts; ///< blue, and wide if there is one
    TrainingPart* m_part = nullptr; ///< whose members are being trained
    RobustLive m_live;
    std::string m_identity;
    std::uint64_t m_dropoutSeed = 0;
    std::chrono::steady_clock::time_point m_started;
    double m_secondsBefore = 0.0; ///< of the run that is resumed
    RobustReport m_report;
    train::StepTimes m_stepTimes; ///< of the network's part
    train::StepTimes m_makeTimes; ///< of making the variations
};

} // namespace maury::robust
