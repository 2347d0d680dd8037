#pragma once

#include <QColor>
#include <QPolygonF>
#include <QVector>

#include <qcustomplot.h>

#include <optional>

namespace maury::ui {

/// Points of a plane in colours of their own, with rings around chosen ones, a lasso and a walker.
/// Only for ui/plots.
class PointCloud : public QCPLayerable {
public:
    PointCloud(QCPAxisRect& rect, const QString& layer);

    void setPoints(const QVector<QPointF>& points) { m_points = points; }
    [[nodiscard]] const QVector<QPointF>& points() const { return m_points; }
    void setColours(const QVector<QColor>& colours) { m_colours = colours; }
    void setTheme(const QColor& outline, const QColor& ring, const QColor& line);
    /// Rows of the points that are chosen: the others fade. Empty: none is, and none fades.
    void setChosen(const QVector<int>& rows);
    [[nodiscard]] const QVector<int>& chosen() const { return m_chosen; }
    void setStar(int row) { m_star = row; } ///< −1: none
    [[nodiscard]] int star() const { return m_star; }
    void setLasso(const QPolygonF& pixels) { m_lasso = pixels; }
    /// A cross at a place, in coordinates; none without.
    void setWalker(const std::optional<QPointF>& place) { m_walker = place; }

    [[nodiscard]] QPointF pixelOf(const QPointF& point) const;
    /// The nearest point within a few pixels; −1 for none.
    [[nodiscard]] int at(const QPointF& pixel) const;
    /// Rows of the points in a polygon of pixels.
    [[nodiscard]] QVector<int> within(const QPolygonF& pixels) const;

protected:
    void applyDefaultAntialiasingHint(QCPPainter* painter) const override;
    void draw(QCPPainter* painter) override;
    [[nodiscard]] QRect clipRect() const override;

private:
    [[nodiscard]] double radius() const;

    QCPAxisRect& m_rect;
    QVector<QPointF> m_points;
    QVector<QColor> m_colours;
    QVector<int> m_chosen;
    QVector<bool> m_isChosen;
    int m_star = -1;
    QPolygonF m_lasso;
    std::optional<QPointF> m_walker;
    QColor m_outline;
    QColor m_ring;
    QColor m_line;
};

} // namespace maury::ui
