#pragma once

#include "app/gui/appearance.h"

#include <QString>

class QSettings;

namespace maury::gui {

/// What the user prefers from one start to the next; the command line goes before it.
struct Preferences {
    Style style = Style::System;
    QString language; ///< "en", "fr"; empty: the system's
    QString atlas = "builtin"; ///< opened at the start: builtin or a folder
    bool restoreSession = true; ///< files, star, page and settings of the last time come back

    bool operator==(const Preferences&) const = default;
};

/// What cannot be understood is taken as never set.
[[nodiscard]] Preferences readPreferences(const QSettings& settings);
void writePreferences(QSettings& settings, const Preferences& preferences);

/// The names of styles and languages on the command line and in the settings.
[[nodiscard]] QString toString(Style style); ///< "system", "light", "dark"
[[nodiscard]] const QList<Style>& allStyles();
[[nodiscard]] const QStringList& allLanguages();

} // namespace maury::gui
