#include "core/robust/part_prober.h"

#include "core/robust/robust_config.h"
#include "core/robust/training_part.h"

#include <algorithm>
#include <utility>

namespace maury::robust {
namespace {

/// `path` [units, bins], each column of the result the mean of those of the bins of one class.
template <typename ClassOf>
nn::Matrix<float> gathered(const nn::Matrix<float>& path, std::size_t classes, ClassOf classOf)
{
    nn::Matrix<float> sums
        = nn::Matrix<float>::Zero(path.rows(), static_cast<Eigen::Index>(classes));
    std::vector<int> bins(classes, 0);
    for (Eigen::Index bin = 0; bin < path.cols(); ++bin) {
        const std::size_t to = classOf(static_cast<std::size_t>(bin));
        sums.col(static_cast<Eigen::Index>(to)) += path.col(bin);
        ++bins[to];
    }
    for (std::size_t i = 0; i < classes; ++i)
        sums.col(static_cast<Eigen::Index>(i)) /= static_cast<float>(std::max(1, bins[i]));
    return sums;
}

nn::ProbeBatch evenlySpread(const TestStars& stars)
{
    const std::size_t count = std::min(train::kProbeSamples, stars.size());
    const auto rows = static_cast<Eigen::Index>(count);
    const InputBatch& from = stars.inputs;
    nn::ProbeBatch batch;
    batch.input.resize(rows, from.input.cols());
    batch.softSc.resize(rows, from.temperature.cols());
    batch.softLc.resize(rows, from.luminosity.cols());
    for (Eigen::Index i = 0; i < rows; ++i) {
        const auto row
            = static_cast<Eigen::Index>(static_cast<std::size_t>(i) * stars.size() / count);
        batch.input.row(i) = from.input.row(row);
        batch.softSc.row(i) = from.temperature.row(row);
        batch.softLc.row(i) = from.luminosity.row(row);
    }
    return batch;
}

} // namespace

PartProber::PartProber(const RobustPart& part, const mk::ClassScheme& scheme,
    const TestStars* stars, const nn::Parameters* initial)
{
    m_frame.spec = part.spec;
    m_frame.scheme = scheme;
    for (std::size_t i = 0; i < part.grid.cropPixels; ++i)
        m_frame.wavelengthAngstrom.push_back(part.grid.wavelength(part.grid.cropBegin + i));
    if (initial != nullptr) {
        auto before = std::make_shared<train::InitialNetwork>();
        before->probe = nn::probeNetwork(part.spec, *initial, {});
        before->firstWeights = initial->hidden.front().weights;
        m_frame.initial = std::move(before);
    }
    if (stars != nullptr && stars->size() > 0)
        m_batch = evenlySpread(*stars);
}

train::ProbedNetworkPtr PartProber::probe(
    const nn::Parameters& parameters, int epoch, double weightTemperature, double weightLuminosity)
{
    m_batch.weightSc = weightTemperature;
    m_batch.weightLc = weightLuminosity;
    auto network = std::make_shared<train::ProbedNetwork>(m_frame);
    network->epoch = epoch;
    network->probe = nn::probeNetwork(m_frame.spec, parameters, m_batch);
    nn::FirstLayer& first = network->firstLayer = nn::firstLayerOf(parameters);
    const mk::ClassScheme& scheme = m_frame.scheme;
    first.pathSc = gathered(first.pathSc, scheme.size(), [&scheme](std::size_t bin) {
        return std::size_t { scheme.nearest(temperatureBins().code(bin)) };
    });
    first.pathLc = gathered(first.pathLc, mk::kLuminosityGroups, [](std::size_t bin) {
        return static_cast<std::size_t>(mk::luminosityGroup(luminosityBins().code(bin)));
    });
    return network;
}

train::ProbedNetworkPtr probeModel(const RobustModel& model, const mk::AtlasPtr& atlas)
{
    const RobustPart& part = model.blue;
    std::optional<TestStars> stars;
    if (atlas != nullptr && atlas->grid() == part.libraryGrid)
        stars = atlasToTest(*atlas, part.grid, part.standardisation, model.scheme);
    const auto config = configFromJson(model.settings, "model");
    std::optional<nn::Parameters> initial;
    if (config && model.programVersion == MAURY_VERSION && config->hidden == part.spec.hidden)
        initial = initialWeights(part.spec, weightsSeed(Range::Blue, config->seed, 0));
    const RobustConfig live = config ? *config : RobustConfig {};
    PartProber prober(part, model.scheme, stars ? &*stars : nullptr, initial ? &*initial : nullptr);
    return prober.probe(
        part.members.front(), epochsPerMember(live), live.weightTemperature, live.weightLuminosity);
}

} // namespace maury::robust
