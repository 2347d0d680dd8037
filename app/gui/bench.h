#pragma once

#include "core/base/result.h"
#include "ui/bridge/stall_monitor.h"

#include <QElapsedTimer>
#include <QObject>
#include <QString>

#include <functional>

namespace maury::gui {

class MainWindow;
class Workbench;

/// What `--bench` measures in the very window that ships.
class Bench : public QObject {
    Q_OBJECT
public:
    /// sinceStart: started at the beginning of main().
    Bench(Workbench& workbench, const QElapsedTimer& sinceStart, bool json);

    /// "start": time to the first page with its star drawn. "render": replots of the plots of every
    /// page, and the way from new counts to a painted confusion matrix of 31 classes. "train": the
    /// longest pause of the GUI thread during the tour's training run. "load" and "drag": see
    /// bench_interaction.h; "store": see bench_store.h; "classify": see bench_classify.h;
    /// "markers", "whatif": see bench_follow.h; "latent": see bench_latent.h. Calls `done` once; OptionInvalid for another name.
    void run(const QString& what, const std::function<void(base::Result<void>)>& done);

private:
    void start();
    void render(int page);
    void train();
    void take(const base::Result<QJsonObject>& figures);
    void finish(const QJsonObject& figures);

    Workbench& m_workbench;
    MainWindow& m_window;
    QElapsedTimer m_sinceStart;
    bool m_json;
    ui::StallMonitor m_monitor;
    std::function<void(base::Result<void>)> m_done;
    QList<std::pair<QString, double>> m_replots; ///< plot, median ms
};

} // namespace maury::gui
