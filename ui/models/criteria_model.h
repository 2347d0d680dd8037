#pragma once

#include "core/classify/prepare.h"
#include "core/mk/atlas.h"
#include "core/mk/criteria.h"

#include <QAbstractTableModel>
#include <QVector>

#include <vector>

namespace maury::ui {

/// A range of wavelengths that a criterion measures.
struct CriterionBand {
    double first = 0.0; ///< Å in air
    double last = 0.0;
    mk::Dimension dimension = mk::Dimension::Temperature;

    bool operator==(const CriterionBand&) const = default;
};

/// The textbook's criteria at a type, measured on a star and on the standard at hand.
class CriteriaModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Name, Kind, Star, Standard, Says, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;

    /// star null: only the standard is measured. Precondition: the star is on the atlas's grid, row
    /// is one of its standards.
    void measure(const classify::PreparedSpectrum* star, const mk::Atlas& atlas, std::size_t row);
    void clear();
    /// The ranges of all criteria that are listed.
    [[nodiscard]] QVector<CriterionBand> bands() const;
    /// The ranges of one of them.
    [[nodiscard]] QVector<CriterionBand> bandsOf(int row) const;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(
        int section, Qt::Orientation orientation, int role) const override;

private:
    struct Row {
        const mk::Criterion* criterion = nullptr; ///< of mk::mkCriteria()
        mk::CriterionValue star;
        mk::CriterionValue standard;
    };
    [[nodiscard]] QString says(const Row& row) const;

    std::vector<Row> m_rows;
};

} // namespace maury::ui
