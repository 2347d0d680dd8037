#pragma once

#include "core/mk/atlas.h"

#include <QAbstractTableModel>
#include <QStringList>

#include <optional>
#include <vector>

namespace maury::ui {

/// The grid of types of an atlas: spectral classes downwards from hot to cool, luminosity classes
/// from bright to faint. A cell without a standard is empty, and walking skips it.
class TypeGridModel : public QAbstractTableModel {
    Q_OBJECT
public:
    using QAbstractTableModel::QAbstractTableModel;

    /// Null: an empty grid.
    void setAtlas(const mk::AtlasPtr& atlas);
    /// The standard at hand (row of the atlas; −1 for none), and whether the type lies between it
    /// and the next later one.
    void setCurrent(int row, bool between);

    /// The cell of a standard; invalid when there is none.
    [[nodiscard]] QModelIndex cellOf(int row) const;
    /// The standard of a cell; −1 in an empty one.
    [[nodiscard]] int standardAt(const QModelIndex& cell) const;
    /// The next filled cell of the same luminosity class, later (1) or earlier (−1); `row` at the
    /// end.
    [[nodiscard]] int stepClass(int row, int direction) const;
    /// The next filled cell of the same spectral class, fainter (1) or brighter (−1).
    [[nodiscard]] int stepLuminosity(int row, int direction) const;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(
        int section, Qt::Orientation orientation, int role) const override;

    /// "K3 III", or "K4 III" for a type between K3 III and K5 III.
    [[nodiscard]] QString typeName(int row, bool between) const;

private:
    [[nodiscard]] int at(int spectralClass, int luminosity) const;

    mk::AtlasPtr m_atlas;
    std::vector<double> m_codes; ///< temperature codes of the rows
    std::vector<double> m_luminosities; ///< luminosity codes of the columns
    std::vector<int> m_cells; ///< [rows, columns]: row of the atlas, −1 where empty
    int m_current = -1;
    bool m_between = false;
};

} // namespace maury::ui
