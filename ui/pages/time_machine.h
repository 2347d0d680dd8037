#pragma once

#include "ui/bridge/epoch_viewer.h"
#include "ui/models/confusion_model.h"
#include "ui/models/epoch_answers_model.h"
#include "ui/pages/page.h"

#include "core/train/training_event.h"

#include <QTimer>

#include <map>
#include <vector>

class QLabel;
class QPushButton;
class QSlider;
class QSpinBox;
class QStackedLayout;
class QToolButton;

namespace maury::ui {

class ConfusionPlot;
class ElidedLabel;
class EmptyState;
class FilterPlot;
class UnitChooser;

/// The kept epochs of a run as a film: a slider goes through them, and matrix, answers for every
/// standard and filters of the first layer are those of the chosen epoch. At the last epoch it
/// follows a run that goes on.
class TimeMachine : public QWidget {
    Q_OBJECT
public:
    explicit TimeMachine(const PageContext& context, QWidget* parent = nullptr);

    /// A run begins whose epochs are kept beside `checkpoint` (empty: nowhere). Of the epochs that
    /// were shown so far, `inherited` are this run's, too.
    void beginRun(const std::filesystem::path& checkpoint, int inherited = 0);
    /// The run that begins goes on after so many epochs that it had before.
    void reach(int epochs);
    void addEpoch(const train::EpochDone& epoch);
    /// By epoch, as far as they are known.
    [[nodiscard]] const std::map<int, train::EpochDone>& history() const { return m_history; }
    /// What the standards are asked from; the same set again changes nothing.
    void setTestSet(const dataset::SampleSetPtr& set);
    /// Looks which epochs are kept; while hidden, this waits until it is shown.
    void refresh();

    [[nodiscard]] int epoch() const; ///< 0-based, the chosen one; −1 for none
    [[nodiscard]] const std::vector<train::KeptEpoch>& kept() const { return m_kept; }
    [[nodiscard]] QSlider& slider() { return *m_slider; }
    [[nodiscard]] QSpinBox& field() { return *m_field; }
    [[nodiscard]] QToolButton& play() { return *m_play; }
    [[nodiscard]] QPushButton& branch() { return *m_branch; }
    [[nodiscard]] const ConfusionModel& matrix() const { return m_confusion; }
    [[nodiscard]] EpochAnswersModel& answers() { return m_answers; }
    [[nodiscard]] FilterPlot& filter() { return *m_filter; }
    [[nodiscard]] train::EpochViewPtr view() const { return m_view; }

signals:
    /// A run shall go on from this epoch (0-based) with the settings that stand now.
    void branchRequested(int epoch);
    /// The button of the empty state.
    void startRequested();

protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    void makeContent();
    [[nodiscard]] QWidget* makeControls();
    [[nodiscard]] QWidget* makeAnswers();
    [[nodiscard]] QWidget* makeFilter();
    void showChosen();
    void takeView(const train::EpochViewPtr& view);
    void showUnit();
    void setPlaying(bool playing);
    void playNext();

    PageContext m_context;
    EpochViewer m_viewer;
    ConfusionModel m_confusion;
    EpochAnswersModel m_answers;
    QTimer m_film;

    std::filesystem::path m_checkpoint;
    std::map<int, train::EpochDone> m_history; ///< by epoch
    std::vector<train::KeptEpoch> m_kept;
    int m_reached = 0; ///< epochs of this run that are finished
    dataset::SampleSetPtr m_set;
    train::EpochViewPtr m_view;
    int m_shown = 0; ///< index of the epoch that was shown last: tells where the slider goes
    bool m_stale = false; ///< more may be kept than was looked at

    QStackedLayout* m_views;
    EmptyState* m_empty;
    QToolButton* m_play = nullptr;
    QSlider* m_slider = nullptr;
    QSpinBox* m_field = nullptr;
    QLabel* m_count = nullptr;
    QPushButton* m_branch = nullptr;
    ElidedLabel* m_facts = nullptr;
    QLabel* m_right = nullptr;
    ConfusionPlot* m_matrix = nullptr;
    UnitChooser* m_units = nullptr;
    FilterPlot* m_filter = nullptr;
};

} // namespace maury::ui
