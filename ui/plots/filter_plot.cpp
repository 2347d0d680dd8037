#include "ui/plots/filter_plot.h"

#include "ui/bridge/number_text.h"
#include "ui/models/axis_text.h"
#include "ui/models/network_text.h"
#include "ui/plots/marker_strip.h"

#include <qcustomplot.h>

#include <algorithm>
#include <cmath>

namespace maury::ui {

namespace {

constexpr const char* kMarkerLayer = "markers";
constexpr int kWavelengthTicks = 9;
constexpr double kRoomForNames = 0.24; // of the height, above the curves

double largestSize(const QVector<double>& values)
{
    double largest = 0.0;
    for (const double value : values)
        if (std::isfinite(value))
            largest = std::max(largest, std::abs(value));
    return largest;
}

} // namespace

FilterPlot::FilterPlot(QWidget* parent)
    : PlotBase(parent)
{
    setAccessibleName(tr("Weights of a unit of the first layer against wavelength"));
    setMinimumSize(320, 120);
    QCustomPlot& all = plot();
    m_rect = all.axisRect();
    m_rect->setupFullAxesBox();
    m_rect->setMinimumMargins(QMargins(8, 4, 8, 4));
    QCPAxis* wavelengths = m_rect->axis(QCPAxis::atBottom);
    QCPAxis* weights = m_rect->axis(QCPAxis::atLeft);
    QCPAxis* flux = m_rect->axis(QCPAxis::atRight);
    disconnect(weights, nullptr, flux, nullptr); // the box would link both vertical axes
    wavelengths->setLabel(wavelengthAxisText(spectrum::Medium::Air, spectrum::Frame::Rest));
    wavelengths->ticker()->setTickCount(kWavelengthTicks);
    weights->setLabel(tr("Weight"));
    weights->ticker()->setTickCount(4);
    flux->setLabel(tr("Flux"));
    flux->setTickLabels(true);
    flux->ticker()->setTickCount(3);
    m_spectrumGraph = all.addGraph(wavelengths, flux);
    m_zero = all.addGraph(wavelengths, weights);
    m_filterGraph = all.addGraph(wavelengths, weights);
    for (QCPGraph* graph : { m_spectrumGraph, m_zero, m_filterGraph })
        graph->setSelectable(QCP::stNone);
    all.addLayer(kMarkerLayer, all.layer("grid"));
    m_markers = new MarkerStrip(*m_rect, kMarkerLayer);
    allowZoom(*m_rect, Qt::Horizontal);
    addCrosshair(*m_rect);
    applyTheme(theme());
    setFilter({});
}

void FilterPlot::setFilter(const Trace& filter)
{
    m_filter = filter;
    m_filterGraph->setData(filter.wavelength, filter.flux, true);
    if (filter.isEmpty())
        m_zero->data()->clear();
    else
        m_zero->setData({ filter.wavelength.first(), filter.wavelength.last() }, { 0.0, 0.0 });
    showNewData();
}

void FilterPlot::setSpectrum(const Trace& spectrum)
{
    m_spectrum = spectrum;
    m_spectrumGraph->setData(spectrum.wavelength, spectrum.flux, true);
    QCPAxis* flux = m_rect->axis(QCPAxis::atRight);
    flux->setTickLabels(!spectrum.isEmpty());
    flux->setTicks(!spectrum.isEmpty());
    flux->setLabel(spectrum.isEmpty() ? QString() : tr("Flux, %1").arg(spectrum.name));
    showNewData();
}

void FilterPlot::setMarkers(const QVector<LineMarker>& markers)
{
    m_markers->setMarkers(markers);
    queueReplot();
}

QStringList FilterPlot::shownMarkerNames() const
{
    return m_markers->shownNames();
}

PlotTable FilterPlot::table() const
{
    PlotTable table;
    const QString wavelength = m_rect->axis(QCPAxis::atBottom)->label();
    if (!m_filter.isEmpty()) {
        table.add(wavelength, m_filter.wavelength);
        table.add(m_filter.name, m_filter.flux);
    }
    if (!m_spectrum.isEmpty()) {
        if (m_spectrum.wavelength != m_filter.wavelength)
            table.add(wavelength, m_spectrum.wavelength);
        table.add(tr("Flux, %1").arg(m_spectrum.name), m_spectrum.flux);
    }
    return table;
}

QList<PlotBase::LegendEntry> FilterPlot::outsideLegend() const
{
    QList<LegendEntry> legend;
    if (!m_filter.isEmpty())
        legend.append({ m_filter.name, m_filterGraph->pen() });
    if (!m_spectrum.isEmpty())
        legend.append({ m_spectrum.name, m_spectrumGraph->pen() });
    return legend;
}

void FilterPlot::fitRanges()
{
    const Trace& trace = m_filter.isEmpty() ? m_spectrum : m_filter;
    if (!trace.isEmpty())
        m_rect->axis(QCPAxis::atBottom)
            ->setRange(trace.wavelength.first(), trace.wavelength.last());
    const double size = std::max(1e-6, largestSize(m_filter.flux));
    m_rect->axis(QCPAxis::atLeft)->setRange(-1.1 * size, (1.1 + 2.0 * kRoomForNames) * size);
    double low = 0.0;
    double high = 1.0;
    bool first = true;
    for (const double value : m_spectrum.flux) {
        if (!std::isfinite(value))
            continue;
        low = first ? value : std::min(low, value);
        high = first ? value : std::max(high, value);
        first = false;
    }
    const double span = std::max(1e-3, high - low);
    m_rect->axis(QCPAxis::atRight)
        ->setRange(low - 0.05 * span, high + (0.05 + kRoomForNames) * span);
}

void FilterPlot::applyTheme(const PlotTheme& theme)
{
    PlotBase::applyTheme(theme);
    QColor faint = theme.residual;
    faint.setAlphaF(0.55F);
    m_spectrumGraph->setPen(QPen(faint, 1.0));
    m_zero->setPen(QPen(theme.axis, 1.0, Qt::DotLine));
    m_filterGraph->setPen(QPen(theme.train, 1.2));
    QFont small = font();
    small.setPointSizeF(small.pointSizeF() * 0.9);
    QColor line = theme.marker;
    line.setAlphaF(0.45F);
    m_markers->setColours(line, theme.marker, small);
    m_rect->axis(QCPAxis::atTop)->setTicks(false);
    m_rect->axis(QCPAxis::atRight)->grid()->setVisible(false);
    m_rect->axis(QCPAxis::atRight)->setLabelColor(theme.residual);
    m_rect->axis(QCPAxis::atRight)->setTickLabelColor(theme.residual);
}

QString FilterPlot::readoutAt(const QPointF& pixel)
{
    if (m_filter.isEmpty() || !m_rect->rect().contains(pixel.toPoint()))
        return {};
    const double wavelength = m_rect->axis(QCPAxis::atBottom)->pixelToCoord(pixel.x());
    QStringList parts { QStringLiteral("λ ") + quantityText(wavelength, 1, QStringLiteral("Å")),
        tr("weight %1").arg(compactText(valueAt(m_filter, wavelength))) };
    if (!m_spectrum.isEmpty())
        parts << tr("%1: flux %2")
                     .arg(m_spectrum.name, numberText(valueAt(m_spectrum, wavelength), 3));
    return parts.join(QStringLiteral("  ·  "));
}

} // namespace maury::ui
