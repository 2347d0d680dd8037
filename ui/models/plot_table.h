#pragma once

#include <QAbstractTableModel>
#include <QStringList>
#include <QVector>

#include <vector>

namespace maury::ui {

/// The numbers behind a plot, by columns. Columns of different lengths stand side by side, so that
/// all curves of a plot are one table; the shorter ones end in empty cells.
struct PlotTable {
    struct Column {
        QString heading; ///< with the unit: "Wavelength (Å)"
        QVector<double> numbers; ///< either these (NaN: not known) …
        QStringList texts; ///< … or these
    };
    std::vector<Column> columns;

    void add(const QString& heading, const QVector<double>& numbers);
    void add(const QString& heading, const QStringList& texts);
    [[nodiscard]] int rows() const;
    [[nodiscard]] bool isEmpty() const { return rows() == 0; }
};

/// Comma-separated values (RFC 4180, UTF-8 when written) with one line of headings: numbers in the
/// C locale with all their digits, empty where one is not known.
[[nodiscard]] QString csvText(const PlotTable& table);

/// A PlotTable in a view: numbers in the user's locale, "n/a" where one is not known.
class PlotTableModel : public QAbstractTableModel {
    Q_OBJECT
public:
    using QAbstractTableModel::QAbstractTableModel;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(
        int section, Qt::Orientation orientation, int role) const override;

    void setTable(PlotTable table);
    [[nodiscard]] const PlotTable& table() const { return m_table; }

private:
    PlotTable m_table;
};

/// Headings and these rows of any model as a spreadsheet takes them from the clipboard: columns
/// parted by tabs, rows by line ends.
[[nodiscard]] QString clipboardText(const QAbstractItemModel& model, const QList<int>& rows);

} // namespace maury::ui
