#include "ui/plots/marker_strip.h"

#include "core/preprocess/doppler.h"
#include "core/spectrum/air_vacuum.h"

#include <algorithm>
#include <utility>

namespace maury::ui {

namespace {

constexpr double kTickLength = 6.0;
constexpr double kNameGap = 8.0;

} // namespace

MarkerStrip::MarkerStrip(QCPAxisRect& rect, const QString& layer)
    : QCPLayerable(rect.parentPlot(), layer)
    , m_rect(rect)
{
}

void MarkerStrip::setMarkers(QVector<LineMarker> markers)
{
    m_markers = std::move(markers);
    std::stable_sort(m_markers.begin(), m_markers.end(),
        [](const LineMarker& a, const LineMarker& b) { return a.importance > b.importance; });
    place(m_medium, m_velocityKms);
    setColours(m_line, m_name, m_font);
}

void MarkerStrip::place(spectrum::Medium medium, double velocityKms)
{
    m_medium = medium;
    m_velocityKms = velocityKms;
    const double shift = preprocess::dopplerFactor(velocityKms);
    m_places.resize(m_markers.size());
    std::transform(m_markers.cbegin(), m_markers.cend(), m_places.begin(),
        [&](const LineMarker& marker) {
            const double air = marker.wavelengthAngstrom;
            return shift * (medium == spectrum::Medium::Vacuum ? spectrum::vacuumFromAir(air) : air);
        });
}

QVector<double> MarkerStrip::places() const
{
    QVector<double> places = m_places;
    std::sort(places.begin(), places.end());
    return places;
}

void MarkerStrip::setColours(const QColor& line, const QColor& name, const QFont& font)
{
    m_line = line;
    m_name = name;
    m_font = font;
    const QFontMetricsF metrics(m_font);
    m_nameWidth.clear();
    for (const LineMarker& marker : std::as_const(m_markers))
        m_nameWidth.append(metrics.horizontalAdvance(marker.name));
}

void MarkerStrip::applyDefaultAntialiasingHint(QCPPainter* painter) const
{
    // Upright one-pixel lines are sharpest without.
    applyAntialiasingHint(painter, false, QCP::aeNone);
}

QRect MarkerStrip::clipRect() const
{
    return m_rect.rect();
}

void MarkerStrip::draw(QCPPainter* painter)
{
    const QCPAxis& axis = *m_rect.axis(QCPAxis::atBottom);
    const QFontMetricsF metrics(m_font);
    const double top = m_rect.top();
    const double nameBase = top + kTickLength + metrics.ascent() + 2.0;
    const double lineTop = nameBase + metrics.descent() + 2.0;
    painter->setFont(m_font);

    QVector<std::pair<double, double>> taken;
    QVector<std::pair<double, QString>> shown;
    for (qsizetype i = 0; i < m_markers.size(); ++i) {
        const double wavelength = m_places[i];
        if (!axis.range().contains(wavelength))
            continue;
        const double x = axis.coordToPixel(wavelength);
        painter->setPen(QPen(m_line, 1.0));
        painter->drawLine(QPointF(x, top), QPointF(x, top + kTickLength));
        const double half = m_nameWidth[i] / 2.0;
        const bool inside = x - half >= m_rect.left() && x + half <= m_rect.right();
        const bool free = std::none_of(taken.cbegin(), taken.cend(), [&](const auto& span) {
            return x - half - kNameGap < span.second && x + half + kNameGap > span.first;
        });
        if (!inside || !free || half <= 0.0)
            continue;
        taken.append({ x - half, x + half });
        shown.append({ x, m_markers[i].name });
        painter->setPen(QPen(m_line, 1.0, Qt::DotLine));
        painter->drawLine(QPointF(x, lineTop), QPointF(x, m_rect.bottom()));
        painter->setPen(m_name);
        painter->drawText(QPointF(x - half, nameBase), m_markers[i].name);
    }
    std::sort(shown.begin(), shown.end());
    m_shown.clear();
    for (const auto& [x, name] : std::as_const(shown))
        m_shown.append(name);
}

} // namespace maury::ui
