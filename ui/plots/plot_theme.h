#pragma once

#include "core/mk/spectral_type.h"

#include <QColor>
#include <QPalette>

namespace maury::ui {

/// The colours of every plot: grounds and texts from the palette, meanings fixed and safe for
/// colour-blind readers (Okabe & Ito 2008), lightened on dark grounds.
struct PlotTheme {
    bool dark = false;
    QColor background;
    QColor text;
    QColor axis;
    QColor grid;
    QColor star; ///< black or white
    QColor standardFirst; ///< muted
    QColor standardSecond;
    QColor residual;
    QColor marker; ///< line markers and their names
    QColor accent; ///< what is highlighted
    QColor train; ///< curves of the training set
    QColor test; ///< curves of the test set
    QColor speaksFor; ///< evidence for an answer
    QColor speaksAgainst;
    QColor warning;
    QColor error;
    QColor luminosityI;
    QColor luminosityIII;
    QColor luminosityV;

    [[nodiscard]] static PlotTheme from(const QPalette& palette);
    /// Of exported figures: black on white.
    [[nodiscard]] static PlotTheme paper();
    /// Vermilion, bluish green, blue for I, III, V.
    [[nodiscard]] QColor luminosity(mk::LuminosityGroup group) const;
    /// Blue (O) through neutral to red (M), by decimal subclass 0 … 70; clamped outside.
    [[nodiscard]] QColor spectralClass(double decimalSubclass) const;
    /// From the background (0) to a strong colour (1), evenly perceived: for matrices and
    /// densities.
    [[nodiscard]] QColor density(double fraction) const;
};

/// Whether text is lighter than the ground in a palette.
[[nodiscard]] bool isDark(const QPalette& palette);

} // namespace maury::ui
