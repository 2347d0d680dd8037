#include "core/train/fresh_set.h"

#include "core/train/training_data.h"

namespace maury::train {

base::Result<void> keepSets(Backend& backend, const TrainingData& data)
{
    std::vector<LabelledSamples> sets;
    for (const dataset::SampleSet* set : { data.train.get(), data.test.get() })
        if (set != nullptr)
            sets.push_back({ set->flux.data(), set->sc, set->lc });
    return backend.keep(sets);
}

base::Result<void> FreshSet::remake(TrainingData& data, const TrainingConfig& config,
    const dataset::AugmentationSettings& augmentation, int epoch, Backend& backend,
    const std::stop_token& stop)
{
    dataset::BuildOptions options = trainingSetOptions(config);
    options.augmentation = augmentation;
    if (m_onDevice && options.perSpectrum > 0) {
        const auto made = remakeOnDevice(data, options, epoch, backend);
        if (!made)
            return base::Unexpected(made.error());
        m_onDevice = *made;
        if (m_onDevice)
            return {};
    }
    if (m_own == nullptr) {
        m_own = std::make_shared<dataset::SampleSet>(*data.train);
        data.train = m_own;
    }
    if (const auto made = dataset::refreshSampleSet(
            *m_own, data.atlases, options, static_cast<std::uint32_t>(epoch), stop);
        !made)
        return made;
    return keepSets(backend, data);
}

base::Result<bool> FreshSet::remakeOnDevice(const TrainingData& data,
    const dataset::BuildOptions& options, int epoch, Backend& backend)
{
    if (const auto valid = dataset::validate(options); !valid)
        return base::Unexpected(valid.error());
    const dataset::SampleSet& set = *data.train;
    if (m_standards.size() == 0) {
        auto standards = dataset::standardsOfSet(set, data.atlases, options.edges);
        if (!standards)
            return base::Unexpected(standards.error());
        m_standards = *std::move(standards);
    }
    return backend.makeFresh({ set.flux.data(),
        { m_standards.data(), static_cast<std::size_t>(m_standards.size()) }, set.standard,
        set.grid, options.augmentation, options.seed, static_cast<std::uint32_t>(epoch) });
}

} // namespace maury::train
