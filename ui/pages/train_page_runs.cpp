// How the runs of the Train page begin.

#include "ui/bridge/run_launcher.h"
#include "ui/pages/run_settings_panel.h"
#include "ui/pages/train_page.h"

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

std::optional<RunRequest> TrainPage::wanted()
{
    const auto request = m_panel->request();
    if (request)
        return *request;
    takeFailure(request.error());
    return std::nullopt;
}

} // namespace maury::ui
