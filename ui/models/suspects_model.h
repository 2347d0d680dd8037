#pragma once

#include "core/explain/label_suspicion.h"
#include "ui/models/plot_table.h"

#include <QAbstractTableModel>
#include <QString>

#include <vector>

namespace maury::ui {

/// Stars by how suspect their labels are, the most suspect first.
class SuspectsModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Star, Label, Unseen, Score, Confidence, Wrong, Forgotten, ColumnCount };
    static constexpr int kSortRole = Qt::UserRole + 1;

    using QAbstractTableModel::QAbstractTableModel;

    void setSuspects(std::vector<explain::LabelSuspicion> suspects);
    [[nodiscard]] const std::vector<explain::LabelSuspicion>& suspects() const { return m_suspects; }
    /// The line of a standard by its name; −1 when it has none.
    [[nodiscard]] int rowOf(const QString& standard) const;
    [[nodiscard]] PlotTable table() const;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(
        int section, Qt::Orientation orientation, int role) const override;

private:
    std::vector<explain::LabelSuspicion> m_suspects;
};

} // namespace maury::ui
