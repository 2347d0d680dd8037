#pragma once

#include "ui/models/variation_trace.h"

#include <QColor>
#include <QPen>

#include <qcustomplot.h>

namespace maury::ui {

/// Draws many variations of a spectrum in one go, whatever their number: the ranges that hold 95 %
/// and 68 % of them as bands, one of them as a line. Only for ui/plots.
class VariationStrip : public QCPLayerable {
public:
    VariationStrip(QCPAxisRect& rect, const QString& layer);

    void setTrace(const VariationTrace& trace) { m_trace = trace; }
    [[nodiscard]] const VariationTrace& trace() const { return m_trace; }
    void setColours(const QColor& outer, const QColor& inner, const QPen& line);

protected:
    void applyDefaultAntialiasingHint(QCPPainter* painter) const override;
    void draw(QCPPainter* painter) override;
    [[nodiscard]] QRect clipRect() const override;

private:
    /// Points [first, last) of the trace, without missing pixels between them.
    struct Run {
        qsizetype first;
        qsizetype last;
    };
    [[nodiscard]] QVector<Run> visibleRuns() const;
    [[nodiscard]] QPolygonF line(const QVector<double>& flux, const Run& run) const;
    void drawBand(QCPPainter* painter, const Run& run, std::size_t low, std::size_t high,
        const QColor& colour) const;
    static void drawColumns(QCPPainter* painter, const QPolygonF& upper, const QPolygonF& lower,
        const QColor& colour);

    QCPAxisRect& m_rect;
    VariationTrace m_trace;
    QColor m_outer;
    QColor m_inner;
    QPen m_line;
};

} // namespace maury::ui
