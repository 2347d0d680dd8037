#include "core/train/trainer.h"

#include "core/base/random.h"
#include "core/train/checkpoint.h"
#include "core/train/config_json.h"
#include "core/train/epoch_order.h"
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
        , m_probe(control, config, observer)
    {
    }

    Result<TrainingReport> start()
    {
        m_control.setLive(m_config.live);
        m_live = m_config.live;
        describeModel();
        const auto parameters = initialParameters(m_model.spec, m_config);
        m_best = parameters;
        if (const auto loaded = load(parameters); !loaded)
            return base::Unexpected(loaded.error());
        return train(0);
    }

    Result<TrainingReport> resume(Checkpoint checkpoint)
    {
        if (const auto same = checkSameRun(m_config, checkpoint); !same)
            return base::Unexpected(same.error());
        const std::string testIdentity = m_data.test == nullptr ? "" : identityOf(*m_data.test);
        if (checkpoint.trainIdentity != identityOf(*m_data.train)
            || checkpoint.testIdentity != testIdentity)
            return base::failure(ErrorCode::ModelMismatch, m_config.checkpoint.string(),
                "other training or test spectra than " + m_data.train->description,
                checkpoint.model.atlas);
        m_live = checkpoint.config.live;
        m_control.setLive(m_live);
        describeModel();
        if (const auto loaded = load(checkpoint.model.parameters); !loaded)
            return base::Unexpected(loaded.error());
        m_backend.restoreOptimizer(checkpoint.optimizer);
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
    void describeModel()
    {
        const dataset::SampleSet& set = *m_data.train;
        m_model.spec = { static_cast<int>(set.grid.pixels), m_config.hidden, m_config.activation,
            static_cast<int>(set.scheme.size()), static_cast<int>(luminosityNames().size()) };
        m_model.scheme = set.scheme;
        m_model.grid = set.grid;
        m_model.atlas = set.description;
        m_model.provenance = set.provenance;
        m_model.trainSha256 = set.sha256;
        m_model.settings = configToJson(m_config);
        m_model.programVersion = MAURY_VERSION;
    }

    Result<void> load(const nn::Parameters& parameters)
    {
        if (const auto valid = nn::validate(m_model.spec); !valid)
            return valid;
        return m_backend.load(m_model.spec, parameters,
            { m_config.optimizer, m_config.momentum, m_config.beta2, m_config.weightDecay });
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
        const double pausedBefore = m_paused;
        for (std::int64_t step = 0; step < m_stepsPerEpoch; ++step) {
            if (!permitted())
                return false;
            const auto first = static_cast<std::size_t>(step * m_config.batchSize);
            const std::span<const std::uint32_t> part = std::span(rows).subspan(first,
                std::min<std::size_t>(
                    static_cast<std::size_t>(m_config.batchSize), rows.size() - first));
            if (const auto done = runStep(epoch, step, part, sums); !done)
                return base::Unexpected(done.error());
        }
        const double seconds = secondsBetween(begin, Clock::now()) - (m_paused - pausedBefore);
        return finishEpoch(epoch, sums, seconds);
    }

    /// Waits while paused, without counting that as training time. False to stop.
    bool permitted()
    {
        if (m_stop.stop_requested())
            return false;
        const bool paused = m_control.paused();
        if (paused != m_wasPaused) {
            m_wasPaused = paused;
            m_observer(PauseChanged { paused });
        }
        if (!paused)
            return true;
        const Clock::time_point begin = Clock::now();
        const auto look
            = [this] { m_probe.inPause(m_model, m_backend, epochsDone(), *m_data.train, m_live); };
        const bool allowed = m_control.waitForPermission(m_stop, look);
        m_paused += secondsBetween(begin, Clock::now());
        if (allowed && !m_control.paused()) {
            m_wasPaused = false;
            m_observer(PauseChanged { false });
        }
        return allowed;
    }

    struct EpochSums {
        double lossSc = 0.0;
        double lossLc = 0.0;
        double loss = 0.0;
        std::int64_t hitsSc = 0;
        std::int64_t hitsLc = 0;
        std::int64_t samples = 0;
    };

    Result<void> runStep(
        int epoch, std::int64_t step, std::span<const std::uint32_t> rows, EpochSums& sums)
    {
        takeLiveSettings(epoch, step);
        const double rate = scheduledRate(m_config, m_live.learningRate, epoch);
        const Clock::time_point begin = Clock::now();
        const auto stats = m_backend.trainStep(
            { m_data.train->flux.data(), rows, m_data.train->sc, m_data.train->lc },
            { rate, m_live.weightSc, m_live.weightLc });
        if (!stats)
            return base::Unexpected(stats.error());
        m_stepSeconds.push_back(static_cast<float>(secondsBetween(begin, Clock::now())));
        const double loss = weighted(stats->lossSc, stats->lossLc);
        if (!std::isfinite(loss))
            return diverged(
                epoch, step, std::isnan(loss) ? "a loss that is no number" : "an infinite loss");
        const auto count = static_cast<double>(stats->samples);
        sums.loss += loss * count;
        sums.lossSc += stats->lossSc * count;
        sums.lossLc += stats->lossLc * count;
        sums.hitsSc += stats->hitsSc;
        sums.hitsLc += stats->hitsLc;
        sums.samples += stats->samples;
        m_observer(StepDone { epoch, step, loss, stats->lossSc, stats->lossLc,
            static_cast<double>(stats->hitsSc) / count, static_cast<double>(stats->hitsLc) / count,
            rate });
        return {};
    }

    [[nodiscard]] double weighted(double sc, double lc) const
    {
        return (m_live.weightSc * sc + m_live.weightLc * lc) / (m_live.weightSc + m_live.weightLc);
    }

    [[nodiscard]] base::Unexpected diverged(
        int epoch, std::int64_t step, const std::string& found) const
    {
        const bool saved = !m_config.checkpoint.empty() && !m_report.history.empty();
        return base::failure(ErrorCode::TrainingDiverged,
            fmt::format("epoch {}, batch {}", epoch + 1, step + 1), found,
            saved ? "finite numbers; the last good weights are in " + m_config.checkpoint.string()
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
        if (m_own == nullptr) {
            m_own = std::make_shared<dataset::SampleSet>(*m_data.train);
            m_data.train = m_own;
        }
        dataset::BuildOptions options = trainingSetOptions(m_config);
        options.augmentation = m_live.augmentation;
        return dataset::refreshSampleSet(
            *m_own, m_data.atlases, options, static_cast<std::uint32_t>(epoch), m_stop);
    }

    Result<bool> finishEpoch(int epoch, const EpochSums& sums, double seconds)
    {
        EpochDone done;
        done.epoch = epoch;
        const auto count = static_cast<double>(sums.samples);
        done.train = { sums.loss / count, sums.lossSc / count, sums.lossLc / count,
            static_cast<double>(sums.hitsSc) / count, static_cast<double>(sums.hitsLc) / count };
        done.learningRate = scheduledRate(m_config, m_live.learningRate, epoch);
        done.samplesPerSecond = count / seconds;
        m_model.epoch = epoch + 1;
        m_model.parameters = m_backend.parameters();
        // The losses are those before each update: the last update shows in its weights alone.
        if (!nn::allFinite(m_model.parameters))
            return diverged(epoch, m_stepsPerEpoch - 1, "weights that are not finite");
        if (m_data.test != nullptr && m_data.test->size() > 0) {
            auto test
                = evaluateSet(m_backend, m_model, *m_data.test, m_live.weightSc, m_live.weightLc);
            if (!test)
                return base::Unexpected(test.error());
            done.test = std::move(*test);
        }
        const auto fit = lossOf(
            m_backend, m_model, *m_data.train, kFitStride, m_live.weightSc, m_live.weightLc);
        if (!fit)
            return base::Unexpected(fit.error());
        done.best = *fit < m_bestLoss;
        if (done.best) {
            m_bestLoss = *fit;
            m_best = m_model.parameters;
            m_report.bestEpoch = epoch;
        }
        done.seconds = m_secondsBefore + secondsBetween(m_started, Clock::now()) - m_paused;
        m_report.history.push_back(done);
        m_observer(std::move(done));
        m_probe.afterEpoch(m_model, epochsDone(), *m_data.train, m_live);
        saveCheckpoint(epoch);
        return true;
    }

    /// A checkpoint that cannot be written is told, and the run goes on: the one before still
    /// stands.
    void saveCheckpoint(int epoch)
    {
        if (m_config.checkpoint.empty())
            return;
        Checkpoint checkpoint { m_config, m_model, m_backend.optimizerState(), m_best,
            m_report.bestEpoch, m_bestLoss, m_identityTrain, m_identityTest, m_report.history,
            m_report.changes };
        checkpoint.config.live = m_live;
        auto written = writeCheckpoint(checkpoint, m_config.checkpoint);
        if (written && m_report.bestEpoch == epoch)
            written = writeModel(m_model, bestModelFile(m_config.checkpoint));
        if (written)
            written = keepEpoch(m_model, epoch, m_config);
        if (written)
            m_observer(CheckpointWritten { m_config.checkpoint, epoch });
        else
            m_observer(Notice { written.error() });
    }

    [[nodiscard]] int epochsDone() const { return static_cast<int>(m_report.history.size()); }

    TrainingReport report()
    {
        m_model.parameters = m_backend.parameters();
        m_report.best = m_model;
        if (!m_report.history.empty()) {
            m_report.best.parameters = m_best;
            m_report.best.epoch = m_report.bestEpoch + 1;
        }
        m_report.model = std::move(m_model);
        m_report.seconds = m_secondsBefore + secondsBetween(m_started, Clock::now()) - m_paused;
        if (!m_stepSeconds.empty()) {
            const auto middle = m_stepSeconds.begin() + std::ssize(m_stepSeconds) / 2;
            std::nth_element(m_stepSeconds.begin(), middle, m_stepSeconds.end());
            m_report.stepMilliseconds = 1e3 * static_cast<double>(*middle);
        }
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
    RunProbe m_probe;

    std::shared_ptr<dataset::SampleSet> m_own; ///< fresh-every-epoch runs
    LiveSettings m_live;
    Model m_model;
    nn::Parameters m_best;
    double m_bestLoss = std::numeric_limits<double>::infinity();
    std::string m_identityTrain;
    std::string m_identityTest;
    std::int64_t m_stepsPerEpoch = 0;
    Clock::time_point m_started;
    double m_secondsBefore = 0.0; ///< of the run that is resumed
    double m_paused = 0.0;
    bool m_wasPaused = false;
    std::vector<float> m_stepSeconds;
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
