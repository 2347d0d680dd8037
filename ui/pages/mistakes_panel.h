#pragma once

#include "ui/models/cell_stars_model.h"
#include "ui/models/mistakes_model.h"

#include <QSortFilterProxyModel>
#include <QWidget>

class QComboBox;
class QLabel;
class QSpinBox;
class QTabWidget;

namespace maury::ui {

class RowTable;

/// A star of one of the lists and what it was taken for there.
struct StarChoice {
    QString standard;
    std::optional<int> predictedSc; ///< nothing: not part of this list's question
    std::optional<int> predictedLc;
};

/// Two lists of test stars: those of the chosen cell, and all that were misclassified.
class MistakesPanel : public QWidget {
    Q_OBJECT
public:
    explicit MistakesPanel(QWidget* parent = nullptr);

    void setEvaluation(const EvaluationPtr& evaluation, const QStringList& classes);
    /// Lists the stars of a cell under this heading; an invalid cell empties the list.
    void showCell(const MatrixCell& cell, const QString& heading);
    /// Chooses the first star of the cell.
    void chooseFirst();
    /// Marks a standard in both lists and emits nothing; an empty name clears the marks.
    void markStar(const QString& standard);
    void setFilter(const WrongFilter& filter);

    [[nodiscard]] const CellStarsModel& cellStars() const { return m_cellStars; }
    [[nodiscard]] const MistakesModel& mistakes() const { return m_mistakes; }
    /// The standards that are marked in the list of the cell and of the misclassified; empty for
    /// none.
    [[nodiscard]] QString markedInCell() const;
    [[nodiscard]] QString markedAmongMistakes() const;

signals:
    void starChosen(const maury::ui::StarChoice& star);
    /// Enter or a double click: show its spectrum.
    void starOpened(const maury::ui::StarChoice& star);
    void saveRequested(const maury::ui::PlotTable& table);

private:
    QWidget* makeCellTab();
    QWidget* makeMistakesTab();
    QLayout* makeFilters();
    void connectTable(RowTable& table, StarChoice (MistakesPanel::*choice)(int row) const);
    void takeFilter();
    void listMistakes();
    [[nodiscard]] StarChoice cellChoice(int row) const;
    [[nodiscard]] StarChoice mistakeChoice(int row) const; ///< row: of the sorted list

    EvaluationPtr m_evaluation;
    QStringList m_classes;
    MatrixCell m_cell;
    WrongFilter m_filter;
    CellStarsModel m_cellStars;
    MistakesModel m_mistakes;
    QSortFilterProxyModel m_sorted;
    QString m_star; ///< marked
    bool m_marking = false;

    QTabWidget* m_tabs = nullptr;
    QLabel* m_heading = nullptr;
    RowTable* m_cellTable = nullptr;
    RowTable* m_mistakesTable = nullptr;
    QComboBox* m_head = nullptr;
    QSpinBox* m_off = nullptr;
    QLabel* m_count = nullptr;
};

} // namespace maury::ui
