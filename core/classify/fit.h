#pragma once

#include "core/base/result.h"
#include "core/mk/atlas.h"
#include "core/train/model.h"

#include <string>

namespace maury::classify {

/// Whether an atlas can stand behind the answers of a model: it has the model's grid and a standard
/// of each of its classes. Errors: ModelMismatch naming both grids, or both lists of classes.
[[nodiscard]] base::Result<void> checkFit(const train::Model& model, const mk::Atlas& atlas);

/// Whether a model can be scored on the standards of an atlas: it has the model's grid and a
/// standard of at least one of its classes. Errors: as checkFit().
[[nodiscard]] base::Result<void> checkScorable(const train::Model& model, const mk::Atlas& atlas);

/// "3800–4599.5 Å in 1600 pixels": a grid as the errors of a misfit name it.
[[nodiscard]] std::string describeGrid(const spectrum::WavelengthGrid& grid);

} // namespace maury::classify
