#include "core/train/checkpoint.h"

#include "core/train/config_json.h"
#include "core/train/history_file.h"
#include "core/train/model_file.h"
#include "core/train/parameters_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace maury::train {
namespace {

using base::Result;
namespace fs = std::filesystem;

const io::Hdf5Format kFormat { "maury-checkpoint", 1 };

Result<void> fill(io::Hdf5Group& root, const Checkpoint& checkpoint)
{
    for (const auto& written : { root.setAttribute("config", configToJson(checkpoint.config)),
             root.setAttribute("best_epoch", std::int64_t { checkpoint.bestEpoch }),
             root.setAttribute("best_loss", checkpoint.bestLoss),
             root.setAttribute("train_identity", checkpoint.trainIdentity),
             root.setAttribute("test_identity", checkpoint.testIdentity),
             root.setAttribute("optimizer_steps", checkpoint.optimizer.steps),
             root.setAttribute("optimizer_moments",
                 static_cast<std::int64_t>(checkpoint.optimizer.moments.size())),
             writeModelGroup(root, "model", checkpoint.model),
             writeParameters(root, "best", checkpoint.model.spec, checkpoint.best),
             writeHistory(root, checkpoint.history, checkpoint.changes) })
        if (!written)
            return written;
    for (std::size_t i = 0; i < checkpoint.optimizer.moments.size(); ++i)
        if (const auto written = writeParameters(root, fmt::format("moment{}", i),
                checkpoint.model.spec, checkpoint.optimizer.moments[i]);
            !written)
            return written;
    return {};
}

Result<void> readAttributes(const io::Hdf5Group& root, Checkpoint& checkpoint)
{
    const auto config = root.textAttribute("config");
    const auto bestEpoch = root.integerAttribute("best_epoch");
    const auto bestLoss = root.realAttribute("best_loss");
    const auto train = root.textAttribute("train_identity");
    const auto test = root.textAttribute("test_identity");
    if (!config)
        return base::Unexpected(config.error());
    if (!bestEpoch)
        return base::Unexpected(bestEpoch.error());
    if (!bestLoss)
        return base::Unexpected(bestLoss.error());
    if (!train)
        return base::Unexpected(train.error());
    if (!test)
        return base::Unexpected(test.error());
    auto parsed = configFromJson(*config, root.place());
    if (!parsed)
        return base::Unexpected(parsed.error());
    checkpoint.config = std::move(*parsed);
    checkpoint.bestEpoch = static_cast<int>(*bestEpoch);
    checkpoint.bestLoss = *bestLoss;
    checkpoint.trainIdentity = *train;
    checkpoint.testIdentity = *test;
    return {};
}

/// Parameters that must have the shape of the checkpoint's network.
Result<nn::Parameters> readFitting(
    const io::Hdf5Group& root, const std::string& name, const nn::NetworkSpec& spec)
{
    auto network = readParameters(root, name);
    if (!network)
        return base::Unexpected(network.error());
    if (!(network->spec == spec))
        return base::failure(base::ErrorCode::FileDamaged, root.place() + name,
            "a network of another shape", "the shape of the model beside it");
    return std::move(network->parameters);
}

Result<void> readOptimizer(const io::Hdf5Group& root, Checkpoint& checkpoint)
{
    const auto steps = root.integerAttribute("optimizer_steps");
    const auto count = root.integerAttribute("optimizer_moments");
    if (!steps)
        return base::Unexpected(steps.error());
    if (!count)
        return base::Unexpected(count.error());
    const auto expected = static_cast<std::int64_t>(momentCount(checkpoint.config.optimizer));
    if (*count != expected)
        return base::failure(base::ErrorCode::FileDamaged, root.place() + "optimizer_moments",
            std::to_string(*count), std::to_string(expected));
    checkpoint.optimizer.steps = *steps;
    for (std::int64_t i = 0; i < *count; ++i) {
        auto moment = readFitting(root, fmt::format("moment{}", i), checkpoint.model.spec);
        if (!moment)
            return base::Unexpected(moment.error());
        checkpoint.optimizer.moments.push_back(std::move(*moment));
    }
    return {};
}

fs::path withSuffix(fs::path file, const char* suffix)
{
    file += suffix;
    return file;
}

} // namespace

Result<void> writeCheckpoint(const Checkpoint& checkpoint, const fs::path& file)
{
    return io::writeHdf5(
        file, kFormat, [&](io::Hdf5Group& root) { return fill(root, checkpoint); });
}

Result<Checkpoint> readCheckpoint(const fs::path& file)
{
    const auto root = io::openHdf5(file, kFormat);
    if (!root)
        return base::Unexpected(root.error());
    Checkpoint checkpoint;
    if (const auto read = readAttributes(*root, checkpoint); !read)
        return base::Unexpected(read.error());
    auto model = readModelGroup(*root, "model");
    if (!model)
        return base::Unexpected(model.error());
    checkpoint.model = std::move(*model);
    if (const auto read = readOptimizer(*root, checkpoint); !read)
        return base::Unexpected(read.error());
    auto best = readFitting(*root, "best", checkpoint.model.spec);
    if (!best)
        return base::Unexpected(best.error());
    checkpoint.best = std::move(*best);
    auto history = readHistory(*root, checkpoint.model.scheme.names);
    if (!history)
        return base::Unexpected(history.error());
    checkpoint.history = std::move(history->epochs);
    checkpoint.changes = std::move(history->changes);
    return checkpoint;
}

fs::path bestModelFile(const fs::path& checkpoint)
{
    return withSuffix(checkpoint, ".best");
}
fs::path keptEpochsFolder(const fs::path& checkpoint)
{
    return withSuffix(checkpoint, ".epochs");
}

std::vector<KeptEpoch> keptEpochs(const fs::path& checkpoint)
{
    std::vector<KeptEpoch> kept;
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(keptEpochsFolder(checkpoint), error)) {
        const std::string name = entry.path().stem().string();
        constexpr std::string_view kPrefix = "epoch";
        int epoch = -1;
        if (name.starts_with(kPrefix) && entry.path().extension() == ".h5"
            && std::from_chars(name.data() + kPrefix.size(), name.data() + name.size(), epoch).ec
                == std::errc())
            kept.push_back({ epoch, entry.path() });
    }
    std::sort(kept.begin(), kept.end(),
        [](const KeptEpoch& a, const KeptEpoch& b) { return a.epoch < b.epoch; });
    return kept;
}

Result<void> keepEpoch(const Model& model, int epoch, const TrainingConfig& config)
{
    auto kept = keptEpochs(config.checkpoint);
    // The spacing in use follows from the files themselves, so that a resumed run goes on with it.
    int every = config.keepEvery;
    if (kept.size() >= 2)
        every = std::max(every, kept[1].epoch - kept[0].epoch);
    if (epoch % every != 0)
        return {};
    const fs::path folder = keptEpochsFolder(config.checkpoint);
    std::error_code error;
    fs::create_directories(folder, error);
    if (error)
        return base::failure(base::ErrorCode::WriteFailed, folder.string(), error.message());
    const fs::path file = folder / fmt::format("epoch{:06}.h5", epoch);
    if (const auto written = writeModel(model, file); !written)
        return written;
    const auto size = fs::file_size(file, error);
    if (error || (kept.size() + 1) * size <= config.keepBudgetBytes)
        return {};
    for (const KeptEpoch& old : kept)
        if (old.epoch % (2 * every) != 0)
            fs::remove(old.file, error);
    return {};
}

} // namespace maury::train
