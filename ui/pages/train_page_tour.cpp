// What a tour shows of the Train page.

#include "ui/bridge/run_launcher.h"
#include "ui/bridge/tour_run.h"
#include "ui/pages/network_lens.h"
#include "ui/pages/run_settings_panel.h"
#include "ui/pages/step_view.h"
#include "ui/pages/train_page.h"
#include "ui/pages/view_switch.h"

#include <QCheckBox>

#include <utility>

namespace maury::ui {

void TrainPage::prepareTour(const std::function<void()>& ready)
{
    const auto request = m_panel->request();
    if (m_session.active() || m_session.result() || !request) {
        ready();
        return;
    }
    m_tourReady = ready;
    // A picture must not touch the user's unfinished run.
    RunRequest tour = tourRequest(*request);
    m_tourFolder = std::make_unique<QTemporaryDir>();
    if (m_tourFolder->isValid())
        tour.config.checkpoint = m_tourFolder->filePath(QStringLiteral("run.h5")).toStdString();
    tour.startPaused = true; // its first batch is shown step by step
    connect(
        &m_session, &TrainingSession::stepTraced, this, [this] { m_session.resume(); },
        Qt::SingleShotConnection);
    m_launcher->startUnremembered(tour);
    m_session.singleBatch();
}

QStringList TrainPage::tourViews() const
{
    return { kNetworkView, kSpreadView, kTimeView, kStepView, kRobustView };
}

void TrainPage::showTourView(const QString& view)
{
    const bool robust = view == QLatin1String(kRobustView);
    const bool spreads = view == QLatin1String(kSpreadView);
    m_lens->overEpochs().setChecked(spreads);
    m_views->setCurrent(view.isEmpty() || robust ? QString(kCurvesView)
            : spreads                            ? QString(kNetworkView)
                                                 : view);
    if (view == QLatin1String(kStepView) && m_step->trace() != nullptr)
        m_step->showStage(static_cast<int>(m_step->stages().size()) / 2);
    if (auto request = m_panel->request()) {
        request->protocol = robust ? Protocol::Robust : Protocol::Paper;
        m_panel->setRequest(*request); // shown, not chosen: there is nothing to undo
    }
}

void TrainPage::endTour()
{
    if (const auto ready = std::exchange(m_tourReady, {})) {
        showTourView({});
        ready();
    }
}

} // namespace maury::ui
