#include "core/train/training_data.h"

#include "core/base/random.h"
#include "core/base/thread_team.h"
#include "core/mk/class_scheme.h"

#include <array>
#include <utility>

namespace maury::train {
namespace {

constexpr std::uint64_t kTestStream = 0x7465'7374; // "test": other numbers than the training set's

std::string names(const std::vector<mk::AtlasPtr>& atlases)
{
    std::string text;
    for (const auto& atlas : atlases)
        text += (text.empty() ? "" : ", ") + atlas->name();
    return text;
}

/// Passes on a part of the whole progress.
dataset::ProgressFunction part(const dataset::ProgressFunction& progress, double begin, double end)
{
    if (!progress)
        return {};
    return [&progress, begin, end](double fraction) { progress(begin + (end - begin) * fraction); };
}

} // namespace

dataset::BuildOptions trainingSetOptions(const TrainingConfig& config)
{
    dataset::BuildOptions options;
    options.perSpectrum = config.perSpectrumTrain;
    options.augmentation = config.live.augmentation;
    options.seed = config.seed;
    options.edges = config.edges;
    options.threads = config.threads > 0 ? config.threads : base::defaultThreadCount();
    return options;
}

base::Result<PreparedData> prepareTrainingData(const std::vector<mk::AtlasPtr>& atlases,
    const mk::AtlasPtr& test, const TrainingConfig& config, std::stop_token stop,
    const dataset::ProgressFunction& progress)
{
    EXPECTS(!atlases.empty());
    const std::vector<mk::AtlasPtr> testAtlases
        = test ? std::vector<mk::AtlasPtr> { test } : atlases;
    const auto scheme = mk::selectClasses(atlases, testAtlases);
    if (!scheme)
        return base::Unexpected(scheme.error());

    auto options = trainingSetOptions(config);
    auto trainSet
        = dataset::buildSampleSet(atlases, *scheme, options, stop, part(progress, 0.0, 0.9));
    if (!trainSet)
        return base::failureIn(trainSet.error(), "while making the training set");

    options.perSpectrum = config.perSpectrumTest;
    options.seed = base::RandomStream(config.seed).split(kTestStream).key();
    auto testSet
        = dataset::buildSampleSet(testAtlases, *scheme, options, stop, part(progress, 0.9, 1.0));
    if (!testSet)
        return base::failureIn(testSet.error(), "while making the test set");

    PreparedData prepared;
    prepared.data = { *std::move(trainSet), *std::move(testSet), atlases };
    prepared.trainAtlas = names(atlases);
    prepared.testAtlas = names(testAtlases);
    if (test)
        prepared.relation = mk::relate(*atlases.front(), *test);
    return prepared;
}

} // namespace maury::train
