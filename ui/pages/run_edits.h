#pragma once

#include "ui/bridge/run_request.h"

#include <QObject>

#include <optional>

namespace maury::ui {

class EditHistory;
class RunSettingsPanel;
class TrainingSession;

/// Records what the user changes in the settings of a run, so that it can be undone: in the panel,
/// and in the run that goes on where that takes it over.
class RunEdits : public QObject {
    Q_OBJECT
public:
    /// All outlive this.
    RunEdits(RunSettingsPanel& panel, TrainingSession& session, EditHistory& history,
        QObject* parent = nullptr);

private:
    void takeShown();
    void record();
    void recordWhole(const QString& label);
    void restore(const RunRequest& request);

    RunSettingsPanel& m_panel;
    TrainingSession& m_session;
    EditHistory& m_history;
    int m_replaced = 0; ///< times that everything was set at once
    std::optional<RunRequest> m_shown; ///< nothing while the panel holds what cannot be read
};

} // namespace maury::ui
