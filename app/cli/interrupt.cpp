#include "app/cli/interrupt.h"

#include <csignal>

#include <pthread.h>

namespace maury::cli {
namespace {

sigset_t interruptSignals()
{
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    return signals;
}

} // namespace

Interrupt::Interrupt()
{
    const sigset_t signals = interruptSignals();
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    m_watcher = std::jthread([this](const std::stop_token& done) {
        const sigset_t watched = interruptSignals();
        constexpr timespec kPatience { 0, 100'000'000 };
        while (!done.stop_requested())
            if (sigtimedwait(&watched, nullptr, &kPatience) > 0)
                m_stop.request_stop();
    });
}

Interrupt::~Interrupt()
{
    m_watcher.request_stop();
    m_watcher.join();
    const sigset_t signals = interruptSignals();
    pthread_sigmask(SIG_UNBLOCK, &signals, nullptr);
}

} // namespace maury::cli
