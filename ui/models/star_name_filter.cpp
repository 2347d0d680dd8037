#include "ui/models/star_name_filter.h"

namespace maury::ui {

void StarNameFilter::setText(const QString& text)
{
    if (m_text == text.trimmed())
        return;
    m_text = text.trimmed();
    invalidateFilter();
}

void StarNameFilter::setNames(const QList<QSet<QString>>& names)
{
    if (m_names == names)
        return;
    m_names = names;
    invalidateFilter();
}

bool StarNameFilter::filterAcceptsRow(int row, const QModelIndex& parent) const
{
    const QModelIndex first = sourceModel()->index(row, 0, parent);
    const QString name = first.data(kStarNameRole).toString();
    for (const QSet<QString>& names : m_names)
        if (!names.contains(name))
            return false;
    if (m_text.isEmpty())
        return true;
    for (int column = 0; column < sourceModel()->columnCount(parent); ++column)
        if (first.siblingAtColumn(column).data().toString().contains(m_text, Qt::CaseInsensitive))
            return true;
    return false;
}

} // namespace maury::ui
