#pragma once

#include "core/gon/gon_trainer.h"
#include "core/gon/spectrum_set.h"
#include "core/mk/atlas.h"
#include "core/store/store.h"

#include <QString>

#include <cstdint>
#include <vector>

namespace maury::ui {

/// A Gradient Origin Network with the principal components that stand beside it everywhere.
struct GonModels {
    gon::GonModelPtr model; ///< null: there is none
    gon::GonModelPtr baseline; ///< as many components on the same pixels; null where there are none
    QString name; ///< where the model comes from, for people
};

/// The principal components of as many dimensions as the model, of the standards of an atlas and
/// their variations. Null when the atlas has another grid or too few standards.
[[nodiscard]] gon::GonModelPtr gonBaseline(const gon::GonModel& model, const mk::Atlas& atlas);

/// The spectra of a store that a network learns from and a map shows: all, or so many spread over a
/// larger store.
[[nodiscard]] std::vector<std::uint64_t> rowsToLearn(const store::Store& store);

/// Whether a file is such a network, as far as its format's name tells.
[[nodiscard]] bool isGonFile(const QString& file);

/// Reads a model; the baseline comes of the atlas (may be null). Errors: those of
/// gon::readGonModel().
[[nodiscard]] base::Result<GonModels> openGonModels(
    const std::string& file, const mk::AtlasPtr& atlas);

} // namespace maury::ui
