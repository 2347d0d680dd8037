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
    if (m_own == nullptr) {
        m_own = std::make_shared<dataset::SampleSet>(*data.train);
        data.train = m_own;
    }
    dataset::BuildOptions options = trainingSetOptions(config);
    options.augmentation = augmentation;
    if (const auto made = dataset::refreshSampleSet(
            *m_own, data.atlases, options, static_cast<std::uint32_t>(epoch), stop);
        !made)
        return made;
    return keepSets(backend, data);
}

} // namespace maury::train
