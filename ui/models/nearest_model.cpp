#include "ui/models/nearest_model.h"

#include "ui/bridge/number_text.h"
#include "ui/models/trace.h"

#include <utility>

namespace maury::ui {

namespace {

constexpr double kFewDigitsFrom = 100.0;

} // namespace

void NearestModel::setNearest(std::vector<classify::NearestStandard> nearest, mk::AtlasPtr atlas)
{
    beginResetModel();
    m_nearest = std::move(nearest);
    m_atlas = std::move(atlas);
    endResetModel();
}

int NearestModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_nearest.size());
}

int NearestModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant NearestModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const auto& nearest = m_nearest[static_cast<std::size_t>(index.row())];
    const mk::Standard& standard = m_atlas->standards()[nearest.row];
    if (role == RowRole)
        return static_cast<int>(nearest.row);
    if (role == Qt::ToolTipRole)
        return QString::fromStdString(nearest.name);
    if (role == Qt::TextAlignmentRole && index.column() == ChiSquare)
        return int(Qt::AlignRight | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    return index.column() == Standard
        ? standardName(standard)
        : numberText(nearest.chi2, nearest.chi2 < kFewDigitsFrom ? 2 : 0);
}

QVariant NearestModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation == Qt::Horizontal && role == Qt::TextAlignmentRole)
        return int((section == ChiSquare ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return QAbstractTableModel::headerData(section, orientation, role);
    return section == Standard ? tr("Standard") : tr("χ² per pixel");
}

} // namespace maury::ui
