#pragma once

#include "core/base/result.h"
#include "core/mk/atlas.h"

#include <filesystem>

namespace maury::mk {

/// Writes an atlas as a folder of `tNNNlnnp00.rbn` files (wavelength in air, flux; 0 where there
/// are no data) and an `interpolated_cells.csv`: what readAtlasFolder() reads back. The folder is
/// made if it is missing. Errors: WriteFailed.
[[nodiscard]] base::Result<void> writeAtlasFolder(
    const Atlas& atlas, const std::filesystem::path& folder);

} // namespace maury::mk
