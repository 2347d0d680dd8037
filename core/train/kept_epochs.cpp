#include "core/train/kept_epochs.h"

#include "core/train/config_json.h"
#include "core/train/model_file.h"
#include "core/train/optimizer_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <string_view>

namespace maury::train {
namespace {

using base::Result;
namespace fs = std::filesystem;

constexpr const char* kFitLoss = "fit_loss";

Result<void> writeKept(const Checkpoint& checkpoint, double fitLoss, const fs::path& file)
{
    Model model = checkpoint.model;
    model.settings = configToJson(checkpoint.config);
    return io::writeHdf5(file, modelFormat(), [&](io::Hdf5Group& root) -> Result<void> {
        for (const auto& written : { writeModelGroup(root, "model", model),
                 root.setAttribute(kFitLoss, fitLoss),
                 writeOptimizer(root, model.spec, checkpoint.optimizer) })
            if (!written)
                return written;
        return {};
    });
}

} // namespace

fs::path keptEpochsFolder(const fs::path& checkpoint)
{
    fs::path folder = checkpoint;
    folder += ".epochs";
    return folder;
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

Result<void> keepEpoch(const Checkpoint& checkpoint, double fitLoss)
{
    const TrainingConfig& config = checkpoint.config;
    const int epoch = checkpoint.model.epoch - 1;
    const auto kept = keptEpochs(config.checkpoint);
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
    if (const auto written = writeKept(checkpoint, fitLoss, file); !written)
        return written;
    const auto size = fs::file_size(file, error);
    if (error || (kept.size() + 1) * size <= config.keepBudgetBytes)
        return {};
    for (const KeptEpoch& old : kept)
        if (old.epoch % (2 * every) != 0)
            fs::remove(old.file, error);
    return {};
}

Result<EpochState> readKeptEpoch(const fs::path& file)
{
    const auto root = io::openHdf5(file, modelFormat());
    if (!root)
        return base::Unexpected(root.error());
    auto model = readModelGroup(*root, "model");
    if (!model)
        return base::Unexpected(model.error());
    const auto fitLoss = root->realAttribute(kFitLoss);
    if (!fitLoss)
        return base::Unexpected(fitLoss.error());
    const auto config = configFromJson(model->settings, root->place());
    if (!config)
        return base::Unexpected(config.error());
    auto optimizer = readOptimizer(*root, model->spec, momentCount(config->optimizer));
    if (!optimizer)
        return base::Unexpected(optimizer.error());
    return EpochState { *std::move(model), *std::move(optimizer), *fitLoss };
}

Result<double> fitLossOf(const fs::path& file)
{
    const auto root = io::openHdf5(file, modelFormat());
    if (!root)
        return base::Unexpected(root.error());
    return root->realAttribute(kFitLoss);
}

Result<void> forgetKeptEpochs(const fs::path& checkpoint)
{
    std::error_code error;
    for (const KeptEpoch& kept : keptEpochs(checkpoint))
        if (!fs::remove(kept.file, error) && error)
            return base::failure(
                base::ErrorCode::WriteFailed, kept.file.string(), error.message());
    return {};
}

} // namespace maury::train
