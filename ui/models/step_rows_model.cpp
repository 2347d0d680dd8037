#include "ui/models/step_rows_model.h"

#include "ui/models/step_text.h"

#include <QFont>
#include <QLocale>

#include <algorithm>
#include <cmath>

namespace maury::ui {

namespace {

constexpr int kDigits = 5;

} // namespace

void StepRowsModel::setStage(const train::StepStage& stage)
{
    beginResetModel();
    m_stage = stage;
    m_largest = 0.0;
    for (const auto& row : m_stage.rows)
        if (!row.numbers.empty())
            m_largest = std::max(m_largest, std::abs(row.numbers.back()));
    endResetModel();
}

int StepRowsModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_stage.rows.size());
}

int StepRowsModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_stage.columns.size());
}

QVariant StepRowsModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const auto& row = m_stage.rows[static_cast<std::size_t>(index.row())];
    if (role == MarkedRole)
        return row.marked;
    if (role == Qt::FontRole && row.marked) {
        QFont font;
        font.setBold(true);
        return font;
    }
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(Qt::Alignment(
            Qt::AlignVCenter | (index.column() == 0 ? Qt::AlignLeft : Qt::AlignRight)));
    if (index.column() == 0)
        return role == Qt::DisplayRole ? QVariant(QString::fromStdString(row.label)) : QVariant();
    const double number = row.numbers[static_cast<std::size_t>(index.column() - 1)];
    if (role == Qt::DisplayRole)
        return QLocale().toString(number, 'g', kDigits);
    if (role == ShareRole && index.column() + 1 == columnCount())
        return m_largest > 0.0 ? number / m_largest : 0.0;
    return {};
}

QVariant StepRowsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole || section >= columnCount())
        return QAbstractTableModel::headerData(section, orientation, role);
    return symbolText(m_stage.columns[static_cast<std::size_t>(section)]);
}

} // namespace maury::ui
