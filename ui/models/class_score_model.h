#pragma once

#include "core/train/metrics.h"

#include <QAbstractTableModel>

#include <vector>

namespace maury::ui {

/// Precision, recall and F1 of every class of both heads: the table of the classification report.
class ClassScoreModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Head, Class, Samples, Precision, Recall, F1, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(
        int section, Qt::Orientation orientation, int role) const override;

    void setMetrics(const train::Metrics& metrics);
    /// The table as CSV with a header line: names as on the command line, numbers in the C locale,
    /// empty where a figure does not apply.
    [[nodiscard]] QString csv() const;

private:
    struct Row {
        bool spectral = true; ///< head: SC or LC
        train::ClassScore score;
    };
    std::vector<Row> m_rows;
};

} // namespace maury::ui
