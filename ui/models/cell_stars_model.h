#pragma once

#include "ui/models/test_stars.h"

#include <QAbstractTableModel>

#include <vector>

namespace maury::ui {

/// Lists the stars of the cell that was chosen.
class CellStarsModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Star, Type, InCell, Probability, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(
        int section, Qt::Orientation orientation, int role) const override;

    void setStars(std::vector<CellStar> stars);
    [[nodiscard]] const std::vector<CellStar>& stars() const { return m_stars; }

private:
    std::vector<CellStar> m_stars;
};

} // namespace maury::ui
