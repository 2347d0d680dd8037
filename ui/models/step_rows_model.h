#pragma once

#include "core/train/step_stages.h"

#include <QAbstractTableModel>

namespace maury::ui {

/// The excerpt of a stage of a training step. The last column is what the stage is about: ShareRole
/// is its number over the largest magnitude of the column, for bars.
class StepRowsModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Role { ShareRole = Qt::UserRole + 1, MarkedRole };

    using QAbstractTableModel::QAbstractTableModel;

    void setStage(const train::StepStage& stage);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(
        int section, Qt::Orientation orientation, int role) const override;

private:
    train::StepStage m_stage;
    double m_largest = 0.0; ///< magnitude in the last column
};

} // namespace maury::ui
