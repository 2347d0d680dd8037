#include "core/train/probed_network.h"

#include "core/base/contract.h"
#include "core/base/random.h"
#include "core/train/config_json.h"

#include <algorithm>

namespace maury::train {
namespace {

/// Names the random stream that follows from the run's seed; the trainer shuffles with the next.
constexpr std::uint64_t kWeightStream = 1;

nn::ProbeBatch evenlySpread(const dataset::SampleSet& set)
{
    const std::size_t count = std::min(kProbeSamples, set.size());
    nn::ProbeBatch batch;
    batch.input.resize(static_cast<Eigen::Index>(count), set.flux.cols());
    for (std::size_t i = 0; i < count; ++i) {
        const std::size_t row = i * set.size() / count;
        batch.input.row(static_cast<Eigen::Index>(i))
            = set.flux.row(static_cast<Eigen::Index>(row));
        batch.sc.push_back(set.sc[row]);
        batch.lc.push_back(set.lc[row]);
    }
    return batch;
}

std::shared_ptr<const InitialNetwork> initialNetwork(
    const nn::NetworkSpec& spec, const TrainingConfig& config)
{
    nn::Parameters parameters = initialParameters(spec, config);
    auto initial = std::make_shared<InitialNetwork>();
    initial->probe = nn::probeNetwork(spec, parameters, {});
    initial->firstWeights = std::move(parameters.hidden.front().weights);
    return initial;
}

/// The standards themselves as samples; null when they are not what the model takes.
dataset::SampleSetPtr standardsOf(
    const mk::AtlasPtr& atlas, const Model& model, dataset::EdgePixels edges)
{
    if (atlas == nullptr || !(atlas->grid() == model.grid))
        return nullptr;
    dataset::BuildOptions options;
    options.perSpectrum = 0;
    options.edges = edges;
    options.shuffle = false;
    auto set = dataset::buildSampleSet({ atlas }, model.scheme, options);
    return set ? *set : nullptr;
}

} // namespace

nn::Parameters initialParameters(const nn::NetworkSpec& spec, const TrainingConfig& config)
{
    const std::uint64_t seed = base::RandomStream(config.seed).split(kWeightStream).key();
    return nn::initialParameters(spec, config.initialisation, seed);
}

NetworkProber::NetworkProber(const Model& model, const dataset::SampleSet* set,
    const TrainingConfig& config, bool initialKnown)
{
    EXPECTS(set == nullptr || (set->grid == model.grid && set->scheme == model.scheme));
    m_frame.spec = model.spec;
    m_frame.scheme = model.scheme;
    m_frame.wavelengthAngstrom = model.grid.wavelengths();
    if (initialKnown)
        m_frame.initial = initialNetwork(model.spec, config);
    if (set != nullptr)
        m_batch = evenlySpread(*set);
}

ProbedNetworkPtr NetworkProber::probe(
    const nn::Parameters& parameters, int epoch, double weightSc, double weightLc)
{
    m_batch.weightSc = weightSc;
    m_batch.weightLc = weightLc;
    auto network = std::make_shared<ProbedNetwork>(m_frame);
    network->epoch = epoch;
    network->probe = nn::probeNetwork(m_frame.spec, parameters, m_batch);
    network->firstLayer = nn::firstLayerOf(parameters);
    return network;
}

ProbedNetworkPtr probeModel(const Model& model, const mk::AtlasPtr& atlas)
{
    const auto stored = configFromJson(model.settings, "model");
    const TrainingConfig config = stored ? *stored : TrainingConfig {};
    const bool initialKnown
        = stored && model.programVersion == MAURY_VERSION && config.hidden == model.spec.hidden;
    const auto set = standardsOf(atlas, model, config.edges);
    NetworkProber prober(model, set.get(), config, initialKnown);
    return prober.probe(model.parameters, model.epoch, config.live.weightSc, config.live.weightLc);
}

} // namespace maury::train
