#pragma once

#include <QTableView>

namespace maury::ui {

/// A table of rows that are read and chosen whole. Ctrl+C copies the selected rows with their
/// headings, ready for a spreadsheet.
class RowTable : public QTableView {
    Q_OBJECT
public:
    /// The model outlives the view.
    RowTable(QAbstractItemModel& model, const QString& accessibleName, QWidget* parent = nullptr);

    /// A list of which one row is chosen at a time, its columns as wide as what is in them.
    void beList();
    /// Such a list, ranked by a column, largest first; a click on a heading ranks by another.
    void rankBy(int column);

    /// In the order of the table; all rows when none is selected.
    void copyRows() const;

protected:
    void keyPressEvent(QKeyEvent* event) override;
};

} // namespace maury::ui
