#pragma once

#include "ui/plots/spectrum_plot.h"

#include <QFont>

#include <qcustomplot.h>

namespace maury::ui {

/// Draws the line markers of an axis rect in one go: ticks at all lines in sight, dotted lines and
/// names at those whose name fits without touching another, the most important first. Only for
/// ui/plots.
class MarkerStrip : public QCPLayerable {
public:
    MarkerStrip(QCPAxisRect& rect, const QString& layer);

    void setMarkers(QVector<LineMarker> markers); ///< in any order
    /// Where the lines stand: at rest in air unless told.
    void place(spectrum::Medium medium, double velocityKms);
    /// Where they stand, in Å, in ascending order.
    [[nodiscard]] QVector<double> places() const;
    void setColours(const QColor& line, const QColor& name, const QFont& font);
    /// The names drawn last, left to right.
    [[nodiscard]] const QStringList& shownNames() const { return m_shown; }

protected:
    void applyDefaultAntialiasingHint(QCPPainter* painter) const override;
    void draw(QCPPainter* painter) override;
    [[nodiscard]] QRect clipRect() const override;

private:
    QCPAxisRect& m_rect;
    QVector<LineMarker> m_markers; ///< the most important first
    QVector<double> m_places; ///< of the markers, Å
    QVector<double> m_nameWidth;
    spectrum::Medium m_medium = spectrum::Medium::Air;
    double m_velocityKms = 0.0;
    QColor m_line;
    QColor m_name;
    QFont m_font;
    QStringList m_shown;
};

} // namespace maury::ui
