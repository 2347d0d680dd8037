#pragma once

#include <QPalette>

class QApplication;

namespace maury::gui {

enum class Style { System, Light, Dark };

/// Fusion with our own palette: light or dark as asked, or as the system's palette is.
void applyAppearance(QApplication& application, Style style);

[[nodiscard]] QPalette lightPalette();
[[nodiscard]] QPalette darkPalette();

} // namespace maury::gui
