#pragma once

#include "app/gui/session.h"
#include "ui/models/selection.h"

#include <QObject>
#include <QThreadPool>
#include <QTimer>

namespace maury::ui {
class RunSettingsPanel;
class SpectraPage;
class SpectrumListModel;
class SpectrumLoader;
class StatusReporter;
}

namespace maury::gui {

class MainWindow;

/// Writes down, a moment after every change, what of the session comes back at the next start, and
/// brings it back. What cannot be read is told and kept aside.
class SessionKeeper : public QObject {
    Q_OBJECT
public:
    struct Parts {
        MainWindow& window;
        ui::SpectrumListModel& spectra;
        ui::Selection& selection;
        ui::SpectrumLoader& loader;
        ui::StatusReporter& status;
        ui::SpectraPage& spectraPage;
        ui::RunSettingsPanel& run;
    };

    /// All outlive the keeper. Nothing is written before begin().
    SessionKeeper(const Parts& parts, QString file, QObject* parent = nullptr);
    ~SessionKeeper() override;

    /// Brings the last session back.
    void restore();
    /// From now on every change is written.
    void begin();
    /// Whether files of the last session are being read: they must not move the selection.
    [[nodiscard]] bool isRestoring() const { return m_restoring; }

    /// The file of the user.
    [[nodiscard]] static QString userFile();
    /// At the latest so long after a change it is on the disk, while the program is not busy.
    static constexpr int kDelayMs = 400;

private:
    void apply(const SessionState& state);
    void changed();
    void write();
    [[nodiscard]] SessionState state() const;

    Parts m_parts;
    QString m_file;
    QTimer m_delay;
    QThreadPool m_pool; ///< one thread: states are written in their order
    bool m_begun = false;
    bool m_restoring = false;
    bool m_failureTold = false;
};

} // namespace maury::gui
