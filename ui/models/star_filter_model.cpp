#include "ui/models/star_filter_model.h"

namespace maury::ui {

void StarFilterModel::setGroup(std::optional<SpectrumListModel::Group> group)
{
    if (m_group == group)
        return;
    m_group = group;
    invalidateFilter();
}

void StarFilterModel::setChosen(const std::optional<QSet<SpectrumId>>& chosen)
{
    if (m_chosen == chosen)
        return;
    m_chosen = chosen;
    invalidateFilter();
}

void StarFilterModel::setText(const QString& text)
{
    m_text = text.trimmed();
    invalidateFilter();
}

bool StarFilterModel::filterAcceptsRow(int row, const QModelIndex& parent) const
{
    const QModelIndex first = sourceModel()->index(row, SpectrumListModel::Name, parent);
    if (m_group && first.data(SpectrumListModel::GroupRole).toInt() != *m_group)
        return false;
    if (m_chosen
        && !m_chosen->contains(first.data(SpectrumListModel::IdRole).value<SpectrumId>()))
        return false;
    if (m_text.isEmpty())
        return true;
    for (int column = 0; column < SpectrumListModel::ColumnCount; ++column)
        if (first.siblingAtColumn(column).data().toString().contains(m_text, Qt::CaseInsensitive))
            return true;
    return false;
}

} // namespace maury::ui
