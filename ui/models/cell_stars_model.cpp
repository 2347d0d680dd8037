#include "ui/models/cell_stars_model.h"

#include "ui/bridge/number_text.h"

namespace maury::ui {

int CellStarsModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_stars.size());
}

int CellStarsModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant CellStarsModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant(
            (index.column() <= Type ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    const CellStar& star = m_stars[static_cast<std::size_t>(index.row())];
    switch (index.column()) {
    case Star:
        return fullName(star.library, star.standard);
    case Type:
        return typeOfStandard(star.standard);
    case InCell:
        return tr("%1 of %2").arg(countText(star.inCell), countText(star.samples));
    default:
        return numberText(star.probability, 2);
    }
}

QVariant CellStarsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Star:
        return tr("Standard");
    case Type:
        return tr("Type");
    case InCell:
        return tr("Samples here");
    case Probability:
        return tr("Probability");
    default:
        return {};
    }
}

void CellStarsModel::setStars(std::vector<CellStar> stars)
{
    beginResetModel();
    m_stars = std::move(stars);
    endResetModel();
}

} // namespace maury::ui
