#include "ui/pages/evaluation_plots.h"

#include "ui/bridge/number_text.h"
#include "ui/models/confusion_model.h"
#include "ui/plots/confusion_plot.h"
#include "ui/plots/scatter_plot.h"

#include <QCheckBox>
#include <QGridLayout>
#include <QLabel>
#include <QTabWidget>

namespace maury::ui {

namespace {

constexpr int kSideWidth = 420;

} // namespace

EvaluationPlots::EvaluationPlots(const ConfusionModel& spectral, const ConfusionModel& luminosity,
    StatusReporter& status, QWidget* parent)
    : QWidget(parent)
    , m_tabs(new QTabWidget(this))
    , m_hideDiagonal(new QCheckBox(tr("&Hide the diagonal"), this))
    , m_spectral(new ConfusionPlot(spectral, this))
    , m_scatter(new ScatterPlot(this))
{
    m_spectral->setAccessibleName(tr("Confusion matrix of the spectral classes"));
    m_scatter->setAccessibleName(tr("Predicted against true spectral class"));
    m_hideDiagonal->setToolTip(tr("Leave out what is right, so that the mistakes stand out"));
    m_hideDiagonal->setStatusTip(m_hideDiagonal->toolTip());
    m_tabs->setDocumentMode(true);
    m_tabs->setAccessibleName(tr("Pictures of the spectral classes"));
    m_tabs->addTab(m_spectral, tr("&Matrix"));
    m_tabs->setTabToolTip(0, tr("How many samples of each class were given which class"));
    m_tabs->addTab(m_scatter, tr("S&catter"));
    m_tabs->setTabToolTip(
        1, tr("Predicted against true class, coloured by the true luminosity class"));
    m_tabs->setCornerWidget(m_hideDiagonal);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(16);
    layout->addWidget(m_tabs, 3);
    layout->addWidget(makeSide(luminosity), 2);
    follow(*m_spectral, Head::Spectral, status);
    follow(*m_luminosity, Head::Luminosity, status);
    m_scatter->reportTo(status);
    connect(
        m_scatter, &ScatterPlot::pointClicked, this, [this](int truth, int predicted, int lumi) {
            emit cellChosen({ Head::Spectral, truth, predicted, lumi });
        });
}

void EvaluationPlots::follow(ConfusionPlot& plot, Head head, StatusReporter& status)
{
    plot.reportTo(status);
    connect(&plot, &ConfusionPlot::cellClicked, this, [this, head](int truth, int predicted) {
        emit cellChosen({ head, truth, predicted, {} });
    });
    connect(m_hideDiagonal, &QCheckBox::toggled, &plot, &ConfusionPlot::setDiagonalHidden);
}

QWidget* EvaluationPlots::makeSide(const ConfusionModel& luminosity)
{
    auto* area = new QWidget(this);
    area->setMaximumWidth(kSideWidth);
    auto* side = new QVBoxLayout(area);
    side->setContentsMargins(0, 0, 0, 0);
    side->setSpacing(8);
    auto* grid = new QGridLayout;
    grid->setHorizontalSpacing(16);
    grid->setVerticalSpacing(2);
    const QStringList heads { tr("Spectral class"), tr("Luminosity class") };
    for (int head = 0; head < 2; ++head) {
        auto* label = new QLabel(heads[head], area);
        label->setAlignment(Qt::AlignRight);
        grid->addWidget(label, 0, head + 1);
    }
    addFigure(*grid, 1, tr("Accuracy"), tr("Part of the samples that were given their class"));
    addFigure(*grid, 2, tr("Within one class"),
        tr("Part of the samples that were given their class or a neighbour of it"));
    addFigure(*grid, 3, tr("Mean F1"),
        tr("Harmonic mean of precision and recall, averaged over the classes with equal weight"));
    grid->setColumnStretch(0, 1);
    side->addLayout(grid);
    m_luminosity = new ConfusionPlot(luminosity, area);
    m_luminosity->setAccessibleName(tr("Confusion matrix of the luminosity classes"));
    side->addWidget(m_luminosity, 1);
    return area;
}

void EvaluationPlots::addFigure(QGridLayout& grid, int row, const QString& name, const QString& tip)
{
    auto* label = new QLabel(name, this);
    label->setToolTip(tip);
    grid.addWidget(label, row, 0);
    for (int head = 0; head < 2; ++head) {
        auto* value = new QLabel(this);
        value->setAlignment(Qt::AlignRight);
        value->setTextInteractionFlags(Qt::TextSelectableByMouse);
        value->setToolTip(tip);
        grid.addWidget(value, row, head + 1);
        m_figures.append(value);
    }
}

const ConfusionPlot& EvaluationPlots::matrix(Head head) const
{
    return head == Head::Spectral ? *m_spectral : *m_luminosity;
}

void EvaluationPlots::showEvaluation(const Evaluation& evaluation, const QStringList& classes)
{
    showFigures(evaluation.metrics);
    m_scatter->setPoints(classes, scatterPoints(evaluation));
}

void EvaluationPlots::showFigures(const train::Metrics& metrics)
{
    const auto samples = metrics.samples;
    const auto accuracy = [samples](const train::HeadMetrics& head) {
        return tr("%1 of %2").arg(percentText(head.accuracy, samples), countText(samples));
    };
    // Of three luminosity classes nearly all are within one: that says nothing.
    const QStringList texts { accuracy(metrics.sc), accuracy(metrics.lc),
        percentText(metrics.sc.withinOne, samples), QStringLiteral("–"),
        numberText(metrics.sc.f1, 3), numberText(metrics.lc.f1, 3) };
    for (qsizetype i = 0; i < m_figures.size(); ++i)
        m_figures[i]->setText(texts[i]);
}

void EvaluationPlots::setStale(bool stale)
{
    m_spectral->setStale(stale);
    m_luminosity->setStale(stale);
    m_scatter->setStale(stale);
    for (QLabel* figure : std::as_const(m_figures))
        figure->setEnabled(!stale);
}

void EvaluationPlots::setChosenCell(const MatrixCell& cell)
{
    const auto choose = [&cell](ConfusionPlot& plot, Head head) {
        const bool here = cell.head == head;
        plot.setChosenCell(here ? cell.truth : -1, here ? cell.predicted : -1);
    };
    choose(*m_spectral, Head::Spectral);
    choose(*m_luminosity, Head::Luminosity);
    m_scatter->setChosenCell(cell);
}

void EvaluationPlots::markStar(const Evaluation& evaluation, const QString& standard)
{
    const auto mark = [&](ConfusionPlot& plot, Head head) {
        const auto cell = cellOfStar(evaluation, standard, head).value_or(MatrixCell {});
        plot.setStarCell(cell.truth, cell.predicted);
    };
    mark(*m_spectral, Head::Spectral);
    mark(*m_luminosity, Head::Luminosity);
    m_scatter->setStarPoints(scatterPoints(evaluation, standard));
}

} // namespace maury::ui
