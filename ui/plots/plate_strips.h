#pragma once

#include "ui/models/line_markers.h"
#include "ui/models/trace.h"
#include "ui/plots/plate_style.h"

#include <QFont>
#include <QVector>

#include <qcustomplot.h>

namespace maury::ui {

/// Draws spectra as widened photographic strips below each other in an axis rect, with their names
/// at the left and those of lines above and below. Only for ui/plots.
class PlateStrips : public QCPLayerable {
public:
    PlateStrips(QCPAxisRect& rect, const QString& layer);

    void setTraces(const QVector<Trace>& traces) { m_traces = traces; }
    [[nodiscard]] const QVector<Trace>& traces() const { return m_traces; }
    void setMarkers(QVector<LineMarker> markers);
    void setStyle(const PlateStyle& style) { m_style = style; }
    [[nodiscard]] const PlateStyle& style() const { return m_style; }
    void setColours(const QColor& text, const QColor& line, const QFont& font);
    /// The names of lines drawn last, left to right: above, then below.
    [[nodiscard]] QStringList shownNames() const { return m_above + m_below; }

    /// One row of pixels: a strip between two wavelengths, `columns` wide. Transparent where there
    /// is no flux.
    [[nodiscard]] static QImage exposed(
        const Trace& trace, double first, double last, int columns, const PlateStyle& style);

protected:
    void applyDefaultAntialiasingHint(QCPPainter* painter) const override;
    void draw(QCPPainter* painter) override;
    [[nodiscard]] QRect clipRect() const override;

private:
    [[nodiscard]] QStringList drawNames(QCPPainter* painter, QVector<LineMarker>& markers,
        double base, double tickFrom, double tickTo) const;

    QCPAxisRect& m_rect;
    QVector<Trace> m_traces;
    QVector<LineMarker> m_markers; ///< the most important first
    PlateStyle m_style;
    QColor m_text;
    QColor m_line;
    QFont m_font;
    QStringList m_above;
    QStringList m_below;
};

} // namespace maury::ui
