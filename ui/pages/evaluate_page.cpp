#include "ui/pages/evaluate_page.h"

#include "core/classify/statistics.h"
#include "ui/bridge/error_text.h"
#include "ui/bridge/file_writer.h"
#include "ui/bridge/number_text.h"
#include "ui/bridge/run_text.h"
#include "ui/bridge/star_evaluator.h"
#include "ui/bridge/status_reporter.h"
#include "ui/models/selection.h"
#include "ui/models/spectrum_list_model.h"
#include "ui/models/workspace.h"
#include "ui/pages/elided_label.h"
#include "ui/plots/row_table.h"

#include <QAction>
#include <QFileDialog>
#include <QGridLayout>
#include <QHeaderView>
#include <QLabel>
#include <QSplitter>
#include <QToolButton>
#include <QVBoxLayout>

namespace maury::ui {

using State = TrainingSession::State;

namespace {

// Parts of the inspector; they keep their proportion.
constexpr int kReportWidth = 400;
constexpr int kListsWidth = 520;

} // namespace

EvaluatePage::EvaluatePage(const PageContext& context, TrainingSession& session, QWidget* parent)
    : Page(QStringLiteral("evaluate"), tr("Evaluate"), parent)
    , m_context(context)
    , m_session(session)
    , m_evaluator(new StarEvaluator(context.workspace, context.status, this))
    , m_judging(context.workspace, context.status)
    , m_inquiry(context.workspace, context.status, [](const RunLibrary& library) {
        return robust::openTrainingLibrary(library.source, library.fwhmAngstrom);
    })
    , m_export(new QAction(tr("&Export table…"), this))
    , m_typeStars(new QAction(tr("Evaluate &stars…"), this))
{
    m_export->setShortcut(Qt::CTRL | Qt::Key_E);
    m_export->setStatusTip(tr("Write precision, recall and F1 of all classes as CSV"));
    m_export->setToolTip(m_export->statusTip());
    m_export->setEnabled(false);
    connect(m_export, &QAction::triggered, this, &EvaluatePage::chooseFile);
    m_typeStars->setShortcut(Qt::CTRL | Qt::SHIFT | Qt::Key_L);
    m_typeStars->setStatusTip(tr("Type stars of known type with the model of the window: a table "
                                 "with columns file and type, beside the spectra"));
    m_typeStars->setToolTip(m_typeStars->statusTip());
    m_typeStars->setEnabled(m_context.workspace.hasModel());
    connect(m_typeStars, &QAction::triggered, this, &EvaluatePage::askForStars);
    connect(&m_context.workspace, &Workspace::modelChanged, this,
        [this] { m_typeStars->setEnabled(m_context.workspace.hasModel()); });
    connect(m_evaluator, &StarEvaluator::evaluated, this, &EvaluatePage::take);
    connect(m_evaluator, &StarEvaluator::failed, this, [this](const base::Error& error) {
        m_context.status.showMessage(errorText(error), StatusReporter::Severity::Error);
    });
    makeContent();
    makeInspector();
    makeJudges();
    makeSuspects();
    makeFilters();
    setEmptyState(tr("Nothing to evaluate yet"),
        tr("Train a network: its confusion matrices, figures and mistakes appear here, epoch by "
           "epoch. Evaluate stars… in the menu of this page types stars of known type."),
        tr("Go to Train"), [this] { emit pageRequested(QStringLiteral("train")); });
    showEmptyState(true);
    connectSession();
    connect(
        &m_context.selection, &Selection::spectrumChanged, this, &EvaluatePage::followSelection);
    if (const auto result = m_session.result())
        take(result->evaluation);
}

EvaluatePage::~EvaluatePage() = default;

void EvaluatePage::makeContent()
{
    auto* content = new QWidget(this);
    auto* layout = new QVBoxLayout(content);
    layout->setContentsMargins(8, 8, 8, 0);
    layout->setSpacing(4);
    m_plots = new EvaluationPlots(m_spectral, m_luminosity, m_context.status, content);
    layout->addWidget(makeHeader());
    layout->addWidget(m_plots, 1);
    setContent(content);
    connect(m_plots, &EvaluationPlots::cellChosen, this, &EvaluatePage::chooseCell);
}

QWidget* EvaluatePage::makeHeader()
{
    auto* header = new QWidget;
    auto* layout = new QGridLayout(header);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setHorizontalSpacing(16);
    layout->setVerticalSpacing(2);
    m_heading = new QLabel;
    QFont font = m_heading->font();
    font.setBold(true);
    m_heading->setFont(font);
    m_heading->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_origin = new ElidedLabel;
    m_relation = new QLabel;
    m_relation->setWordWrap(true);
    m_relation->setTextInteractionFlags(Qt::TextSelectableByMouse);
    layout->addWidget(m_heading, 0, 0);
    layout->addWidget(m_origin, 0, 1);
    layout->addWidget(m_relation, 1, 0, 1, 2);
    auto* stars = new QToolButton;
    stars->setDefaultAction(m_typeStars);
    layout->addWidget(stars, 0, 2);
    layout->setColumnStretch(1, 1);
    return header;
}

void EvaluatePage::makeInspector()
{
    m_inspector = new QSplitter(Qt::Horizontal, this);
    m_mistakes = new MistakesPanel;
    m_inspector->addWidget(makeReport());
    m_inspector->addWidget(m_mistakes);
    m_inspector->setSizes({ kReportWidth, kListsWidth });
    m_inspector->setChildrenCollapsible(false);
    connect(m_mistakes, &MistakesPanel::starChosen, this, &EvaluatePage::selectStar);
    connect(m_mistakes, &MistakesPanel::starOpened, this, [this](const StarChoice& star) {
        if (m_evaluation && m_evaluation->stars) {
            const auto file = m_evaluation->files.find(star.standard.toStdString());
            if (file != m_evaluation->files.end())
                emit openRequested({ QString::fromStdString(file->second.string()) });
            return;
        }
        selectStar(star);
        emit pageRequested(QStringLiteral("spectra"));
    });
    connect(m_mistakes, &MistakesPanel::saveRequested, this, [this](const PlotTable& table) {
        saveList(table, QStringLiteral("misclassified.csv"));
    });
}

QWidget* EvaluatePage::makeReport()
{
    auto* report = new QWidget;
    auto* layout = new QVBoxLayout(report);
    layout->setContentsMargins(8, 8, 0, 8);
    auto* head = new QHBoxLayout;
    head->addWidget(new QLabel(tr("Classification report")), 1);
    auto* button = new QToolButton;
    button->setDefaultAction(m_export);
    head->addWidget(button);
    layout->addLayout(head);
    m_report = new RowTable(m_scores, tr("Figures of each class"));
    m_report->verticalHeader()->hide();
    m_report->setTabKeyNavigation(false);
    QHeaderView& columns = *m_report->horizontalHeader();
    columns.setSectionResizeMode(QHeaderView::ResizeToContents);
    columns.setSectionResizeMode(ClassScoreModel::Class, QHeaderView::Stretch);
    layout->addWidget(m_report, 1);
    return report;
}

void EvaluatePage::connectSession()
{
    connect(&m_session, &TrainingSession::evaluated, this, &EvaluatePage::take);
    connect(&m_session, &TrainingSession::stateChanged, this, [this](State state) {
        // A new run makes what is shown older, until its first epoch is evaluated.
        if (state == State::Preparing)
            setStale(true);
        showHeader();
    });
}

QWidget* EvaluatePage::inspector()
{
    return m_inspector;
}

const ConfusionModel& EvaluatePage::matrix(Head head) const
{
    return head == Head::Spectral ? m_spectral : m_luminosity;
}

QString EvaluatePage::heading() const
{
    return m_heading->text();
}

QString EvaluatePage::origin() const
{
    return m_origin->wholeText() + ' ' + m_relation->text();
}

void EvaluatePage::take(const EvaluationPtr& evaluation)
{
    m_evaluation = evaluation;
    m_shown = false;
    showJudgesPossible();
    m_export->setEnabled(true);
    showEmptyState(false);
    setStale(false);
    // A hidden page waits until it is shown, unless a run has ended.
    if (isVisible() || evaluation->final)
        fill();
}

void EvaluatePage::onShown()
{
    if (m_evaluation && !m_shown)
        fill();
}

void EvaluatePage::fill()
{
    m_shown = true;
    m_spectral.setMetrics(m_evaluation->metrics.sc);
    m_luminosity.setMetrics(m_evaluation->metrics.lc);
    m_scores.setMetrics(m_evaluation->metrics);
    m_plots->showEvaluation(*m_evaluation, m_spectral.classes());
    m_mistakes->setEvaluation(m_evaluation, m_spectral.classes());
    showHeader();
    showCell();
    followSelection();
}

void EvaluatePage::showHeader()
{
    if (!m_evaluation)
        return;
    if (m_evaluation->stars) {
        showStarsHeader();
        return;
    }
    const QString epoch
        = tr("Network of this run after epoch %1 of %2")
              .arg(countText(m_evaluation->epoch + 1), countText(m_evaluation->epochs));
    if (m_stale)
        m_heading->setText(
            tr("%1 – of the run before; the new one has not finished an epoch yet").arg(epoch));
    else if (!m_evaluation->final && m_session.active())
        m_heading->setText(tr("%1 – the training goes on").arg(epoch));
    else
        m_heading->setText(epoch);
    m_origin->setWholeText(
        tr("Trained on %1, tested on %2 (%3 samples), computed by %4.")
            .arg(atlasText(m_evaluation->trainAtlas), atlasText(m_evaluation->testAtlas),
                countText(m_evaluation->metrics.samples),
                QString::fromStdString(m_evaluation->backend)));
    m_relation->setText(relationText(m_evaluation->relation));
}

void EvaluatePage::showStarsHeader()
{
    const classify::Evaluation& figures = *m_evaluation->stars;
    m_heading->setText(tr("Stars of %1, typed by %2")
                           .arg(QString::fromStdString(m_evaluation->testAtlas),
                               QString::fromStdString(m_evaluation->model)));
    m_origin->setWholeText(
        tr("Trained on %1. %2 stars: %3 typed (%4 without a reason to doubt), %5 could not be read "
           "or prepared.")
            .arg(atlasText(m_evaluation->trainAtlas), countText(figures.samples),
                countText(figures.typed), countText(figures.conforming.value_or(0)),
                countText(figures.refused)));
    m_relation->setText(tr("Enter or a double click on a star of the lists shows its spectrum."));
}

void EvaluatePage::askForStars()
{
    const QString table = QFileDialog::getOpenFileName(
        this, tr("Table of stars of known type"), {}, tr("Tables (*.csv);;All files (*)"));
    if (!table.isEmpty())
        evaluateStars(table);
}

void EvaluatePage::evaluateStars(const QString& table)
{
    if (m_context.workspace.hasModel())
        m_evaluator->start(table);
}

void EvaluatePage::setStale(bool stale)
{
    m_stale = stale && m_evaluation;
    m_plots->setStale(m_stale);
    m_report->setEnabled(!m_stale);
}

void EvaluatePage::chooseCell(const MatrixCell& cell)
{
    m_cell = cell;
    showCell();
    m_mistakes->chooseFirst();
    noteFilter(QStringLiteral("cell/%1").arg(++m_steps));
}

void EvaluatePage::showCell()
{
    const ConfusionModel& model = matrix(m_cell.head);
    if (m_cell.truth >= model.rowCount() || m_cell.predicted >= model.rowCount())
        m_cell = {};
    m_plots->setChosenCell(m_cell);
    applyFilter();
    if (!m_evaluation || !m_cell.isValid()) {
        m_mistakes->showCell({}, tr("Click a cell of a matrix or a bubble of the scatter"));
        return;
    }
    QString heading = model.cellText(m_cell.truth, m_cell.predicted);
    if (m_cell.luminosity)
        heading = tr("%1; here those of luminosity class %2")
                      .arg(heading, m_luminosity.classes().value(*m_cell.luminosity));
    m_mistakes->showCell(m_cell, heading);
}

void EvaluatePage::selectStar(const StarChoice& star)
{
    const auto atlas = m_context.workspace.atlas();
    if (!atlas || !m_evaluation)
        return;
    if (m_evaluation->stars) {
        const auto file = m_evaluation->files.find(star.standard.toStdString());
        if (file != m_evaluation->files.end())
            m_context.selection.setSpectrum(listed(QString::fromStdString(file->second.string())));
        return;
    }
    const auto row = standardRow(*atlas, star.standard);
    if (!row) {
        m_context.status.showMessage(
            tr("%1 is not among the standards of the open atlas").arg(star.standard));
        return;
    }
    QList<int> standards { *row };
    if (const auto like = standardLike(
            *atlas, *row, m_evaluation->test->scheme, star.predictedSc, star.predictedLc);
        like && *like != *row)
        standards.append(*like);
    m_context.selection.setSpectrum(m_context.spectra.standardId(static_cast<std::size_t>(*row)));
    m_context.selection.setStandards(standards);
}

void EvaluatePage::followSelection()
{
    showJudged();
    if (!m_evaluation || !m_shown)
        return;
    const QString standard = evaluatedName(m_context.selection.spectrum());
    m_plots->markStar(*m_evaluation, standard);
    m_mistakes->markStar(standard);
}

void EvaluatePage::chooseFile()
{
    const QString file = QFileDialog::getSaveFileName(
        this, tr("Export table"), QStringLiteral("classes.csv"), tr("Tables (*.csv)"));
    if (!file.isEmpty())
        exportTable(file);
}

void EvaluatePage::saveList(const PlotTable& table, const QString& name)
{
    const QString file
        = QFileDialog::getSaveFileName(this, tr("Save as CSV"), name, tr("Tables (*.csv)"));
    if (!file.isEmpty())
        write(file, csvText(table));
}

bool EvaluatePage::exportTable(const QString& file)
{
    return write(file, m_scores.csv());
}

bool EvaluatePage::write(const QString& file, const QString& csv)
{
    const auto written = writeFile(file, csv.toUtf8());
    if (written)
        m_context.status.showMessage(tr("The table was written to %1").arg(file));
    else
        m_context.status.showMessage(errorText(written.error()), StatusReporter::Severity::Error);
    return written.has_value();
}

} // namespace maury::ui
