#include "ui/plots/point_cloud.h"

#include <algorithm>
#include <cmath>

namespace maury::ui {

namespace {

constexpr double kReachPixels = 8.0; // how near a click must come
constexpr float kFaded = 0.22F;
constexpr double kWalker = 9.0; // half the cross

} // namespace

PointCloud::PointCloud(QCPAxisRect& rect, const QString& layer)
    : QCPLayerable(rect.parentPlot(), layer)
    , m_rect(rect)
{
}

void PointCloud::setTheme(const QColor& outline, const QColor& ring, const QColor& line)
{
    m_outline = outline;
    m_ring = ring;
    m_line = line;
}

void PointCloud::setChosen(const QVector<int>& rows)
{
    m_chosen = rows;
    m_isChosen.fill(false, m_points.size());
    for (const int row : rows)
        if (row >= 0 && row < m_isChosen.size())
            m_isChosen[row] = true;
}

double PointCloud::radius() const
{
    if (m_points.size() > 5000)
        return 1.5;
    return m_points.size() > 800 ? 2.5 : 4.0;
}

QPointF PointCloud::pixelOf(const QPointF& point) const
{
    return { m_rect.axis(QCPAxis::atBottom)->coordToPixel(point.x()),
        m_rect.axis(QCPAxis::atLeft)->coordToPixel(point.y()) };
}

int PointCloud::at(const QPointF& pixel) const
{
    int best = -1;
    double least = kReachPixels;
    for (qsizetype i = 0; i < m_points.size(); ++i) {
        const QPointF apart = pixelOf(m_points[i]) - pixel;
        const double distance = std::hypot(apart.x(), apart.y());
        if (distance <= least) {
            best = static_cast<int>(i);
            least = distance;
        }
    }
    return best;
}

QVector<int> PointCloud::within(const QPolygonF& pixels) const
{
    QVector<int> rows;
    for (qsizetype i = 0; i < m_points.size(); ++i)
        if (pixels.containsPoint(pixelOf(m_points[i]), Qt::OddEvenFill))
            rows << static_cast<int>(i);
    return rows;
}

void PointCloud::applyDefaultAntialiasingHint(QCPPainter* painter) const
{
    painter->setAntialiasing(true);
}

QRect PointCloud::clipRect() const
{
    return m_rect.rect();
}

void PointCloud::draw(QCPPainter* painter)
{
    const double size = radius();
    const bool fades = !m_chosen.isEmpty();
    for (qsizetype i = 0; i < m_points.size(); ++i) {
        QColor colour = m_colours.value(i, m_ring);
        const bool faded = fades && !m_isChosen.value(i);
        if (faded)
            colour.setAlphaF(kFaded);
        painter->setPen(faded || size < 2.0 ? QPen(Qt::NoPen) : QPen(m_outline, 1.0));
        painter->setBrush(colour);
        painter->drawEllipse(pixelOf(m_points[i]), size, size);
    }
    painter->setBrush(Qt::NoBrush);
    if (m_star >= 0 && m_star < m_points.size()) {
        painter->setPen(QPen(m_ring, 2.0));
        painter->drawEllipse(pixelOf(m_points[m_star]), size + 4.0, size + 4.0);
    }
    if (m_walker) {
        const QPointF place = pixelOf(*m_walker);
        painter->setPen(QPen(m_line, 2.0));
        painter->drawLine(
            QLineF(place.x() - kWalker, place.y(), place.x() + kWalker, place.y()));
        painter->drawLine(
            QLineF(place.x(), place.y() - kWalker, place.x(), place.y() + kWalker));
    }
    if (m_lasso.size() > 1) {
        QColor inside = m_line;
        inside.setAlphaF(0.12F);
        painter->setPen(QPen(m_line, 1.5, Qt::DashLine));
        painter->setBrush(inside);
        painter->drawPolygon(m_lasso);
    }
}

} // namespace maury::ui
