#include "core/train/trainer.h"

#include "core/base/random.h"
#include "core/train/checkpoint.h"
#include "core/train/epoch_order.h"
#include "core/train/epoch_sums.h"
#include "core/train/fresh_set.h"
#include "core/train/kept_epochs.h"
#include "core/train/live_changes.h"
#include "core/train/run_checks.h"
#include "core/train/run_probe.h"
#include "core/train/training_data.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <limits>

namespace maury::train {
namespace {

using base::ErrorCode;
using base::Result;
using Clock = std::chrono::steady_clock;

constexpr std::size_t kFitStride = 10; ///< of the training samples that tell the best epoch

double secondsBetween(Clock::time_point begin, Clock::time_point end)
{
    return std::chrono::duration<double>(end - begin).count();
}

/// One run from its first step to its report.
class Run {
public:
    Run(const TrainingConfig& config, TrainingData data, Backend& backend, TrainingControl& control,
        const TrainingObserver& observer, std::stop_token stop)
        : m_config(config)
        , m_data(std::move(data))
        , m_backend(backend)
        , m_control(control)
        , m_observer(observer)
        , m_stop(std::move(stop))
        , m_gate(control, observer, m_stop)
        , m_probe(control, observer)
    {
    }

    /// The sets may be gone before the backend.
    ~Run() { (void)m_backend.keep({}); }
    Run(const Run&) = delete;
    Run& operator=(const Run&) = delete;

    Result<TrainingReport> start()
    {
        m_control.setLive(m_config.live);
        m_live = m_config.live;
        m_model = untrainedModel(m_config, *m_data.train);
        const auto parameters = initialParameters(m_model.spec, m_config);
        m_best = parameters;
        if (const auto loaded = load(parameters); !loaded)
            return base::Unexpected(loaded.error());
        if (!m_config.checkpoint.empty())
            if (const auto forgotten = forgetKeptEpochs(m_config.checkpoint); !forgotten)
                m_observer(Notice { forgotten.error() });
        return train(0);
    }

    Result<TrainingReport> resume(Checkpoint checkpoint)
    {
        if (const auto same = checkSameRun(m_config, checkpoint); !same)
            return base::Unexpected(same.error());
        if (const auto same = checkSameData(m_config, m_data, checkpoint); !same)
            return base::Unexpected(same.error());
        m_live = checkpoint.config.live;
        m_control.setLive(m_live);
        m_model = untrainedModel(m_config, *m_data.train);
        if (const auto loaded = load(checkpoint.model.parameters); !loaded)
            return base::Unexpected(loaded.error());
        if (const auto restored = m_backend.restoreOptimizer(checkpoint.optimizer); !restored)
            return base::Unexpected(restored.error());
        m_best = std::move(checkpoint.best);
        m_report.bestEpoch = checkpoint.bestEpoch;
        m_bestLoss = checkpoint.bestLoss;
        m_report.history = std::move(checkpoint.history);
        m_report.changes = std::move(checkpoint.changes);
        if (!m_report.history.empty())
            m_secondsBefore = m_report.history.back().seconds;
        return train(static_cast<int>(m_report.history.size()));
    }

private:
    Result<void> load(const nn::Parameters& parameters)
    {
        if (const auto valid = nn::validate(m_model.spec); !valid)
            return valid;
        return m_backend.load(m_model.spec, parameters, optimizer());
    }

    [[nodiscard]] OptimizerSettings optimizer() const
    {
        return { m_config.optimizer, m_config.momentum, m_config.beta2, m_config.weightDecay };
    }

    Result<TrainingReport> train(int firstEpoch)
    {
        const auto samples = static_cast<std::int64_t>(m_data.train->size());
        m_stepsPerEpoch = (samples + m_config.batchSize - 1) / m_config.batchSize;
        m_identityTrain = identityOf(*m_data.train);
        m_identityTest = m_data.test == nullptr ? "" : identityOf(*m_data.test);
        m_observer(RunStarted { m_backend.name(), firstEpoch, m_config.epochs, m_stepsPerEpoch,
            samples, m_data.test == nullptr ? 0 : std::ssize(m_data.test->sc), m_model.scheme.names,
            m_model.spec.inputs });
        m_started = Clock::now();
        if (const auto kept = keepSets(m_backend, m_data); !kept)
            return base::Unexpected(kept.error());
        for (int epoch = firstEpoch; epoch < m_config.epochs; ++epoch) {
            const auto finished = runEpoch(epoch);
            if (!finished)
                return base::Unexpected(finished.error());
            if (!*finished) {
                m_report.stopped = true;
                break;
            }
        }
        return report();
    }

    [[nodiscard]] static Batch batchOf(
        const dataset::SampleSet& set, std::span<const std::uint32_t> rows)
    {
        return { set.flux.data(), rows, set.sc, set.lc };
    }

    /// False when the run was stopped in the middle.
    Result<bool> runEpoch(int epoch)
    {
        if (const auto refreshed = refresh(epoch); !refreshed) {
            if (refreshed.error().code == ErrorCode::Cancelled)
                return false;
            return base::Unexpected(refreshed.error());
        }
        const auto rows = shuffledRows(m_data.train->size(), m_config.seed, epoch);
        EpochSums sums;
        const Clock::time_point begin = Clock::now();
        const double pausedBefore = m_gate.pausedSeconds();
        const auto batch = static_cast<std::size_t>(m_config.batchSize);
        for (std::size_t first = 0; first < rows.size();) {
            if (!permitted())
                return false;
            // A paused run takes its steps one by one.
            const bool single = m_control.paused();
            const std::size_t together = single ? 1 : m_backend.stepsTogether();
            const std::size_t count = std::min(together * batch, rows.size() - first);
            const auto step = static_cast<std::int64_t>(first / batch);
            const auto taken = std::span(rows).subspan(first, count);
            const auto done = single ? runSingleStep(epoch, step, taken, sums)
                                     : runSteps(epoch, step, taken, sums);
            if (!done)
                return base::Unexpected(done.error());
            first += count;
        }
        const double seconds
            = secondsBetween(begin, Clock::now()) - (m_gate.pausedSeconds() - pausedBefore);
        return finishEpoch(epoch, sums, seconds);
    }

    /// Waits while paused. False to stop.
    bool permitted()
    {
        return m_gate.pass([this] {
            m_probe.inPause([this] {
                // A backend that has failed says so at the next step.
                const auto parameters = m_backend.parameters();
                return parameters ? look(*parameters) : nullptr;
            });
        });
    }

    ProbedNetworkPtr look(const nn::Parameters& parameters)
    {
        if (!m_prober)
            m_prober.emplace(m_model, m_data.train.get(), m_config);
        return m_prober->probe(parameters, epochsDone(), m_live.weightSc, m_live.weightLc);
    }

    /// A step that somebody has asked for by hand is told number by number.
    Result<void> runSingleStep(
        int epoch, std::int64_t step, std::span<const std::uint32_t> rows, EpochSums& sums)
    {
        auto before = m_backend.parameters();
        if (!before)
            return failed(before.error());
        if (auto done = runSteps(epoch, step, rows, sums); !done)
            return done;
        auto after = m_backend.parameters();
        if (!after)
            return failed(after.error());
        const StepSettings settings { scheduledRate(m_config, m_live.learningRate, epoch),
            m_live.weightSc, m_live.weightLc };
        const StepFrame frame { epoch, step, m_model.spec, m_model.scheme.names,
            m_model.grid.wavelengths(), optimizer(), settings };
        m_observer(StepTraced { traceStep(
            frame, batchOf(*m_data.train, rows), *std::move(before), *std::move(after)) });
        return {};
    }

    Result<void> runSteps(
        int epoch, std::int64_t first, std::span<const std::uint32_t> rows, EpochSums& sums)
    {
        takeLiveSettings(epoch, first);
        const double rate = scheduledRate(m_config, m_live.learningRate, epoch);
        const Clock::time_point begin = Clock::now();
        const auto steps = m_backend.trainSteps(batchOf(*m_data.train, rows),
            static_cast<std::size_t>(m_config.batchSize),
            { rate, m_live.weightSc, m_live.weightLc });
        if (!steps)
            return failed(steps.error());
        m_stepTimes.add(secondsBetween(begin, Clock::now()), steps->size());
        for (std::int64_t step = first; const StepStats& stats : *steps) {
            const double loss = weighted(stats.lossSc, stats.lossLc);
            if (!std::isfinite(loss))
                return diverged(epoch, step,
                    std::isnan(loss) ? "a loss that is no number" : "an infinite loss");
            sums.add(stats, loss);
            const auto count = static_cast<double>(stats.samples);
            m_observer(StepDone { epoch, step, loss, stats.lossSc, stats.lossLc,
                static_cast<double>(stats.hitsSc) / count,
                static_cast<double>(stats.hitsLc) / count, rate });
            ++step;
        }
        return {};
    }

    /// A device may be lost in mid-run: says what is left.
    [[nodiscard]] base::Unexpected failed(base::Error error) const
    {
        if (hasCheckpoint())
            error.context.push_back(fmt::format("the run up to epoch {} is in {} and can go on "
                                                "from there on any backend",
                epochsDone(), m_config.checkpoint.string()));
        return base::Unexpected(std::move(error));
    }

    [[nodiscard]] bool hasCheckpoint() const
    {
        return !m_config.checkpoint.empty() && !m_report.history.empty();
    }

    [[nodiscard]] double weighted(double sc, double lc) const
    {
        return (m_live.weightSc * sc + m_live.weightLc * lc) / (m_live.weightSc + m_live.weightLc);
    }

    [[nodiscard]] base::Unexpected diverged(
        int epoch, std::int64_t step, const std::string& found) const
    {
        return base::failure(ErrorCode::TrainingDiverged,
            fmt::format("epoch {}, batch {}", epoch + 1, step + 1), found,
            hasCheckpoint()
                ? "finite numbers; the last good weights are in " + m_config.checkpoint.string()
                : "finite numbers; try a smaller learning rate");
    }

    void takeLiveSettings(int epoch, std::int64_t step)
    {
        const LiveSettings now = m_control.live();
        if (now == m_live)
            return;
        for (const LiveChange& change : liveChanges(m_live, now)) {
            m_report.changes.push_back(
                { change.setting, change.before, change.after, epoch, step });
            m_observer(m_report.changes.back());
        }
        m_live = now;
    }

    /// Fresh-every-epoch runs: new variations of the training spectra.
    Result<void> refresh(int epoch)
    {
        if (!m_config.freshEveryEpoch || epoch == 0)
            return {};
        takeLiveSettings(epoch, 0);
        return m_fresh.remake(m_data, m_config, m_live.augmentation, epoch, m_backend, m_stop);
    }

    Result<bool> finishEpoch(int epoch, const EpochSums& sums, double seconds)
    {
        EpochDone done;
        done.epoch = epoch;
        done.train = sums.mean();
        done.learningRate = scheduledRate(m_config, m_live.learningRate, epoch);
        done.samplesPerSecond = static_cast<double>(sums.samples) / seconds;
        m_model.epoch = epoch + 1;
        auto parameters = m_backend.parameters();
        if (!parameters)
            return failed(parameters.error());
        m_model.parameters = *std::move(parameters);
        // The losses are those before each update: the last update shows in its weights alone.
        if (!nn::allFinite(m_model.parameters))
            return diverged(epoch, m_stepsPerEpoch - 1, "weights that are not finite");
        if (m_data.test != nullptr && m_data.test->size() > 0) {
            auto test
                = evaluateSet(m_backend, m_model, *m_data.test, m_live.weightSc, m_live.weightLc);
            if (!test)
                return failed(test.error());
            done.test = std::move(*test);
        }
        const auto fit = lossOf(
            m_backend, m_model, *m_data.train, kFitStride, m_live.weightSc, m_live.weightLc);
        if (!fit)
            return failed(fit.error());
        done.best = *fit < m_bestLoss;
        if (done.best) {
            m_bestLoss = *fit;
            m_best = m_model.parameters;
            m_report.bestEpoch = epoch;
        }
        done.seconds
            = m_secondsBefore + secondsBetween(m_started, Clock::now()) - m_gate.pausedSeconds();
        m_report.history.push_back(done);
        m_observer(std::move(done));
        m_probe.afterEpoch([this] { return look(m_model.parameters); });
        if (const auto saved = saveCheckpoint(epoch, *fit); !saved)
            return failed(saved.error());
        return true;
    }

    /// A checkpoint that cannot be written is told, and the run goes on: the one before still
    /// stands.
    Result<void> saveCheckpoint(int epoch, double fitLoss)
    {
        if (m_config.checkpoint.empty())
            return {};
        auto optimizer = m_backend.optimizerState();
        if (!optimizer)
            return base::Unexpected(optimizer.error());
        Checkpoint checkpoint { m_config, m_model, *std::move(optimizer), m_best,
            m_report.bestEpoch, m_bestLoss, m_identityTrain, m_identityTest, m_report.history,
            m_report.changes };
        checkpoint.config.live = m_live;
        auto written = writeCheckpoint(checkpoint, m_config.checkpoint);
        if (written && m_report.bestEpoch == epoch)
            written = writeModel(m_model, bestModelFile(m_config.checkpoint));
        if (written)
            written = keepEpoch(checkpoint, fitLoss);
        if (written)
            m_observer(CheckpointWritten { m_config.checkpoint, epoch });
        else
            m_observer(Notice { written.error() });
        return {};
    }

    [[nodiscard]] int epochsDone() const { return static_cast<int>(m_report.history.size()); }

    Result<TrainingReport> report()
    {
        auto parameters = m_backend.parameters();
        if (!parameters)
            return failed(parameters.error());
        m_model.parameters = *std::move(parameters);
        m_report.best = m_model;
        if (!m_report.history.empty()) {
            m_report.best.parameters = m_best;
            m_report.best.epoch = m_report.bestEpoch + 1;
        }
        m_report.model = std::move(m_model);
        m_report.seconds
            = m_secondsBefore + secondsBetween(m_started, Clock::now()) - m_gate.pausedSeconds();
        m_report.stepMilliseconds = m_stepTimes.medianMilliseconds();
        if (!m_report.history.empty())
            m_report.samplesPerSecond = m_report.history.back().samplesPerSecond;
        return std::move(m_report);
    }

    const TrainingConfig& m_config;
    TrainingData m_data;
    Backend& m_backend;
    TrainingControl& m_control;
    const TrainingObserver& m_observer;
    std::stop_token m_stop;
    PauseGate m_gate;
    RunProbe m_probe;
    std::optional<NetworkProber> m_prober; ///< once somebody has looked

    FreshSet m_fresh;
    LiveSettings m_live;
    Model m_model;
    nn::Parameters m_best;
    double m_bestLoss = std::numeric_limits<double>::infinity();
    std::string m_identityTrain;
    std::string m_identityTest;
    std::int64_t m_stepsPerEpoch = 0;
    Clock::time_point m_started;
    double m_secondsBefore = 0.0; ///< of the run that is resumed
    StepTimes m_stepTimes;
    TrainingReport m_report;
};

} // namespace

Result<TrainingReport> Trainer::run(const TrainingConfig& config, TrainingData data,
    Backend& backend, TrainingControl& control, const TrainingObserver& observer,
    std::stop_token stop)
{
    EXPECTS(validate(config));
    if (const auto fits = checkData(config, data); !fits)
        return base::Unexpected(fits.error());
    return Run(config, std::move(data), backend, control, observer, std::move(stop)).start();
}

Result<TrainingReport> Trainer::resume(const TrainingConfig& config, TrainingData data,
    Backend& backend, TrainingControl& control, const TrainingObserver& observer,
    std::stop_token stop)
{
    EXPECTS(validate(config));
    auto checkpoint = readCheckpoint(config.checkpoint);
    if (!checkpoint)
        return base::Unexpected(checkpoint.error());
    if (const auto fits = checkData(config, data); !fits)
        return base::Unexpected(fits.error());
    return Run(config, std::move(data), backend, control, observer, std::move(stop))
        .resume(std::move(*checkpoint));
}

} // namespace maury::train
