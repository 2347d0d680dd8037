#include "ui/plots/spectrum_plot.h"

#include "ui/bridge/number_text.h"
#include "ui/plots/evidence_panel.h"
#include "ui/plots/marker_strip.h"
#include "ui/plots/panel_setup.h"
#include "ui/plots/variation_strip.h"

#include <qcustomplot.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace maury::ui {

namespace {

constexpr const char* kVariationLayer = "variations";
constexpr const char* kMarkerLayer = "markers"; ///< drawn alone while a velocity is dragged
constexpr double kEmptyFirst = 3800.0; // the atlas' range, while there is nothing to fit
constexpr double kEmptyLast = 4600.0;

QCPRange rangeOf(const QVector<double>& values)
{
    double low = std::numeric_limits<double>::infinity();
    double high = -low;
    for (const double value : values) {
        if (!std::isfinite(value))
            continue;
        low = std::min(low, value);
        high = std::max(high, value);
    }
    return low <= high ? QCPRange(low, high) : QCPRange(0.0, 1.0);
}

/// Share of the values that is cut at each end: a cosmic ray must not flatten a spectrum.
constexpr double kCut = 0.001;

QCPRange robustRange(QVector<double> values)
{
    values.erase(std::remove_if(values.begin(), values.end(),
                     [](double value) { return !std::isfinite(value); }),
        values.end());
    if (values.isEmpty())
        return { 0.0, 1.0 };
    const auto cut = static_cast<qsizetype>(kCut * static_cast<double>(values.size()));
    std::nth_element(values.begin(), values.begin() + cut, values.end());
    const double low = values[cut];
    const qsizetype top = values.size() - 1 - cut;
    std::nth_element(values.begin(), values.begin() + top, values.end());
    return { low, values[top] };
}

QCPRange padded(QCPRange range, double below, double above)
{
    const double size = range.size() > 0.0 ? range.size() : std::max(1e-3, std::abs(range.lower));
    return { range.lower - below * size, range.upper + above * size };
}

} // namespace

SpectrumPlot::SpectrumPlot(QWidget* parent)
    : PlotBase(parent)
{
    setAccessibleName(tr("Spectrum with standards and residual"));
    makePanels();
    setAxisTexts(tr("Wavelength (Å)"), tr("Flux"));
    applyTheme(PlotTheme::from(palette()));
    setCurves({}, {}, {});
}

SpectrumPlot::~SpectrumPlot() = default;

void SpectrumPlot::makePanels()
{
    QCustomPlot& all = plot();
    all.plotLayout()->clear();
    m_spectrumPanel = new QCPAxisRect(&all);
    m_residualPanel = new QCPAxisRect(&all);
    auto* margins = new QCPMarginGroup(&all);
    setUpPanels({ m_spectrumPanel, m_residualPanel }, *margins);
    for (QCPAxisRect* panel : { m_spectrumPanel, m_residualPanel }) {
        for (QCPAxis* axis : panel->axes())
            axis->setLayer("axes");
        for (QCPAxis* axis : panel->axes())
            axis->grid()->setLayer("grid");
    }
    all.plotLayout()->addElement(0, 0, m_spectrumPanel);
    m_evidence = std::make_unique<EvidencePanel>(all, *margins);
    all.plotLayout()->addElement(1, 0, &m_evidence->rect());
    all.plotLayout()->addElement(2, 0, m_residualPanel);
    all.plotLayout()->setRowStretchFactor(0, 3.2);
    all.plotLayout()->setRowSpacing(0);
    QCPAxis* upper = m_spectrumPanel->axis(QCPAxis::atBottom);
    QCPAxis* lower = m_residualPanel->axis(QCPAxis::atBottom);
    linkRanges({ upper, m_evidence->rect().axis(QCPAxis::atBottom), lower });
    connect(upper, qOverload<const QCPRange&>(&QCPAxis::rangeChanged), this,
        &SpectrumPlot::wavelengthsShown);

    QCPAxis* flux = m_spectrumPanel->axis(QCPAxis::atLeft);
    m_standardGraphs[1] = all.addGraph(upper, flux);
    m_standardGraphs[0] = all.addGraph(upper, flux);
    m_starGraph = all.addGraph(upper, flux);
    QCPAxis* difference = m_residualPanel->axis(QCPAxis::atLeft);
    difference->setLabel(tr("Residual"));
    difference->ticker()->setTickCount(3);
    m_zeroGraph = all.addGraph(lower, difference);
    m_residualGraph = all.addGraph(lower, difference);

    all.addLayer(kVariationLayer, all.layer("grid"));
    all.addLayer(kMarkerLayer, all.layer(kVariationLayer));
    all.layer(kMarkerLayer)->setMode(QCPLayer::lmBuffered);
    m_markers = new MarkerStrip(*m_spectrumPanel, kMarkerLayer);
    m_variations = new VariationStrip(*m_spectrumPanel, kVariationLayer);
    for (QCPAxisRect* panel : { m_spectrumPanel, m_residualPanel }) {
        allowZoom(*panel, Qt::Horizontal | Qt::Vertical);
        addCrosshair(*panel);
    }
    allowZoom(m_evidence->rect(), Qt::Horizontal);
    addCrosshair(m_evidence->rect());
}

void SpectrumPlot::setCurves(
    const Trace& star, const std::array<Trace, kStandards>& standards, const Trace& residual)
{
    m_star = star;
    m_standards = standards;
    m_residual = residual;
    m_starGraph->setData(star.wavelength, star.flux, true);
    for (std::size_t slot = 0; slot < standards.size(); ++slot)
        m_standardGraphs.at(slot)->setData(
            standards.at(slot).wavelength, standards.at(slot).flux, true);
    m_residualGraph->setData(residual.wavelength, residual.flux, true);
    if (!residual.isEmpty())
        m_zeroGraph->setData(
            { residual.wavelength.first(), residual.wavelength.last() }, { 0.0, 0.0 });
    showResidualPanel(!residual.isEmpty());
    showNewData();
}

const Trace& SpectrumPlot::standard(int slot) const
{
    return m_standards.at(static_cast<std::size_t>(slot));
}

void SpectrumPlot::showResidualPanel(bool shown)
{
    // A hidden panel takes no room; the axis label then stands below the spectrum.
    m_residualPanel->setVisible(shown);
    m_residualPanel->setMaximumSize(QWIDGETSIZE_MAX, shown ? QWIDGETSIZE_MAX : 0);
    m_residualGraph->setVisible(shown);
    m_zeroGraph->setVisible(shown);
    QCPAxis* upper = m_spectrumPanel->axis(QCPAxis::atBottom);
    upper->setTickLabels(!shown);
    upper->setLabel(shown ? QString() : m_residualPanel->axis(QCPAxis::atBottom)->label());
}

void SpectrumPlot::setVariations(const VariationTrace& variations)
{
    m_variations->setTrace(variations);
    showNewData();
}

const VariationTrace& SpectrumPlot::variations() const
{
    return m_variations->trace();
}

void SpectrumPlot::setEvidence(const EvidenceTrace& evidence)
{
    m_evidence->setTrace(evidence);
    m_evidence->rect()
        .axis(QCPAxis::atLeft)
        ->setLabel(evidence.isEmpty() ? QString() : tr("For %1").arg(evidence.answer));
    showNewData();
}

const EvidenceTrace& SpectrumPlot::evidence() const
{
    return m_evidence->trace();
}

void SpectrumPlot::setMarkers(const QVector<LineMarker>& markers)
{
    m_markers->setMarkers(markers);
    queueReplot();
}

void SpectrumPlot::setMarkersVisible(bool visible)
{
    m_markers->setVisible(visible);
    showNewData();
}

void SpectrumPlot::placeMarkers(spectrum::Medium medium, double velocityKms)
{
    if (medium == m_markerMedium && velocityKms == m_markerVelocityKms)
        return;
    m_markerMedium = medium;
    m_markerVelocityKms = velocityKms;
    m_markers->place(medium, velocityKms);
    showNewDataOf(kMarkerLayer);
}

QVector<double> SpectrumPlot::markerPlaces() const
{
    return m_markers->places();
}

QStringList SpectrumPlot::shownMarkerNames() const
{
    return m_markers->shownNames();
}

void SpectrumPlot::setAxisTexts(const QString& wavelength, const QString& flux)
{
    m_residualPanel->axis(QCPAxis::atBottom)->setLabel(wavelength);
    m_spectrumPanel->axis(QCPAxis::atBottom)
        ->setLabel(m_residualPanel->visible() ? QString() : wavelength);
    m_spectrumPanel->axis(QCPAxis::atLeft)->setLabel(flux);
    queueReplot();
}

PlotTable SpectrumPlot::table() const
{
    PlotTable table;
    const QString wavelength = m_residualPanel->axis(QCPAxis::atBottom)->label();
    const QString flux = m_spectrumPanel->axis(QCPAxis::atLeft)->label();
    const QVector<double>* grid = nullptr;
    const auto add = [&](const QString& heading, const Trace& trace) {
        if (trace.isEmpty())
            return;
        // Curves on the same pixels share their column of wavelengths.
        if (grid == nullptr || *grid != trace.wavelength)
            table.add(wavelength, trace.wavelength);
        grid = &trace.wavelength;
        table.add(heading, trace.flux);
    };
    add(m_star.name.isEmpty() ? flux : tr("%1: %2").arg(m_star.name, flux), m_star);
    for (const Trace& standard : m_standards)
        add(tr("Standard %1: %2").arg(standard.name, flux), standard);
    add(tr("Residual (star minus first standard)"), m_residual);
    if (!evidence().isEmpty()) {
        table.add(wavelength, evidence().wavelength);
        table.add(
            tr("Evidence for %1 rather than %2 (per Å)").arg(evidence().answer, evidence().other),
            evidence().contribution);
        grid = &evidence().wavelength;
    }
    if (variations().isEmpty())
        return table;
    const VariationTrace& bands = variations();
    if (grid == nullptr || *grid != bands.wavelength)
        table.add(wavelength, bands.wavelength);
    for (std::size_t i = 0; i < VariationTrace::kCurves; ++i)
        table.add(tr("%1 % of the variations lie below")
                      .arg(numberText(dataset::VariationBands::kPercentiles.at(i), 1)),
            bands.percentiles.at(i));
    grid = &bands.wavelength;
    add(tr("Variation shown: %1").arg(flux), bands.highlighted);
    return table;
}

QList<PlotBase::LegendEntry> SpectrumPlot::outsideLegend() const
{
    QList<LegendEntry> legend;
    if (!m_star.isEmpty())
        legend.append({ m_star.name.isEmpty() ? tr("star") : m_star.name, m_starGraph->pen() });
    for (std::size_t slot = 0; slot < m_standards.size(); ++slot)
        if (!m_standards.at(slot).isEmpty())
            legend.append({ tr("standard %1").arg(m_standards.at(slot).name),
                m_standardGraphs.at(slot)->pen() });
    return legend;
}

std::pair<double, double> SpectrumPlot::wavelengthRange() const
{
    const QCPRange range = m_spectrumPanel->axis(QCPAxis::atBottom)->range();
    return { range.lower, range.upper };
}

void SpectrumPlot::setWavelengthRange(double firstAngstrom, double lastAngstrom)
{
    m_spectrumPanel->axis(QCPAxis::atBottom)->setRange(firstAngstrom, lastAngstrom);
    queueReplot();
}

void SpectrumPlot::ensureOverlap(double firstAngstrom, double lastAngstrom)
{
    const auto [first, last] = wavelengthRange();
    if (isZoomed() && (lastAngstrom <= first || firstAngstrom >= last))
        resetZoom();
}

void SpectrumPlot::fitRanges()
{
    const bool empty = m_star.isEmpty();
    m_spectrumPanel->axis(QCPAxis::atBottom)
        ->setRange(empty ? QCPRange(kEmptyFirst, kEmptyLast) : rangeOf(m_star.wavelength));
    QVector<double> values = m_star.flux;
    for (const Trace& standard : m_standards)
        values += standard.flux;
    values += variations().percentiles.front();
    values += variations().percentiles.back();
    // Room above for the names of the lines.
    const double above = m_markers->visible() ? 0.14 : 0.05;
    m_spectrumPanel->axis(QCPAxis::atLeft)->setRange(padded(robustRange(values), 0.04, above));
    const QCPRange residual = robustRange(m_residual.flux);
    const double size = std::max({ std::abs(residual.lower), std::abs(residual.upper), 0.02 });
    m_residualPanel->axis(QCPAxis::atLeft)->setRange(-1.15 * size, 1.15 * size);
    m_evidence->fitRange();
}

void SpectrumPlot::applyTheme(const PlotTheme& theme)
{
    PlotBase::applyTheme(theme);
    m_starGraph->setPen(QPen(theme.star, 1.2));
    m_standardGraphs[0]->setPen(QPen(theme.standardFirst, 1.2));
    m_standardGraphs[1]->setPen(QPen(theme.standardSecond, 1.2, Qt::DashLine));
    m_residualGraph->setPen(QPen(theme.residual, 1.0));
    m_zeroGraph->setPen(QPen(theme.axis, 1.0, Qt::DotLine));
    QColor outer = theme.accent;
    outer.setAlphaF(0.22F);
    QColor inner = theme.accent;
    inner.setAlphaF(0.34F);
    m_variations->setColours(outer, inner, QPen(theme.test, 1.2));
    QFont small = font();
    small.setPointSizeF(small.pointSizeF() * 0.9);
    QColor line = theme.marker;
    line.setAlphaF(0.45F);
    m_markers->setColours(line, theme.marker, small);
    m_evidence->applyTheme(theme);
    for (QCPAxisRect* panel : { m_spectrumPanel, m_residualPanel })
        for (const auto side : { QCPAxis::atTop, QCPAxis::atRight })
            panel->axis(side)->setTicks(false);
}

QString SpectrumPlot::readoutAt(const QPointF& pixel)
{
    const bool upper = m_spectrumPanel->rect().contains(pixel.toPoint());
    const bool lower
        = m_residualPanel->visible() && m_residualPanel->rect().contains(pixel.toPoint());
    if (!upper && !lower)
        return {};
    const double wavelength = m_spectrumPanel->axis(QCPAxis::atBottom)->pixelToCoord(pixel.x());
    const auto& [first, second] = m_standards;
    QStringList parts { QStringLiteral("λ ") + quantityText(wavelength, 1, QStringLiteral("Å")),
        tr("star %1").arg(numberText(valueAt(m_star, wavelength), 3)) };
    for (const Trace* standard : { &first, &second })
        if (!standard->isEmpty())
            parts << standard->name + " " + numberText(valueAt(*standard, wavelength), 3);
    if (!variations().isEmpty())
        parts
            << tr("variation %1").arg(numberText(valueAt(variations().highlighted, wavelength), 3));
    if (!m_residual.isEmpty())
        parts << tr("residual %1").arg(numberText(valueAt(m_residual, wavelength), 3));
    return parts.join(QStringLiteral("  ·  "));
}

} // namespace maury::ui
