#include "ui/plots/classify_plot.h"

#include "ui/plots/band_strip.h"

#include <qcustomplot.h>

namespace maury::ui {

ClassifyPlot::ClassifyPlot(QWidget* parent)
    : SpectrumPlot(parent)
{
    QCPAxisRect& panel = *plot().axisRect(0);
    m_bands = new BandStrip(panel, QStringLiteral("background"));
    connect(panel.axis(QCPAxis::atBottom), qOverload<const QCPRange&>(&QCPAxis::rangeChanged), this,
        [this](const QCPRange& range) { emit rangeShown(range.lower, range.upper); });
    connect(&plot(), &QCustomPlot::afterLayout, this,
        [this, &panel] { emit placed(panel.left(), plot().width() - 1 - panel.right()); });
    applyTheme(theme());
}

void ClassifyPlot::setBands(const QVector<CriterionBand>& bands)
{
    m_bands->setBands(bands);
    queueReplot();
}

const QVector<CriterionBand>& ClassifyPlot::bands() const
{
    return m_bands->bands();
}

void ClassifyPlot::applyTheme(const PlotTheme& theme)
{
    SpectrumPlot::applyTheme(theme);
    if (m_bands == nullptr)
        return; // called by the constructor of the base
    // Drawn at every step through the grid: dashes, and lines that are wider than a pixel, take
    // several times as long.
    for (int i = 0; i < plot().graphCount(); ++i) {
        const QPen pen = plot().graph(i)->pen();
        plot().graph(i)->setPen(QPen(pen.color(), 1.0));
    }
    QColor temperature = theme.accent;
    temperature.setAlphaF(0.16F);
    QColor luminosity = theme.luminosityIII;
    luminosity.setAlphaF(0.16F);
    m_bands->setColours(temperature, luminosity);
}

} // namespace maury::ui
