#pragma once

#include "ui/models/plot_table.h"

#include <QDialog>

#include <functional>

class QLabel;

namespace maury::ui {

class RowTable;

/// The table twin of a plot in a small window: its numbers as they were when it was opened or last
/// updated.
class TableWindow : public QDialog {
    Q_OBJECT
public:
    /// `read` gives the numbers of the moment; called while the window lives.
    TableWindow(const QString& title, std::function<PlotTable()> read, QWidget* parent = nullptr);

    [[nodiscard]] const PlotTable& table() const { return m_model.table(); }
    void update();

signals:
    /// The button that saves the shown numbers.
    void saveRequested();

private:
    std::function<PlotTable()> m_read;
    PlotTableModel m_model;
    RowTable* m_view;
    QLabel* m_size;
};

} // namespace maury::ui
