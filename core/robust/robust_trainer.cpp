#include "core/robust/robust_trainer.h"

#include "core/base/thread_team.h"
#include "core/dataset/sample_set_text.h"
#include "core/robust/input_batch.h"
#include "core/robust/range_check.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <numbers>
#include <numeric>

namespace maury::robust {
namespace {

using base::ErrorCode;
using base::Result;
using Clock = std::chrono::steady_clock;

// Random streams that follow from the seed, apart from those of the members (0 …).
constexpr std::uint64_t kStandardisationStream = 1ULL << 32U;
constexpr std::uint64_t kWideStream = 1ULL << 33U; ///< the root of all streams of the wide part
constexpr std::uint64_t kWeightsStream = 1;
constexpr std::uint64_t kVariationStream = 2;
constexpr std::uint64_t kDropoutStream = 3;

constexpr std::size_t kStandardisationSamples = 3072;

double millisecondsSince(Clock::time_point begin)
{
    return std::chrono::duration<double, std::milli>(Clock::now() - begin).count();
}

double medianOf(std::vector<double> values)
{
    if (values.empty())
        return 0.0;
    const auto middle = values.begin() + std::ssize(values) / 2;
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

std::string settingsJson(const RobustConfig& config)
{
    return nlohmann::json {
        { "protocol", "robust" }, { "hidden", config.hidden }, { "dropout", config.dropout },
        { "lr", config.learningRate }, { "weight_decay", config.weightDecay },
        { "momentum", config.momentum }, { "beta2", config.beta2 }, { "batch", config.batchSize },
        { "steps", config.steps }, { "warm_up_steps", config.warmUpSteps },
        { "members", config.members }, { "seed", config.seed }
    }.dump();
}

/// Weights of variance 1 / (3 · fan-in), a sixth of He's, and zero biases. A few hundred steps do
/// not unlearn the random patterns that the first layer begins with: with He's weights real stars
/// are typed worse (σ68 0.73 instead of 0.65 codes on STELIB).
nn::Parameters initialWeights(const nn::NetworkSpec& spec, std::uint64_t seed)
{
    nn::Parameters parameters = nn::initialParameters(spec, nn::Initialisation::He, seed);
    const auto factor = static_cast<float>(1.0 / std::sqrt(6.0));
    parameters.forEach([factor](nn::DenseParameters<float>& layer) { layer.weights *= factor; });
    return parameters;
}

/// The numbers of a run over all parts.
struct RunTimes {
    std::vector<double> step; ///< ms
    std::vector<double> make;
};

/// Trains the members of one part.
class PartRun {
public:
    PartRun(Range range, const RobustConfig& config, Standards standards, train::Backend& backend,
        const RobustObserver& observer, std::stop_token stop)
        : m_range(range)
        , m_config(config)
        , m_stream(streamOf(range, config.seed))
        , m_backend(backend)
        , m_observer(observer)
        , m_stop(std::move(stop))
        , m_batches(config.threads > 0 ? config.threads : base::defaultThreadCount())
        , m_standardiser(
              std::move(standards), config.variation, m_stream.split(kStandardisationStream).key())
    {
    }

    Result<RobustPart> train()
    {
        m_part.grid = standards().grid;
        m_part.spec = { static_cast<int>(m_part.grid.cropPixels), m_config.hidden,
            nn::Activation::GeluTanh, static_cast<int>(temperatureBins().count),
            static_cast<int>(luminosityBins().count) };
        m_part.variation = m_config.variation;
        InputBatch samples(kStandardisationSamples, m_part.grid);
        m_batches.make(m_standardiser, 0, nullptr, samples);
        m_part.standardisation = standardise(samples.input);
        for (int member = 0; member < m_config.members; ++member)
            if (const auto trained = trainMember(member); !trained)
                return base::Unexpected(trained.error());
        return std::move(m_part);
    }

    [[nodiscard]] const RobustStep& last() const { return m_last; }
    [[nodiscard]] const RunTimes& times() const { return m_times; }

private:
    static base::RandomStream streamOf(Range range, std::uint64_t seed)
    {
        const base::RandomStream root(seed);
        return range == Range::Blue ? root : root.split(kWideStream);
    }

    [[nodiscard]] const Standards& standards() const { return m_standardiser.standards(); }

    Result<void> trainMember(int member)
    {
        const base::RandomStream stream = m_stream.split(static_cast<std::uint64_t>(member));
        const auto loaded = m_backend.load(m_part.spec,
            initialWeights(m_part.spec, stream.split(kWeightsStream).key()),
            { train::Optimizer::AdamW, m_config.momentum, m_config.beta2, m_config.weightDecay });
        if (!loaded)
            return loaded;
        const VariationMaker maker(
            standards(), m_config.variation, stream.split(kVariationStream).key());
        InputBatch batch(static_cast<std::size_t>(m_config.batchSize), m_part.grid);
        for (int step = 0; step < m_config.steps; ++step) {
            if (m_stop.stop_requested())
                return base::failure(ErrorCode::Cancelled, "training");
            const Clock::time_point begin = Clock::now();
            m_batches.make(maker, static_cast<std::uint64_t>(step), &m_part.standardisation, batch);
            m_times.make.push_back(millisecondsSince(begin));
            if (const auto done = runStep(member, step, stream.split(kDropoutStream).key(), batch);
                !done)
                return done;
        }
        auto parameters = m_backend.parameters();
        if (!parameters)
            return base::Unexpected(parameters.error());
        m_part.members.push_back(*std::move(parameters));
        return {};
    }

    Result<void> runStep(int member, int step, std::uint64_t dropoutSeed, const InputBatch& made)
    {
        std::vector<std::uint32_t> rows(static_cast<std::size_t>(m_config.batchSize));
        std::iota(rows.begin(), rows.end(), 0U);
        train::Batch batch;
        batch.samples = made.input.data();
        batch.rows = rows;
        batch.softSc = made.temperature.data();
        batch.softLc = made.luminosity.data();
        const double rate = rateOf(m_config, step);
        const Clock::time_point begin = Clock::now();
        const auto stats
            = m_backend.trainStep(batch, { rate, 1.0, 1.0, m_config.dropout, dropoutSeed });
        m_times.step.push_back(millisecondsSince(begin));
        if (!stats)
            return base::Unexpected(stats.error());
        const double loss = 0.5 * (stats->lossSc + stats->lossLc);
        if (!std::isfinite(loss))
            return base::failure(ErrorCode::TrainingDiverged,
                fmt::format("{} member {}, step {}", toString(m_range), member + 1, step + 1),
                fmt::format("loss {}", loss), "a finite loss; try a smaller learning rate");
        m_last = { m_range, member, step, loss, stats->lossSc, stats->lossLc, rate };
        m_observer(m_last);
        return {};
    }

    Range m_range;
    const RobustConfig& m_config;
    base::RandomStream m_stream;
    train::Backend& m_backend;
    const RobustObserver& m_observer;
    std::stop_token m_stop;
    BatchMaker m_batches;
    VariationMaker m_standardiser;
    RobustPart m_part;
    RobustStep m_last;
    RunTimes m_times;
};

struct TrainedPart {
    RobustPart part;
    std::vector<double> temperatureCodes; ///< of its standards
    RobustStep last;
    RunTimes times;
};

Result<TrainedPart> trainPart(const std::vector<Library>& libraries, Range range,
    RobustConfig config, train::Backend& backend, const RobustObserver& observer,
    std::stop_token stop)
{
    auto standards = standardsOf(libraries, range);
    if (!standards)
        return base::Unexpected(standards.error());
    config.variation.nativeFwhmAngstrom
        = *std::min_element(standards->fwhmAngstrom.begin(), standards->fwhmAngstrom.end());
    if (const auto valid = validate(config); !valid)
        return base::Unexpected(valid.error());
    TrainedPart trained;
    trained.temperatureCodes = standards->temperatureCode;
    PartRun run(range, config, *std::move(standards), backend, observer, std::move(stop));
    auto part = run.train();
    if (!part)
        return base::Unexpected(part.error());
    trained.part = *std::move(part);
    trained.part.libraryGrid
        = range == Range::Blue ? libraries.front().atlas->grid() : wideLibraryGrid();
    trained.last = run.last();
    trained.times = run.times();
    return trained;
}

} // namespace

Result<void> validate(const RobustConfig& config)
{
    nn::NetworkSpec shape;
    shape.hidden = config.hidden;
    shape.scClasses = 2;
    for (const auto& check : { nn::validate(shape), inRange("--dropout", config.dropout, 0.0, 0.95),
             inRange("--lr", config.learningRate, 1e-9, 1.0),
             inRange("--weight-decay", config.weightDecay, 0.0, 10.0),
             inRange("--momentum", config.momentum, 0.0, 0.9999),
             inRange("--beta2", config.beta2, 0.0, 0.999999),
             inRange("--batch", config.batchSize, 1, 1 << 16),
             inRange("--steps", config.steps, 1, 1e7),
             inRange("--warm-up", config.warmUpSteps, 0, 1e7),
             inRange("--members", config.members, 1, 100),
             inRange("--threads", config.threads, 0, 1024), validate(config.variation) })
        if (!check)
            return check;
    return {};
}

double rateOf(const RobustConfig& config, int step)
{
    const double warm = config.warmUpSteps > 0
        ? std::min(1.0, static_cast<double>(step + 1) / config.warmUpSteps)
        : 1.0;
    return config.learningRate * warm * 0.5
        * (1.0 + std::cos(std::numbers::pi * static_cast<double>(step) / config.steps));
}

Result<RobustReport> trainRobust(const std::vector<Library>& libraries, const RobustConfig& config,
    train::Backend& backend, const RobustObserver& observer, std::stop_token stop)
{
    const Clock::time_point begin = Clock::now();
    auto blue = trainPart(libraries, Range::Blue, config, backend, observer, stop);
    if (!blue)
        return base::Unexpected(blue.error());
    RobustReport report;
    report.standards = blue->temperatureCodes.size();
    report.stepMilliseconds = medianOf(blue->times.step);
    report.makeMilliseconds = medianOf(blue->times.make);
    report.last = blue->last;
    RobustModel& model = report.model;
    model.blue = std::move(blue->part);
    std::vector<double> codes = std::move(blue->temperatureCodes);
    if (reachWide(libraries)) {
        auto wide = trainPart(libraries, Range::Wide, config, backend, observer, std::move(stop));
        if (!wide)
            return base::Unexpected(wide.error());
        report.wideStandards = wide->temperatureCodes.size();
        codes.insert(codes.end(), wide->temperatureCodes.begin(), wide->temperatureCodes.end());
        model.wide = std::move(wide->part);
    }
    report.seconds = millisecondsSince(begin) / 1e3;
    std::vector<mk::AtlasPtr> atlases;
    for (const Library& library : libraries)
        atlases.push_back(library.atlas);
    model.scheme = classesOf(std::move(codes));
    model.settings = settingsJson(config);
    model.programVersion = MAURY_VERSION;
    model.atlas = fmt::format("{}: {} standards, {} steps of {} variations, seed {}",
        dataset::atlasNames(atlases), report.standards, config.steps, config.batchSize,
        config.seed);
    model.provenance = dataset::atlasProvenance(atlases);
    return report;
}

} // namespace maury::robust
