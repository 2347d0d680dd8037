#include "ui/plots/band_strip.h"

namespace maury::ui {

BandStrip::BandStrip(QCPAxisRect& rect, const QString& layer)
    : QCPLayerable(rect.parentPlot(), layer)
    , m_rect(rect)
{
}

void BandStrip::setColours(const QColor& temperature, const QColor& luminosity)
{
    m_temperature = temperature;
    m_luminosity = luminosity;
}

void BandStrip::applyDefaultAntialiasingHint(QCPPainter* painter) const
{
    applyAntialiasingHint(painter, false, QCP::aeNone);
}

QRect BandStrip::clipRect() const
{
    return m_rect.rect();
}

void BandStrip::draw(QCPPainter* painter)
{
    const QCPAxis& axis = *m_rect.axis(QCPAxis::atBottom);
    for (const CriterionBand& band : m_bands) {
        const double left = axis.coordToPixel(band.first);
        const double right = std::max(left + 1.0, axis.coordToPixel(band.last));
        painter->fillRect(QRectF(left, m_rect.top(), right - left, m_rect.height()),
            band.dimension == mk::Dimension::Temperature ? m_temperature : m_luminosity);
    }
}

} // namespace maury::ui
