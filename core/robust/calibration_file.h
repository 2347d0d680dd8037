#pragma once

#include "core/io/hdf5_file.h"
#include "core/robust/calibration.h"

#include <string>

namespace maury::robust {

/// Stores a calibration as a group of that name. Errors: WriteFailed, LibraryFailed.
[[nodiscard]] base::Result<void> writeCalibration(
    io::Hdf5Group& parent, const std::string& name, const Calibration& calibration);

/// Errors: FileDamaged (a checksum, lists of different lengths), ValueMissing, ValueInvalid.
[[nodiscard]] base::Result<Calibration> readCalibration(
    const io::Hdf5Group& parent, const std::string& name);

} // namespace maury::robust
