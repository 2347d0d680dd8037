#pragma once

#include "core/io/hdf5_file.h"
#include "core/train/training_event.h"

#include <string>
#include <vector>

namespace maury::train {

struct StoredHistory {
    std::vector<EpochDone> epochs;
    std::vector<SettingChanged> changes;
};

/// Stores the numbers of epochs (no confusion matrices) and the changes of a run as arrays of
/// `root`. Errors: WriteFailed.
[[nodiscard]] base::Result<void> writeCourse(io::Hdf5Group& root,
    const std::vector<EpochDone>& epochs, const std::vector<SettingChanged>& changes);
/// Errors: ValueMissing, ValueInvalid, FileDamaged.
[[nodiscard]] base::Result<StoredHistory> readCourse(const io::Hdf5Group& root);

/// The same with the confusion matrices, from which the scores follow. Errors: WriteFailed.
[[nodiscard]] base::Result<void> writeHistory(io::Hdf5Group& root,
    const std::vector<EpochDone>& epochs, const std::vector<SettingChanged>& changes);
/// Errors: ValueMissing, ValueInvalid, FileDamaged.
[[nodiscard]] base::Result<StoredHistory> readHistory(
    const io::Hdf5Group& root, const std::vector<std::string>& scNames);

} // namespace maury::train
