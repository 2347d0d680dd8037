#pragma once

#include "core/base/result.h"

#include <QString>
#include <QStringList>

namespace maury::gui {

/// Makes a project of so many stars, half of them typed, for measurements. The file of the first
/// star is written beside it; those of the others are not there. Errors: those of Project,
/// WriteFailed.
[[nodiscard]] base::Result<void> makeBenchProject(const QString& file, int stars);

/// `--bench start --project FILE --stars N`: makes the project unless it is there, then starts this
/// program once more to measure the start with it; returns its exit status.
[[nodiscard]] int benchStartWithStars(
    const QString& project, int stars, const QStringList& arguments);

} // namespace maury::gui
