#include "ui/bridge/feed_session.h"

#include "core/base/contract.h"
#include "ui/bridge/overloaded.h"

#include <system_error>
#include <utility>

namespace maury::ui {

FeedSession::FeedSession(QObject* parent)
    : QObject(parent)
{
    connect(&m_feed, &TrainingFeed::delivered, this, &FeedSession::take);
}

void FeedSession::startThread(std::function<void(const std::stop_token&)> work)
{
    EXPECTS(!active());
    setState(State::Preparing);
    try {
        m_thread = std::jthread(std::move(work));
    } catch (const std::system_error& error) {
        setState(State::Idle);
        emit failed({ base::ErrorCode::LibraryFailed, "training thread", error.what(), {}, {} });
    }
}

void FeedSession::stop()
{
    if (!active())
        return;
    setState(State::Stopping);
    m_thread.request_stop();
}

void FeedSession::stopAndJoin()
{
    m_thread.request_stop();
    join();
}

void FeedSession::join()
{
    if (m_thread.joinable())
        m_thread.join();
}

void FeedSession::setState(State state)
{
    if (m_state == state)
        return;
    m_state = state;
    emit stateChanged(state);
}

void FeedSession::take(const std::vector<FeedItem>& items)
{
    for (const FeedItem& item : items)
        takeItem(item);
    emit delivered();
}

void FeedSession::takeItem(const FeedItem& item)
{
    std::visit(
        Overloaded {
            [this](const train::RunStarted& run) {
                takeStart();
                if (m_state == State::Preparing)
                    setState(State::Running);
                emit runStarted(run);
            },
            [this](const StepBlock& block) { emit stepsDone(block.points); },
            [this](const train::EpochDone& epoch) { emit epochDone(epoch); },
            [this](const train::SettingChanged& change) { emit settingChanged(change); },
            [this](const train::PauseChanged& change) {
                if (m_state == State::Running || m_state == State::Paused)
                    setState(change.paused ? State::Paused : State::Running);
            },
            [this](const train::Notice& notice) { emit noticed(notice.error); },
            [this](const RunFailed& failure) {
                join();
                takeFailure(failure);
                setState(State::Idle);
                emit failed(failure.error);
            },
            [this](const RunEnded& end) {
                join();
                takeEnd(end);
            },
            [this, &item](const auto&) { takeOther(item); },
        },
        item);
}

} // namespace maury::ui
