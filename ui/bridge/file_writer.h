#pragma once

#include "core/base/result.h"

#include <QByteArray>
#include <QString>

namespace maury::ui {

/// Writes a whole file under a temporary name and renames it, so that a failure leaves what was
/// there. Errors: WriteFailed with the system's reason (no such folder, no permission, disk full).
[[nodiscard]] base::Result<void> writeFile(const QString& file, const QByteArray& bytes);

} // namespace maury::ui
