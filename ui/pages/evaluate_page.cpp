#include "ui/pages/evaluate_page.h"

#include "ui/bridge/error_text.h"
#include "ui/bridge/number_text.h"
#include "ui/bridge/run_text.h"
#include "ui/bridge/status_reporter.h"
#include "ui/models/selection.h"
#include "ui/models/spectrum_list_model.h"
#include "ui/models/workspace.h"
#include "ui/plots/confusion_plot.h"

#include <QAction>
#include <QCheckBox>
#include <QFileDialog>
#include <QGridLayout>
#include <QHeaderView>
#include <QLabel>
#include <QSaveFile>
#include <QSplitter>
#include <QTableView>
#include <QToolButton>
#include <QVBoxLayout>

#include <array>
#include <cmath>

namespace maury::ui {

using State = TrainingSession::State;

namespace {

constexpr int kFigureRows = 5;
constexpr int kSideWidth = 420;

QTableView* makeTable(QAbstractItemModel& model, const QString& name)
{
    auto* table = new QTableView;
    table->setModel(&model);
    table->setAccessibleName(name);
    table->verticalHeader()->hide();
    table->setAlternatingRowColors(true);
    table->setSelectionBehavior(QAbstractItemView::SelectRows);
    table->setSelectionMode(QAbstractItemView::SingleSelection);
    table->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    table->verticalHeader()->setDefaultSectionSize(table->fontMetrics().height() + 8);
    return table;
}

} // namespace

EvaluatePage::EvaluatePage(const PageContext& context, TrainingSession& session, QWidget* parent)
    : Page(QStringLiteral("evaluate"), tr("Evaluate"), parent)
    , m_context(context)
    , m_session(session)
    , m_export(new QAction(tr("&Export table…"), this))
{
    m_export->setShortcut(Qt::CTRL | Qt::Key_E);
    m_export->setStatusTip(tr("Write precision, recall and F1 of all classes as CSV"));
    m_export->setToolTip(m_export->statusTip());
    m_export->setEnabled(false);
    connect(m_export, &QAction::triggered, this, &EvaluatePage::chooseFile);
    makeContent();
    makeInspector();
    setEmptyState(tr("Nothing to evaluate yet"),
        tr("Train a network: its confusion matrices, figures and mistakes appear here, epoch by "
           "epoch."),
        tr("Go to Train"), [this] { emit pageRequested(QStringLiteral("train")); });
    showEmptyState(true);
    connectSession();
    if (const auto result = m_session.result())
        take(result->evaluation);
}

EvaluatePage::~EvaluatePage() = default;

void EvaluatePage::makeContent()
{
    auto* content = new QWidget(this);
    auto* layout = new QVBoxLayout(content);
    layout->setContentsMargins(8, 8, 8, 8);
    layout->setSpacing(8);
    layout->addWidget(makeHeader());
    auto* matrices = new QHBoxLayout;
    matrices->setSpacing(16);
    m_spectralPlot = new ConfusionPlot(m_spectral, content);
    m_spectralPlot->setAccessibleName(tr("Confusion matrix of the spectral classes"));
    m_luminosityPlot = new ConfusionPlot(m_luminosity, content);
    m_luminosityPlot->setAccessibleName(tr("Confusion matrix of the luminosity classes"));
    auto* sideArea = new QWidget(content);
    sideArea->setMaximumWidth(kSideWidth);
    auto* side = new QVBoxLayout(sideArea);
    side->setContentsMargins(0, 0, 0, 0);
    side->setSpacing(8);
    side->addWidget(makeFigures());
    side->addWidget(m_luminosityPlot, 1);
    matrices->addWidget(m_spectralPlot, 3);
    matrices->addWidget(sideArea, 2);
    layout->addLayout(matrices, 1);
    setContent(content);
    const auto follow = [this](ConfusionPlot* plot, Head head) {
        connect(plot, &ConfusionPlot::cellClicked, this,
            [this, head](int truth, int predicted) { chooseCell(head, truth, predicted); });
        plot->reportTo(m_context.status);
        connect(m_hideDiagonal, &QCheckBox::toggled, plot, &ConfusionPlot::setDiagonalHidden);
    };
    follow(m_spectralPlot, Head::Spectral);
    follow(m_luminosityPlot, Head::Luminosity);
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
    m_origin = new QLabel;
    m_origin->setWordWrap(true);
    m_origin->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_hideDiagonal = new QCheckBox(tr("&Hide the diagonal"));
    m_hideDiagonal->setToolTip(tr("Leave out what is right, so that the mistakes stand out"));
    layout->addWidget(m_heading, 0, 0);
    layout->addWidget(m_hideDiagonal, 0, 1);
    layout->addWidget(m_origin, 1, 0, 1, 2);
    layout->setColumnStretch(0, 1);
    return header;
}

QWidget* EvaluatePage::makeFigures()
{
    auto* figures = new QWidget;
    auto* grid = new QGridLayout(figures);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(16);
    grid->setVerticalSpacing(2);
    const std::array<QString, kFigureRows> names { tr("Accuracy"), tr("Within one class"),
        tr("Precision (macro)"), tr("Recall (macro)"), tr("F1 (macro)") };
    const std::array<QString, 2> heads { tr("Spectral class"), tr("Luminosity class") };
    for (int head = 0; head < 2; ++head) {
        auto* label = new QLabel(heads[static_cast<std::size_t>(head)]);
        label->setAlignment(Qt::AlignRight);
        grid->addWidget(label, 0, head + 1);
    }
    for (int row = 0; row < kFigureRows; ++row) {
        grid->addWidget(new QLabel(names[static_cast<std::size_t>(row)]), row + 1, 0);
        for (int head = 0; head < 2; ++head) {
            auto* value = new QLabel;
            value->setAlignment(Qt::AlignRight);
            value->setTextInteractionFlags(Qt::TextSelectableByMouse);
            grid->addWidget(value, row + 1, head + 1);
            m_figures.append(value);
        }
    }
    grid->setColumnStretch(0, 1);
    return figures;
}

void EvaluatePage::makeInspector()
{
    m_inspector = new QSplitter(Qt::Horizontal, this);
    auto* left = new QWidget;
    auto* scores = new QVBoxLayout(left);
    scores->setContentsMargins(8, 8, 0, 8);
    auto* head = new QHBoxLayout;
    head->addWidget(new QLabel(tr("Per class")), 1);
    auto* button = new QToolButton;
    button->setDefaultAction(m_export);
    head->addWidget(button);
    scores->addLayout(head);
    scores->addWidget(makeTable(m_scores, tr("Figures of each class")), 1);
    auto* right = new QWidget;
    auto* stars = new QVBoxLayout(right);
    stars->setContentsMargins(0, 8, 8, 8);
    m_cellText = new QLabel;
    m_cellText->setWordWrap(true);
    m_starTable = makeTable(m_stars, tr("Stars of the chosen cell"));
    m_starTable->horizontalHeader()->setSectionResizeMode(
        CellStarsModel::Star, QHeaderView::ResizeToContents);
    stars->addWidget(m_cellText);
    stars->addWidget(m_starTable, 1);
    m_inspector->addWidget(left);
    m_inspector->addWidget(right);
    m_inspector->setChildrenCollapsible(false);
    connect(m_starTable->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
        [this](const QModelIndex& current) { selectStar(current); });
    connect(m_starTable, &QTableView::activated, this, [this](const QModelIndex& index) {
        selectStar(index);
        emit pageRequested(QStringLiteral("spectra"));
    });
    showCell();
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
    return m_origin->text();
}

void EvaluatePage::take(const EvaluationPtr& evaluation)
{
    m_evaluation = evaluation;
    m_shown = false;
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
    showFigures(m_evaluation->metrics);
    showHeader();
    showCell();
}

void EvaluatePage::showFigures(const train::Metrics& metrics)
{
    const auto samples = metrics.samples;
    const auto accuracy = [samples](const train::HeadMetrics& head) {
        return tr("%1 of %2").arg(percentText(head.accuracy, samples), countText(samples));
    };
    const QStringList texts { accuracy(metrics.sc), accuracy(metrics.lc),
        percentText(metrics.sc.withinOne, samples), QStringLiteral("–"),
        numberText(metrics.sc.precision, 3), numberText(metrics.lc.precision, 3),
        numberText(metrics.sc.recall, 3), numberText(metrics.lc.recall, 3),
        numberText(metrics.sc.f1, 3), numberText(metrics.lc.f1, 3) };
    for (qsizetype i = 0; i < m_figures.size(); ++i)
        m_figures[i]->setText(texts[i]);
}

void EvaluatePage::showHeader()
{
    if (!m_evaluation)
        return;
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
    m_origin->setText(
        tr("Trained on %1, tested on %2 (%3 samples), computed by %4. %5")
            .arg(atlasText(m_evaluation->trainAtlas), atlasText(m_evaluation->testAtlas),
                countText(m_evaluation->metrics.samples),
                QString::fromStdString(m_evaluation->backend),
                relationText(m_evaluation->relation)));
}

void EvaluatePage::setStale(bool stale)
{
    m_stale = stale && m_evaluation;
    m_spectralPlot->setStale(m_stale);
    m_luminosityPlot->setStale(m_stale);
    for (QLabel* figure : m_figures)
        figure->setEnabled(!m_stale);
}

void EvaluatePage::chooseCell(Head head, int truth, int predicted)
{
    m_cellHead = head;
    m_cellTruth = truth;
    m_cellPredicted = predicted;
    m_spectralPlot->setChosenCell(
        head == Head::Spectral ? truth : -1, head == Head::Spectral ? predicted : -1);
    m_luminosityPlot->setChosenCell(
        head == Head::Luminosity ? truth : -1, head == Head::Luminosity ? predicted : -1);
    showCell();
    if (!m_stars.stars().empty())
        m_starTable->setCurrentIndex(m_stars.index(0, 0));
}

void EvaluatePage::showCell()
{
    const ConfusionModel& model = matrix(m_cellHead);
    if (m_cellTruth >= model.rowCount() || m_cellPredicted >= model.rowCount())
        m_cellTruth = m_cellPredicted = -1;
    if (!m_evaluation || m_cellTruth < 0) {
        m_cellText->setText(tr("Click a cell of a matrix to see its stars"));
        m_stars.setStars({});
        return;
    }
    m_cellText->setText(model.cellText(m_cellTruth, m_cellPredicted));
    m_stars.setStars(starsOfCell(*m_evaluation, m_cellHead, m_cellTruth, m_cellPredicted));
}

void EvaluatePage::selectStar(const QModelIndex& index)
{
    const auto atlas = m_context.workspace.atlas();
    if (!index.isValid() || !atlas || !m_evaluation)
        return;
    const auto& star = m_stars.stars()[static_cast<std::size_t>(index.row())];
    const auto row = standardRow(*atlas, star.standard);
    if (!row) {
        m_context.status.showMessage(
            tr("%1 is not among the standards of the open atlas").arg(star.standard));
        return;
    }
    QList<int> standards { *row };
    if (const auto like
        = standardOfCell(*atlas, *row, m_evaluation->test->scheme, m_cellHead, m_cellPredicted);
        like && *like != *row)
        standards.append(*like);
    m_context.selection.setSpectrum(m_context.spectra.standardId(static_cast<std::size_t>(*row)));
    m_context.selection.setStandards(standards);
}

void EvaluatePage::chooseFile()
{
    const QString file = QFileDialog::getSaveFileName(
        this, tr("Export table"), QStringLiteral("classes.csv"), tr("Tables (*.csv)"));
    if (!file.isEmpty())
        exportTable(file);
}

bool EvaluatePage::exportTable(const QString& file)
{
    QSaveFile out(file);
    const QByteArray text = m_scores.csv().toUtf8();
    if (!out.open(QIODevice::WriteOnly) || out.write(text) != text.size() || !out.commit()) {
        m_context.status.showMessage(errorText({ base::ErrorCode::WriteFailed, file.toStdString(),
                                         out.errorString().toStdString(), {}, {} }),
            StatusReporter::Severity::Error);
        return false;
    }
    m_context.status.showMessage(tr("The table was written to %1").arg(file));
    return true;
}

void EvaluatePage::prepareTour(const std::function<void()>& ready)
{
    std::int64_t most = 0;
    int truth = -1;
    int predicted = -1;
    for (int row = 0; row < m_spectral.rowCount(); ++row)
        for (int column = 0; column < m_spectral.rowCount(); ++column)
            if (row != column && m_spectral.count(row, column) > most) {
                most = m_spectral.count(row, column);
                truth = row;
                predicted = column;
            }
    if (truth >= 0)
        chooseCell(Head::Spectral, truth, predicted);
    ready();
}

} // namespace maury::ui
