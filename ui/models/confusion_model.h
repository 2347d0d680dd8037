#pragma once

#include "core/train/metrics.h"

#include <QAbstractTableModel>
#include <QStringList>

#include <vector>

namespace maury::ui {

/// One head's confusion matrix: rows = true, columns = predicted class. The table twin of
/// ConfusionPlot.
class ConfusionModel : public QAbstractTableModel {
    Q_OBJECT
public:
    using QAbstractTableModel::QAbstractTableModel;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(
        int section, Qt::Orientation orientation, int role) const override;

    void setMetrics(const train::HeadMetrics& metrics);
    [[nodiscard]] const QStringList& classes() const { return m_classes; }
    [[nodiscard]] std::int64_t count(int truth, int predicted) const;
    [[nodiscard]] std::int64_t rowSum(int truth) const;
    /// count / rowSum; NaN for a class without samples.
    [[nodiscard]] double fraction(int truth, int predicted) const;
    /// "true A0 → predicted A1: 12 of 90".
    [[nodiscard]] QString cellText(int truth, int predicted) const;
    /// With a header line and the true class before each row.
    [[nodiscard]] QString csv() const;

private:
    QStringList m_classes;
    std::vector<std::vector<std::int64_t>> m_counts;
    std::vector<std::int64_t> m_rowSums;
};

} // namespace maury::ui
