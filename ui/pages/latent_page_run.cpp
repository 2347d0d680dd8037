#include "ui/pages/latent_page.h"

#include "ui/bridge/error_text.h"
#include "ui/bridge/number_text.h"
#include "ui/models/gon_parameters.h"
#include "ui/models/run_summary.h"
#include "ui/models/workspace.h"
#include "ui/pages/icons.h"
#include "ui/pages/latent_settings.h"
#include "ui/pages/notice_bar.h"
#include "ui/pages/view_switch.h"
#include "ui/plots/gon_curves.h"

#include <QAction>

#include <utility>

// The run: from the settings to its network.

namespace maury::ui {

using State = GonSession::State;

void LatentPage::connectSession()
{
    connect(&m_session, &GonSession::stateChanged, this, &LatentPage::takeState);
    connect(&m_session, &GonSession::runStarted, this, [this](const train::RunStarted& run) {
        m_progress.start(run);
        showProgress();
    });
    connect(&m_session, &GonSession::stepsDone, this, [this](const std::vector<StepPoint>& points) {
        m_curves->addSteps(points);
        m_progress.reach(points.back().position);
    });
    connect(&m_session, &GonSession::epochDone, this, [this](const train::EpochDone& epoch) {
        m_curves->addEpoch(epoch);
        m_progress.finishEpoch(epoch);
        m_lastEpoch = epoch;
    });
    connect(&m_session, &GonSession::settingChanged, this,
        [this](const train::SettingChanged& change) {
            m_curves->addChange(change, gonParameterLabel(change.setting));
        });
    connect(&m_session, &GonSession::noticed, this,
        [this](const base::Error& error) { m_notice->showWarning(errorText(error)); });
    connect(&m_session, &GonSession::delivered, this, [this] {
        showProgress();
        showFacts();
        m_curves->refresh();
    });
    connect(&m_session, &GonSession::finished, this, &LatentPage::takeEnd);
    connect(&m_session, &GonSession::failed, this, &LatentPage::takeFailure);
}

GonRequest LatentPage::request() const
{
    GonRequest request;
    request.atlas = m_context.workspace.atlas();
    request.config = m_settings->config();
    if (m_settings->source() == LatentSettings::Source::Opened)
        request.stars = mapStars().opened;
    if (m_settings->source() == LatentSettings::Source::Store)
        request.store = m_store;
    return request;
}

QString LatentPage::obstacle(const GonRequest& request) const
{
    const auto source = m_settings->source();
    if (source == LatentSettings::Source::Store && request.store == nullptr)
        return tr("No store is open: open one on the page Surveys");
    if (request.atlas == nullptr && request.store == nullptr)
        return tr("There is no atlas to train on yet");
    if (source == LatentSettings::Source::Opened && request.stars.empty())
        return tr("No spectra are opened: open some, or train on the standards");
    return m_settings->obstacle();
}

void LatentPage::train()
{
    if (m_session.active())
        return;
    showEmptyState(false); // it would hide a notice
    GonRequest wanted = request();
    if (const QString why = obstacle(wanted); !why.isEmpty()) {
        m_notice->showWarning(why);
        return;
    }
    m_notice->dismiss();
    m_views->setCurrent(kCurvesView);
    m_curves->begin(wanted.config.steps);
    m_progress.begin();
    m_lastEpoch.reset();
    m_session.start(std::move(wanted));
}

/// Choices that do not go together: no run begins, and the button says why.
void LatentPage::showChoices()
{
    const QString why = m_settings->obstacle();
    m_train->setEnabled(m_session.state() == State::Idle && why.isEmpty());
    m_train->setToolTip(why.isEmpty() ? m_train->statusTip() : why);
}

void LatentPage::takeState(State state)
{
    const bool training = state == State::Running || state == State::Paused;
    m_progress.setRunning(state == State::Running, now());
    showChoices();
    m_pause->setEnabled(training);
    m_pause->setChecked(state == State::Paused);
    m_pause->setIcon(icon(state == State::Paused ? Symbol::Start : Symbol::Pause));
    m_pause->setText(state == State::Paused ? tr("Go &on") : tr("&Pause"));
    m_stop->setEnabled(training || state == State::Preparing);
    m_save->setEnabled(state == State::Idle && m_models.model != nullptr);
    m_settings->setActive(state != State::Idle);
    if (state != State::Idle && !m_job)
        m_job = m_context.status.beginJob(
            tr("Making the data set"), [session = &m_session] { session->stop(); });
    if (state == State::Idle && m_job)
        m_context.status.endJob(*std::exchange(m_job, std::nullopt));
    showProgress();
}

void LatentPage::showProgress()
{
    if (!m_job || !m_progress.started())
        return;
    if (m_progress.fraction() >= 1.0)
        m_context.status.updateJob(*m_job, tr("Fitting the bands"), 1.0);
    else
        m_context.status.updateJob(*m_job,
            progressText(m_progress, m_session.state() == State::Paused, now()),
            m_progress.fraction(), m_progress.secondsLeft(now()));
}

void LatentPage::takeEnd(const GonResultPtr& result)
{
    if (result == nullptr) {
        m_context.status.showMessage(tr("The run was cancelled before its first batch"));
        showEmptyState(m_models.model == nullptr);
    } else {
        useModels(result->models);
        m_context.status.showMessage(result->report.stopped
                ? tr("The run was stopped; its network is kept")
                : tr("The run is finished after %1").arg(durationText(result->report.seconds)));
    }
}

void LatentPage::takeFailure(const base::Error& error)
{
    showEmptyState(false); // it would hide the notice
    QString text = errorText(error);
    const GonResultPtr kept = m_session.result();
    if (kept != nullptr && kept->failure && kept->models.model != m_models.model) {
        useModels(kept->models);
        text += tr(" What its last checkpoint held is kept.");
    }
    m_notice->showError(text);
    m_context.status.showMessage(sentenceText(error.code), StatusReporter::Severity::Error);
    endTour();
}

} // namespace maury::ui
