#include "core/train/branch.h"

#include "core/train/config_json.h"
#include "core/train/kept_epochs.h"
#include "core/train/live_changes.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <utility>

namespace maury::train {
namespace {

using base::ErrorCode;
using base::Result;
namespace fs = std::filesystem;

Result<KeptEpoch> findKept(const fs::path& checkpoint, int epoch)
{
    const auto kept = keptEpochs(checkpoint);
    const auto found = std::find_if(kept.begin(), kept.end(),
        [epoch](const KeptEpoch& candidate) { return candidate.epoch == epoch; });
    if (found != kept.end())
        return *found;
    std::vector<int> numbers;
    for (const KeptEpoch& candidate : kept)
        numbers.push_back(candidate.epoch + 1);
    return base::failure(ErrorCode::OptionInvalid, "epoch to branch at",
        std::to_string(epoch + 1),
        numbers.empty() ? "a run whose epochs were kept; " + keptEpochsFolder(checkpoint).string()
                    + " holds none"
                        : fmt::format("one that was kept: {}", fmt::join(numbers, " ")));
}

/// The best of the kept epochs up to `epoch`.
Result<void> findBest(const fs::path& file, int epoch, Checkpoint& checkpoint)
{
    std::optional<KeptEpoch> best;
    for (const KeptEpoch& kept : keptEpochs(file)) {
        if (kept.epoch > epoch)
            break;
        const auto loss = fitLossOf(kept.file);
        if (!loss)
            return base::Unexpected(loss.error());
        if (best && *loss >= checkpoint.bestLoss)
            continue;
        best = kept;
        checkpoint.bestLoss = *loss;
    }
    auto model = readModel(best->file);
    if (!model)
        return base::Unexpected(model.error());
    checkpoint.bestEpoch = best->epoch;
    checkpoint.best = std::move(model->parameters);
    return {};
}

/// Forgets what came after an epoch.
void endAfter(int epoch, Checkpoint& checkpoint)
{
    checkpoint.history.resize(static_cast<std::size_t>(epoch) + 1);
    std::erase_if(checkpoint.changes,
        [epoch](const SettingChanged& change) { return change.epoch > epoch; });
}

Result<void> changeLive(const LiveSettings& live, int epoch, Checkpoint& checkpoint)
{
    if (const auto valid = validate(live); !valid)
        return valid;
    for (const LiveChange& change : liveChanges(checkpoint.config.live, live))
        checkpoint.changes.push_back(
            { change.setting, change.before, change.after, epoch + 1, 0 });
    checkpoint.config.live = live;
    return {};
}

/// Names of the same file where the file system has them: kept epochs are replaced, never changed.
Result<void> shareKept(const fs::path& from, int epoch, const fs::path& to)
{
    if (const auto forgotten = forgetKeptEpochs(to); !forgotten)
        return forgotten;
    const fs::path folder = keptEpochsFolder(to);
    std::error_code error;
    fs::create_directories(folder, error);
    for (const KeptEpoch& kept : keptEpochs(from)) {
        if (kept.epoch > epoch || error)
            break;
        const fs::path name = folder / kept.file.filename();
        fs::create_hard_link(kept.file, name, error);
        if (error)
            fs::copy_file(kept.file, name, fs::copy_options::overwrite_existing, error);
    }
    if (error)
        return base::failure(ErrorCode::WriteFailed, folder.string(), error.message());
    return {};
}

/// The state after an epoch in place of that at the end of the run.
Result<void> goBack(const KeptEpoch& kept, Checkpoint& checkpoint)
{
    auto state = readKeptEpoch(kept.file);
    if (!state)
        return base::Unexpected(state.error());
    const auto config = configFromJson(state->model.settings, kept.file.string());
    if (!config)
        return base::Unexpected(config.error());
    const auto epochs = std::ssize(checkpoint.history);
    if (!(state->model.spec == checkpoint.model.spec) || kept.epoch >= epochs
        || config->seed != checkpoint.config.seed)
        return base::failure(ErrorCode::ModelMismatch, kept.file.string(), "another run",
            fmt::format("an epoch of the run of {} epochs with seed {}", epochs,
                checkpoint.config.seed));
    checkpoint.config.live = config->live;
    checkpoint.model.parameters = std::move(state->model.parameters);
    checkpoint.model.epoch = state->model.epoch;
    checkpoint.optimizer = std::move(state->optimizer);
    return {};
}

} // namespace

Result<void> branchRun(const fs::path& checkpoint, int epoch,
    const std::optional<LiveSettings>& live, const fs::path& branch)
{
    if (fs::absolute(checkpoint).lexically_normal() == fs::absolute(branch).lexically_normal())
        return base::failure(ErrorCode::OptionInvalid, "checkpoint of the branch",
            branch.string(), "another file than that of the run it comes from");
    auto stored = readCheckpoint(checkpoint);
    if (!stored)
        return base::Unexpected(stored.error());
    const auto kept = findKept(checkpoint, epoch);
    if (!kept)
        return base::Unexpected(kept.error());
    if (const auto done = goBack(*kept, *stored); !done)
        return done;
    if (const auto found = findBest(checkpoint, epoch, *stored); !found)
        return found;
    endAfter(epoch, *stored);
    if (live)
        if (const auto changed = changeLive(*live, epoch, *stored); !changed)
            return changed;
    stored->config.checkpoint = branch;
    if (const auto shared = shareKept(checkpoint, epoch, branch); !shared)
        return shared;
    return writeCheckpoint(*stored, branch);
}

Result<LiveSettings> liveSettingsAfter(const fs::path& checkpoint, int epoch)
{
    const auto kept = findKept(checkpoint, epoch);
    if (!kept)
        return base::Unexpected(kept.error());
    const auto model = readModel(kept->file);
    if (!model)
        return base::Unexpected(model.error());
    const auto config = configFromJson(model->settings, kept->file.string());
    if (!config)
        return base::Unexpected(config.error());
    return config->live;
}

} // namespace maury::train
