#include "gpu/training_steps.h"

#include "core/base/contract.h"
#include "gpu/layer_products.h"

#include <algorithm>
#include <cstring>

namespace maury::gpu {
namespace {

using base::Result;

/// A run needs few: its own number of steps, what is left of an epoch, a single step.
constexpr std::size_t kMostGraphs = 12;

std::size_t floatBytes(int rows, int width)
{
    return static_cast<std::size_t>(rows) * static_cast<std::size_t>(width) * sizeof(float);
}

/// With the learning rates behind it.
std::size_t controlBytes(std::size_t steps)
{
    return sizeof(StepControl) + steps * sizeof(double);
}

} // namespace

void TrainingSteps::forget()
{
    *this = TrainingSteps(*m_device);
}

Result<std::vector<train::StepStats>> TrainingSteps::run(
    Network& network, const DeviceSamples& samples, const Request& request)
{
    EXPECTS(request.batch > 0 && !request.settings.empty() && request.scored <= request.batch);
    EXPECTS(
        request.rows.size() == request.settings.size() * static_cast<std::size_t>(request.batch));
    const int steps = static_cast<int>(request.settings.size());
    const train::StepSettings& settings = request.settings.front();
    const Plan plan { steps, request.batch, request.scored, settings.dropoutRate > 0.0, samples };
    if (const auto ready = ensure(network, plan); !ready)
        return base::Unexpected(ready.error());
    if (const auto ready = ensureScores(network, plan); !ready)
        return base::Unexpected(ready.error());
    const auto graph = graphFor(network, plan);
    if (!graph)
        return base::Unexpected(graph.error());
    const train::OptimizerSettings& optimizer = network.optimizer();
    *m_hostControl.as<StepControl>() = { settings.weightSc, settings.weightLc,
        settings.dropoutRate, settings.dropoutSeed, network.steps(), optimizer.momentum,
        optimizer.beta2, optimizer.weightDecay };
    for (std::size_t step = 0; step < request.settings.size(); ++step)
        ratesOf(m_hostControl)[step] = request.settings[step].learningRate;
    std::copy(request.rows.begin(), request.rows.end(), m_hostRows.as<std::uint32_t>());
    const auto done = Work(*m_device)
                          .then([&](Device& device) { return device.replay(**graph); })
                          .synchronize()
                          .outcome();
    if (!done)
        return base::Unexpected(done.error());
    network.countSteps(steps);
    std::vector<train::StepStats> stats;
    for (int step = 0; step < steps; ++step) {
        const StepSums& sums = m_hostSums.as<StepSums>()[step];
        stats.push_back({ sums.loss[0], sums.loss[1], static_cast<std::int64_t>(sums.hits[0]),
            static_cast<std::int64_t>(sums.hits[1]), request.batch });
    }
    return stats;
}

Result<void> TrainingSteps::ensure(const Network& network, const Plan& plan)
{
    if (plan.batch <= m_batch && plan.steps <= m_steps)
        return {};
    m_graphs.clear();
    const int batch = std::max(plan.batch, m_batch);
    const int steps = std::max(plan.steps, m_steps);
    m_batch = m_steps = 0;
    const NetworkLayout& layout = network.layout();
    const std::size_t layers = layout.hidden().size();
    for (auto* buffers : { &m_z, &m_a, &m_dz })
        buffers->resize(layers);
    Allocation allocation(*m_device, "the buffers of a training step");
    for (Memory& buffer : m_x)
        allocation.take(buffer, Place::Device, floatBytes(batch, layout.inputs()));
    for (std::size_t layer = 0; layer < layers; ++layer)
        for (Memory* buffer : { &m_z[layer], &m_a[layer], &m_dz[layer] })
            allocation.take(
                *buffer, Place::Device, floatBytes(batch, layout.hidden()[layer].fanOut));
    const auto count = static_cast<std::size_t>(steps);
    const std::size_t rowBytes = count * static_cast<std::size_t>(batch) * sizeof(std::uint32_t);
    allocation.take(m_dLogits, Place::Device, floatBytes(batch, layout.heads().fanOut))
        .take(m_rowStats, Place::Device, static_cast<std::size_t>(batch) * sizeof(RowStats))
        .take(m_rows, Place::Device, rowBytes)
        .take(m_hostRows, Place::Pinned, rowBytes)
        .take(m_control, Place::Device, controlBytes(count))
        .take(m_hostControl, Place::Pinned, controlBytes(count))
        .take(m_numbers, Place::Device, count * sizeof(StepNumbers))
        .take(m_sums, Place::Device, count * sizeof(StepSums))
        .take(m_hostSums, Place::Pinned, count * sizeof(StepSums));
    if (allocation.outcome()) {
        m_batch = batch;
        m_steps = steps;
    }
    return allocation.outcome();
}

Result<void> TrainingSteps::ensureScores(const Network& network, const Plan& plan)
{
    if (plan.scored == 0 || (plan.scored <= m_scored && plan.steps <= m_scoredSteps))
        return {};
    m_graphs.clear();
    const int scored = std::max(plan.scored, m_scored);
    const int steps = std::max(plan.steps, m_scoredSteps);
    m_scored = m_scoredSteps = 0;
    const NetworkLayout& layout = network.layout();
    const std::size_t layer = floatBytes(scored, layout.widestHidden());
    const std::size_t scores = floatBytes(steps * scored, layout.heads().fanOut);
    const auto outcome = Allocation(*m_device, "the scores of training steps")
                             .take(m_scoreLayers[0], Place::Device, layer)
                             .take(m_scoreLayers[1], Place::Device, layer)
                             .take(m_scores, Place::Device, scores)
                             .take(m_hostScores, Place::Pinned, scores)
                             .outcome();
    if (outcome) {
        m_scored = scored;
        m_scoredSteps = steps;
    }
    return outcome;
}

const float* TrainingSteps::scalesOf(const Network& network, const StepNumbers* step)
{
    return network.optimizer().kind == train::Optimizer::Sgd ? step->descent : nullptr;
}

Result<TrainingSteps::Fusion> TrainingSteps::prepare(const Network& network, const Plan& plan)
{
    const NetworkLayout& layout = network.layout();
    const bool fuses = layout.spec().activation == nn::Activation::GeluTanh && !plan.dropout;
    const std::size_t layers = layout.hidden().size();
    Fusion fusion { std::vector<bool>(layers, false), std::vector<bool>(layers, false), {} };
    Work work(*m_device);
    const auto plain = [&](const Product& product) {
        work.then([&](Device& device) -> Result<void> {
            const auto ready = device.prepare(product);
            return ready ? Result<void> {} : base::Unexpected(ready.error());
        });
    };
    const auto fused = [&](const Product& product) {
        bool fits = false;
        if (fuses)
            work.then([&](Device& device) -> Result<void> {
                const auto ready = device.prepare(product);
                fits = ready && *ready;
                return ready ? Result<void> {} : base::Unexpected(ready.error());
            });
        return fits;
    };
    for (std::size_t at = 0; at < layers; ++at) {
        const DenseLayout& layer = layout.hidden()[at];
        float* z = m_z[at].as<float>();
        float* dz = m_dz[at].as<float>();
        const Product forward
            = forwardProduct(network, layer, plan.batch, inputOf(at, 0), activations(at));
        fusion.forward[at] = fused(withGelu(forward, network, layer, z));
        if (!fusion.forward[at])
            plain(forward);
        if (at > 0) {
            const Product backward
                = backwardProduct(network, layer, plan.batch, dz, m_dz[at - 1].as<float>());
            fusion.backward[at] = fused(withGeluGradient(backward, m_z[at - 1].as<float>()));
            if (!fusion.backward[at])
                plain(backward);
        }
        plain(weightsProduct(
            network, layer, plan.batch, inputOf(at, 0), dz, scalesOf(network, numbers(0))));
    }
    plain(weightsProduct(network, layout.heads(), plan.batch, activations(layers - 1),
        m_dLogits.as<float>(), scalesOf(network, numbers(0))));
    if (!work.outcome())
        return base::Unexpected(work.outcome().error());
    if (plan.scored == 0)
        return fusion;
    auto scoring = PlainForward::prepare(*m_device, network, plan.scored, x(0),
        { m_scoreLayers[0].as<float>(), m_scoreLayers[1].as<float>() });
    if (!scoring)
        return base::Unexpected(scoring.error());
    fusion.scoring = *std::move(scoring);
    return fusion;
}

Result<Graph*> TrainingSteps::graphFor(const Network& network, const Plan& plan)
{
    const auto known = m_graphs.find(plan);
    if (known != m_graphs.end())
        return known->second.get();
    if (m_graphs.size() >= kMostGraphs)
        m_graphs.clear();
    const auto fusion = prepare(network, plan);
    if (!fusion)
        return base::Unexpected(fusion.error());
    if (const auto begun = m_device->beginRecording(); !begun)
        return base::Unexpected(begun.error());
    Work work(*m_device);
    record(work, network, plan, *fusion);
    // A recording is finished in any case; the first error is the one that explains it.
    auto graph = m_device->finishRecording();
    if (!work.outcome())
        return base::Unexpected(work.outcome().error());
    if (!graph)
        return base::Unexpected(graph.error());
    return (m_graphs[plan] = *std::move(graph)).get();
}

void TrainingSteps::record(
    Work& work, const Network& network, const Plan& plan, const Fusion& fusion) const
{
    const auto steps = static_cast<std::size_t>(plan.steps);
    work.copy(m_control.as<StepControl>(), m_hostControl.as<StepControl>(), controlBytes(steps))
        .copy(m_rows.as<std::uint32_t>(), m_hostRows.as<std::uint32_t>(),
            steps * static_cast<std::size_t>(plan.batch) * sizeof(std::uint32_t))
        .launch(PrepareSteps { m_control.as<StepControl>(), ratesOf(m_control),
            m_numbers.as<StepNumbers>(), plan.steps, plan.batch });
    recordGather(work, network, plan, 0, Stream::Main);
    for (int step = 0; step < plan.steps; ++step) {
        if (step > 0)
            work.follow(Stream::Main, Stream::Ahead);
        if (step + 1 < plan.steps) {
            work.follow(Stream::Ahead, Stream::Main);
            recordGather(work, network, plan, step + 1, Stream::Ahead);
        }
        if (plan.scored > 0)
            recordScores(work, network, plan, step, fusion);
        recordForward(work, network, plan, step, fusion);
        recordHeads(work, network, plan, step);
        recordBackward(work, network, plan, step, fusion);
        work.follow(Stream::Main, Stream::Side).follow(Stream::Main, Stream::Other);
        recordUpdate(work, network, step);
    }
    work.copy(m_hostSums.as<StepSums>(), m_sums.as<StepSums>(), steps * sizeof(StepSums));
    if (plan.scored > 0)
        work.copy(m_hostScores.as<float>(), m_scores.as<float>(),
            floatBytes(plan.steps * plan.scored, network.layout().heads().fanOut));
}

void TrainingSteps::recordGather(
    Work& work, const Network& network, const Plan& plan, int step, Stream stream) const
{
    const std::uint32_t* rows
        = m_rows.as<std::uint32_t>() + std::ptrdiff_t { step } * std::ptrdiff_t { plan.batch };
    work.launch(
        Gather { plan.samples.flux, rows, x(step), plan.batch, network.layout().inputs() }, stream);
}

void TrainingSteps::recordScores(
    Work& work, const Network& network, const Plan& plan, int step, const Fusion& fusion) const
{
    const HeadsInput input = fusion.scoring.queue(work, network, x(step));
    float* scores = m_scores.as<float>()
        + std::ptrdiff_t { step } * std::ptrdiff_t { plan.scored } * std::ptrdiff_t { input.stride };
    work.launch(ScoreHeads { input, {}, scores, nullptr });
}

void TrainingSteps::recordForward(
    Work& work, const Network& network, const Plan& plan, int step, const Fusion& fusion) const
{
    const NetworkLayout& layout = network.layout();
    for (std::size_t at = 0; at < layout.hidden().size(); ++at) {
        const DenseLayout& layer = layout.hidden()[at];
        float* z = m_z[at].as<float>();
        if (fusion.forward[at]) {
            work.multiply(withGelu(
                forwardProduct(network, layer, plan.batch, inputOf(at, step), activations(at)),
                network, layer, z));
            continue;
        }
        work.multiply(forwardProduct(network, layer, plan.batch, inputOf(at, step), z))
            .launch(Activate { z, network.values() + layer.biases, activations(at),
                { plan.dropout ? numbers(step) : nullptr, plan.batch, layer.fanOut,
                    static_cast<int>(at) },
                layout.spec().activation });
    }
}

void TrainingSteps::recordHeads(
    Work& work, const Network& network, const Plan& plan, int step) const
{
    const NetworkLayout& layout = network.layout();
    const DenseLayout& heads = layout.heads();
    const std::size_t last = layout.hidden().size() - 1;
    const nn::NetworkSpec& spec = layout.spec();
    const std::ptrdiff_t first = std::ptrdiff_t { step } * std::ptrdiff_t { plan.batch };
    const auto softOf = [first](const float* targets, int classes) {
        return targets == nullptr ? nullptr : targets + first * classes;
    };
    const DeviceSamples& samples = plan.samples;
    work.launch(TrainHeads { { activations(last), network.values() + heads.weights,
                                 network.values() + heads.biases, plan.batch, heads.fanIn,
                                 heads.fanOut, spec.scClasses, spec.lcClasses },
        { m_rows.as<std::uint32_t>() + first, samples.sc, samples.lc,
            softOf(samples.softSc, spec.scClasses), softOf(samples.softLc, spec.lcClasses) },
        numbers(step),
        m_z[last].as<float>(), m_dLogits.as<float>(), m_dz[last].as<float>(),
        m_rowStats.as<RowStats>(), static_cast<int>(last), plan.dropout, spec.activation });
    work.follow(Stream::Side, Stream::Main)
        .launch(SumStats { m_rowStats.as<RowStats>(), m_sums.as<StepSums>() + step, plan.batch },
            Stream::Side)
        .multiply(weightsProduct(network, heads, plan.batch, activations(last),
                      m_dLogits.as<float>(), scalesOf(network, numbers(step))),
            Stream::Side);
}

void TrainingSteps::recordBackward(
    Work& work, const Network& network, const Plan& plan, int step, const Fusion& fusion) const
{
    const NetworkLayout& layout = network.layout();
    const auto weights = [&](std::size_t at) {
        return weightsProduct(network, layout.hidden()[at], plan.batch, inputOf(at, step),
            m_dz[at].as<float>(), scalesOf(network, numbers(step)));
    };
    for (std::size_t at = layout.hidden().size() - 1; at > 0; --at) {
        const DenseLayout& layer = layout.hidden()[at];
        float* z = m_z[at - 1].as<float>();
        float* dx = m_dz[at - 1].as<float>();
        const Product backward
            = backwardProduct(network, layer, plan.batch, m_dz[at].as<float>(), dx);
        if (fusion.backward[at])
            work.multiply(withGeluGradient(backward, z));
        else
            work.multiply(backward).launch(
                ActivateBackward { dx, z,
                    { plan.dropout ? numbers(step) : nullptr, plan.batch, layer.fanIn,
                        static_cast<int>(at - 1) },
                    layout.spec().activation });
        // Only now may the weights change that this gradient came through.
        const Stream beside = at % 2 == 0 ? Stream::Side : Stream::Other;
        work.follow(beside, Stream::Main).multiply(weights(at), beside);
    }
    work.follow(Stream::Other, Stream::Main);
    recordBiases(work, network, plan, step);
    work.multiply(weights(0));
}

void TrainingSteps::recordBiases(
    Work& work, const Network& network, const Plan& plan, int step) const
{
    const NetworkLayout& layout = network.layout();
    const bool descends = network.optimizer().kind == train::Optimizer::Sgd;
    float* targets = descends ? network.values() : network.gradients();
    ReduceBiases reduce {};
    reduce.rows = plan.batch;
    reduce.step = descends ? numbers(step) : nullptr;
    const auto add = [&](const float* dz, const DenseLayout& layer) {
        reduce.layers[reduce.count++] = { dz, targets + layer.biases, layer.fanOut };
        if (reduce.count == ReduceBiases::kMostLayers) {
            work.launch(reduce, Stream::Other);
            reduce.count = 0;
        }
    };
    for (std::size_t at = 0; at < layout.hidden().size(); ++at)
        add(m_dz[at].as<float>(), layout.hidden()[at]);
    add(m_dLogits.as<float>(), layout.heads());
    if (reduce.count > 0)
        work.launch(reduce, Stream::Other);
}

void TrainingSteps::recordUpdate(Work& work, const Network& network, int step) const
{
    const auto quads = static_cast<std::int64_t>(network.layout().size() / 4);
    auto* values = reinterpret_cast<Float4*>(network.values());
    const auto* gradients = reinterpret_cast<const Float4*>(network.gradients());
    const auto moment
        = [&](std::size_t at) { return reinterpret_cast<Float4*>(network.moment(at)); };
    switch (network.optimizer().kind) {
    case train::Optimizer::Sgd:
        break;
    case train::Optimizer::Momentum:
        work.launch(MomentumUpdate { values, gradients, moment(0), quads, numbers(step) });
        break;
    case train::Optimizer::AdamW:
        work.launch(AdamwUpdate { values, gradients, moment(0), moment(1), quads,
            static_cast<std::int64_t>(network.layout().weightsSize() / 4), numbers(step) });
        break;
    }
}

} // namespace maury::gpu
