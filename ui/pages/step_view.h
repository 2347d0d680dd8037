#pragma once

#include "core/train/step_stages.h"
#include "ui/models/step_rows_model.h"

#include <QWidget>

#include <vector>

class QLabel;
class QListWidget;
class QPushButton;
class QSpinBox;
class QStackedLayout;
class QTableView;

namespace maury::ui {

class EmptyState;

/// One batch of a training number by number: a stage for each equation, from the spectra to the new
/// weights, for one spectrum of the batch and one unit of each layer. Arrow keys, buttons and the
/// list go through the stages.
class StepView : public QWidget {
    Q_OBJECT
public:
    explicit StepView(QWidget* parent = nullptr);

    /// Shows another step; stays at the same stage where there is one.
    void setTrace(train::StepTracePtr trace);
    [[nodiscard]] const train::StepTracePtr& trace() const { return m_trace; }
    [[nodiscard]] const train::StepStage& stage() const;
    [[nodiscard]] const std::vector<train::StepStage>& stages() const { return m_stages; }
    /// Precondition: there is such a stage.
    void showStage(int index);

    [[nodiscard]] QListWidget& list() { return *m_list; }
    [[nodiscard]] QPushButton& back() { return *m_back; }
    [[nodiscard]] QPushButton& next() { return *m_next; }
    [[nodiscard]] QSpinBox& sample() { return *m_sample; }
    /// The unit of the layer that the stage is about.
    [[nodiscard]] QSpinBox& unit() { return *m_unit; }
    [[nodiscard]] QTableView& table() { return *m_table; }
    [[nodiscard]] const QLabel& formula() const { return *m_formula; }

signals:
    /// The button of the empty state, and the one for another batch.
    void batchRequested();

private:
    [[nodiscard]] QWidget* makeStages();
    [[nodiscard]] QWidget* makeStage();
    [[nodiscard]] QWidget* makeControls();
    void followSample(int sample);
    void followUnit(int unit);
    void computeStages();
    void showCurrent();
    void showControls();

    train::StepTracePtr m_trace;
    train::StepChoice m_choice;
    std::vector<train::StepStage> m_stages;
    StepRowsModel m_rows;
    QStackedLayout* m_views;
    EmptyState* m_empty;
    QListWidget* m_list = nullptr;
    QPushButton* m_back = nullptr;
    QPushButton* m_next = nullptr;
    QSpinBox* m_sample = nullptr;
    QSpinBox* m_unit = nullptr;
    QLabel* m_unitLabel = nullptr;
    QLabel* m_facts = nullptr;
    QLabel* m_title = nullptr;
    QLabel* m_formula = nullptr;
    QLabel* m_text = nullptr;
    QLabel* m_shapes = nullptr;
    QTableView* m_table = nullptr;
    QLabel* m_results = nullptr;
};

} // namespace maury::ui
