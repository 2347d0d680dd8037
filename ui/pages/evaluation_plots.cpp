#include "ui/pages/evaluation_plots.h"

#include "core/classify/statistics.h"
#include "ui/bridge/number_text.h"
#include "ui/models/confusion_model.h"
#include "ui/plots/confusion_plot.h"
#include "ui/plots/reliability_plot.h"
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
    , m_reliability(new ReliabilityPlot(this))
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
    m_tabs->addTab(m_reliability, tr("&Reliability"));
    m_tabs->setTabToolTip(2,
        tr("Whether probabilities are what they say: the part of the answers that is right against "
           "the probability that they were given"));
    m_tabs->setCornerWidget(m_hideDiagonal);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(16);
    layout->addWidget(m_tabs, 3);
    layout->addWidget(makeSide(luminosity), 2);
    follow(*m_spectral, Head::Spectral, status);
    follow(*m_luminosity, Head::Luminosity, status);
    m_scatter->reportTo(status);
    m_reliability->reportTo(status);
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
    addFigure(
        *grid, 1, tr("Accuracy"), tr("Part of the samples that were given their class"), m_figures);
    addFigure(*grid, 2, tr("Within one class"),
        tr("Part of the samples that were given their class or a neighbour of it"), m_figures);
    addFigure(*grid, 3, tr("Mean F1"),
        tr("Harmonic mean of precision and recall, averaged over the classes with equal weight"),
        m_figures);
    addStarFigures(*grid, 4);
    grid->setColumnStretch(0, 1);
    side->addLayout(grid);
    m_luminosity = new ConfusionPlot(luminosity, area);
    m_luminosity->setAccessibleName(tr("Confusion matrix of the luminosity classes"));
    side->addWidget(m_luminosity, 1);
    return area;
}

void EvaluationPlots::addStarFigures(QGridLayout& grid, int row)
{
    const auto add = [&](const QString& name, const QString& tip) {
        m_starNames.append(addFigure(grid, row++, name, tip, m_starFigures));
    };
    add(tr("Nearest standard"),
        tr("Accuracy of the nearest standard on the same stars, with velocity and blur fitted"));
    add(tr("Error, σ68"),
        tr("68 % of the stars are nearer to their type, in temperature codes: one is about one "
           "class"));
    add(tr("Error, rms"),
        tr("Root mean square of the deviations below 3 temperature codes, and how many are "
           "beyond"));
    add(tr("Pull width"),
        tr("Width of the deviations in units of the uncertainty that was given with each type: 1 "
           "when the uncertainties are right"));
    add(tr("Calibration error"),
        tr("How far the probabilities are from the part of the answers that is right, on average"));
    showStarFigures(nullptr);
}

void EvaluationPlots::showStarFigures(const classify::Evaluation* stars)
{
    for (QLabel* label : m_starNames + m_starFigures)
        label->setVisible(stars != nullptr);
    if (stars == nullptr)
        return;
    const QString none = QStringLiteral("–");
    const auto error = [](const std::optional<classify::Reliability>& reliability) {
        return reliability ? numberText(reliability->expectedError, 3) : tr("n/a");
    };
    const classify::CodeStatistics& code = stars->network.code;
    const auto baseline = [stars](train::HeadMetrics classify::Scores::*head) {
        return stars->baseline ? percentText(((*stars->baseline).*head).accuracy, stars->typed)
                               : tr("n/a");
    };
    const QStringList texts { baseline(&classify::Scores::sc), baseline(&classify::Scores::lc),
        numberText(code.sigma68, 2), none,
        tr("%1 (%2 beyond 3)").arg(numberText(code.rms3, 2), countText(code.beyond3)), none,
        stars->pullWidth ? numberText(*stars->pullWidth, 2) : tr("n/a"), none,
        error(stars->reliabilitySc), error(stars->reliabilityLc) };
    for (qsizetype i = 0; i < m_starFigures.size(); ++i)
        m_starFigures[i]->setText(texts[i]);
}

QLabel* EvaluationPlots::addFigure(
    QGridLayout& grid, int row, const QString& name, const QString& tip, QList<QLabel*>& figures)
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
        figures.append(value);
    }
    return label;
}

const ConfusionPlot& EvaluationPlots::matrix(Head head) const
{
    return head == Head::Spectral ? *m_spectral : *m_luminosity;
}

void EvaluationPlots::showEvaluation(const Evaluation& evaluation, const QStringList& classes)
{
    showFigures(evaluation.metrics);
    showStarFigures(evaluation.stars.get());
    m_scatter->setPoints(classes, scatterPoints(evaluation));
    m_reliability->setReliability(
        reliabilityOf(evaluation, Head::Spectral), reliabilityOf(evaluation, Head::Luminosity));
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
    m_reliability->setStale(stale);
    for (QLabel* figure : m_figures + m_starFigures)
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
