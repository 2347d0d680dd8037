#pragma once

#include <stop_token>
#include <thread>

namespace maury::cli {

/// Turns Ctrl-C and SIGTERM into a stop request while it lives, so that a long verb can end in
/// order. Create it before any other thread: the signals are blocked from then on in all of them.
class Interrupt {
public:
    Interrupt();
    ~Interrupt();
    Interrupt(const Interrupt&) = delete;
    Interrupt& operator=(const Interrupt&) = delete;

    [[nodiscard]] std::stop_token token() const { return m_stop.get_token(); }

private:
    std::stop_source m_stop;
    std::jthread m_watcher;
};

} // namespace maury::cli
