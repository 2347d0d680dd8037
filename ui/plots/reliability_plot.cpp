#include "ui/plots/reliability_plot.h"

#include "ui/bridge/number_text.h"

#include <qcustomplot.h>

#include <algorithm>
#include <cmath>

namespace maury::ui {

namespace {

/// Of the share that is right among so many answers; none of an even chance where all or none are.
double deviation(const classify::ReliabilityBin& bin)
{
    const auto samples = static_cast<double>(bin.samples);
    // Agresti and Coull's share keeps the bar of all or none from vanishing.
    const double share = (bin.accuracy * samples + 1.0) / (samples + 2.0);
    return std::sqrt(share * (1.0 - share) / samples);
}

/// In per cent, as the axes are.
double percent(double share)
{
    return 100.0 * share;
}

} // namespace

ReliabilityPlot::ReliabilityPlot(QWidget* parent)
    : PlotBase(parent)
    , m_diagonal(plot().addGraph())
{
    setAccessibleName(tr("Part that is right against probability"));
    setMinimumSize(240, 160);
    plot().xAxis->setLabel(tr("Probability of the answer, mean (%)"));
    plot().yAxis->setLabel(tr("Right (%)"));
    m_diagonal->setName(tr("as they should be"));
    m_diagonal->setData({ 0.0, 100.0 }, { 0.0, 100.0 }, true);
    makeCurve(m_curves[0], tr("spectral class"));
    makeCurve(m_curves[1], tr("luminosity class"));
    plot().legend->setVisible(true);
    plot().axisRect()->insetLayout()->setInsetAlignment(0, Qt::AlignLeft | Qt::AlignTop);
    allowZoom(*plot().axisRect(), Qt::Horizontal | Qt::Vertical);
    addCrosshair(*plot().axisRect());
    applyTheme(theme());
    showNewData();
}

void ReliabilityPlot::makeCurve(Curve& curve, const QString& name)
{
    curve.points = plot().addGraph();
    curve.points->setName(name);
    curve.points->setSelectable(QCP::stNone);
    curve.errors = new QCPErrorBars(plot().xAxis, plot().yAxis);
    curve.errors->setDataPlottable(curve.points);
    curve.errors->setErrorType(QCPErrorBars::etValueError);
    curve.errors->setSelectable(QCP::stNone);
    curve.errors->removeFromLegend();
}

void ReliabilityPlot::setReliability(const std::optional<classify::Reliability>& spectral,
    const std::optional<classify::Reliability>& luminosity)
{
    m_curves[0].reliability = spectral;
    m_curves[1].reliability = luminosity;
    for (const Curve& curve : m_curves)
        draw(curve);
    showNewData();
}

void ReliabilityPlot::draw(const Curve& curve)
{
    QVector<double> given;
    QVector<double> right;
    QVector<double> errors;
    if (curve.reliability)
        for (const classify::ReliabilityBin& bin : curve.reliability->bins) {
            if (bin.samples == 0)
                continue;
            given.append(percent(bin.probability));
            right.append(percent(bin.accuracy));
            errors.append(percent(deviation(bin)));
        }
    curve.points->setData(given, right, true);
    curve.errors->setData(errors);
}

void ReliabilityPlot::setStale(bool stale)
{
    m_stale = stale;
    applyTheme(theme());
    queueReplot();
}

PlotTable ReliabilityPlot::table() const
{
    QStringList heads;
    QVector<double> from;
    QVector<double> to;
    QVector<double> samples;
    QVector<double> given;
    QVector<double> right;
    for (const Curve& curve : m_curves) {
        if (!curve.reliability)
            continue;
        for (const classify::ReliabilityBin& bin : curve.reliability->bins) {
            heads.append(curve.points->name());
            from.append(bin.from);
            to.append(bin.to);
            samples.append(static_cast<double>(bin.samples));
            given.append(bin.probability);
            right.append(bin.accuracy);
        }
    }
    PlotTable table;
    table.add(tr("Head"), heads);
    table.add(tr("Probability from"), from);
    table.add(tr("Probability to"), to);
    table.add(tr("Answers"), samples);
    table.add(tr("Mean probability"), given);
    table.add(tr("Right"), right);
    return table;
}

void ReliabilityPlot::fitRanges()
{
    plot().xAxis->setRange(0.0, 102.0);
    plot().yAxis->setRange(0.0, 104.0);
}

void ReliabilityPlot::applyTheme(const PlotTheme& theme)
{
    PlotBase::applyTheme(theme);
    m_diagonal->setPen(QPen(theme.residual, 1.0, Qt::DashLine));
    const std::array colours { m_stale ? theme.residual : theme.train,
        m_stale ? theme.residual : theme.test };
    const std::array shapes { QCPScatterStyle::ssDisc, QCPScatterStyle::ssSquare };
    constexpr double kSymbol = 7.0;
    for (std::size_t head = 0; head < kHeads; ++head) {
        const QPen pen(colours.at(head), 1.4);
        m_curves.at(head).points->setPen(pen);
        m_curves.at(head).points->setScatterStyle(
            QCPScatterStyle(shapes.at(head), colours.at(head), colours.at(head), kSymbol));
        m_curves.at(head).errors->setPen(QPen(colours.at(head), 1.0));
    }
    QColor ground = theme.background;
    ground.setAlphaF(0.8F);
    plot().legend->setBrush(ground);
    plot().legend->setBorderPen(Qt::NoPen);
    plot().legend->setTextColor(theme.text);
    plot().legend->setFont(font());
}

QString ReliabilityPlot::readoutAt(const QPointF& pixel)
{
    const double x = plot().xAxis->pixelToCoord(pixel.x());
    const double y = plot().yAxis->pixelToCoord(pixel.y());
    const classify::ReliabilityBin* nearest = nullptr;
    QString head;
    double least = 0.0;
    for (const Curve& curve : m_curves) {
        if (!curve.reliability)
            continue;
        for (const classify::ReliabilityBin& bin : curve.reliability->bins) {
            const double distance
                = std::hypot(percent(bin.probability) - x, percent(bin.accuracy) - y);
            if (bin.samples > 0 && (nearest == nullptr || distance < least)) {
                nearest = &bin;
                least = distance;
                head = curve.points->name();
            }
        }
    }
    if (nearest == nullptr)
        return {};
    return tr("%1: of %2 answers with %3 % on average %4 % were right")
        .arg(head, countText(nearest->samples), numberText(percent(nearest->probability), 0),
            numberText(percent(nearest->accuracy), 0));
}

} // namespace maury::ui
