#include "ui/plots/reconstruction_plot.h"

#include "ui/bridge/number_text.h"
#include "ui/plots/panel_setup.h"
#include "ui/plots/variation_strip.h"

#include <qcustomplot.h>

#include <algorithm>
#include <cmath>

namespace maury::ui {

namespace {

constexpr const char* kShadeLayer = "shades";
constexpr double kEmptyFirst = 3800.0; // the atlas' range, while there is nothing to fit
constexpr double kEmptyLast = 4600.0;
constexpr double kLeastSigmas = 4.0; // that the residual panel shows
constexpr double kLeastPixels = 3.0; // a shorter stroke of the brush is a click

} // namespace

ReconstructionPlot::ReconstructionPlot(QWidget* parent)
    : PlotBase(parent)
{
    setAccessibleName(tr("Star, reconstruction and residual"));
    setMinimumSize(320, 220);
    makePanels();
    connectBrush();
    applyTheme(theme());
    setBrushing(true);
    setTrace({});
}

ReconstructionPlot::~ReconstructionPlot() = default;

void ReconstructionPlot::makePanels()
{
    QCustomPlot& all = plot();
    all.plotLayout()->clear();
    m_spectrumPanel = new QCPAxisRect(&all);
    m_residualPanel = new QCPAxisRect(&all);
    auto* margins = new QCPMarginGroup(&all);
    setUpPanels({ m_spectrumPanel, m_residualPanel }, *margins);
    all.plotLayout()->addElement(0, 0, m_spectrumPanel);
    all.plotLayout()->addElement(1, 0, m_residualPanel);
    all.plotLayout()->setRowStretchFactor(0, 3.0);
    all.plotLayout()->setRowSpacing(0);
    QCPAxis* upper = m_spectrumPanel->axis(QCPAxis::atBottom);
    QCPAxis* lower = m_residualPanel->axis(QCPAxis::atBottom);
    linkRanges({ upper, lower });
    upper->setTickLabels(false);
    lower->setLabel(tr("Wavelength (Å)"));
    QCPAxis* flux = m_spectrumPanel->axis(QCPAxis::atLeft);
    flux->setLabel(tr("Rectified flux"));
    QCPAxis* sigmas = m_residualPanel->axis(QCPAxis::atLeft);
    sigmas->setLabel(tr("Residual (σ)"));
    sigmas->ticker()->setTickCount(3);
    // Drawn apart from the curves: the brush moves its shade faster than those can be drawn.
    all.addLayer(kShadeLayer, all.layer("main"), QCustomPlot::limBelow);
    all.layer(kShadeLayer)->setMode(QCPLayer::lmBuffered);
    m_bands = new VariationStrip(*m_spectrumPanel, "main");
    m_baseline = all.addGraph(upper, flux);
    m_star = all.addGraph(upper, flux);
    m_zero = all.addGraph(lower, sigmas);
    m_residual = all.addGraph(lower, sigmas);
    for (QCPAxisRect* panel : { m_spectrumPanel, m_residualPanel }) {
        allowZoom(*panel, Qt::Horizontal | Qt::Vertical);
        addCrosshair(*panel);
    }
}

void ReconstructionPlot::connectBrush()
{
    connect(&plot(), &QCustomPlot::mousePress, this, [this](const QMouseEvent* event) {
        const bool inside = m_spectrumPanel->rect().contains(event->pos())
            || m_residualPanel->rect().contains(event->pos());
        if (m_brushing && inside && event->button() == Qt::LeftButton
            && event->modifiers() == Qt::NoModifier)
            m_brushFrom = m_spectrumPanel->axis(QCPAxis::atBottom)
                              ->pixelToCoord(event->position().x());
    });
    connect(&plot(), &QCustomPlot::mouseMove, this, [this](const QMouseEvent* event) {
        if (m_brushFrom)
            emit brushed(brushTo(event->position()), false);
    });
    connect(&plot(), &QCustomPlot::mouseRelease, this, [this](const QMouseEvent* event) {
        if (!m_brushFrom)
            return;
        const gon::WavelengthRange range = brushTo(event->position());
        m_brushFrom.reset();
        emit brushed(range, true);
    });
}

/// Empty (first = last) for a stroke that is shorter than a hand can mean.
gon::WavelengthRange ReconstructionPlot::brushTo(const QPointF& pixel) const
{
    const QCPAxis& axis = *m_spectrumPanel->axis(QCPAxis::atBottom);
    const double to = std::clamp(
        axis.pixelToCoord(pixel.x()), axis.range().lower, axis.range().upper);
    if (std::abs(axis.coordToPixel(*m_brushFrom) - pixel.x()) < kLeastPixels)
        return { *m_brushFrom, *m_brushFrom };
    return { std::min(*m_brushFrom, to), std::max(*m_brushFrom, to) };
}

void ReconstructionPlot::setBrushing(bool brushing)
{
    m_brushing = brushing;
    m_brushFrom.reset();
    plot().setInteraction(QCP::iRangeDrag, !brushing);
    plot().setCursor(brushing ? Qt::CrossCursor : Qt::ArrowCursor);
}

void ReconstructionPlot::setTrace(const ReconstructionTrace& trace)
{
    m_trace = trace;
    m_star->setData(trace.star.wavelength, trace.star.flux, true);
    m_baseline->setData(trace.baseline.wavelength, trace.baseline.flux, true);
    m_residual->setData(trace.residual.wavelength, trace.residual.flux, true);
    m_bands->setTrace(trace.bands);
    if (trace.star.isEmpty())
        m_zero->data()->clear();
    else
        m_zero->setData({ trace.star.wavelength.first(), trace.star.wavelength.last() },
            { 0.0, 0.0 });
    showNewData();
}

void ReconstructionPlot::setHidden(const std::vector<gon::WavelengthRange>& hidden)
{
    m_trace.hidden = hidden;
    while (m_shades.size() < 2 * std::ssize(hidden)) {
        QCPAxisRect* panel = m_shades.size() % 2 == 0 ? m_spectrumPanel : m_residualPanel;
        auto* shade = new QCPItemRect(&plot());
        shade->setLayer(kShadeLayer);
        shade->setClipAxisRect(panel);
        shade->setSelectable(false);
        for (QCPItemPosition* position : { shade->topLeft, shade->bottomRight }) {
            position->setAxisRect(panel);
            position->setAxes(panel->axis(QCPAxis::atBottom), panel->axis(QCPAxis::atLeft));
            position->setTypeX(QCPItemPosition::ptPlotCoords);
            position->setTypeY(QCPItemPosition::ptAxisRectRatio);
        }
        m_shades.append(shade);
    }
    for (qsizetype i = 0; i < m_shades.size(); ++i) {
        const auto range = static_cast<std::size_t>(i / 2);
        m_shades[i]->setVisible(range < hidden.size());
        if (range >= hidden.size())
            continue;
        m_shades[i]->topLeft->setCoords(hidden[range].firstAngstrom, 0.0);
        m_shades[i]->bottomRight->setCoords(hidden[range].lastAngstrom, 1.0);
    }
    styleShades();
    plot().layer(kShadeLayer)->replot();
}

void ReconstructionPlot::styleShades()
{
    QColor shade = theme().warning;
    shade.setAlphaF(0.20F);
    for (QCPItemRect* item : std::as_const(m_shades)) {
        item->setBrush(shade);
        item->setPen(QPen(theme().warning, 1.0, Qt::DotLine));
    }
}

void ReconstructionPlot::setBaselineVisible(bool visible)
{
    m_baseline->setVisible(visible);
    queueReplot();
}

void ReconstructionPlot::setWavelengthText(const QString& text)
{
    m_residualPanel->axis(QCPAxis::atBottom)->setLabel(text);
    queueReplot();
}

QPointF ReconstructionPlot::placeOf(double angstrom) const
{
    return { m_spectrumPanel->axis(QCPAxis::atBottom)->coordToPixel(angstrom),
        static_cast<double>(m_spectrumPanel->center().y()) };
}

PlotTable ReconstructionPlot::table() const
{
    PlotTable table;
    if (m_trace.star.isEmpty())
        return table;
    const QVector<double>& grid = m_trace.star.wavelength;
    QVector<double> hidden(grid.size(), 0.0);
    for (qsizetype p = 0; p < grid.size(); ++p)
        for (const gon::WavelengthRange& range : m_trace.hidden)
            if (grid[p] >= range.firstAngstrom && grid[p] <= range.lastAngstrom)
                hidden[p] = 1.0;
    table.add(m_residualPanel->axis(QCPAxis::atBottom)->label(), grid);
    table.add(tr("%1: rectified flux").arg(m_trace.star.name), m_trace.star.flux);
    table.add(tr("Hidden from the model (1 = yes)"), hidden);
    table.add(tr("Reconstruction"), m_trace.bands.percentiles[2]);
    table.add(tr("68 % band, lower"), m_trace.bands.percentiles[1]);
    table.add(tr("68 % band, upper"), m_trace.bands.percentiles[3]);
    table.add(tr("95 % band, lower"), m_trace.bands.percentiles[0]);
    table.add(tr("95 % band, upper"), m_trace.bands.percentiles[4]);
    if (!m_trace.baseline.isEmpty())
        table.add(tr("Principal components"), m_trace.baseline.flux);
    table.add(tr("Residual (σ)"), m_trace.residual.flux);
    return table;
}

void ReconstructionPlot::fitRanges()
{
    const bool empty = m_trace.star.isEmpty();
    m_spectrumPanel->axis(QCPAxis::atBottom)
        ->setRange(empty ? QCPRange(kEmptyFirst, kEmptyLast)
                         : QCPRange(m_trace.star.wavelength.first(), m_trace.star.wavelength.last()));
    double low = 0.0;
    double high = 1.0;
    double sigmas = kLeastSigmas;
    if (!empty) {
        QVector<double> values = m_trace.bands.percentiles.front() + m_trace.bands.percentiles.back();
        for (const double flux : m_trace.star.flux)
            if (std::isfinite(flux))
                values.append(flux);
        low = *std::min_element(values.begin(), values.end());
        high = *std::max_element(values.begin(), values.end());
    }
    for (const double residual : m_trace.residual.flux)
        if (std::isfinite(residual))
            sigmas = std::max(sigmas, std::abs(residual));
    const double size = std::max(high - low, 1e-3);
    m_spectrumPanel->axis(QCPAxis::atLeft)->setRange(low - 0.05 * size, high + 0.05 * size);
    m_residualPanel->axis(QCPAxis::atLeft)->setRange(-1.1 * sigmas, 1.1 * sigmas);
}

void ReconstructionPlot::applyTheme(const PlotTheme& theme)
{
    PlotBase::applyTheme(theme);
    m_star->setPen(QPen(theme.star, 1.2));
    // Dashes of a curve with thousands of corners cost more than all else.
    m_baseline->setPen(QPen(theme.standardSecond, 1.0));
    m_residual->setPen(QPen(theme.residual, 1.0));
    m_zero->setPen(QPen(theme.axis, 1.0, Qt::DotLine));
    QColor outer = theme.standardFirst;
    outer.setAlphaF(0.22F);
    QColor inner = theme.standardFirst;
    inner.setAlphaF(0.40F);
    m_bands->setColours(outer, inner, QPen(theme.standardFirst, 1.4));
    styleShades();
}

QList<PlotBase::LegendEntry> ReconstructionPlot::outsideLegend() const
{
    if (m_trace.star.isEmpty())
        return {};
    QList<LegendEntry> legend { { m_trace.star.name, m_star->pen() },
        { tr("reconstruction, 68 and 95 % bands"), QPen(theme().standardFirst, 1.4) } };
    if (!m_trace.baseline.isEmpty() && m_baseline->visible())
        legend.append({ tr("principal components"), m_baseline->pen() });
    return legend;
}

QString ReconstructionPlot::readoutAt(const QPointF& pixel)
{
    if (m_trace.star.isEmpty())
        return {};
    const double x = m_spectrumPanel->axis(QCPAxis::atBottom)->pixelToCoord(pixel.x());
    const double model = valueAt(m_trace.bands.highlighted, x);
    if (!std::isfinite(model))
        return {};
    return tr("%1: star %2, model %3, residual %4 σ")
        .arg(quantityText(x, 1, tr("Å")), numberText(valueAt(m_trace.star, x), 3),
            numberText(model, 3), numberText(valueAt(m_trace.residual, x), 1));
}

} // namespace maury::ui
