#include "core/gon/gon_run.h"

#include "core/gon/decoder_start.h"
#include "core/gon/latent_inference.h"
#include "core/gon/line_windows.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace maury::gon {
namespace {

using base::ErrorCode;
using base::Result;
using Clock = std::chrono::steady_clock;

constexpr std::size_t kMostScored = 128; ///< test spectra scored after every epoch
/// A loss that grew by this factor since the first batch does not come back.
constexpr double kHopeless = 1e5;

double secondsSince(Clock::time_point begin)
{
    return std::chrono::duration<double>(Clock::now() - begin).count();
}

double medianOf(std::vector<double> values)
{
    const auto middle = values.begin() + std::ssize(values) / 2;
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

bool isFinite(const NetworkState& network)
{
    const auto finite = [](const std::vector<nn::DenseParameters<float>>& layers) {
        return std::all_of(layers.begin(), layers.end(), [](const auto& layer) {
            return layer.weights.allFinite() && layer.biases.allFinite();
        });
    };
    const InferenceParameters& extra = network.extra;
    return finite(network.decoder.layers) && finite(extra.encoder)
        && finite({ extra.posteriorMean, extra.posteriorLogVariance })
        && std::all_of(extra.step.begin(), extra.step.end(),
            [](float step) { return std::isfinite(step); });
}

SpectrumSet firstUsable(const SpectrumSet& set)
{
    std::vector<std::size_t> rows;
    for (std::size_t i = 0; i < set.spectra() && rows.size() < kMostScored; ++i)
        if (isUsable(set, i))
            rows.push_back(i);
    return subset(set, rows);
}

} // namespace

GonRun::GonRun(const GonConfig& config, const GonData& data, GonControl& control,
    const train::TrainingObserver& observer, std::stop_token stop)
    : m_config(config)
    , m_data(data)
    , m_control(control)
    , m_observer(observer)
    , m_stop(stop)
    , m_gate(control, observer, std::move(stop))
    , m_threads(config.threads > 0 ? config.threads : base::defaultThreadCount())
    , m_live(config.live())
{
}

NetworkSetup GonRun::setup() const
{
    return { m_config.decoder, m_config.inference, m_config.stepSize, m_config.variational,
        m_data.train.wavelengthAngstrom, static_cast<std::size_t>(m_config.batchSize), m_threads };
}

Result<void> GonRun::prepare()
{
    const auto windows = defaultWindows(m_config.windows);
    if (!windows)
        return base::Unexpected(windows.error());
    m_windowWeight
        = windowWeights(m_data.train.wavelengthAngstrom, *windows, m_config.windowWeight);
    const auto moments = momentsOf(m_config, m_data);
    if (!moments)
        return base::Unexpected(moments.error());
    m_batches = std::make_unique<TrainingBatches>(m_data, m_windowWeight, m_config.batchSize,
        m_config.decoder.latent, m_config.variational, m_config.seed, m_threads);
    m_scored = firstUsable(m_data.test);
    auto backend = createGonBackend(m_config.backend, setup());
    if (!backend)
        return base::Unexpected(backend.error());
    m_backend = *std::move(backend);
    return m_backend->load(
        setup(), initialState(m_config, m_data.train.wavelengthAngstrom, *moments));
}

Result<GonReport> GonRun::start()
{
    return train();
}

Result<void> GonRun::take(GonCheckpoint checkpoint)
{
    if (checkpoint.identity != identityOf(m_data))
        return base::failure(ErrorCode::ModelMismatch, m_config.checkpoint.string(),
            "other spectra than those of the run", checkpoint.identity);
    const auto state = m_backend->state();
    if (!state)
        return base::Unexpected(state.error());
    const NetworkState& ours = *state;
    const auto sameShape = [](const auto& a, const auto& b) {
        return a.weights.rows() == b.weights.rows() && a.weights.cols() == b.weights.cols();
    };
    bool fits = checkpoint.network.moments.size() == ours.moments.size()
        && checkpoint.network.decoder.layers.size() == ours.decoder.layers.size()
        && checkpoint.network.extra.encoder.size() == ours.extra.encoder.size();
    for (std::size_t i = 0; fits && i < ours.moments.size(); ++i)
        fits = sameShape(checkpoint.network.moments[i].first, ours.moments[i].first);
    for (std::size_t i = 0; fits && i < ours.decoder.layers.size(); ++i)
        fits = sameShape(checkpoint.network.decoder.layers[i], ours.decoder.layers[i]);
    if (!fits)
        return base::failure(ErrorCode::ModelMismatch, m_config.checkpoint.string(),
            "a network of another shape", "the shape of the run");
    if (const auto restored = m_backend->restore(checkpoint.network); !restored)
        return restored;
    m_live = checkpoint.live;
    m_report.history = std::move(checkpoint.history);
    m_report.changes = std::move(checkpoint.changes);
    m_secondsBefore = m_report.history.back().seconds;
    m_report.loss = m_report.history.back().train.loss;
    m_firstLoss = m_report.history.front().train.loss;
    return {};
}

Result<GonReport> GonRun::resume(GonCheckpoint checkpoint)
{
    if (const auto taken = take(std::move(checkpoint)); !taken)
        return base::Unexpected(taken.error());
    return train();
}

Result<GonReport> GonRun::reportOf(GonCheckpoint checkpoint)
{
    if (const auto taken = take(std::move(checkpoint)); !taken)
        return base::Unexpected(taken.error());
    m_started = Clock::now();
    m_report.stopped = true;
    return finish();
}

double GonRun::secondsDone() const
{
    return m_secondsBefore + secondsSince(m_started) - m_gate.pausedSeconds();
}

Result<GonReport> GonRun::train()
{
    m_control.setLive(m_live);
    m_observer(train::RunStarted { m_backend->name(), epochsDone(), epochsOf(m_config), kStepsPerEpoch,
        std::int64_t { kStepsPerEpoch } * m_config.batchSize,
        static_cast<std::int64_t>(m_scored.spectra()), {},
        static_cast<int>(m_data.train.pixels()) });
    m_started = Clock::now();
    while (epochsDone() < epochsOf(m_config)) {
        const auto done = runEpoch();
        if (!done)
            return base::Unexpected(done.error());
        if (!*done) {
            m_report.stopped = true;
            break;
        }
    }
    return finish();
}

Result<bool> GonRun::runEpoch()
{
    const int first = epochsDone() * kStepsPerEpoch;
    const int last = std::min(m_config.steps, first + kStepsPerEpoch);
    m_sums = {};
    const double before = secondsDone();
    for (int step = first; step < last; ++step) {
        if (!m_gate.pass())
            return false;
        takeLiveSettings(step - first);
        if (const auto done = runStep(step); !done)
            return base::Unexpected(done.error());
    }
    if (const auto done = finishEpoch(last - first, secondsDone() - before); !done)
        return base::Unexpected(done.error());
    return true;
}

void GonRun::takeLiveSettings(int stepOfEpoch)
{
    const GonLive now = m_control.live();
    if (now == m_live)
        return;
    for (const train::LiveChange& change : liveChanges(m_live, now)) {
        m_report.changes.push_back(
            { change.setting, change.before, change.after, epochsDone(), stepOfEpoch });
        m_observer(m_report.changes.back());
    }
    m_live = now;
}

Result<void> GonRun::runStep(int step)
{
    m_step = step;
    m_batches->make(step, m_live.hiddenShare, m_batch);
    GonConfig now = m_config;
    now.setLive(m_live);
    const double rate = rateOf(now, step);
    const Clock::time_point begin = Clock::now();
    const auto outcome = m_backend->trainStep(
        m_batch, { rate, m_config.momentum, m_config.beta2, m_config.clip });
    if (!outcome)
        return base::Unexpected(outcome.error());
    const BatchLoss& loss = outcome->loss;
    if (!std::isfinite(loss.loss) || (m_firstLoss > 0.0 && loss.loss > kHopeless * m_firstLoss))
        return diverged(fmt::format("loss {:g}", loss.loss));
    if (!std::isfinite(outcome->gradientNorm))
        return diverged("a gradient that is not finite");
    m_stepTimes.add(secondsSince(begin), 1);
    if (m_firstLoss == 0.0)
        m_firstLoss = std::max(loss.loss, 1.0);
    m_report.loss = loss.loss;
    m_sums.loss += loss.loss;
    m_sums.lossSc += loss.chi2PerPixel;
    m_sums.lossLc += loss.priorPerPixel;
    m_observer(train::StepDone { epochsDone(), step % kStepsPerEpoch, loss.loss,
        loss.chi2PerPixel, loss.priorPerPixel, 0.0, 0.0, rate });
    return {};
}

base::Unexpected GonRun::diverged(const std::string& found) const
{
    const bool saved = !m_config.checkpoint.empty() && !m_report.history.empty();
    return base::failure(ErrorCode::TrainingDiverged, fmt::format("step {}", m_step + 1), found,
        saved ? "finite numbers; the last good weights are in " + m_config.checkpoint.string()
              : "finite numbers; try a smaller learning rate");
}

Result<void> GonRun::finishEpoch(int steps, double seconds)
{
    train::EpochDone done;
    done.epoch = epochsDone();
    const auto count = static_cast<double>(steps);
    done.train.loss = m_sums.loss / count;
    done.train.lossSc = m_sums.lossSc / count;
    done.train.lossLc = m_sums.lossLc / count;
    GonConfig now = m_config;
    now.setLive(m_live);
    done.learningRate = rateOf(now, m_step);
    done.samplesPerSecond = count * m_config.batchSize / std::max(seconds, 1e-9);
    auto network = m_backend->state();
    if (!network)
        return base::Unexpected(network.error());
    if (!isFinite(*network))
        return diverged("weights that are not finite");
    scoreTest(*network, done);
    done.best = epochsDone() + 1 == epochsOf(m_config);
    done.seconds = secondsDone();
    m_report.history.push_back(done);
    m_observer(std::move(done));
    saveCheckpoint(*std::move(network));
    return {};
}

void GonRun::scoreTest(const NetworkState& network, train::EpochDone& done)
{
    if (m_scored.spectra() == 0)
        return;
    const LatentInference inference(
        std::make_shared<const GonModel>(modelOf(network)), m_threads);
    const auto encoding = inference.encode(m_scored, {}, m_stop);
    if (!encoding)
        return;
    std::vector<double> chi2;
    double mean = 0.0;
    for (std::size_t i = 0; i < m_scored.spectra(); ++i) {
        chi2.push_back(encoding->chi2PerDof(i));
        mean += chi2.back() / static_cast<double>(m_scored.spectra());
    }
    done.test.samples = static_cast<std::int64_t>(chi2.size());
    done.test.sc.loss = mean;
    done.test.loss = medianOf(std::move(chi2));
}

/// A checkpoint that cannot be written is told, and the run goes on: the one before still stands.
void GonRun::saveCheckpoint(NetworkState network)
{
    if (m_config.checkpoint.empty())
        return;
    const GonCheckpoint checkpoint { m_config, m_live, identityOf(m_data), std::move(network),
        m_report.history, m_report.changes };
    if (const auto written = writeCheckpoint(checkpoint, m_config.checkpoint); !written)
        m_observer(train::Notice { written.error() });
    else
        m_observer(train::CheckpointWritten { m_config.checkpoint, epochsDone() - 1 });
}

GonModel GonRun::modelOf(NetworkState network) const
{
    GonModel model;
    model.decoder = m_config.decoder;
    model.inference = m_config.inference;
    model.stepSize = m_config.stepSize;
    model.wavelengthAngstrom = m_data.train.wavelengthAngstrom;
    model.windowWeight = m_windowWeight;
    model.parameters = std::move(network.decoder);
    model.extra = std::move(network.extra);
    const auto latent = static_cast<Eigen::Index>(m_config.decoder.latent);
    model.prior
        = { Eigen::VectorXd::Zero(latent), Eigen::MatrixXd::Identity(latent, latent) };
    model.settings = configToJson(m_config);
    model.programVersion = MAURY_VERSION;
    model.data = fmt::format("{}: {} spectra, {} steps of {}, seed {}{}", m_data.train.source,
        m_data.train.spectra(), m_config.steps, m_config.batchSize, m_config.seed,
        m_report.stopped ? fmt::format(", stopped after {}", m_step + 1) : std::string());
    return model;
}

Result<GonReport> GonRun::finish()
{
    m_report.seconds = secondsDone();
    m_report.backend = m_backend->name();
    m_report.stepMilliseconds = m_stepTimes.medianMilliseconds();
    m_report.spectraPerSecond = m_report.stepMilliseconds > 0.0
        ? 1e3 * m_config.batchSize / m_report.stepMilliseconds
        : 0.0;
    auto network = m_backend->state();
    if (!network)
        return base::Unexpected(network.error());
    auto model = completed(modelOf(*std::move(network)), m_config, m_data, {});
    if (!model)
        return base::Unexpected(model.error());
    m_report.model = *std::move(model);
    return std::move(m_report);
}

} // namespace maury::gon
