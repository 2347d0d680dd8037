#pragma once

#include "ui/bridge/run_request.h"

#include <QString>
#include <QStringList>

#include <optional>
#include <utility>

namespace maury::gui {

/// What of a session comes back at the next start, besides the project and the layout.
struct SessionState {
    QStringList files; ///< opened, absolute paths, in the order of the list
    QString starFile; ///< of the selected star; empty for a standard
    QString standard; ///< its name in the atlas
    QString page; ///< identifier
    std::optional<std::pair<double, double>> zoom; ///< shown wavelengths of the Spectra page, Å
    std::optional<ui::RunRequest> run; ///< settings of the next run
};

/// Written at once and whole: a killed program leaves the state before or the new one. Errors:
/// WriteFailed.
[[nodiscard]] base::Result<void> writeSession(const QString& file, const SessionState& state);
/// Errors: FileMissing, FileDamaged, FormatVersion.
[[nodiscard]] base::Result<SessionState> readSession(const QString& file);
/// Gives a file that cannot be read another name, so that it is not written over; returns it, or
/// nothing when that fails.
[[nodiscard]] QString keepDamagedSession(const QString& file);

} // namespace maury::gui
