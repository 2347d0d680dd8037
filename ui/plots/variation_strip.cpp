#include "ui/plots/variation_strip.h"

#include <algorithm>
#include <cmath>

namespace maury::ui {

VariationStrip::VariationStrip(QCPAxisRect& rect, const QString& layer)
    : QCPLayerable(rect.parentPlot(), layer)
    , m_rect(rect)
{
}

void VariationStrip::setColours(const QColor& outer, const QColor& inner, const QPen& line)
{
    m_outer = outer;
    m_inner = inner;
    m_line = line;
}

void VariationStrip::applyDefaultAntialiasingHint(QCPPainter* painter) const
{
    applyAntialiasingHint(painter, mAntialiased, QCP::aePlottables);
}

QRect VariationStrip::clipRect() const
{
    return m_rect.rect();
}

QVector<VariationStrip::Run> VariationStrip::visibleRuns() const
{
    const QCPRange range = m_rect.axis(QCPAxis::atBottom)->range();
    const auto& all = m_trace.wavelength;
    // One point more on each side, so that bands reach the edges.
    const auto begin = std::lower_bound(all.begin(), all.end(), range.lower) - all.begin();
    const auto end = std::upper_bound(all.begin(), all.end(), range.upper) - all.begin();
    const qsizetype last = std::min<qsizetype>(end + 1, all.size());
    QVector<Run> runs;
    for (qsizetype i = std::max<qsizetype>(begin - 1, 0); i < last; ++i) {
        if (!std::isfinite(m_trace.highlighted.flux[i]))
            continue;
        if (!runs.isEmpty() && runs.last().last == i)
            ++runs.last().last;
        else
            runs.append({ i, i + 1 });
    }
    return runs;
}

QPolygonF VariationStrip::line(const QVector<double>& flux, const Run& run) const
{
    const QCPAxis& x = *m_rect.axis(QCPAxis::atBottom);
    const QCPAxis& y = *m_rect.axis(QCPAxis::atLeft);
    QPolygonF points;
    points.reserve(run.last - run.first);
    for (qsizetype i = run.first; i < run.last; ++i)
        points.append({ x.coordToPixel(m_trace.wavelength[i]), y.coordToPixel(flux[i]) });
    return points;
}

void VariationStrip::drawBand(QCPPainter* painter, const Run& run, std::size_t low,
    std::size_t high, const QColor& colour) const
{
    QPolygonF upper = line(m_trace.percentiles.at(high), run);
    QPolygonF lower = line(m_trace.percentiles.at(low), run);
    if (upper.last().x() - upper.first().x() < static_cast<double>(upper.size())) {
        drawColumns(painter, upper, lower, colour);
        return;
    }
    std::reverse(lower.begin(), lower.end());
    painter->setPen(Qt::NoPen);
    painter->setBrush(colour);
    painter->drawPolygon(upper + lower);
}

/// A band with more points than pixels: one upright bar for each column of pixels, many times
/// faster than an outline with thousands of corners.
void VariationStrip::drawColumns(
    QCPPainter* painter, const QPolygonF& upper, const QPolygonF& lower, const QColor& colour)
{
    for (qsizetype i = 0; i < upper.size();) {
        const double column = std::floor(upper[i].x());
        double top = upper[i].y();
        double bottom = lower[i].y();
        for (; i < upper.size() && std::floor(upper[i].x()) <= column; ++i) {
            top = std::min(top, upper[i].y());
            bottom = std::max(bottom, lower[i].y());
        }
        painter->fillRect(QRectF(column, top, 1.0, bottom - top), colour);
    }
}

void VariationStrip::draw(QCPPainter* painter)
{
    if (m_trace.isEmpty())
        return;
    const auto runs = visibleRuns();
    // Edges of filled areas are soft enough, and antialiasing them costs most of the time.
    painter->setAntialiasing(false);
    for (const Run& run : runs) {
        drawBand(painter, run, 0, 4, m_outer);
        drawBand(painter, run, 1, 3, m_inner);
    }
    applyDefaultAntialiasingHint(painter);
    painter->setPen(m_line);
    painter->setBrush(Qt::NoBrush);
    // Piece by piece, as PlotBase asks of the curves.
    for (const Run& run : runs) {
        const QPolygonF points = line(m_trace.highlighted.flux, run);
        for (qsizetype i = 1; i < points.size(); ++i)
            painter->drawLine(QLineF(points[i - 1], points[i]));
    }
}

} // namespace maury::ui
