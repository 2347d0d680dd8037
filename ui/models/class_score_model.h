#pragma once

#include "core/train/metrics.h"

#include <QAbstractTableModel>

#include <vector>

namespace maury::ui {

/// Precision, recall and F1 of every class of both heads, after each head its averages over the
/// classes (with equal weight, and weighted by their samples) and its accuracy: the table of the
/// classification report.
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
    enum class Kind { Class, MacroAverage, WeightedAverage, Accuracy };
    struct Row {
        bool spectral = true; ///< head: SC or LC
        Kind kind = Kind::Class;
        train::ClassScore score; ///< the accuracy stands as F1, as in scikit-learn's report
    };
    static void append(std::vector<Row>& rows, const train::HeadMetrics& head, bool spectral);
    [[nodiscard]] static QString nameOf(const Row& row);
    [[nodiscard]] static QString figure(const Row& row, int column);

    std::vector<Row> m_rows;
};

} // namespace maury::ui
