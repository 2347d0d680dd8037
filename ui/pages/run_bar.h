#pragma once

#include "ui/bridge/training_session.h"

#include <QWidget>

class QAction;
class QToolButton;

namespace maury::ui {

class ElidedLabel;

/// The controls of a run and, beside them, how it stands. The buttons follow the state of the
/// session.
class RunBar : public QWidget {
    Q_OBJECT
public:
    explicit RunBar(QWidget* parent = nullptr);

    void setState(TrainingSession::State state);
    /// Whether an interrupted run can be taken up again.
    void setResumable(bool resumable);
    void setHasModel(bool hasModel);
    void setFacts(const QString& text);

    /// Start, pause or resume, single batch, stop, resume last run, save model.
    [[nodiscard]] QList<QAction*> actions() const;
    [[nodiscard]] QAction& startAction() { return *m_start; }
    [[nodiscard]] QAction& pauseAction() { return *m_pause; }
    [[nodiscard]] QAction& singleBatchAction() { return *m_single; }
    [[nodiscard]] QAction& stopAction() { return *m_stop; }
    [[nodiscard]] QAction& resumeLastAction() { return *m_resumeLast; }
    [[nodiscard]] QAction& saveModelAction() { return *m_save; }

signals:
    void startRequested();
    void pauseRequested();
    void resumeRequested();
    void singleBatchRequested();
    void stopRequested();
    void resumeLastRequested();
    void saveModelRequested();

private:
    void makeActions();
    void makeButtons();

    TrainingSession::State m_state = TrainingSession::State::Idle;
    bool m_resumable = false;
    bool m_hasModel = false;
    QAction* m_start;
    QAction* m_pause;
    QAction* m_single;
    QAction* m_stop;
    QAction* m_resumeLast;
    QAction* m_save;
    QToolButton* m_resumeButton = nullptr;
    ElidedLabel* m_facts;
};

} // namespace maury::ui
