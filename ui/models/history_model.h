#pragma once

#include "core/train/training_event.h"

#include <QAbstractTableModel>

#include <optional>
#include <vector>

namespace maury::ui {

/// What the curves and the table show of one epoch; NaN where there is no test set.
struct EpochRow {
    int epoch = 0; ///< 0-based
    double learningRate = 0.0;
    double trainLoss = 0.0;
    double trainLossSc = 0.0;
    double trainLossLc = 0.0;
    double trainAccuracySc = 0.0;
    double trainAccuracyLc = 0.0;
    double testLoss = 0.0;
    double testLossSc = 0.0;
    double testLossLc = 0.0;
    double testAccuracySc = 0.0;
    double testAccuracyLc = 0.0;
    double seconds = 0.0;
};

[[nodiscard]] EpochRow epochRow(const train::EpochDone& epoch);

/// The epochs of a run, one row each: the table twin of the training curves.
class HistoryModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column {
        Epoch,
        LearningRate,
        TrainLoss,
        TestLoss,
        TrainLossSc,
        TestLossSc,
        TrainLossLc,
        TestLossLc,
        TrainAccuracySc,
        TestAccuracySc,
        TrainAccuracyLc,
        TestAccuracyLc,
        Seconds,
        ColumnCount
    };

    using QAbstractTableModel::QAbstractTableModel;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(
        int section, Qt::Orientation orientation, int role) const override;

    void clear();
    void append(const train::EpochDone& epoch);
    [[nodiscard]] const std::vector<EpochRow>& rows() const { return m_rows; }
    /// Row of the epoch with the lowest loss so far.
    [[nodiscard]] std::optional<int> bestRow() const { return m_best; }

private:
    std::vector<EpochRow> m_rows;
    std::optional<int> m_best;
};

} // namespace maury::ui
