#include "ui/pages/train_page.h"

#include "ui/bridge/error_text.h"
#include "ui/bridge/number_text.h"
#include "ui/bridge/run_launcher.h"
#include "ui/bridge/tour_run.h"
#include "ui/models/robust_parameters.h"
#include "ui/models/run_summary.h"
#include "ui/models/workspace.h"
#include "ui/pages/network_lens.h"
#include "ui/pages/network_tab.h"
#include "ui/pages/notice_bar.h"
#include "ui/pages/parameter_row.h"
#include "ui/pages/preset_menu.h"
#include "ui/pages/robust_tabs.h"
#include "ui/pages/run_bar.h"
#include "ui/pages/run_edits.h"
#include "ui/pages/run_settings_panel.h"
#include "ui/pages/run_tables.h"
#include "ui/pages/step_view.h"
#include "ui/pages/time_machine.h"
#include "ui/pages/view_switch.h"
#include "ui/plots/activation_plot.h"
#include "ui/plots/training_curves.h"

#include <QFileDialog>
#include <QVBoxLayout>

#include <utility>

namespace maury::ui {

using State = TrainingSession::State;

TrainPage::TrainPage(
    const PageContext& context, TrainingSession& session, RunStore store, QWidget* parent)
    : Page(QStringLiteral("train"), tr("Train"), parent)
    , m_context(context)
    , m_session(session)
    , m_launcher(new RunLauncher(session, std::move(store), this))
    , m_panel(new RunSettingsPanel(m_history, m_scores, this))
{
    m_clock.start();
    makeContent();
    connectBar();
    connectSession();
    connectTimeMachine();
    makeRunsTable();
    setEmptyState(tr("Train a network"),
        tr("A two-headed network learns spectral and luminosity classes from variations of the "
           "standards. The inspector below holds the settings; they begin with the paper's. "
           "Learning rate and head weights can be changed while it learns. For real stars choose "
           "the "
           "robust protocol, or Type my stars."),
        tr("Start training"), [this] { start(); });
    showEmptyState(true);
    connect(&m_context.workspace, &Workspace::atlasChanged, this, &TrainPage::takeAtlas);
    if (m_context.history != nullptr)
        new RunEdits(*m_panel, m_session, *m_context.history, this);
    takeAtlas();
    showFacts();
    m_taken = m_session.result();
    m_bar->setRewindable(m_taken != nullptr);
    m_bar->setResumable(m_launcher->hasUnfinished());
    m_bar->setHasModel(m_taken != nullptr);
}

void TrainPage::takeAtlas()
{
    const auto atlas = m_context.workspace.atlas();
    if (!atlas)
        return;
    m_panel->estimator().setAtlas(atlasSource(*atlas), *atlas);
    m_panel->setDefaultAtlas(atlasSource(*atlas));
    m_bar->presets().setNearby({ atlasSource(*atlas) });
}

void TrainPage::makeContent()
{
    auto* content = new QWidget(this);
    auto* layout = new QVBoxLayout(content);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    m_bar = new RunBar(content);
    m_notice = new NoticeBar(content);
    m_curves = new TrainingCurves(content);
    layout->addWidget(m_bar);
    layout->addWidget(m_notice);
    m_lens = new NetworkLens(m_context, m_session, content);
    m_views = new ViewSwitch(content);
    m_views->addView(kCurvesView, tr("Curves"), tr("Loss and accuracy, epoch by epoch"),
        placeForEmptyState(m_curves));
    m_views->addView(kNetworkView, tr("Network"),
        tr("Layers, weights and activations, and what the first layer looks for"), m_lens);
    m_time = new TimeMachine(m_context, content);
    m_views->addView(kTimeView, tr("Time machine"),
        tr("Go back to any kept epoch of the run, and branch there"), m_time);
    m_step = new StepView(content);
    m_views->addView(kStepView, tr("Step by step"),
        tr("A single batch, equation by equation"), m_step);
    layout->addWidget(m_views, 1);
    setContent(content);
    connect(m_step, &StepView::batchRequested, this, &TrainPage::batchStepByStep);
    connect(m_lens, &NetworkLens::startRequested, this, &TrainPage::start);
    m_curves->reportTo(m_context.status);
    m_panel->network().plot().reportTo(m_context.status);
}

void TrainPage::connectBar()
{
    connect(m_bar, &RunBar::startRequested, this, &TrainPage::start);
    connect(m_bar, &RunBar::pauseRequested, &m_session, &TrainingSession::pause);
    connect(m_bar, &RunBar::resumeRequested, &m_session, &TrainingSession::resume);
    connect(m_bar, &RunBar::singleBatchRequested, this, &TrainPage::singleBatch);
    connect(m_bar, &RunBar::stopRequested, &m_session, &TrainingSession::stop);
    connect(m_bar, &RunBar::rewindRequested, this, &TrainPage::rewind);
    connect(m_bar, &RunBar::newSeedRequested, this, &TrainPage::startWithNewSeed);
    connect(m_bar, &RunBar::resumeLastRequested, this, &TrainPage::resumeLast);
    connect(m_bar, &RunBar::logarithmicLossToggled, m_curves, &TrainingCurves::setLossLogarithmic);
    connect(m_bar, &RunBar::resetZoomRequested, m_curves, &TrainingCurves::resetZoom);
    connect(m_bar, &RunBar::saveModelRequested, this, &TrainPage::chooseModelFile);
    connect(m_panel, &RunSettingsPanel::liveChanged, this, [this](const train::LiveSettings& live) {
        if (const auto done = m_session.setLive(live); !done && m_session.active())
            m_notice->showWarning(errorText(done.error()));
    });
    connect(m_panel, &RunSettingsPanel::robustLiveChanged, this,
        [this](const robust::RobustLive& live) {
            if (const auto done = m_session.setLive(live); !done && m_session.active())
                m_notice->showWarning(errorText(done.error()));
        });
    connect(m_bar, &RunBar::protocolChosen, m_panel, &RunSettingsPanel::chooseProtocol);
    connect(m_bar, &RunBar::typeMyStarsRequested, this, &TrainPage::typeMyStars);
    m_bar->presets().follow(*m_panel);
    connect(&m_bar->presets(), &PresetMenu::told, this,
        [this](const QString& text) {
            m_notice->dismiss();
            m_context.status.showMessage(text);
        });
    connect(&m_bar->presets(), &PresetMenu::warned, m_notice, &NoticeBar::showWarning);
    const auto follow = [this] { m_bar->setProtocol(m_panel->protocol()); };
    connect(m_panel, &RunSettingsPanel::requestEdited, this, follow);
    connect(m_panel, &RunSettingsPanel::requestShown, this, follow);
}

void TrainPage::connectSession()
{
    connect(m_launcher, &RunLauncher::beginning, this, &TrainPage::prepare);
    connect(m_launcher, &RunLauncher::refused, this, &TrainPage::takeFailure);
    connect(m_launcher, &RunLauncher::notRemembered, this,
        [this](const base::Error& error) { m_notice->showWarning(errorText(error)); });
    connect(&m_session, &TrainingSession::stateChanged, this, &TrainPage::takeState);
    connect(&m_session, &TrainingSession::dataProgress, this, [this](double fraction) {
        if (m_job)
            m_context.status.updateJob(*m_job, tr("Making the data set"), fraction);
    });
    connect(&m_session, &TrainingSession::calibrating, this, [this](int fold, int folds) {
        if (m_job)
            m_context.status.updateJob(*m_job,
                tr("Calibrating: standards held out, fold %1 of %2")
                    .arg(countText(fold + 1), countText(folds)),
                static_cast<double>(fold) / folds);
        m_calibrating = true;
    });
    connect(&m_session, &TrainingSession::runStarted, this, &TrainPage::takeStart);
    connect(&m_session, &TrainingSession::stepsDone, this,
        [this](const std::vector<StepPoint>& points) {
            m_curves->addSteps(points);
            m_progress.reach(points.back().position);
        });
    connect(&m_session, &TrainingSession::epochDone, this, &TrainPage::takeEpoch);
    connect(&m_session, &TrainingSession::settingChanged, this, &TrainPage::takeChange);
    connect(&m_session, &TrainingSession::noticed, this,
        [this](const base::Error& error) { m_notice->showWarning(errorText(error)); });
    connect(&m_session, &TrainingSession::stepTraced, m_step, &StepView::setTrace);
    connect(&m_session, &TrainingSession::delivered, this, &TrainPage::refresh);
    connect(&m_session, &TrainingSession::finished, this, &TrainPage::takeEnd);
    connect(&m_session, &TrainingSession::failed, this, &TrainPage::takeFailure);
}

QWidget* TrainPage::inspector()
{
    return m_panel;
}

QList<QAction*> TrainPage::pageActions() const
{
    return m_bar->actions();
}

void TrainPage::onShown()
{
    refresh();
}

void TrainPage::setAugmentation(const dataset::AugmentationSettings& augmentation)
{
    showEmptyState(false);
    if (!m_panel->setAugmentation(augmentation))
        m_context.status.showMessage(tr("The augmentation of this run cannot change any more"));
}

bool TrainPage::isRobust() const
{
    return m_session.request().protocol == Protocol::Robust;
}

double TrainPage::now() const
{
    return static_cast<double>(m_clock.elapsed()) / 1000.0;
}

void TrainPage::prepare(const RunRequest& request)
{
    showEmptyState(false);
    m_panel->setRequest(request);
    m_notice->dismiss();
    m_history.clear();
    m_curves->begin(request.config.epochs);
    m_time->beginRun(
        request.protocol == Protocol::Paper ? checkpointOf(request) : std::filesystem::path {},
        request.branch ? request.branch->epoch + 1 : 0);
    for (const auto& [number, epoch] : m_time->history()) { // of the run that it branched from
        m_history.append(epoch);
        m_curves->addEpoch(m_history.rows().back(), epoch.best);
    }
    m_progress.begin();
    m_preparedFrom = now();
    m_run = {};
    m_lastEpoch.reset();
    m_calibrating = false;
    showFacts();
}

void TrainPage::takeState(State state)
{
    m_progress.setRunning(state == State::Running, now());
    m_bar->setState(state);
    m_panel->setRunning(state != State::Idle, m_session.request().config.freshEveryEpoch);
    m_panel->showEstimate();
    if (state != State::Idle && !m_job)
        m_job = m_context.status.beginJob(
            tr("Making the data set"), [session = &m_session] { session->stop(); });
    if (state == State::Idle && m_job)
        m_context.status.endJob(*std::exchange(m_job, std::nullopt));
    showProgress();
}

void TrainPage::takeStart(const train::RunStarted& run)
{
    m_run = run;
    m_time->reach(run.firstEpoch);
    m_progress.start(run);
    if (isRobust()) {
        m_curves->begin(run.epochs); // of all members: only the libraries tell how many
        if (run.firstEpoch > 0)
            m_panel->showLive(m_session.robustLive());
    } else {
        m_panel->estimator().learn(m_session.request(), run, now() - m_preparedFrom);
        if (run.firstEpoch > 0)
            m_panel->showLive(m_session.live());
    }
    showProgress();
    showFacts();
}

void TrainPage::takeEpoch(const train::EpochDone& epoch)
{
    m_history.append(epoch);
    m_time->addEpoch(epoch);
    m_curves->addEpoch(m_history.rows().back(), epoch.best);
    m_progress.finishEpoch(epoch);
    if (isRobust())
        m_panel->robust().learnSpeed(epoch.samplesPerSecond);
    else
        m_panel->estimator().learn(epoch);
    m_lastEpoch = epoch;
    if (m_tourReady && epoch.epoch + 1 == kTourChangeEpoch) {
        m_panel->row("lr").field().setValue(kTourRate);
        m_views->setCurrent(kNetworkView); // so that there is a network to show
    }
}

void TrainPage::takeChange(const train::SettingChanged& change)
{
    const auto steps = static_cast<double>(std::max<std::int64_t>(1, m_run.stepsPerEpoch));
    m_curves->addChange(change.setting, settingLabel(m_session.request().protocol, change.setting),
        change.epoch + static_cast<double>(change.step) / steps, change.before, change.after);
}

void TrainPage::takeEnd(const RunResultPtr& result)
{
    if (!result) {
        m_context.status.showMessage(tr("The run was cancelled before its first batch"));
        showEmptyState(m_history.rowCount() == 0);
    } else {
        if (m_run.firstEpoch > 0)
            drawWhole(result->report);
        m_runs.append(*result);
        useModel(result);
        m_context.status.showMessage(result->report.stopped
                ? tr("The run was stopped; its network is kept")
                : tr("The run is finished after %1").arg(durationText(result->report.seconds)));
    }
    m_bar->setHasModel(m_session.result() != nullptr);
    m_bar->setResumable(m_launcher->hasUnfinished());
    refresh();
    endTour();
}

void TrainPage::takeFailure(const base::Error& error)
{
    showEmptyState(false); // it would hide the notice
    QString text = errorText(error);
    // A run that diverged leaves what it had reached.
    if (const auto kept = m_session.result(); kept && kept != m_taken) {
        useModel(kept);
        m_bar->setHasModel(true);
        text += kept->robust ? tr(" What its last checkpoint held is kept.")
                             : tr(" The network of epoch %1, the best before that, is kept.")
                                   .arg(countText(kept->report.best.epoch));
    }
    m_notice->showError(text);
    m_context.status.showMessage(sentenceText(error.code), StatusReporter::Severity::Error);
    m_bar->setResumable(m_launcher->hasUnfinished());
    endTour();
}

void TrainPage::useModel(const RunResultPtr& taken)
{
    m_taken = taken;
    if (taken->robust) {
        m_context.workspace.setRobustModel(
            std::make_shared<const RobustAnswerer>(RobustAnswerer { *taken->robust, taken->atlas }),
            tr("this run, robust"));
        return;
    }
    const auto current = m_context.workspace.atlas();
    if (taken->atlas && (!current || atlasSource(*current) != atlasSource(*taken->atlas)))
        m_context.workspace.setAtlas(taken->atlas);
    m_context.workspace.setModel(std::make_shared<const train::Model>(taken->report.best),
        tr("this run, epoch %1").arg(countText(taken->report.best.epoch)));
}

void TrainPage::drawWhole(const train::TrainingReport& report)
{
    // A resumed run's events begin where it was taken up; its report knows it all.
    m_history.clear();
    m_curves->begin(isRobust() ? m_run.epochs : m_session.request().config.epochs);
    for (const auto& epoch : report.history)
        takeEpoch(epoch);
    for (const auto& change : report.changes)
        takeChange(change);
}

void TrainPage::refresh()
{
    showProgress();
    showFacts();
    // A hidden page is drawn when it is shown.
    if (isVisible())
        m_curves->refresh();
}

void TrainPage::showProgress()
{
    if (m_job && m_progress.started() && !m_calibrating)
        m_context.status.updateJob(*m_job,
            progressText(m_progress, m_session.state() == State::Paused, now()),
            m_progress.fraction(), m_progress.secondsLeft(now()));
}

void TrainPage::showFacts()
{
    const bool tested = m_lastEpoch && m_lastEpoch->test.samples > 0;
    m_bar->setFacts(factsText(m_run, m_lastEpoch ? &*m_lastEpoch : nullptr));
    m_scores.setMetrics(tested ? m_lastEpoch->test : train::Metrics {});
    m_panel->classes().setOrigin(classesText(tested ? &*m_lastEpoch : nullptr,
        isRobust() ? m_run.epochs : m_session.request().config.epochs));
}

void TrainPage::chooseModelFile()
{
    const QString file = QFileDialog::getSaveFileName(
        this, tr("Save the trained network"), QStringLiteral("model.h5"), tr("Models (*.h5)"));
    if (!file.isEmpty())
        saveModel(file);
}

void TrainPage::saveModel(const QString& file)
{
    const auto result = m_session.result();
    if (!result)
        return;
    const auto done = result->robust ? robust::writeModel(*result->robust, file.toStdString())
                                     : train::writeModel(result->report.best, file.toStdString());
    if (!done)
        m_notice->showError(errorText(done.error()));
    else
        m_context.status.showMessage(tr("The network was written to %1").arg(file));
}

} // namespace maury::ui
