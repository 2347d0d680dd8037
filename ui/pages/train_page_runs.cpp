// How the runs of the Train page begin.

#include "ui/bridge/run_launcher.h"
#include "ui/pages/run_settings_panel.h"
#include "ui/pages/time_machine.h"
#include "ui/pages/train_page.h"
#include "ui/plots/row_table.h"
#include "ui/plots/training_curves.h"

#include <QHeaderView>
#include <QRandomGenerator>

#include <limits>
#include <utility>

namespace maury::ui {

void TrainPage::start()
{
    startFromPanel(false);
}

void TrainPage::typeMyStars()
{
    if (m_session.active())
        return;
    m_panel->chooseProtocol(Protocol::Robust);
    start();
}

void TrainPage::startFromPanel(bool paused)
{
    if (auto request = wanted()) {
        request->startPaused = paused;
        m_launcher->start(*std::move(request));
    }
}

void TrainPage::singleBatch()
{
    if (!m_session.active())
        startFromPanel(true);
    m_session.singleBatch();
}

void TrainPage::batchStepByStep()
{
    const auto protocol = m_session.active() ? m_session.request().protocol : m_panel->protocol();
    if (protocol == Protocol::Paper)
        singleBatch();
    else
        m_context.status.showMessage(
            tr("Batches of the paper's protocol are shown step by step: choose it above"));
}

void TrainPage::resumeLast()
{
    m_launcher->resumeLast();
}

void TrainPage::rewind()
{
    if (const auto request = wanted()) {
        auto again = rewound(m_session.request(), *request);
        again.startPaused = m_session.state() == TrainingSession::State::Paused;
        m_launcher->restart(std::move(again));
    }
}

void TrainPage::startWithNewSeed()
{
    auto request = wanted();
    if (!request)
        return;
    auto& seed = request->protocol == Protocol::Robust ? request->robust.config.seed
                                                       : request->config.seed;
    const auto before = seed;
    while (seed == before)
        seed = static_cast<std::uint64_t>(
            QRandomGenerator::global()->bounded(1, std::numeric_limits<int>::max()));
    m_launcher->restart(*std::move(request));
}

void TrainPage::connectTimeMachine()
{
    connect(m_time, &TimeMachine::startRequested, this, &TrainPage::start);
    connect(m_time, &TimeMachine::branchRequested, this, &TrainPage::branch);
    connect(&m_session, &TrainingSession::checkpointWritten, m_time, &TimeMachine::refresh);
    connect(&m_session, &TrainingSession::evaluated, m_time, [this](const EvaluationPtr& state) {
        if (!isRobust())
            m_time->setTestSet(state->test);
    });
}

void TrainPage::branch(int epoch)
{
    const auto request = wanted();
    if (!request || isRobust())
        return;
    const QString name = m_session.active() ? tr("the run before") : lastRunName();
    m_curves->setReference(name, m_history.rows());
    m_launcher->branch(m_session.request(), epoch, request->config.live);
}

QString TrainPage::lastRunName() const
{
    return m_runs.rowCount() > 0 ? m_runs.run(m_runs.rowCount() - 1).name : tr("the run before");
}

void TrainPage::makeRunsTable()
{
    auto* table = new RowTable(m_runs, tr("Runs of this session"), m_panel);
    table->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    table->setToolTip(tr("Choose a run to draw it beside the one at hand"));
    m_panel->addTab(table, tr("Runs"));
    connect(table->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
        [this](const QModelIndex& current) {
            if (current.isValid())
                compareWith(current.row());
        });
}

void TrainPage::compareWith(int row)
{
    const EndedRun& run = m_runs.run(row);
    m_curves->setReference(run.name, run.epochs);
    m_curves->refresh();
}

std::optional<RunRequest> TrainPage::wanted()
{
    const auto request = m_panel->request();
    if (request)
        return *request;
    takeFailure(request.error());
    return std::nullopt;
}

} // namespace maury::ui
