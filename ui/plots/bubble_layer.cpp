#include "ui/plots/bubble_layer.h"

#include <algorithm>
#include <cmath>

namespace maury::ui {

namespace {

constexpr double kLargest = 0.28; // radius in classes
constexpr double kSmallestPixels = 2.0; // one sample must be seen
constexpr double kReachPixels = 5.0; // how near a click must come
constexpr double kApart = 0.33; // classes between the luminosity classes
constexpr std::array kShapes { QCPScatterStyle::ssTriangle, QCPScatterStyle::ssSquare,
    QCPScatterStyle::ssCircle };

} // namespace

BubbleLayer::BubbleLayer(QCPAxisRect& rect, const QString& layer)
    : QCPLayerable(rect.parentPlot(), layer)
    , m_rect(rect)
{
}

void BubbleLayer::setPoints(std::vector<ScatterPoint> points)
{
    m_points = std::move(points);
    std::stable_sort(m_points.begin(), m_points.end(),
        [](const ScatterPoint& a, const ScatterPoint& b) { return a.samples > b.samples; });
    m_most = m_points.empty() ? 1 : m_points.front().samples;
    m_chosen = -1;
}

void BubbleLayer::setColours(const PlotTheme& theme, bool grey)
{
    for (int group = 0; group < mk::kLuminosityGroups; ++group) {
        QColor colour = theme.luminosity(static_cast<mk::LuminosityGroup>(group));
        if (grey)
            colour = QColor::fromHslF(0.0F, 0.0F, colour.lightnessF());
        colour.setAlphaF(0.8F);
        m_colours.at(static_cast<std::size_t>(group)) = colour;
    }
    m_outline = theme.background;
    m_ring = theme.text;
    m_starRing = theme.test;
}

double BubbleLayer::radius(const ScatterPoint& point) const
{
    const QCPAxis& across = *m_rect.axis(QCPAxis::atBottom);
    const QCPAxis& up = *m_rect.axis(QCPAxis::atLeft);
    const double perClass
        = std::min(m_rect.width() / across.range().size(), m_rect.height() / up.range().size());
    const double largest = std::max(kLargest * perClass, 2.0 * kSmallestPixels);
    return std::max(
        kSmallestPixels, largest * std::sqrt(static_cast<double>(point.samples) / m_most));
}

QPointF BubbleLayer::centre(const ScatterPoint& point) const
{
    return {
        m_rect.axis(QCPAxis::atBottom)->coordToPixel(point.truth + kApart * (point.luminosity - 1)),
        m_rect.axis(QCPAxis::atLeft)->coordToPixel(point.predicted)
    };
}

int BubbleLayer::at(const QPointF& pixel) const
{
    int best = -1;
    double least = 0.0;
    for (std::size_t i = 0; i < m_points.size(); ++i) {
        const QPointF apart = centre(m_points[i]) - pixel;
        const double distance = std::hypot(apart.x(), apart.y());
        if (distance <= std::max(radius(m_points[i]), kReachPixels)
            && (best < 0 || distance <= least)) {
            best = static_cast<int>(i);
            least = distance;
        }
    }
    return best;
}

QCPScatterStyle BubbleLayer::style(int luminosity, double size) const
{
    const auto index = static_cast<std::size_t>(luminosity);
    return { kShapes.at(index), QPen(m_outline, 1.0), m_colours.at(index), size };
}

void BubbleLayer::applyDefaultAntialiasingHint(QCPPainter* painter) const
{
    painter->setAntialiasing(true);
}

QRect BubbleLayer::clipRect() const
{
    return m_rect.rect();
}

void BubbleLayer::draw(QCPPainter* painter)
{
    for (const ScatterPoint& point : m_points) {
        const QCPScatterStyle symbol = style(point.luminosity, 2.0 * radius(point));
        symbol.applyTo(painter, QPen(m_outline, 1.0));
        symbol.drawShape(painter, centre(point));
    }
    painter->setBrush(Qt::NoBrush);
    const auto ring = [&](const ScatterPoint& point, const QColor& colour, double gap) {
        painter->setPen(QPen(colour, 2.0));
        const double size = radius(point) + gap;
        painter->drawEllipse(centre(point), size, size);
    };
    for (const ScatterPoint& mine : m_star) {
        const auto found = std::find_if(m_points.begin(), m_points.end(), [&](const auto& each) {
            return each.truth == mine.truth && each.predicted == mine.predicted
                && each.luminosity == mine.luminosity;
        });
        if (found != m_points.end())
            ring(*found, m_starRing, 2.0);
    }
    if (m_chosen >= 0)
        ring(m_points[static_cast<std::size_t>(m_chosen)], m_ring, 4.5);
}

} // namespace maury::ui
