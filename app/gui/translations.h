#pragma once

#include <QString>

class QApplication;

namespace maury::gui {

/// Installs our translation and Qt's for a language code; empty takes the system's. Without one the
/// texts stay English.
void installTranslations(QApplication& application, const QString& language);

} // namespace maury::gui
