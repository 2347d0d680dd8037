#include "app/gui/bench_latent.h"

#include "app/gui/main_window.h"
#include "app/gui/workbench.h"
#include "ui/bridge/stall_monitor.h"
#include "ui/pages/latent_map_panel.h"
#include "ui/pages/latent_page.h"
#include "ui/pages/reconstruction_panel.h"
#include "ui/pages/view_switch.h"
#include "ui/plots/spectrum_plot.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QEventLoop>

#include <algorithm>
#include <cmath>
#include <ctime>

namespace maury::gui {

namespace {

constexpr int kMoves = 120;

/// Milliseconds of every move: of the clock on the wall, and of all processors together, which on a
/// machine that nobody else uses is the most that a move can take.
struct Times {
    QList<double> ms;
    QList<double> cpuMs;

    void addTo(QJsonObject& figures, const QString& name) const
    {
        for (auto [kind, sorted] : { std::pair("", ms), std::pair("_cpu", cpuMs) }) {
            std::sort(sorted.begin(), sorted.end());
            figures.insert(name + kind + "_median_ms", sorted[sorted.size() / 2]);
            figures.insert(name + kind + "_p95_ms", sorted[sorted.size() * 95 / 100]);
            figures.insert(name + kind + "_largest_ms", sorted.last());
        }
    }
};

/// Begins with a move; end() when it is on the screen.
class Move {
public:
    Move()
        : m_cpu(std::clock())
    {
        m_clock.start();
    }
    void end(Times& times) const
    {
        times.ms.append(static_cast<double>(m_clock.nsecsElapsed()) / 1e6);
        times.cpuMs.append(1e3 * static_cast<double>(std::clock() - m_cpu) / CLOCKS_PER_SEC);
    }

private:
    std::clock_t m_cpu;
    QElapsedTimer m_clock;
};

/// A range that grows as the brush is drawn.
Times brush(ui::LatentPage& page)
{
    page.views().setCurrent(QStringLiteral("star"));
    ui::ReconstructionPanel& star = page.star();
    Times times;
    for (int move = 1; move <= kMoves; ++move) {
        QEventLoop wait;
        QObject::connect(
            &star, &ui::ReconstructionPanel::reconstructed, &wait, &QEventLoop::quit);
        const Move timed;
        star.setHidden({ { 4100.0, 4100.0 + 0.5 * move } });
        wait.exec();
        QCoreApplication::processEvents(); // the replot that the answer has queued
        timed.end(times);
    }
    star.setHidden({});
    return times;
}

/// A circle over the map.
Times walk(ui::LatentPage& page)
{
    page.views().setCurrent(QStringLiteral("map"));
    ui::LatentMapPanel& panel = page.map();
    QRectF all;
    for (const QPointF& point : panel.map().points())
        all = all.united(QRectF(point, QSizeF(1e-9, 1e-9)));
    Times times;
    for (int move = 0; move < kMoves; ++move) {
        const double angle = 2.0 * M_PI * move / kMoves;
        const Move timed;
        panel.walkTo(all.center()
            + QPointF(0.4 * all.width() * std::cos(angle), 0.4 * all.height() * std::sin(angle)));
        (void)panel.spectrum().timeReplot();
        timed.end(times);
    }
    return times;
}

} // namespace

void benchLatent(Workbench& workbench, const BenchDone& done)
{
    MainWindow& window = workbench.window();
    window.showPage(QStringLiteral("latent"));
    auto* page = window.findChild<ui::LatentPage*>();
    const auto monitor = std::make_shared<ui::StallMonitor>();
    monitor->start();
    page->prepareTour([page, monitor, done] {
        monitor->stop();
        if (page->models().model == nullptr || page->map().stars() == nullptr) {
            done(base::failure(base::ErrorCode::ValueMissing, "--bench latent",
                "no network or no map", "both, of the atlas"));
            return;
        }
        QJsonObject figures { { "moves", kMoves },
            { "training_longest_pause_ms", monitor->longestMs() },
            { "training_pauses_above_50_ms", monitor->stalls() } };
        brush(*page).addTo(figures, "brush");
        walk(*page).addTo(figures, "walk");
        done(figures);
    });
}

} // namespace maury::gui
