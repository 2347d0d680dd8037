#pragma once

#include <QList>
#include <QSet>
#include <QSortFilterProxyModel>
#include <QString>

namespace maury::ui {

/// The role under which the first column of a list of stars tells the name of each.
inline constexpr int kStarNameRole = Qt::UserRole + 2;

/// The stars of a list that contain a text in one of their columns and are in all of some sets of
/// names; sorts them.
class StarNameFilter : public QSortFilterProxyModel {
    Q_OBJECT
public:
    using QSortFilterProxyModel::QSortFilterProxyModel;

    void setText(const QString& text);
    void setNames(const QList<QSet<QString>>& names);

protected:
    [[nodiscard]] bool filterAcceptsRow(int row, const QModelIndex& parent) const override;

private:
    QString m_text;
    QList<QSet<QString>> m_names;
};

} // namespace maury::ui
