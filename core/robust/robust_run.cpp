#include "core/robust/robust_run.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <numeric>
#include <optional>
#include <span>

namespace maury::robust {
namespace {

using base::ErrorCode;
using base::Result;
using Clock = std::chrono::steady_clock;

// Random streams of a member; its weights' is weightsSeed().
constexpr std::uint64_t kVariationStream = 2;
constexpr std::uint64_t kDropoutStream = 3;

constexpr Eigen::Index kScoredRows = 64; ///< of a batch, whose accuracies stand for the batch's

double secondsSince(Clock::time_point begin)
{
    return std::chrono::duration<double>(Clock::now() - begin).count();
}

} // namespace

RobustRun::RobustRun(const RobustConfig& config, std::vector<TrainingPart> parts,
    train::Backend& backend, RobustControl& control, const train::TrainingObserver& observer,
    const TestObserver& tested, std::stop_token stop)
    : m_config(config)
    , m_backend(backend)
    , m_control(control)
    , m_observer(observer)
    , m_tested(tested)
    , m_gate(control, observer, std::move(stop))
    , m_probe(control, observer)
    , m_maker(config.threads > 0 ? config.threads : base::defaultThreadCount())
    , m_parts(std::move(parts))
    , m_part(&m_parts.front())
{
}

Result<void> RobustRun::prepare(const RobustData& data)
{
    std::vector<double> codes;
    for (const TrainingPart& part : m_parts)
        codes.insert(codes.end(), part.standards.temperatureCode.begin(),
            part.standards.temperatureCode.end());
    RobustModel& model = m_report.model;
    model.scheme = classesOf(std::move(codes));
    model.settings = configToJson(m_config);
    model.programVersion = MAURY_VERSION;
    for (TrainingPart& part : m_parts)
        if (const auto done = preparePart(part, data, m_config, model.scheme, m_maker); !done)
            return done;
    m_identity = identityOf(m_parts);
    return {};
}

Result<RobustReport> RobustRun::start()
{
    m_live = m_config.live();
    return train({});
}

Result<RobustReport> RobustRun::resume(RobustCheckpoint checkpoint)
{
    const auto perMember = static_cast<std::size_t>(epochsPerMember(m_config));
    if (checkpoint.identity != m_identity
        || checkpoint.history.size() / perMember != checkpoint.members.size()
        || checkpoint.members.size() > m_parts.size() * static_cast<std::size_t>(m_config.members))
        return base::failure(ErrorCode::ModelMismatch, m_config.checkpoint.string(),
            "other standards or test stars than those of the run", checkpoint.identity);
    for (std::size_t i = 0; i < checkpoint.members.size(); ++i) {
        RobustPart& part = partOf(placeOf(m_config, static_cast<int>(i * perMember)).range).part;
        if (!(checkpoint.members[i].spec == part.spec))
            return base::failure(ErrorCode::ModelMismatch, m_config.checkpoint.string(),
                "a network of another shape", "the shape of the run");
        part.members.push_back(std::move(checkpoint.members[i].parameters));
    }
    m_live = checkpoint.live;
    m_report.history = std::move(checkpoint.history);
    m_report.changes = std::move(checkpoint.changes);
    m_secondsBefore = m_report.history.back().seconds;
    return train({ std::move(checkpoint.current), std::move(checkpoint.optimizer) });
}

TrainingPart& RobustRun::partOf(Range range)
{
    return range == Range::Blue ? m_parts.front() : m_parts.back();
}

double RobustRun::secondsDone() const
{
    return m_secondsBefore + secondsSince(m_started) - m_gate.pausedSeconds();
}

Result<RobustReport> RobustRun::train(const Resumed& resumed)
{
    m_control.setLive(m_live);
    const int perMember = epochsPerMember(m_config);
    const int first = epochsDone();
    const int epochs = static_cast<int>(m_parts.size()) * perMember * m_config.members;
    const TestStarsPtr& tested = m_parts.front().test;
    m_observer(train::RunStarted { m_backend.name(), first, epochs, kStepsPerEpoch,
        std::int64_t { kStepsPerEpoch } * m_config.batchSize,
        tested ? static_cast<std::int64_t>(tested->size()) : 0, m_report.model.scheme.names,
        m_parts.front().part.spec.inputs });
    m_started = Clock::now();
    for (int epoch = first; epoch < epochs; epoch = epochsDone()) {
        const EpochPlace place = placeOf(m_config, epoch);
        m_part = &partOf(place.range);
        const auto done = trainMember(place, place.epoch > 0 ? &resumed : nullptr);
        if (!done)
            return base::Unexpected(done.error());
        if (!*done) {
            m_report.stopped = true;
            break;
        }
    }
    return finish();
}

train::OptimizerSettings RobustRun::optimizer() const
{
    return { train::Optimizer::AdamW, m_config.momentum, m_config.beta2, m_live.weightDecay };
}

Result<bool> RobustRun::trainMember(const EpochPlace& from, const Resumed* resumed)
{
    const base::RandomStream stream = memberStream(from.range, m_config.seed, from.member);
    const nn::NetworkSpec& spec = m_part->part.spec;
    if (resumed != nullptr && !(resumed->network.spec == spec))
        return base::failure(ErrorCode::ModelMismatch, m_config.checkpoint.string(),
            "a network of another shape", "the shape of the run");
    const auto initial = initialWeights(spec, weightsSeed(from.range, m_config.seed, from.member));
    const auto loaded = m_backend.load(
        spec, resumed != nullptr ? resumed->network.parameters : initial, optimizer());
    if (!loaded)
        return base::Unexpected(loaded.error());
    if (resumed != nullptr)
        if (const auto restored = m_backend.restoreOptimizer(resumed->optimizer); !restored)
            return base::Unexpected(restored.error());
    m_prober.emplace(m_part->part, m_report.model.scheme, m_part->test.get(), &initial);
    VariationMaker maker(
        m_part->standards, m_part->variation(m_live), stream.split(kVariationStream).key());
    m_dropoutSeed = stream.split(kDropoutStream).key();
    if (const auto taken = letBackendVary(maker); !taken)
        return base::Unexpected(taken.error());
    for (int epoch = from.epoch; epoch < epochsPerMember(m_config); ++epoch) {
        const auto done = runEpoch(placeOf(m_config, epochsDone()), maker);
        if (!done || !*done)
            return done;
    }
    return true;
}

Result<bool> RobustRun::runEpoch(const EpochPlace& place, VariationMaker& maker)
{
    const int last = std::min(m_config.steps, place.firstStep + kStepsPerEpoch);
    const auto samples = static_cast<std::size_t>(m_config.batchSize);
    // Where the backend makes the variations, those that are scored have their codes here.
    InputBatch batch(m_varies == nullptr ? samples : std::min<std::size_t>(samples, kScoredRows),
        m_part->part.grid);
    Sums sums;
    const double before = secondsDone();
    for (int step = place.firstStep; step < last;) {
        if (!m_gate.pass([this] { m_probe.inPause([this] { return look(); }); }))
            return false;
        if (const auto taken = takeLiveSettings(step - place.firstStep, maker); !taken)
            return base::Unexpected(taken.error());
        if (m_varies != nullptr) {
            // A paused run takes its steps one by one.
            const int together
                = m_control.paused() ? 1 : static_cast<int>(m_backend.stepsTogether());
            const int end = std::min(last, step + together);
            if (const auto done = runVariedSteps(place, step, end, maker, batch, sums); !done)
                return base::Unexpected(done.error());
            step = end;
            continue;
        }
        const Clock::time_point begin = Clock::now();
        m_maker.make(maker, static_cast<std::uint64_t>(step), &m_part->part.standardisation, batch);
        m_makeTimes.add(secondsSince(begin), 1);
        if (const auto done = runStep(place, step, batch, sums); !done)
            return base::Unexpected(done.error());
        ++step;
    }
    const auto done = static_cast<double>(last - place.firstStep) * m_config.batchSize;
    return finishEpoch(sums, done / (secondsDone() - before), last == m_config.steps);
}

Result<void> RobustRun::takeLiveSettings(int stepOfEpoch, VariationMaker& maker)
{
    const RobustLive now = m_control.live();
    if (now == m_live)
        return {};
    for (const train::LiveChange& change : liveChanges(m_live, now)) {
        m_report.changes.push_back(
            { change.setting, change.before, change.after, epochsDone(), stepOfEpoch });
        m_observer(m_report.changes.back());
    }
    const bool otherDecay = now.weightDecay != m_live.weightDecay;
    m_live = now;
    maker.setSettings(m_part->variation(m_live));
    if (!otherDecay)
        return {};
    // A backend takes its optimiser with the network: the same numbers and moments once more.
    const auto parameters = m_backend.parameters();
    const auto state = m_backend.optimizerState();
    if (!parameters)
        return base::Unexpected(parameters.error());
    if (!state)
        return base::Unexpected(state.error());
    if (const auto loaded = m_backend.load(m_part->part.spec, *parameters, optimizer()); !loaded)
        return loaded;
    return m_backend.restoreOptimizer(*state);
}

Result<void> RobustRun::runStep(
    const EpochPlace& place, int step, const InputBatch& made, Sums& sums)
{
    std::vector<std::uint32_t> rows(static_cast<std::size_t>(m_config.batchSize));
    std::iota(rows.begin(), rows.end(), 0U);
    train::Batch batch;
    batch.samples = made.input.data();
    batch.rows = rows;
    batch.softSc = made.temperature.data();
    batch.softLc = made.luminosity.data();
    std::optional<train::HeadProbabilities> scored;
    if (m_part->test != nullptr) {
        auto heads = probabilitiesOf(m_backend, made.input, std::min(kScoredRows, made.samples()));
        if (!heads)
            return base::Unexpected(heads.error());
        scored = *std::move(heads);
    }
    const Clock::time_point begin = Clock::now();
    const auto stats = m_backend.trainStep(batch, stepSettings(step));
    m_stepTimes.add(secondsSince(begin), 1);
    if (!stats)
        return base::Unexpected(stats.error());
    return stepDone(place, step, *stats, scored, made, sums);
}

Result<void> RobustRun::letBackendVary(const VariationMaker& maker)
{
    m_varies = dynamic_cast<VariationBackend*>(&m_backend);
    if (m_varies == nullptr)
        return {};
    const auto taken = m_varies->takeStandards(maker, m_part->part.standardisation);
    if (!taken)
        return base::Unexpected(taken.error());
    if (!*taken)
        m_varies = nullptr;
    return {};
}

Result<void> RobustRun::runVariedSteps(const EpochPlace& place, int first, int end,
    const VariationMaker& maker, InputBatch& codes, Sums& sums)
{
    const auto scored = static_cast<std::size_t>(m_part->test != nullptr ? codes.samples() : 0);
    std::vector<train::StepSettings> settings;
    for (int step = first; step < end; ++step)
        settings.push_back(stepSettings(step));
    const Clock::time_point begin = Clock::now();
    auto done = m_varies->trainOnVariations(maker, static_cast<std::uint64_t>(first),
        static_cast<std::size_t>(m_config.batchSize), scored, settings);
    m_stepTimes.add(secondsSince(begin), settings.size());
    if (!done)
        return base::Unexpected(done.error());
    for (int step = first; VariedStep & taken : *done) {
        for (std::size_t i = 0; i < scored; ++i) {
            const Variation drawn = maker.variation(static_cast<std::uint64_t>(step), i);
            codes.setTargets(
                static_cast<Eigen::Index>(i), drawn.temperatureCode, drawn.luminosityCode);
        }
        if (const auto told = stepDone(place, step, taken.stats,
                scored > 0 ? std::optional(std::move(taken.scored)) : std::nullopt, codes, sums);
            !told)
            return told;
        ++step;
    }
    return {};
}

train::StepSettings RobustRun::stepSettings(int step) const
{
    RobustConfig now = m_config;
    now.setLive(m_live);
    return { rateOf(now, step), m_live.weightTemperature, m_live.weightLuminosity, m_live.dropout,
        m_dropoutSeed };
}

Result<void> RobustRun::stepDone(const EpochPlace& place, int step, const train::StepStats& stats,
    const std::optional<train::HeadProbabilities>& scored, const InputBatch& made, Sums& sums)
{
    const double weights = m_live.weightTemperature + m_live.weightLuminosity;
    const double loss
        = (m_live.weightTemperature * stats.lossSc + m_live.weightLuminosity * stats.lossLc)
        / weights;
    m_report.last = { place.range, place.member, step, loss, stats.lossSc, stats.lossLc,
        stepSettings(step).learningRate };
    if (!std::isfinite(loss))
        return diverged(fmt::format("loss {}", loss));
    const Accuracies right
        = scored ? accuraciesOf(*scored, made, m_report.model.scheme) : Accuracies {};
    tell(step, right, sums);
    return {};
}

void RobustRun::tell(int step, const Accuracies& right, Sums& sums)
{
    const RobustStep& last = m_report.last;
    sums.of.loss += last.loss;
    sums.of.lossSc += last.lossTemperature;
    sums.of.lossLc += last.lossLuminosity;
    sums.of.accuracySc += right.sc;
    sums.of.accuracyLc += right.lc;
    ++sums.steps;
    m_observer(train::StepDone { epochsDone(), step % kStepsPerEpoch, last.loss,
        last.lossTemperature, last.lossLuminosity, right.sc, right.lc, last.learningRate });
}

base::Unexpected RobustRun::diverged(const std::string& found) const
{
    const bool saved = !m_config.checkpoint.empty() && !m_report.history.empty();
    return base::failure(ErrorCode::TrainingDiverged,
        fmt::format("{} member {}, step {}", toString(m_report.last.range),
            m_report.last.member + 1, m_report.last.step + 1),
        found,
        saved ? "finite numbers; the last good weights are in " + m_config.checkpoint.string()
              : "finite numbers; try a smaller learning rate");
}

Result<bool> RobustRun::finishEpoch(const Sums& sums, double samplesPerSecond, bool endsMember)
{
    const auto parameters = m_backend.parameters();
    if (!parameters)
        return base::Unexpected(parameters.error());
    // The losses are those before each update: the last update shows in its weights alone.
    if (!nn::allFinite(*parameters))
        return diverged("weights that are not finite");
    train::EpochDone done;
    done.epoch = epochsDone();
    const auto count = static_cast<double>(sums.steps);
    done.train = { sums.of.loss / count, sums.of.lossSc / count, sums.of.lossLc / count,
        sums.of.accuracySc / count, sums.of.accuracyLc / count };
    done.learningRate = m_report.last.learningRate;
    done.samplesPerSecond = samplesPerSecond;
    done.best = endsMember;
    if (m_part->test != nullptr)
        if (const auto tested = test(done); !tested)
            return base::Unexpected(tested.error());
    done.seconds = secondsDone();
    m_report.history.push_back(done);
    m_observer(std::move(done));
    m_probe.afterEpoch([this] { return look(); });
    if (endsMember)
        m_part->part.members.push_back(*parameters);
    if (const auto saved = saveCheckpoint(*parameters); !saved)
        return base::Unexpected(saved.error());
    return true;
}

train::ProbedNetworkPtr RobustRun::look()
{
    // A backend that has failed says so at the next step.
    const auto parameters = m_backend.parameters();
    return parameters ? m_prober->probe(
               *parameters, epochsDone(), m_live.weightTemperature, m_live.weightLuminosity)
                      : nullptr;
}

Result<void> RobustRun::test(train::EpochDone& done)
{
    const TestStars& stars = *m_part->test;
    const auto heads = probabilitiesOf(m_backend, stars.inputs.input, stars.inputs.samples());
    if (!heads)
        return base::Unexpected(heads.error());
    const mk::ClassScheme& scheme = m_report.model.scheme;
    const TestScore score
        = scoreOf(*heads, stars, scheme, m_live.weightTemperature, m_live.weightLuminosity);
    done.test = score.metrics;
    if (m_tested)
        m_tested({ m_part->test, scheme, score });
    return {};
}

Result<void> RobustRun::saveCheckpoint(const nn::Parameters& parameters)
{
    if (m_config.checkpoint.empty())
        return {};
    const auto optimizer = m_backend.optimizerState();
    if (!optimizer)
        return base::Unexpected(optimizer.error());
    RobustCheckpoint checkpoint { m_config, m_live, m_identity, m_report.model.scheme.names, {},
        { m_part->part.spec, parameters }, *optimizer, m_report.history, m_report.changes };
    for (const TrainingPart& part : m_parts)
        for (const nn::Parameters& member : part.part.members)
            checkpoint.members.push_back({ part.part.spec, member });
    const auto written = writeCheckpoint(checkpoint, m_config.checkpoint);
    if (written)
        m_observer(train::CheckpointWritten { m_config.checkpoint, epochsDone() - 1 });
    else
        m_observer(train::Notice { written.error() });
    return {};
}

Result<RobustReport> RobustRun::finish()
{
    TrainingPart& blue = m_parts.front();
    if (blue.part.members.empty()) {
        auto parameters = m_backend.parameters();
        if (!parameters)
            return base::Unexpected(parameters.error());
        blue.part.members.push_back(*std::move(parameters));
    }
    m_report.standards = blue.standards.size();
    m_report.wideStandards = m_parts.size() > 1 ? m_parts.back().standards.size() : 0;
    m_report.seconds = secondsDone();
    m_report.stepMilliseconds = m_stepTimes.medianMilliseconds();
    m_report.makeMilliseconds = m_makeTimes.medianMilliseconds();
    m_report.test = blue.test;
    RobustModel& model = m_report.model;
    if (blue.test != nullptr) {
        const auto heads = meanProbabilities(
            m_backend, blue.part.spec, blue.part.members, blue.test->inputs.input);
        if (!heads)
            return base::Unexpected(heads.error());
        m_report.score = scoreOf(
            *heads, *blue.test, model.scheme, m_live.weightTemperature, m_live.weightLuminosity);
    }
    for (TrainingPart& part : m_parts)
        part.part.variation = part.variation(m_live);
    model.blue = std::move(blue.part);
    if (m_parts.size() > 1 && !m_parts.back().part.members.empty())
        model.wide = std::move(m_parts.back().part);
    return std::move(m_report);
}

} // namespace maury::robust
