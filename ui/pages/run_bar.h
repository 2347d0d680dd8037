#pragma once

#include "ui/bridge/training_session.h"

#include <QWidget>

class QAction;
class QCheckBox;
class QComboBox;
class QHBoxLayout;
class QToolButton;

namespace maury::ui {

class ElidedLabel;
class PresetMenu;

/// The controls of a run and, below them, how it stands and how its curves are drawn. The buttons
/// follow the state of the session.
class RunBar : public QWidget {
    Q_OBJECT
public:
    explicit RunBar(QWidget* parent = nullptr);

    void setState(TrainingSession::State state);
    /// Whether there is a run, going on or ended, to begin again.
    void setRewindable(bool rewindable);
    /// Whether an interrupted run can be taken up again.
    void setResumable(bool resumable);
    void setHasModel(bool hasModel);
    void setFacts(const QString& text);
    /// Without emitting protocolChosen().
    void setProtocol(Protocol protocol);

    /// Start, pause or resume, single batch, stop, rewind, new seed, resume last run, save model,
    /// type my stars.
    [[nodiscard]] QList<QAction*> actions() const;
    [[nodiscard]] QAction& startAction() { return *m_start; }
    [[nodiscard]] QAction& pauseAction() { return *m_pause; }
    [[nodiscard]] QAction& singleBatchAction() { return *m_single; }
    [[nodiscard]] QAction& stopAction() { return *m_stop; }
    [[nodiscard]] QAction& rewindAction() { return *m_rewind; }
    [[nodiscard]] QAction& newSeedAction() { return *m_newSeed; }
    [[nodiscard]] QAction& resumeLastAction() { return *m_resumeLast; }
    [[nodiscard]] QAction& saveModelAction() { return *m_save; }
    [[nodiscard]] QAction& typeMyStarsAction() { return *m_typeMyStars; }
    [[nodiscard]] QComboBox& protocol() { return *m_protocol; }
    [[nodiscard]] PresetMenu& presets() { return *m_presets; }
    [[nodiscard]] QCheckBox& logarithmicLoss() { return *m_logarithmic; }

signals:
    void startRequested();
    void pauseRequested();
    void resumeRequested();
    void singleBatchRequested();
    void stopRequested();
    /// The same run from its beginning: same weights, data and order.
    void rewindRequested();
    /// A run with other random numbers.
    void newSeedRequested();
    void resumeLastRequested();
    void saveModelRequested();
    void logarithmicLossToggled(bool logarithmic);
    void resetZoomRequested();
    /// By the user.
    void protocolChosen(maury::ui::Protocol protocol);
    /// A network for real stars: the robust protocol.
    void typeMyStarsRequested();

private:
    void makeActions();
    void makeButtons(QHBoxLayout& row);
    void makeFacts(QHBoxLayout& row);

    TrainingSession::State m_state = TrainingSession::State::Idle;
    bool m_rewindable = false;
    bool m_resumable = false;
    bool m_hasModel = false;
    QAction* m_start;
    QAction* m_pause;
    QAction* m_single;
    QAction* m_stop;
    QAction* m_rewind;
    QAction* m_newSeed;
    QAction* m_resumeLast;
    QAction* m_save;
    QAction* m_typeMyStars;
    QToolButton* m_resumeButton = nullptr;
    QComboBox* m_protocol;
    PresetMenu* m_presets;
    ElidedLabel* m_facts;
    QCheckBox* m_logarithmic;
};

} // namespace maury::ui
