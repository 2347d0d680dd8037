#pragma once

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

namespace maury::ui {

/// Measures how long the GUI thread keeps the window from answering: a timer of the event loop that
/// should fire every few milliseconds notes how late it comes.
class StallMonitor : public QObject {
    Q_OBJECT
public:
    static constexpr int kIntervalMs = 5;

    explicit StallMonitor(QObject* parent = nullptr);

    void start();
    void stop();
    void reset();

    /// The longest time in which no event was handled, in milliseconds (what exceeds the timer's
    /// interval).
    [[nodiscard]] double longestMs() const { return m_longestMs; }
    /// Times when nothing was handled for more than this many milliseconds.
    static constexpr double kNoticeableMs = 50.0;
    [[nodiscard]] int stalls() const { return m_stalls; }
    [[nodiscard]] int ticks() const { return m_ticks; }

private:
    void tick();

    QTimer m_timer;
    QElapsedTimer m_clock;
    double m_longestMs = 0.0;
    int m_stalls = 0;
    int m_ticks = 0;
};

} // namespace maury::ui
