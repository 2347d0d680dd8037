#include "ui/plots/plate_strips.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace maury::ui {

namespace {

constexpr double kTick = 5.0;
constexpr double kNameGap = 8.0;
constexpr double kStripGap = 3.0;
constexpr int kVectorOversampling = 4; ///< columns for each unit of a page without pixels
/// Blackening grows faster than light: an exponent that keeps the wings of lines visible.
constexpr double kContrast = 1.5;
constexpr double kContinuum = 0.97; ///< share of the pixels below the level that counts as white

/// The level of the continuum that the strip is exposed for.
double levelOf(const Trace& trace)
{
    QVector<double> values;
    for (const double value : trace.flux)
        if (std::isfinite(value))
            values.append(value);
    if (values.isEmpty())
        return 1.0;
    const auto place = static_cast<qsizetype>(kContinuum * static_cast<double>(values.size() - 1));
    std::nth_element(values.begin(), values.begin() + place, values.end());
    return values[place] > 0.0 ? values[place] : 1.0;
}

/// The colour of light of a wavelength, full intensity: straight lines between the colours that
/// eyes see at these wavelengths (after Bruton 1996).
QColor colourOf(double angstrom)
{
    struct Stop {
        double angstrom;
        std::array<double, 3> rgb;
    };
    static constexpr std::array kStops { Stop { 3800.0, { 0.45, 0.0, 0.75 } },
        Stop { 4400.0, { 0.15, 0.2, 1.0 } }, Stop { 4900.0, { 0.0, 1.0, 1.0 } },
        Stop { 5100.0, { 0.0, 1.0, 0.0 } }, Stop { 5800.0, { 1.0, 1.0, 0.0 } },
        Stop { 6450.0, { 1.0, 0.0, 0.0 } } };
    const auto* next = std::find_if(kStops.begin(), kStops.end(),
        [angstrom](const Stop& stop) { return stop.angstrom >= angstrom; });
    if (next == kStops.begin() || next == kStops.end()) {
        const auto& rgb = next == kStops.end() ? kStops.back().rgb : kStops.front().rgb;
        return QColor::fromRgbF(
            static_cast<float>(rgb[0]), static_cast<float>(rgb[1]), static_cast<float>(rgb[2]));
    }
    const Stop& left = *(next - 1);
    const double share = (angstrom - left.angstrom) / (next->angstrom - left.angstrom);
    std::array<float, 3> mixed {};
    for (std::size_t i = 0; i < mixed.size(); ++i)
        mixed[i] = static_cast<float>(left.rgb[i] + share * (next->rgb[i] - left.rgb[i]));
    return QColor::fromRgbF(mixed[0], mixed[1], mixed[2]);
}

/// The mean flux between two wavelengths, or what lies between the two pixels around them; NaN
/// where there is none. `from` is where the last call ended.
double fluxBetween(const Trace& trace, double first, double last, qsizetype& from)
{
    const auto& wavelengths = trace.wavelength;
    while (from < wavelengths.size() && wavelengths[from] < first)
        ++from;
    double sum = 0.0;
    int count = 0;
    for (qsizetype i = from; i < wavelengths.size() && wavelengths[i] < last; ++i)
        if (std::isfinite(trace.flux[i])) {
            sum += trace.flux[i];
            ++count;
        }
    if (count > 0)
        return sum / count;
    if (from == 0 || from >= wavelengths.size())
        return std::nan("");
    const double width = wavelengths[from] - wavelengths[from - 1];
    const double share = (0.5 * (first + last) - wavelengths[from - 1]) / width;
    return trace.flux[from - 1] + share * (trace.flux[from] - trace.flux[from - 1]);
}

} // namespace

PlateStrips::PlateStrips(QCPAxisRect& rect, const QString& layer)
    : QCPLayerable(rect.parentPlot(), layer)
    , m_rect(rect)
{
}

void PlateStrips::setMarkers(QVector<LineMarker> markers)
{
    m_markers = std::move(markers);
    std::stable_sort(m_markers.begin(), m_markers.end(),
        [](const LineMarker& a, const LineMarker& b) { return a.importance > b.importance; });
}

void PlateStrips::setColours(const QColor& text, const QColor& line, const QFont& font)
{
    m_text = text;
    m_line = line;
    m_font = font;
}

void PlateStrips::applyDefaultAntialiasingHint(QCPPainter* painter) const
{
    applyAntialiasingHint(painter, false, QCP::aeNone);
}

QRect PlateStrips::clipRect() const
{
    return m_rect.outerRect(); // the names stand beside the strips
}

QImage PlateStrips::exposed(
    const Trace& trace, double first, double last, int columns, const PlateStyle& style)
{
    QImage row(std::max(columns, 1), 1, QImage::Format_ARGB32);
    row.fill(Qt::transparent);
    const double level = levelOf(trace);
    const double step = (last - first) / row.width();
    qsizetype from = 0;
    for (int column = 0; column < row.width(); ++column) {
        const double at = first + column * step;
        const double flux = fluxBetween(trace, at, at + step, from);
        if (!std::isfinite(flux))
            continue;
        double light = std::pow(std::clamp(flux / level, 0.0, 1.0), kContrast);
        if (style.negative)
            light = 1.0 - light;
        const QColor full = style.colour ? colourOf(at + 0.5 * step) : QColor(Qt::white);
        const auto scaled
            = [light](int channel) { return static_cast<int>(std::lround(light * channel)); };
        row.setPixelColor(
            column, 0, QColor(scaled(full.red()), scaled(full.green()), scaled(full.blue())));
    }
    return row;
}

void PlateStrips::draw(QCPPainter* painter)
{
    const QCPAxis& axis = *m_rect.axis(QCPAxis::atBottom);
    const QFontMetricsF metrics(m_font);
    const double names = metrics.height() + kTick + 2.0;
    const double top = m_rect.top() + names;
    const double bottom = m_rect.bottom() - names;
    if (m_traces.isEmpty() || bottom <= top)
        return;
    painter->setFont(m_font);
    const bool isVector = painter->modes().testFlag(QCPPainter::pmVectorized);
    // As many columns as the screen has pixels there.
    const double perPixel
        = isVector ? kVectorOversampling : painter->device()->devicePixelRatioF();
    const int columns = static_cast<int>(std::ceil(m_rect.width() * perPixel));
    const double pitch = (bottom - top) / static_cast<double>(m_traces.size());
    for (qsizetype i = 0; i < m_traces.size(); ++i) {
        const QRectF strip(m_rect.left(), top + static_cast<double>(i) * pitch, m_rect.width(),
            std::max(1.0, pitch - kStripGap));
        painter->drawImage(
            strip, exposed(m_traces[i], axis.range().lower, axis.range().upper, columns, m_style));
        const QRectF name(m_rect.outerRect().left() + 4.0, strip.top(),
            m_rect.left() - m_rect.outerRect().left() - 10.0, strip.height());
        painter->setPen(m_text);
        painter->drawText(name, Qt::AlignRight | Qt::AlignVCenter,
            metrics.elidedText(m_traces[i].name, Qt::ElideRight, name.width()));
    }
    QVector<LineMarker> left = m_markers;
    m_above = drawNames(painter, left, m_rect.top() + metrics.ascent(), top - kTick, top - 1.0);
    // What finds no room above stands below.
    m_below = drawNames(painter, left, m_rect.bottom() - metrics.descent(), bottom, bottom + kTick);
}

QStringList PlateStrips::drawNames(QCPPainter* painter, QVector<LineMarker>& markers, double base,
    double tickFrom, double tickTo) const
{
    const QCPAxis& axis = *m_rect.axis(QCPAxis::atBottom);
    const QFontMetricsF metrics(m_font);
    QVector<std::pair<double, double>> taken;
    QVector<std::pair<double, QString>> shown;
    QVector<LineMarker> left;
    for (const LineMarker& marker : std::as_const(markers)) {
        const double x = axis.coordToPixel(marker.wavelengthAngstrom);
        const double half = metrics.horizontalAdvance(marker.name) / 2.0;
        const bool inside = x - half >= m_rect.left() && x + half <= m_rect.right();
        const bool free = std::none_of(taken.cbegin(), taken.cend(), [&](const auto& span) {
            return x - half - kNameGap < span.second && x + half + kNameGap > span.first;
        });
        if (!inside || !free) {
            left.append(marker);
            continue;
        }
        taken.append({ x - half, x + half });
        shown.append({ x, marker.name });
        painter->setPen(QPen(m_line, 1.0));
        painter->drawLine(QLineF(x, tickFrom, x, tickTo));
        painter->setPen(m_text);
        painter->drawText(QPointF(x - half, base), marker.name);
    }
    markers = left;
    std::sort(shown.begin(), shown.end());
    QStringList texts;
    for (const auto& [x, name] : std::as_const(shown))
        texts.append(name);
    return texts;
}

} // namespace maury::ui
