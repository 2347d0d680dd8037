#pragma once

#include "ui/models/plot_table.h"
#include "ui/models/test_stars.h"

#include <QAbstractTableModel>

namespace maury::ui {

/// The test stars that were misclassified, one row each, with what they were most often taken for.
class MistakesModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column {
        Star,
        Type,
        PredictedSc,
        PredictedLc,
        ClassesOff,
        Wrong,
        ProbabilitySc,
        ProbabilityLc,
        ColumnCount
    };
    /// What a column is sorted by: numbers as numbers, classes by temperature.
    static constexpr int kSortRole = Qt::UserRole;

    using QAbstractTableModel::QAbstractTableModel;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(
        int section, Qt::Orientation orientation, int role) const override;

    /// spectralNames: of the classes that the stars' numbers mean.
    void setStars(std::vector<WrongStar> stars, const QStringList& spectralNames);
    [[nodiscard]] const std::vector<WrongStar>& stars() const { return m_stars; }
    /// The row of a standard, in any library; −1 when it is not listed.
    [[nodiscard]] int rowOf(const QString& standard) const;
    [[nodiscard]] PlotTable table() const;

private:
    [[nodiscard]] QString text(const WrongStar& star, int column) const;

    std::vector<WrongStar> m_stars;
    QStringList m_spectralNames;
};

} // namespace maury::ui
