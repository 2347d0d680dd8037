#include "core/train/checkpoint.h"

#include "core/train/config_json.h"
#include "core/train/history_file.h"
#include "core/train/model_file.h"
#include "core/train/optimizer_file.h"
#include "core/train/parameters_file.h"

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
             writeModelGroup(root, "model", checkpoint.model),
             writeOptimizer(root, checkpoint.model.spec, checkpoint.optimizer),
             writeParameters(root, "best", checkpoint.model.spec, checkpoint.best),
             writeHistory(root, checkpoint.history, checkpoint.changes) })
        if (!written)
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
    auto optimizer
        = readOptimizer(*root, checkpoint.model.spec, momentCount(checkpoint.config.optimizer));
    if (!optimizer)
        return base::Unexpected(optimizer.error());
    checkpoint.optimizer = std::move(*optimizer);
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
    fs::path file = checkpoint;
    file += ".best";
    return file;
}

} // namespace maury::train
