#pragma once

#include "ui/models/spectrum_list_model.h"

#include <QSet>
#include <QSortFilterProxyModel>

#include <optional>

namespace maury::ui {

/// The part of the star list that is shown: one group or all, chosen spectra alone, and the lines
/// that contain a text in name, type or state.
class StarFilterModel : public QSortFilterProxyModel {
    Q_OBJECT
public:
    using QSortFilterProxyModel::QSortFilterProxyModel;

    void setGroup(std::optional<SpectrumListModel::Group> group);
    [[nodiscard]] std::optional<SpectrumListModel::Group> group() const { return m_group; }
    /// These spectra alone, whatever group they are of; nothing: all.
    void setChosen(const std::optional<QSet<SpectrumId>>& chosen);
    void setText(const QString& text);

protected:
    [[nodiscard]] bool filterAcceptsRow(int row, const QModelIndex& parent) const override;

private:
    std::optional<SpectrumListModel::Group> m_group;
    std::optional<QSet<SpectrumId>> m_chosen;
    QString m_text;
};

} // namespace maury::ui
