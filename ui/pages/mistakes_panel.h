#pragma once

#include "ui/models/cell_stars_model.h"
#include "ui/models/mistakes_model.h"
#include "ui/models/star_name_filter.h"

#include <QWidget>

class QComboBox;
class QLabel;
class QLineEdit;
class QSpinBox;
class QTabWidget;

namespace maury::ui {

class FilterChips;
class RowTable;

/// A star of one of the lists and what it was taken for there.
struct StarChoice {
    QString standard;
    std::optional<int> predictedSc; ///< nothing: not part of this list's question
    std::optional<int> predictedLc;
};

/// Lists of test stars: those of the chosen cell, all that were misclassified, and what is added.
/// Above them a field to search in the lists, and the filters that narrow them.
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
    [[nodiscard]] const WrongFilter& filter() const { return m_filter; }
    [[nodiscard]] QString searchText() const;
    void setSearchText(const QString& text);
    /// Only misclassified stars in all of these sets are listed.
    void setNames(const QList<QSet<QString>>& names);
    [[nodiscard]] FilterChips& chips() { return *m_chips; }
    [[nodiscard]] QLineEdit& search() { return *m_search; }
    /// How many misclassified stars the filters leave.
    [[nodiscard]] int shownMistakes() const { return m_sorted.rowCount(); }
    /// A further list beside the two.
    void addList(QWidget* list, const QString& title);
    /// Brings up a list that was added; null: the one of the cell.
    void showList(QWidget* list);

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
    /// filter() or searchText() is another; equal keys in quick succession are one step.
    void filterEdited(const QString& key);

private:
    QLayout* makeSearch();
    QWidget* makeCellTab();
    QWidget* makeMistakesTab();
    QLayout* makeFilters();
    void connectTable(RowTable& table, StarChoice (MistakesPanel::*choice)(int row) const);
    void takeFilter();
    void listMistakes();
    void showCount();
    [[nodiscard]] StarChoice cellChoice(int row) const;
    [[nodiscard]] StarChoice mistakeChoice(int row) const; ///< row: of the sorted list

    EvaluationPtr m_evaluation;
    QStringList m_classes;
    MatrixCell m_cell;
    WrongFilter m_filter;
    CellStarsModel m_cellStars;
    MistakesModel m_mistakes;
    StarNameFilter m_sorted;
    QString m_star; ///< marked
    bool m_marking = false;

    QLineEdit* m_search = nullptr;
    FilterChips* m_chips = nullptr;
    QTabWidget* m_tabs = nullptr;
    QLabel* m_heading = nullptr;
    RowTable* m_cellTable = nullptr;
    RowTable* m_mistakesTable = nullptr;
    QComboBox* m_head = nullptr;
    QSpinBox* m_off = nullptr;
    QLabel* m_count = nullptr;
};

} // namespace maury::ui
