#pragma once

#include "ui/bridge/run_request.h"

#include <QAbstractTableModel>
#include <QString>

#include <optional>
#include <vector>

namespace maury::ui {

enum class Head { Spectral, Luminosity };

/// One test standard with samples in a cell of a confusion matrix.
struct CellStar {
    QString library; ///< "libr18"
    QString standard; ///< "t160l50p00", as in Atlas::standards()
    int inCell = 0; ///< samples of this star that fell into the cell
    int samples = 0; ///< all its samples
    double probability
        = 0.0; ///< mean probability of the predicted class over the samples in the cell
};

/// The stars behind a cell, most samples first. Empty when the evaluation has no predictions.
[[nodiscard]] std::vector<CellStar> starsOfCell(
    const Evaluation& evaluation, Head head, int truth, int predicted);

/// The row of a standard by its name.
[[nodiscard]] std::optional<int> standardRow(const mk::Atlas& atlas, const QString& name);

/// The standard that shows what a star of a cell was taken for: of the predicted class, otherwise
/// like standard `row`. Nothing when the atlas has none.
[[nodiscard]] std::optional<int> standardOfCell(
    const mk::Atlas& atlas, int row, const mk::ClassScheme& scheme, Head head, int predicted);

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
