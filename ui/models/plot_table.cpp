#include "ui/models/plot_table.h"

#include "ui/bridge/number_text.h"

#include <QLocale>

#include <algorithm>
#include <cmath>

namespace maury::ui {

namespace {

constexpr int kShownDigits = 7; // significant: a wavelength to a hundredth of an ångström

qsizetype length(const PlotTable::Column& column)
{
    return std::max(column.numbers.size(), column.texts.size());
}

QString quoted(QString field)
{
    if (!field.contains(',') && !field.contains('"') && !field.contains('\n'))
        return field;
    return '"' + field.replace('"', QStringLiteral("\"\"")) + '"';
}

QString csvField(const PlotTable::Column& column, int row)
{
    if (row < column.texts.size())
        return quoted(column.texts[row]);
    if (row < column.numbers.size() && std::isfinite(column.numbers[row]))
        return QString::number(column.numbers[row], 'g', QLocale::FloatingPointShortest);
    return {};
}

} // namespace

void PlotTable::add(const QString& heading, const QVector<double>& numbers)
{
    columns.push_back({ heading, numbers, {} });
}

void PlotTable::add(const QString& heading, const QStringList& texts)
{
    columns.push_back({ heading, {}, texts });
}

int PlotTable::rows() const
{
    qsizetype rows = 0;
    for (const Column& column : columns)
        rows = std::max(rows, length(column));
    return static_cast<int>(rows);
}

QString csvText(const PlotTable& table)
{
    QString text;
    for (const auto& column : table.columns)
        text += (text.isEmpty() ? QString() : QStringLiteral(",")) + quoted(column.heading);
    text += '\n';
    const int rows = table.rows();
    for (int row = 0; row < rows; ++row) {
        for (std::size_t column = 0; column < table.columns.size(); ++column) {
            if (column > 0)
                text += ',';
            text += csvField(table.columns[column], row);
        }
        text += '\n';
    }
    return text;
}

int PlotTableModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : m_table.rows();
}

int PlotTableModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_table.columns.size());
}

QVariant PlotTableModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const auto& column = m_table.columns[static_cast<std::size_t>(index.column())];
    if (role == Qt::TextAlignmentRole)
        return QVariant(
            (column.texts.isEmpty() ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    const int row = index.row();
    if (row < column.texts.size())
        return column.texts[row];
    if (row >= column.numbers.size())
        return {};
    const double number = column.numbers[row];
    return std::isfinite(number) ? QLocale().toString(number, 'g', kShownDigits)
                                 : numberText(number, 0);
}

QVariant PlotTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (role != Qt::DisplayRole || section < 0)
        return {};
    if (orientation == Qt::Vertical)
        return countText(section + 1);
    return section < columnCount() ? m_table.columns[static_cast<std::size_t>(section)].heading
                                   : QVariant();
}

void PlotTableModel::setTable(PlotTable table)
{
    beginResetModel();
    m_table = std::move(table);
    endResetModel();
}

QString clipboardText(const QAbstractItemModel& model, const QList<int>& rows)
{
    const int columns = model.columnCount();
    QStringList cells;
    for (int column = 0; column < columns; ++column)
        cells << model.headerData(column, Qt::Horizontal).toString();
    QString text = cells.join('\t') + '\n';
    for (const int row : rows) {
        cells.clear();
        for (int column = 0; column < columns; ++column)
            cells << model.index(row, column).data().toString();
        text += cells.join('\t') + '\n';
    }
    return text;
}

} // namespace maury::ui
