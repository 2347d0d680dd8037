#pragma once

#include "core/gon/decoder_start.h"
#include "core/gon/gon_backend.h"
#include "core/gon/gon_checkpoint.h"
#include "core/gon/training_batches.h"
#include "core/train/epoch_sums.h"

#include <chrono>
#include <memory>

namespace maury::gon {

/// One run of GonTrainer, from its first step to its report.
class GonRun {
public:
    /// All that is passed by reference outlives the run.
    GonRun(const GonConfig& config, const GonData& data, GonControl& control,
        const train::TrainingObserver& observer, std::stop_token stop);

    /// Makes what no step changes. Errors: OptionInvalid (latent too large, windows unknown),
    /// BackendUnavailable, BackendFailed.
    base::Result<void> prepare();
    base::Result<GonReport> start();
    /// Errors: ModelMismatch (the checkpoint is of other data or another network).
    base::Result<GonReport> resume(GonCheckpoint checkpoint);
    /// The report of a checkpoint as it stands.
    base::Result<GonReport> reportOf(GonCheckpoint checkpoint);

private:
    [[nodiscard]] NetworkSetup setup() const;
    base::Result<void> take(GonCheckpoint checkpoint);
    base::Result<GonReport> train();
    /// False when the run was stopped.
    base::Result<bool> runEpoch();
    void takeLiveSettings(int stepOfEpoch);
    base::Result<void> runStep(int step);
    base::Result<void> finishEpoch(int steps, double seconds);
    void scoreTest(const NetworkState& network, train::EpochDone& done);
    void saveCheckpoint(NetworkState network);
    [[nodiscard]] base::Unexpected diverged(const std::string& found) const;
    [[nodiscard]] GonModel modelOf(NetworkState network) const;
    base::Result<GonReport> finish();
    [[nodiscard]] int epochsDone() const { return static_cast<int>(m_report.history.size()); }
    [[nodiscard]] double secondsDone() const;

    const GonConfig& m_config;
    const GonData& m_data;
    GonControl& m_control;
    const train::TrainingObserver& m_observer;
    std::stop_token m_stop;
    train::PauseGate m_gate;
    int m_threads;
    std::vector<float> m_windowWeight;
    SpectrumSet m_scored; ///< the test spectra scored after every epoch
    std::unique_ptr<TrainingBatches> m_batches;
    std::unique_ptr<GonBackend> m_backend;
    TrainingBatch m_batch;
    GonLive m_live;
    train::TrainSummary m_sums;
    double m_firstLoss = 0.0;
    int m_step = 0; ///< last one done, 0-based
    std::chrono::steady_clock::time_point m_started;
    double m_secondsBefore = 0.0;
    GonReport m_report;
    train::StepTimes m_stepTimes;
};

/// The principal components that runs begin with and the baseline is made of. Errors: OptionInvalid
/// (latent larger than the pixels or than what the spectra can give).
[[nodiscard]] base::Result<DataMoments> momentsOf(
    const GonConfig& config, const GonData& data);

/// Prior, reference codes, bands: what a model learns after its weights are there. Errors: those of
/// encoding.
[[nodiscard]] base::Result<GonModel> completed(
    GonModel model, const GonConfig& config, const GonData& data, std::stop_token stop);

} // namespace maury::gon
