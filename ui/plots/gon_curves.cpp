#include "ui/plots/gon_curves.h"

#include "core/gon/gon_config.h"
#include "ui/bridge/number_text.h"
#include "ui/plots/decade_ticker.h"

#include <qcustomplot.h>

#include <algorithm>
#include <cmath>

namespace maury::ui {

namespace {

constexpr double kOneDrag = 0.02; // of the run: changes closer than this are one mark

double stepsOf(double epochs)
{
    return epochs * gon::kStepsPerEpoch;
}

} // namespace

GonCurves::GonCurves(QWidget* parent)
    : PlotBase(parent)
{
    setAccessibleName(tr("Loss and fit of the run"));
    setMinimumSize(320, 220);
    QCPLayoutGrid& layout = *plot().plotLayout();
    layout.clear();
    layout.setRowSpacing(0);
    m_lossRect = new QCPAxisRect(&plot());
    m_fitRect = new QCPAxisRect(&plot());
    auto* margins = new QCPMarginGroup(&plot());
    makePanel(0, *m_lossRect, tr("Loss"));
    makePanel(1, *m_fitRect, tr("χ²"));
    for (QCPAxisRect* rect : panels())
        rect->setMarginGroup(QCP::msLeft | QCP::msRight, margins);
    layout.setColumnStretchFactor(1, 0.001);
    QCPAxis* upper = m_lossRect->axis(QCPAxis::atBottom);
    QCPAxis* lower = m_fitRect->axis(QCPAxis::atBottom);
    for (const auto& [from, to] : { std::pair(upper, lower), std::pair(lower, upper) })
        connect(from, qOverload<const QCPRange&>(&QCPAxis::rangeChanged), to,
            qOverload<const QCPRange&>(&QCPAxis::setRange));
    upper->setTickLabels(false);
    lower->setLabel(tr("Step"));
    plot().setAutoAddPlottableToLegend(false);
    m_stepLoss = addCurve(*m_lossRect, tr("batches"), *m_legends[0]);
    m_loss = addCurve(*m_lossRect, tr("mean of %1 batches").arg(countText(gon::kStepsPerEpoch)),
        *m_legends[0]);
    m_trainFit = addCurve(*m_fitRect, tr("trained on, per pixel"), *m_legends[1]);
    m_unseenMedian = addCurve(*m_fitRect, tr("held out, per dof, median"), *m_legends[1]);
    m_unseenMean = addCurve(*m_fitRect, tr("held out, per dof, mean"), *m_legends[1]);
    m_target = addCurve(*m_fitRect, tr("noise alone"), *m_legends[1]);
    m_marks = std::make_unique<ChangeMarks>(QList<QCPAxisRect*> { m_lossRect, m_fitRect },
        [this](QCPAxisRect& panel) { return addVerticalLine(panel); });
    applyTheme(theme());
    begin(1);
}

void GonCurves::makePanel(int row, QCPAxisRect& rect, const QString& label)
{
    QCPLayoutGrid& layout = *plot().plotLayout();
    layout.addElement(row, 0, &rect);
    auto* legend = new QCPLegend;
    m_legends.at(static_cast<std::size_t>(row)) = legend;
    // In the plot before anything is in it: the elements take their plot from their parent.
    auto* side = new QCPLayoutGrid;
    layout.addElement(row, 1, side);
    side->addElement(0, 0, legend);
    side->addElement(1, 0, new QCPLayoutElement(&plot())); // takes the room below
    side->setRowStretchFactor(0, 0.001);
    legend->setLayer("legend");
    legend->setBorderPen(Qt::NoPen);
    legend->setBrush(Qt::NoBrush);
    legend->setIconSize(22, 16);
    legend->setRowSpacing(0);
    legend->setMargins(QMargins(0, 8, 8, 8));
    QCPAxis* axis = rect.axis(QCPAxis::atLeft);
    axis->setLabel(label);
    axis->setScaleType(QCPAxis::stLogarithmic);
    axis->setTicker(decadeTicker());
    allowZoom(rect, Qt::Horizontal | Qt::Vertical);
    addCrosshair(rect);
}

QCPGraph* GonCurves::addCurve(QCPAxisRect& rect, const QString& name, QCPLegend& legend)
{
    QCPGraph* graph = plot().addGraph(rect.axis(QCPAxis::atBottom), rect.axis(QCPAxis::atLeft));
    graph->setName(name);
    graph->setSelectable(QCP::stNone);
    graph->addToLegend(&legend);
    return graph;
}

void GonCurves::begin(int steps)
{
    m_steps = std::max(1, steps);
    m_epochs.clear();
    m_marks->clear();
    m_reached = 0.0;
    m_losses = m_fits = {};
    for (int i = 0; i < plot().graphCount(); ++i)
        plot().graph(i)->data()->clear();
    m_target->setData(QVector<double> { 0.0, static_cast<double>(m_steps) },
        QVector<double> { 1.0, 1.0 });
    m_fits.include(1.0);
    resetZoom();
}

void GonCurves::addSteps(const std::vector<StepPoint>& points)
{
    for (const StepPoint& point : points) {
        m_reached = stepsOf(point.position);
        m_stepLoss->addData(m_reached, point.loss);
        m_losses.include(point.loss);
    }
}

void GonCurves::addEpoch(const train::EpochDone& epoch)
{
    m_epochs.push_back(epoch);
    const double x = std::min(stepsOf(epoch.epoch + 1.0), static_cast<double>(m_steps));
    m_reached = std::max(m_reached, x);
    m_loss->addData(x, epoch.train.loss);
    m_trainFit->addData(x, epoch.train.lossSc);
    m_losses.include(epoch.train.loss);
    m_fits.include(epoch.train.lossSc);
    if (epoch.test.samples == 0)
        return;
    m_unseenMedian->addData(x, epoch.test.loss);
    m_unseenMean->addData(x, epoch.test.sc.loss);
    m_fits.include(epoch.test.loss);
    m_fits.include(epoch.test.sc.loss);
}

void GonCurves::addChange(const train::SettingChanged& change, const QString& label)
{
    const double at = stepsOf(change.epoch) + static_cast<double>(change.step);
    m_marks->add({ change.setting, label, at, at, change.before, change.after }, kOneDrag * m_steps);
}

void GonCurves::refresh()
{
    showNewData();
}

void GonCurves::fitRanges()
{
    const double shown = std::min<double>(m_steps, roundedUp(std::max(m_reached, 20.0)));
    m_lossRect->axis(QCPAxis::atBottom)->setRange(0.0, shown * 1.01);
    const auto [lossLow, lossHigh] = m_losses.decades(0.1, 10.0);
    m_lossRect->axis(QCPAxis::atLeft)->setRange(lossLow, lossHigh);
    const auto [fitLow, fitHigh] = m_fits.decades(0.5, 10.0);
    m_fitRect->axis(QCPAxis::atLeft)->setRange(fitLow, fitHigh);
    m_marks->alignLabels(shown / 2.0);
}

void GonCurves::applyTheme(const PlotTheme& theme)
{
    PlotBase::applyTheme(theme);
    QColor faint = theme.train;
    faint.setAlphaF(0.35F);
    m_stepLoss->setPen(QPen(faint, 1.0));
    m_loss->setPen(QPen(theme.train, 2.0));
    m_trainFit->setPen(QPen(theme.train, 2.0));
    m_unseenMedian->setPen(QPen(theme.test, 2.0));
    m_unseenMean->setPen(QPen(theme.test, 1.2, Qt::DashLine));
    m_target->setPen(QPen(theme.axis, 1.0, Qt::DotLine));
    for (QCPLegend* legend : m_legends) {
        legend->setTextColor(theme.text);
        legend->setFont(font());
    }
    if (m_marks)
        m_marks->applyTheme(theme, font());
}

PlotTable GonCurves::table() const
{
    QVector<double> steps;
    QVector<double> losses;
    QVector<double> trained;
    QVector<double> medians;
    QVector<double> means;
    QVector<double> rates;
    for (const train::EpochDone& epoch : m_epochs) {
        const bool tested = epoch.test.samples > 0;
        steps << std::min(stepsOf(epoch.epoch + 1.0), static_cast<double>(m_steps));
        losses << epoch.train.loss;
        trained << epoch.train.lossSc;
        medians << (tested ? epoch.test.loss : std::nan(""));
        means << (tested ? epoch.test.sc.loss : std::nan(""));
        rates << epoch.learningRate;
    }
    PlotTable table;
    if (m_epochs.empty())
        return table;
    table.add(tr("Step"), steps);
    table.add(tr("Loss"), losses);
    table.add(tr("χ² per pixel, trained on"), trained);
    table.add(tr("χ² per degree of freedom, held out, median"), medians);
    table.add(tr("χ² per degree of freedom, held out, mean"), means);
    table.add(tr("Learning rate"), rates);
    return table;
}

QString GonCurves::readoutAt(const QPointF& pixel)
{
    const double x = m_lossRect->axis(QCPAxis::atBottom)->pixelToCoord(pixel.x());
    const auto nearest
        = std::min_element(m_epochs.begin(), m_epochs.end(), [x](const auto& a, const auto& b) {
              return std::abs(stepsOf(a.epoch + 1.0) - x) < std::abs(stepsOf(b.epoch + 1.0) - x);
          });
    if (nearest == m_epochs.end())
        return {};
    return tr("step %1: loss %2, χ² per pixel %3; held out χ² per degree of freedom %4")
        .arg(countText(static_cast<std::int64_t>(stepsOf(nearest->epoch + 1.0))),
            numberText(nearest->train.loss, 3), numberText(nearest->train.lossSc, 3),
            numberText(nearest->test.samples > 0 ? nearest->test.loss : std::nan(""), 3));
}

} // namespace maury::ui
