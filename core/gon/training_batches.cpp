#include "core/gon/training_batches.h"

#include "core/dataset/noise.h"

#include <algorithm>

namespace maury::gon {
namespace {

// Random streams of a run.
constexpr std::uint64_t kHidingStream = 1;
constexpr std::uint64_t kRowStream = 2;
constexpr std::uint64_t kAugmentStream = 3;
constexpr std::uint64_t kNoiseStream = 4;
constexpr std::uint64_t kPosteriorStream = 5;

constexpr double kNarrowestBlock = 5.0; ///< Å hidden from inference
constexpr double kWidestBlock = 60.0;
constexpr float kDarkest = 0.02F; ///< flux below which photon noise falls no further

dataset::AugmentationSettings quiet(dataset::AugmentationSettings settings)
{
    settings.gain = 0.0; // noise is added here, where its variance is known
    return settings;
}

} // namespace

TrainingBatches::TrainingBatches(const GonData& data, const std::vector<float>& windowWeight,
    int batchSize, int latent, bool variational, std::uint64_t seed, int threads)
    : m_data(data)
    , m_windowWeight(windowWeight)
    , m_batchSize(static_cast<std::size_t>(batchSize))
    , m_latent(latent)
    , m_variational(variational)
    , m_stream(base::RandomStream(seed))
    , m_team(threads)
{
    for (std::size_t row = 0; row < data.train.spectra(); ++row)
        if (isUsable(data.train, row))
            m_usable.push_back(row);
    if (!data.variation)
        return;
    const auto& wavelengths = data.train.wavelengthAngstrom;
    const double step = (wavelengths.back() - wavelengths.front())
        / static_cast<double>(wavelengths.size() - 1);
    m_augmenter.emplace(spectrum::WavelengthGrid { wavelengths.front(), step, wavelengths.size() },
        quiet(*data.variation), m_stream.split(kAugmentStream).key());
}

void TrainingBatches::makeRow(
    std::uint64_t step, std::size_t index, bool hides, TrainingBatch& batch) const
{
    base::RandomStream stream = m_stream.split(kRowStream).split(step).split(index);
    const auto drawn = static_cast<Eigen::Index>(
        m_usable[stream.below(static_cast<std::uint32_t>(m_usable.size()))]);
    const auto row = static_cast<Eigen::Index>(index);
    const SpectrumSet& set = m_data.train;
    const auto pixels = set.pixels();
    const std::span<float> data(batch.data.row(row).data(), pixels);
    const Eigen::Map<const Eigen::Array<float, 1, Eigen::Dynamic>> window(
        m_windowWeight.data(), static_cast<Eigen::Index>(pixels));
    if (m_augmenter) {
        m_augmenter->apply({ set.flux.row(drawn).data(), pixels },
            static_cast<std::uint32_t>(step), index, data);
        const double gain = m_data.variation->gain > 0.0 ? m_data.variation->gain : 5000.0;
        const auto good = (set.ivar.row(drawn).array() > 0.0F).cast<float>();
        batch.lossWeight.row(row).array() = good * static_cast<float>(gain)
            / batch.data.row(row).array().max(kDarkest) * window;
        if (m_data.variation->gain > 0.0)
            dataset::addGaussianNoise(
                data, gain, m_stream.split(kNoiseStream).split(step).split(index));
    } else {
        batch.data.row(row) = set.flux.row(drawn);
        batch.lossWeight.row(row).array() = set.ivar.row(drawn).array() * window;
        // What is not used may be anything: it must not spoil a product with weight 0.
        batch.data.row(row).array()
            = (set.ivar.row(drawn).array() > 0.0F).select(batch.data.row(row).array(), 0.0F);
    }
    batch.inferenceWeight.row(row) = batch.lossWeight.row(row);
    if (!hides || index % 2 != 0)
        return;
    const auto& wavelengths = set.wavelengthAngstrom;
    const double width
        = kNarrowestBlock + (kWidestBlock - kNarrowestBlock) * stream.uniform();
    const double first = wavelengths.front()
        + stream.uniform() * std::max(0.0, wavelengths.back() - wavelengths.front() - width);
    const auto begin = std::lower_bound(wavelengths.begin(), wavelengths.end(), first);
    const auto end = std::upper_bound(begin, wavelengths.end(), first + width);
    batch.inferenceWeight.row(row)
        .segment(begin - wavelengths.begin(), end - begin)
        .setZero();
}

void TrainingBatches::make(int step, double hiddenShare, TrainingBatch& batch)
{
    const auto rows = static_cast<Eigen::Index>(m_batchSize);
    const auto pixels = static_cast<Eigen::Index>(m_data.train.pixels());
    batch.data.resize(rows, pixels);
    batch.lossWeight.resize(rows, pixels);
    batch.inferenceWeight.resize(rows, pixels);
    const auto number = static_cast<std::uint64_t>(step);
    const bool hides = m_stream.split(kHidingStream).split(number).uniform() < hiddenShare;
    m_team.run([&](int member) {
        const auto mine = m_team.share(rows, member);
        for (std::int64_t i = mine.begin; i < mine.end; ++i)
            makeRow(number, static_cast<std::size_t>(i), hides, batch);
    });
    if (!m_variational)
        return;
    base::RandomStream posterior = m_stream.split(kPosteriorStream).split(number);
    batch.noise.resize(rows, m_latent);
    for (Eigen::Index i = 0; i < batch.noise.size(); ++i)
        batch.noise.data()[i] = static_cast<float>(posterior.normal());
}

} // namespace maury::gon
