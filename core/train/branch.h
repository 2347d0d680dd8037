#pragma once

#include "core/base/result.h"
#include "core/train/training_config.h"

#include <filesystem>
#include <optional>

namespace maury::train {

/// Makes a run that goes on from epoch `epoch` (0-based, a kept one) of the run of `checkpoint`:
/// writes its checkpoint to `branch`, for Trainer::resume(), and its kept epochs beside it. Left
/// alone it repeats the run it comes from, bit for bit on the CPU, as far as all epochs were kept;
/// with `live`, these settings hold from there on, and the history marks what they changed. The
/// run that it comes from stays as it is.
///
/// The best epoch so far is the best of those kept: where a long run has let epochs go, an earlier
/// one than its own may stand for it until a better one comes.
///
/// Errors: those of reading; OptionInvalid (the epoch was not kept, `branch` is `checkpoint`, live
/// settings out of range); ModelMismatch (the kept epoch belongs to another run); WriteFailed.
[[nodiscard]] base::Result<void> branchRun(const std::filesystem::path& checkpoint, int epoch,
    const std::optional<LiveSettings>& live, const std::filesystem::path& branch);

/// The live settings as they stood at the end of a kept epoch. Errors: as branchRun().
[[nodiscard]] base::Result<LiveSettings> liveSettingsAfter(
    const std::filesystem::path& checkpoint, int epoch);

} // namespace maury::train
