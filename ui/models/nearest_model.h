#pragma once

#include "core/classify/classifier.h"
#include "core/mk/atlas.h"

#include <QAbstractTableModel>

#include <vector>

namespace maury::ui {

/// The standards that are nearest to the shown spectrum, nearest first, with their χ².
class NearestModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Standard, ChiSquare, ColumnCount };
    enum Role { RowRole = Qt::UserRole + 1 }; ///< row of the atlas

    using QAbstractTableModel::QAbstractTableModel;

    /// Precondition: the rows belong to the atlas; the atlas may be null when there are none.
    void setNearest(std::vector<classify::NearestStandard> nearest, mk::AtlasPtr atlas);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(
        int section, Qt::Orientation orientation, int role) const override;

private:
    std::vector<classify::NearestStandard> m_nearest;
    mk::AtlasPtr m_atlas;
};

} // namespace maury::ui
