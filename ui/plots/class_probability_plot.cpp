#include "ui/plots/class_probability_plot.h"

#include "ui/bridge/number_text.h"

#include <qcustomplot.h>

#include <algorithm>
#include <cmath>

namespace maury::ui {

namespace {

constexpr int kLabelPixels = 34; ///< room for one label
constexpr double kLuminosityShare = 0.25;
constexpr double kBarWidth = 0.8;

} // namespace

ClassProbabilityPlot::ClassProbabilityPlot(QWidget* parent)
    : PlotBase(parent)
{
    setAccessibleName(tr("Probabilities of the classes"));
    plot().plotLayout()->clear();
    makePanel(m_heads[0], 0);
    makePanel(m_heads[1], 1);
    plot().plotLayout()->setColumnStretchFactor(1, kLuminosityShare);
    plot().plotLayout()->setColumnSpacing(8);
    applyTheme(PlotTheme::from(palette()));
    setProbabilities({}, {}, {}, {});
}

void ClassProbabilityPlot::makePanel(Head& head, int column)
{
    head.panel = new QCPAxisRect(&plot());
    head.panel->setMinimumMargins(QMargins(8, 4, 4, 4));
    head.panel->setMinimumSize(40, 40);
    for (QCPAxis* axis : head.panel->axes()) {
        axis->setLayer("axes");
        axis->grid()->setLayer("grid");
    }
    head.panel->axis(QCPAxis::atBottom)->grid()->setVisible(false);
    head.panel->axis(QCPAxis::atBottom)->setSubTicks(false);
    QCPAxis* values = head.panel->axis(QCPAxis::atLeft);
    values->setSubTicks(false);
    values->ticker()->setTickCount(2);
    values->setTickLabels(column == 0);
    plot().plotLayout()->addElement(0, column, head.panel);
}

void ClassProbabilityPlot::setProbabilities(const QStringList& spectralNames,
    const QVector<double>& spectral, const QStringList& luminosityNames,
    const QVector<double>& luminosity)
{
    EXPECTS(spectralNames.size() == spectral.size());
    EXPECTS(luminosityNames.size() == luminosity.size());
    fill(m_heads[0], spectralNames, spectral);
    fill(m_heads[1], luminosityNames, luminosity);
    colourBars();
    showNewData();
}

void ClassProbabilityPlot::setPrediction(
    const classify::Prediction* prediction, const mk::ClassScheme* scheme)
{
    if (prediction == nullptr || scheme == nullptr) {
        setProbabilities({}, {}, {}, {});
        return;
    }
    const auto values
        = [](const std::vector<float>& from) { return QVector<double>(from.begin(), from.end()); };
    QStringList classes;
    for (const std::string& name : scheme->names)
        classes << QString::fromStdString(name);
    QStringList luminosities;
    const bool printed = !prediction->luminosityProbabilities.empty();
    if (printed)
        luminosities << QStringLiteral("Ia") << QStringLiteral("Ib") << QStringLiteral("II")
                     << QStringLiteral("III") << QStringLiteral("IV") << QStringLiteral("V");
    else
        for (int group = 0; group < mk::kLuminosityGroups; ++group)
            luminosities << QString::fromStdString(
                mk::toString(static_cast<mk::LuminosityGroup>(group)));
    setProbabilities(classes, values(prediction->scProbabilities), luminosities,
        values(printed ? prediction->luminosityProbabilities : prediction->lcProbabilities));
}

void ClassProbabilityPlot::fill(Head& head, const QStringList& names, const QVector<double>& values)
{
    head.values = values;
    QCPAxis* keys = head.panel->axis(QCPAxis::atBottom);
    if (names != head.names) {
        head.names = names;
        for (QCPBars* bar : std::as_const(head.bars))
            plot().removePlottable(bar);
        head.bars.clear();
        for (qsizetype i = 0; i < names.size(); ++i) {
            auto* bar = new QCPBars(keys, head.panel->axis(QCPAxis::atLeft));
            bar->setWidth(kBarWidth);
            head.bars.append(bar);
        }
        labelClasses(head);
    }
    for (qsizetype i = 0; i < values.size(); ++i)
        head.bars[i]->setData({ static_cast<double>(i) }, { values[i] });
}

/// As many names as there is room for.
void ClassProbabilityPlot::labelClasses(Head& head)
{
    const int room
        = &head == &m_heads[0] ? static_cast<int>(width() * (1.0 - kLuminosityShare)) : width();
    const auto most = std::max(1, room / kLabelPixels);
    const auto step = std::max<qsizetype>(1, (head.names.size() + most - 1) / most);
    const auto ticker = QSharedPointer<QCPAxisTickerText>::create();
    for (qsizetype i = 0; i < head.names.size(); i += step)
        ticker->addTick(static_cast<double>(i), head.names[i]);
    head.panel->axis(QCPAxis::atBottom)->setTicker(ticker);
}

void ClassProbabilityPlot::resizeEvent(QResizeEvent* event)
{
    PlotBase::resizeEvent(event);
    for (Head& head : m_heads)
        labelClasses(head);
    queueReplot();
}

PlotTable ClassProbabilityPlot::table() const
{
    PlotTable table;
    table.add(tr("Spectral class"), m_heads[0].names);
    table.add(tr("Probability of the spectral class"), m_heads[0].values);
    table.add(tr("Luminosity class"), m_heads[1].names);
    table.add(tr("Probability of the luminosity class"), m_heads[1].values);
    return table;
}

void ClassProbabilityPlot::fitRanges()
{
    for (const Head& head : m_heads) {
        const auto classes = std::max<qsizetype>(1, head.names.size());
        head.panel->axis(QCPAxis::atBottom)->setRange(-0.6, static_cast<double>(classes) - 0.4);
        head.panel->axis(QCPAxis::atLeft)->setRange(0.0, 1.02);
    }
}

QColor ClassProbabilityPlot::colourOf(const Head& head, int index) const
{
    const QString& name = head.names[index];
    if (&head == &m_heads[1]) {
        // Ia and Ib have the colour of I, II that of III, IV that of V, as they are counted.
        const bool supergiant
            = name.startsWith('I') && name != "II" && name != "III" && name != "IV";
        const bool giant = name == "II" || name == "III";
        return theme().luminosity(supergiant ? mk::LuminosityGroup::I
                : giant                      ? mk::LuminosityGroup::III
                                             : mk::LuminosityGroup::V);
    }
    const auto type = mk::parseSpectralType(name.toStdString());
    return type ? theme().spectralClass(mk::decimalSubclass(*type)) : theme().text;
}

void ClassProbabilityPlot::colourBars()
{
    for (const Head& head : m_heads)
        for (int i = 0; i < head.bars.size(); ++i) {
            head.bars[i]->setPen(Qt::NoPen);
            head.bars[i]->setBrush(colourOf(head, i));
        }
}

void ClassProbabilityPlot::applyTheme(const PlotTheme& theme)
{
    PlotBase::applyTheme(theme);
    QFont small = font();
    small.setPointSizeF(small.pointSizeF() * 0.9);
    for (const Head& head : m_heads)
        for (QCPAxis* axis : head.panel->axes())
            axis->setTickLabelFont(small);
    colourBars();
}

QString ClassProbabilityPlot::readoutAt(const QPointF& pixel)
{
    for (const Head& head : m_heads) {
        if (!head.panel->rect().contains(pixel.toPoint()))
            continue;
        const auto index
            = std::lround(head.panel->axis(QCPAxis::atBottom)->pixelToCoord(pixel.x()));
        if (index < 0 || index >= head.names.size())
            return {};
        return tr("%1: probability %2").arg(head.names[index], numberText(head.values[index], 3));
    }
    return {};
}

} // namespace maury::ui
