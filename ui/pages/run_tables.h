#pragma once

#include <QWidget>

class QLabel;
class QTableView;

namespace maury::ui {

class ClassScoreModel;
class HistoryModel;

/// The epochs of a run as a table that follows its last row. The model outlives it.
[[nodiscard]] QTableView* makeEpochTable(HistoryModel& history);

/// Precision, recall and F1 of every class, with a line that says of what.
class ClassTab : public QWidget {
    Q_OBJECT
public:
    /// The model outlives the tab.
    explicit ClassTab(ClassScoreModel& scores, QWidget* parent = nullptr);

    void setOrigin(const QString& text);
    [[nodiscard]] QString origin() const;

private:
    QLabel* m_origin;
};

} // namespace maury::ui
