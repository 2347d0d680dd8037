#include "ui/plots/activation_plot.h"

#include "core/nn/activation.h"
#include "ui/bridge/number_text.h"

#include <qcustomplot.h>

#include <algorithm>

namespace maury::ui {

ActivationPlot::ActivationPlot(QWidget* parent)
    : PlotBase(parent)
    , m_value(plot().addGraph())
    , m_slope(plot().addGraph())
    , m_valueName(new QCPItemText(&plot()))
    , m_slopeName(new QCPItemText(&plot()))
{
    setAccessibleName(tr("Activation function and its derivative"));
    setMinimumSize(200, 112);
    plot().xAxis->setLabel(tr("Input a of a neuron"));
    plot().xAxis->ticker()->setTickCount(5);
    plot().yAxis->ticker()->setTickCount(4);
    m_value->setName(tr("f(a)"));
    m_slope->setName(tr("f′(a)"));
    for (QCPItemText* text : { m_valueName, m_slopeName }) {
        text->setSelectable(false);
        text->setPositionAlignment(Qt::AlignLeft | Qt::AlignBottom);
    }
    m_valueName->setText(m_value->name());
    m_slopeName->setText(m_slope->name());
    allowZoom(*plot().axisRect(), Qt::Horizontal | Qt::Vertical);
    addCrosshair(*plot().axisRect());
    applyTheme(theme());
    setActivation(m_activation);
}

void ActivationPlot::setActivation(nn::Activation activation)
{
    m_activation = activation;
    m_points = activationCurve(activation);
    m_value->data()->clear();
    m_slope->data()->clear();
    for (const ActivationPoint& point : m_points) {
        m_value->addData(point.input, point.value);
        m_slope->addData(point.input, point.slope);
    }
    // Where the curves are far apart.
    constexpr double kValueAt = 1.6;
    constexpr double kSlopeAt = -3.6;
    m_valueName->position->setCoords(kValueAt - 0.9, nn::activate(activation, kValueAt));
    m_slopeName->position->setCoords(kSlopeAt, 0.15);
    showNewData();
}

PlotTable ActivationPlot::table() const
{
    QVector<double> inputs;
    QVector<double> values;
    QVector<double> slopes;
    for (const ActivationPoint& point : m_points) {
        inputs.append(point.input);
        values.append(point.value);
        slopes.append(point.slope);
    }
    PlotTable table;
    table.add(tr("Input a"), inputs);
    table.add(m_value->name(), values);
    table.add(m_slope->name(), slopes);
    return table;
}

void ActivationPlot::fitRanges()
{
    plot().xAxis->setRange(-kActivationRange, kActivationRange);
    plot().yAxis->setRange(-0.4, 2.4);
}

void ActivationPlot::applyTheme(const PlotTheme& theme)
{
    PlotBase::applyTheme(theme);
    m_value->setPen(QPen(theme.train, 2.0));
    m_slope->setPen(QPen(theme.test, 1.6, Qt::DashLine));
    m_valueName->setColor(theme.train);
    m_slopeName->setColor(theme.test);
    for (QCPItemText* text : { m_valueName, m_slopeName })
        text->setFont(font());
}

QString ActivationPlot::readoutAt(const QPointF& pixel)
{
    const double input = plot().xAxis->pixelToCoord(pixel.x());
    return tr("a = %1: f(a) = %2, f′(a) = %3")
        .arg(numberText(input, 2), numberText(nn::activate(m_activation, input), 3),
            numberText(nn::activationDerivative(m_activation, input), 3));
}

} // namespace maury::ui
