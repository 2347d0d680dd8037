#include "ui/pages/train_page.h"

#include "ui/bridge/error_text.h"
#include "ui/bridge/number_text.h"
#include "ui/models/run_parameters.h"
#include "ui/models/workspace.h"
#include "ui/pages/network_lens.h"
#include "ui/pages/notice_bar.h"
#include "ui/pages/parameter_row.h"
#include "ui/pages/run_bar.h"
#include "ui/pages/run_settings_panel.h"
#include "ui/pages/view_switch.h"
#include "ui/plots/training_curves.h"

#include <QFileDialog>
#include <QLocale>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>
#include <utility>

namespace maury::ui {

using State = TrainingSession::State;

namespace {

/// `builtin` or the folder of an atlas.
std::string sourceOf(const mk::Atlas& atlas)
{
    return atlas.source().empty() || atlas.name() == "builtin" ? "builtin"
                                                               : atlas.source().string();
}

/// A rate is not worth more digits, which would flicker.
double twoDigits(double value)
{
    if (!(value > 0.0))
        return 0.0;
    const double unit = std::pow(10.0, std::floor(std::log10(value)) - 1.0);
    return std::round(value / unit) * unit;
}

/// Learns within seconds: a small network, few variations and epochs, small batches.
RunRequest tourRequest(RunRequest request)
{
    request.config.hidden = { 128, 32 };
    request.config.live.learningRate = 0.02;
    request.config.perSpectrumTrain = 100;
    request.config.perSpectrumTest = 10;
    request.config.epochs = 16;
    request.config.batchSize = 20;
    return request;
}

constexpr int kTourChangeEpoch = 11; // after which the learning rate is lowered
constexpr double kTourRate = 0.004;

constexpr const char* kCurvesView = "curves";
constexpr const char* kNetworkView = "network";

} // namespace

TrainPage::TrainPage(
    const PageContext& context, TrainingSession& session, RunStore store, QWidget* parent)
    : Page(QStringLiteral("train"), tr("Train"), parent)
    , m_context(context)
    , m_session(session)
    , m_store(std::move(store))
    , m_panel(new RunSettingsPanel(m_history, this))
{
    makeContent();
    connectBar();
    connectSession();
    setEmptyState(tr("Train a network"),
        tr("A two-headed network learns spectral and luminosity classes from variations of the "
           "standards. The inspector below holds the settings; they begin with the paper's. "
           "Learning "
           "rate and head weights can be changed while it learns."),
        tr("Start training"), [this] { start(); });
    showEmptyState(true);
    connect(&m_context.workspace, &Workspace::atlasChanged, this, [this] {
        if (const auto atlas = m_context.workspace.atlas())
            m_panel->setDefaultAtlas(sourceOf(*atlas));
    });
    if (const auto atlas = m_context.workspace.atlas())
        m_panel->setDefaultAtlas(sourceOf(*atlas));
    m_bar->setResumable(m_store.unfinished().has_value());
    m_bar->setHasModel(m_session.result() != nullptr);
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
    layout->addWidget(m_views, 1);
    setContent(content);
    connect(m_lens, &NetworkLens::startRequested, this, &TrainPage::start);
    m_curves->reportTo(m_context.status);
}

void TrainPage::connectBar()
{
    connect(m_bar, &RunBar::startRequested, this, &TrainPage::start);
    connect(m_bar, &RunBar::pauseRequested, &m_session, &TrainingSession::pause);
    connect(m_bar, &RunBar::resumeRequested, &m_session, &TrainingSession::resume);
    connect(m_bar, &RunBar::singleBatchRequested, this, &TrainPage::singleBatch);
    connect(m_bar, &RunBar::stopRequested, &m_session, &TrainingSession::stop);
    connect(m_bar, &RunBar::resumeLastRequested, this, &TrainPage::resumeLast);
    connect(m_bar, &RunBar::saveModelRequested, this, &TrainPage::chooseModelFile);
    connect(m_panel, &RunSettingsPanel::liveChanged, this, [this](const train::LiveSettings& live) {
        if (const auto done = m_session.setLive(live); !done && m_session.active())
            m_notice->showWarning(errorText(done.error()));
    });
}

void TrainPage::connectSession()
{
    connect(&m_session, &TrainingSession::stateChanged, this, &TrainPage::takeState);
    connect(&m_session, &TrainingSession::dataProgress, this, [this](double fraction) {
        if (m_job)
            m_context.status.updateJob(*m_job, tr("Making the data set"), fraction);
    });
    connect(&m_session, &TrainingSession::runStarted, this, &TrainPage::takeStart);
    connect(&m_session, &TrainingSession::stepsDone, this,
        [this](const std::vector<StepPoint>& points) {
            m_curves->addSteps(points);
            m_position = std::max(m_position, points.back().position);
        });
    connect(&m_session, &TrainingSession::epochDone, this, &TrainPage::takeEpoch);
    connect(&m_session, &TrainingSession::settingChanged, this, &TrainPage::takeChange);
    connect(&m_session, &TrainingSession::noticed, this,
        [this](const base::Error& error) { m_notice->showWarning(errorText(error)); });
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

void TrainPage::start()
{
    startFromPanel(false);
}

void TrainPage::startFromPanel(bool paused)
{
    if (m_session.active())
        return;
    showEmptyState(false);
    auto request = m_panel->request();
    if (!request) {
        takeFailure(request.error());
        return;
    }
    request->startPaused = paused;
    request->config.checkpoint = m_store.checkpoint();
    begin(*request);
}

void TrainPage::singleBatch()
{
    if (!m_session.active())
        startFromPanel(true);
    m_session.singleBatch();
}

void TrainPage::resumeLast()
{
    const auto request = m_store.unfinished();
    if (!request || m_session.active())
        return;
    m_panel->setRequest(*request);
    showEmptyState(false);
    begin(*request);
}

void TrainPage::setAugmentation(const dataset::AugmentationSettings& augmentation)
{
    showEmptyState(false);
    train::TrainingConfig config;
    config.live.augmentation = augmentation;
    for (const RunParameter& parameter : runParameters()) {
        if (parameter.group != ParameterGroup::Augmentation)
            continue;
        ParameterRow& row = m_panel->row(parameter.id);
        if (row.isLocked())
            m_context.status.showMessage(tr("The augmentation of this run cannot change any more"));
        else
            row.field().setValue(parameter.get(config));
    }
}

void TrainPage::begin(const RunRequest& request)
{
    m_notice->dismiss();
    if (const auto valid = train::validate(request.config); !valid) {
        takeFailure(valid.error());
        return;
    }
    m_history.clear();
    m_curves->begin(request.config.epochs);
    m_position = m_rate = m_trainedSeconds = 0.0;
    m_run = {};
    showFacts();
    if (!request.config.checkpoint.empty())
        if (const auto done = m_store.remember(request); !done)
            m_notice->showWarning(errorText(done.error()));
    m_session.start(request);
    m_bar->setResumable(m_store.unfinished().has_value());
}

void TrainPage::takeState(State state)
{
    if (m_sinceState.isValid())
        m_trainedSeconds += static_cast<double>(m_sinceState.elapsed()) / 1000.0;
    if (state == State::Running)
        m_sinceState.start();
    else
        m_sinceState.invalidate();
    m_bar->setState(state);
    const auto& request = m_session.request();
    m_panel->setRunning(state != State::Idle, request.config.freshEveryEpoch);
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
    m_position = run.firstEpoch;
    if (run.firstEpoch > 0)
        m_panel->showLive(m_session.live());
    showProgress();
    showFacts();
}

void TrainPage::takeEpoch(const train::EpochDone& epoch)
{
    m_history.append(epoch);
    m_curves->addEpoch(m_history.rows().back(), epoch.best);
    m_position = std::max(m_position, epoch.epoch + 1.0);
    m_rate = epoch.samplesPerSecond;
    if (m_tourReady && epoch.epoch + 1 == kTourChangeEpoch) {
        m_panel->row("lr").field().setValue(kTourRate);
        m_views->setCurrent(kNetworkView); // so that there is a network to show
    }
}

void TrainPage::takeChange(const train::SettingChanged& change)
{
    const auto steps = static_cast<double>(std::max<std::int64_t>(1, m_run.stepsPerEpoch));
    m_curves->addChange(change.setting, parameterLabel(change.setting),
        change.epoch + static_cast<double>(change.step) / steps, change.before, change.after);
}

void TrainPage::takeEnd(const RunResultPtr& result)
{
    if (!result) {
        m_context.status.showMessage(tr("The run was cancelled before its first batch"));
        showEmptyState(m_history.rowCount() == 0);
        m_store.forget();
    } else {
        if (m_run.firstEpoch > 0)
            drawWhole(result->report);
        if (!result->report.stopped)
            m_store.forget();
        useModel(*result);
        m_context.status.showMessage(result->report.stopped
                ? tr("The run was stopped; its network is kept")
                : tr("The run is finished after %1").arg(durationText(result->report.seconds)));
    }
    m_bar->setHasModel(m_session.result() != nullptr);
    m_bar->setResumable(m_store.unfinished().has_value());
    refresh();
    endTour();
}

void TrainPage::takeFailure(const base::Error& error)
{
    m_notice->showError(errorText(error));
    m_context.status.showMessage(sentenceText(error.code), StatusReporter::Severity::Error);
    m_bar->setResumable(m_store.unfinished().has_value());
    endTour();
}

void TrainPage::useModel(const RunResult& result)
{
    const auto current = m_context.workspace.atlas();
    if (result.atlas && (!current || sourceOf(*current) != sourceOf(*result.atlas)))
        m_context.workspace.setAtlas(result.atlas);
    m_context.workspace.setModel(std::make_shared<const train::Model>(result.report.best),
        tr("this run, epoch %1").arg(countText(result.report.best.epoch)));
}

void TrainPage::drawWhole(const train::TrainingReport& report)
{
    // A resumed run's events begin where it was taken up; its report knows it all.
    m_history.clear();
    m_curves->begin(m_session.request().config.epochs);
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
    if (!m_job || m_run.epochs == 0)
        return;
    const double running
        = m_sinceState.isValid() ? static_cast<double>(m_sinceState.elapsed()) / 1000.0 : 0.0;
    const double done = m_position - m_run.firstEpoch;
    const double trained = m_trainedSeconds + running;
    std::optional<double> left;
    if (done > 0.0 && m_session.state() == State::Running)
        left = trained / done * (m_run.epochs - m_position);
    const double rate = m_rate > 0.0 || !(trained > 0.0)
        ? m_rate
        : done * static_cast<double>(m_run.trainSamples) / trained;
    const int epoch = std::min(m_run.epochs, static_cast<int>(m_position) + 1);
    const QString what = m_session.state() == State::Paused
        ? tr("Training paused in epoch %1 of %2").arg(countText(epoch), countText(m_run.epochs))
        : tr("Training: epoch %1 of %2, %3 samples/s")
              .arg(countText(epoch), countText(m_run.epochs),
                  QLocale().toString(twoDigits(rate), 'f', 0));
    m_context.status.updateJob(*m_job, what, m_position / m_run.epochs, left);
}

void TrainPage::showFacts()
{
    QStringList facts;
    if (!m_run.backend.empty())
        facts.append(tr("%1 training and %2 test samples, %3 classes on %4")
                         .arg(countText(m_run.trainSamples), countText(m_run.testSamples),
                             countText(static_cast<std::int64_t>(m_run.classes.size())),
                             QString::fromStdString(m_run.backend)));
    if (m_history.rowCount() > 0) {
        const EpochRow& row = m_history.rows().back();
        facts.prepend(tr("test accuracy SC %1, LC %2")
                          .arg(percentText(row.testAccuracySc, m_run.testSamples),
                              percentText(row.testAccuracyLc, m_run.testSamples)));
    }
    m_bar->setFacts(facts.join(QStringLiteral(" · ")));
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
    if (const auto done = train::writeModel(result->report.best, file.toStdString()); !done)
        m_notice->showError(errorText(done.error()));
    else
        m_context.status.showMessage(tr("The network was written to %1").arg(file));
}

void TrainPage::prepareTour(const std::function<void()>& ready)
{
    const auto request = m_panel->request();
    if (m_session.active() || m_session.result() || !request) {
        ready();
        return;
    }
    m_tourReady = ready;
    showEmptyState(false);
    // Without a checkpoint: a picture must not touch the user's unfinished run.
    const RunRequest small = tourRequest(*request);
    m_panel->setRequest(small);
    begin(small);
}

QStringList TrainPage::tourViews() const
{
    return { kNetworkView };
}

void TrainPage::showTourView(const QString& view)
{
    m_views->setCurrent(view.isEmpty() ? QString(kCurvesView) : view);
}

void TrainPage::endTour()
{
    if (const auto ready = std::exchange(m_tourReady, {})) {
        showTourView({});
        ready();
    }
}

} // namespace maury::ui
