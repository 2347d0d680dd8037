#include "gpu/device_backend.h"

#include "core/base/contract.h"
#include "core/robust/variation_backend.h"
#include "gpu/evaluation.h"
#include "gpu/network.h"
#include "gpu/samples.h"
#include "gpu/training_steps.h"
#include "gpu/variations.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <optional>
#include <utility>
#include <vector>

namespace maury::gpu {
namespace {

using base::Result;

/// Two or three thousandths of a second of the paper's network.
constexpr std::size_t kStepsTogether = 63; ///< a third of the 189 steps of the paper's epoch

class DeviceBackend final : public train::Backend, public robust::VariationBackend {
public:
    DeviceBackend(std::string name, std::unique_ptr<Device> device)
        : m_name(std::move(name))
        , m_device(std::move(device))
        , m_steps(*m_device)
        , m_evaluation(*m_device)
        , m_variations(*m_device)
    {
    }

    [[nodiscard]] std::string name() const override { return m_name; }

    Result<void> load(const nn::NetworkSpec& spec, const nn::Parameters& parameters,
        const train::OptimizerSettings& optimizer) override
    {
        EXPECTS(fits(parameters, spec));
        const auto classes = static_cast<std::size_t>(spec.scClasses + spec.lcClasses);
        if (3 * classes * sizeof(float) > kSharedBytes)
            return base::failure(base::ErrorCode::BackendFailed, "backend " + m_name,
                fmt::format("{} classes", classes),
                fmt::format("at most {}", kSharedBytes / 3 / sizeof(float)));
        if (!m_network || m_network->layout().spec().inputs != spec.inputs)
            m_sets.forget(); // their rows are padded for other inputs
        m_steps.forget();
        m_evaluation.forget();
        m_network.reset();
        auto network = Network::make(*m_device, spec, parameters, optimizer);
        if (!network)
            return base::Unexpected(network.error());
        m_network.emplace(*std::move(network));
        return {};
    }

    Result<train::StepStats> trainStep(
        const train::Batch& batch, const train::StepSettings& settings) override
    {
        const auto stats = trainSteps(batch, std::max<std::size_t>(1, batch.rows.size()), settings);
        if (!stats)
            return base::Unexpected(stats.error());
        return stats->front();
    }

    [[nodiscard]] std::size_t stepsTogether() const override { return kStepsTogether; }

    Result<std::vector<train::StepStats>> trainSteps(const train::Batch& batch,
        std::size_t batchSize, const train::StepSettings& settings) override
    {
        EXPECTS(m_network && batchSize > 0);
        const auto resident = m_sets.find(batch);
        std::vector<train::StepStats> all;
        // Whole batches together, what is left of the rows by itself; samples that are brought for
        // the purpose batch by batch.
        const std::size_t whole
            = resident ? std::max(batchSize, batch.rows.size() / batchSize * batchSize) : batchSize;
        for (std::size_t begin = 0; begin < batch.rows.size();) {
            train::Batch part = batch;
            part.rows = batch.rows.subspan(begin, std::min(whole, batch.rows.size() - begin));
            const auto stats = trainPart(part, resident, batchSize, settings);
            if (!stats)
                return base::Unexpected(stats.error());
            all.insert(all.end(), stats->begin(), stats->end());
            begin += part.rows.size();
        }
        return all;
    }

    Result<train::HeadProbabilities> predict(const train::Batch& batch) override
    {
        EXPECTS(m_network);
        auto result = emptyHeads(batch.rows.size());
        train::Batch unlabelled = batch;
        unlabelled.softSc = unlabelled.softLc = nullptr;
        const auto done
            = evaluate(unlabelled, [&](const Here& here) { return predictPart(here, result); });
        if (!done)
            return base::Unexpected(done.error());
        return result;
    }

    Result<train::Choices> choose(const train::Batch& batch) override
    {
        EXPECTS(m_network);
        train::Choices choices;
        const auto done = evaluate(batch, [&](const Here& here) -> Result<void> {
            const auto rows = m_evaluation.choose(*m_network, here.samples, here.rows);
            if (!rows)
                return base::Unexpected(rows.error());
            for (const RowChoice& row : *rows) {
                append(row, 0, choices.sc);
                append(row, 1, choices.lc);
            }
            return {};
        });
        if (!done)
            return base::Unexpected(done.error());
        const auto count = static_cast<double>(std::max<std::size_t>(1, batch.rows.size()));
        choices.sc.crossEntropy /= count;
        choices.lc.crossEntropy /= count;
        return choices;
    }

    [[nodiscard]] Result<nn::Parameters> parameters() const override
    {
        EXPECTS(m_network);
        return m_network->parameters(*m_device);
    }

    [[nodiscard]] Result<train::OptimizerState> optimizerState() const override
    {
        EXPECTS(m_network);
        return m_network->optimizerState(*m_device);
    }

    Result<void> restoreOptimizer(const train::OptimizerState& state) override
    {
        EXPECTS(m_network);
        return m_network->restoreOptimizer(*m_device, state);
    }

    Result<void> keep(std::span<const train::LabelledSamples> sets) override
    {
        if (sets.empty()) { // also after the device was lost
            m_sets.forget();
            return {};
        }
        EXPECTS(m_network);
        return m_sets.keep(*m_device, sets, m_network->layout().spec().inputs);
    }

    Result<bool> makeFresh(const train::FreshSamples& fresh) override
    {
        return m_sets.makeFresh(*m_device, fresh);
    }

    Result<bool> takeStandards(const robust::VariationMaker& maker,
        const robust::Standardisation& standardisation) override
    {
        return m_variations.take(maker, standardisation);
    }

    Result<std::vector<robust::VariedStep>> trainOnVariations(const robust::VariationMaker& maker,
        std::uint64_t firstStep, std::size_t samples, std::size_t scored,
        std::span<const train::StepSettings> settings) override
    {
        EXPECTS(m_network && scored <= samples && !settings.empty());
        const int batch = static_cast<int>(samples);
        const auto made
            = m_variations.make(maker, firstStep, batch, static_cast<int>(settings.size()));
        if (!made)
            return base::Unexpected(made.error());
        const auto stats = m_steps.run(*m_network, *made,
            { counted(samples * settings.size()), batch, settings, static_cast<int>(scored) });
        if (!stats)
            return base::Unexpected(stats.error());
        const auto stride = static_cast<std::size_t>(m_network->layout().heads().fanOut);
        std::vector<robust::VariedStep> steps;
        for (std::size_t at = 0; at < stats->size(); ++at) {
            steps.push_back({ (*stats)[at], emptyHeads(scored) });
            copyHeads(m_steps.scores() + at * scored * stride, 0, scored, steps.back().scored);
        }
        return steps;
    }

    Result<void> makeVariations(
        const robust::VariationMaker& maker, std::uint64_t step, robust::InputBatch& batch) override
    {
        const auto samples = static_cast<std::size_t>(batch.samples());
        const auto made = m_variations.make(maker, step, static_cast<int>(samples), 1);
        if (!made)
            return base::Unexpected(made.error());
        const auto pixels = static_cast<std::size_t>(batch.input.cols()) * sizeof(float);
        const std::size_t pitch
            = static_cast<std::size_t>(padded(static_cast<int>(batch.input.cols())))
            * sizeof(float);
        const auto bytes = [](const mk::SpectraMatrix& numbers) {
            return static_cast<std::size_t>(numbers.size()) * sizeof(float);
        };
        Work work(*m_device);
        work.then([&](Device& device) {
                return device.copyRows(
                    batch.input.data(), pixels, made->flux, pitch, pixels, samples, Stream::Main);
            })
            .copy(batch.temperature.data(), made->softSc, bytes(batch.temperature))
            .copy(batch.luminosity.data(), made->softLc, bytes(batch.luminosity))
            .synchronize();
        for (std::size_t i = 0; i < samples; ++i) {
            const robust::Variation drawn = maker.variation(step, i);
            batch.temperatureCode[i] = drawn.temperatureCode;
            batch.luminosityCode[i] = drawn.luminosityCode;
        }
        return work.outcome();
    }

private:
    /// A part of a batch on the device.
    struct Here {
        DeviceSamples samples;
        std::span<const std::uint32_t> rows; ///< there
        Eigen::Index first; ///< of the batch
    };

    Result<std::vector<train::StepStats>> trainPart(const train::Batch& part,
        const std::optional<DeviceSamples>& resident, std::size_t batchSize,
        const train::StepSettings& settings)
    {
        const int batch = static_cast<int>(std::min(batchSize, part.rows.size()));
        const std::vector<train::StepSettings> each(
            part.rows.size() / static_cast<std::size_t>(batch), settings);
        if (resident)
            return m_steps.run(*m_network, *resident, { part.rows, batch, each });
        const auto samples = bring(part);
        if (!samples)
            return base::Unexpected(samples.error());
        return m_steps.run(*m_network, *samples, { counted(part.rows.size()), batch, each });
    }

    /// Calls take(here) for parts of a batch, in order.
    template <typename Take> Result<void> evaluate(const train::Batch& batch, Take&& take)
    {
        const auto resident = m_sets.find(batch);
        for (std::size_t begin = 0; begin < batch.rows.size(); begin += kEvaluatedTogether) {
            train::Batch part = batch;
            part.rows = batch.rows.subspan(
                begin, std::min(kEvaluatedTogether, batch.rows.size() - begin));
            const auto samples = resident ? Result<DeviceSamples>(*resident) : bring(part);
            if (!samples)
                return base::Unexpected(samples.error());
            const auto taken
                = take(Here { *samples, resident ? part.rows : counted(part.rows.size()),
                    static_cast<Eigen::Index>(begin) });
            if (!taken)
                return taken;
        }
        return {};
    }

    [[nodiscard]] train::HeadProbabilities emptyHeads(std::size_t rows) const
    {
        const nn::NetworkSpec& spec = m_network->layout().spec();
        const auto count = static_cast<Eigen::Index>(rows);
        return { nn::Matrix<float>(count, spec.scClasses),
            nn::Matrix<float>(count, spec.lcClasses) };
    }

    /// Overwrites the part's rows of `heads`.
    Result<void> predictPart(const Here& here, train::HeadProbabilities& heads)
    {
        const auto numbers = m_evaluation.probabilities(*m_network, here.samples, here.rows);
        if (!numbers)
            return base::Unexpected(numbers.error());
        copyHeads(numbers->data(), here.first, here.rows.size(), heads);
        return {};
    }

    /// Takes probabilities apart that stand side by side as the device wrote them.
    void copyHeads(const float* numbers, Eigen::Index first, std::size_t rows,
        train::HeadProbabilities& heads) const
    {
        const auto count = static_cast<Eigen::Index>(rows);
        const Eigen::Map<const nn::Matrix<float>> both(
            numbers, count, static_cast<Eigen::Index>(m_network->layout().heads().fanOut));
        heads.sc.middleRows(first, count) = both.leftCols(heads.sc.cols());
        heads.lc.middleRows(first, count) = both.middleCols(heads.sc.cols(), heads.lc.cols());
    }

    Result<DeviceSamples> bring(const train::Batch& part)
    {
        const nn::NetworkSpec& spec = m_network->layout().spec();
        return m_staging.bring(
            *m_device, { part.rows.size(), spec.inputs, spec.scClasses, spec.lcClasses }, part);
    }

    /// 0, 1, 2 …
    std::span<const std::uint32_t> counted(std::size_t count)
    {
        if (m_counted.size() < count) {
            m_counted.resize(count);
            std::iota(m_counted.begin(), m_counted.end(), 0U);
        }
        return std::span(m_counted).first(count);
    }

    static void append(const RowChoice& row, std::size_t head, train::HeadChoice& choice)
    {
        choice.classes.push_back(static_cast<std::uint16_t>(row.best[head]));
        choice.probability.push_back(row.probability[head]);
        choice.crossEntropy += static_cast<double>(row.crossEntropy[head]);
    }

    std::string m_name;
    std::unique_ptr<Device> m_device; // before all that lies in its memory
    std::optional<Network> m_network;
    ResidentSets m_sets;
    Staging m_staging;
    TrainingSteps m_steps;
    Evaluation m_evaluation;
    Variations m_variations;
    std::vector<std::uint32_t> m_counted;
};

} // namespace

std::unique_ptr<train::Backend> createDeviceBackend(
    std::string name, std::unique_ptr<Device> device)
{
    return std::make_unique<DeviceBackend>(std::move(name), std::move(device));
}

} // namespace maury::gpu
