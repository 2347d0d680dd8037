#pragma once

#include "ui/bridge/run_request.h"
#include "ui/models/history_model.h"

#include <QAbstractTableModel>

#include <vector>

namespace maury::ui {

/// A run that has ended, as far as runs are compared.
struct EndedRun {
    QString name; ///< "Run 3", or what it branched from
    std::vector<EpochRow> epochs;
    int bestEpoch = 0; ///< 0-based
    int changes = 0; ///< of settings in its course
    int batch = 0;
    double seconds = 0.0;
};

/// The runs of this session beside each other, the latest last.
class RunsModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column {
        Name,
        Epochs,
        Best,
        TestLoss,
        AccuracySc,
        AccuracyLc,
        Rate,
        Batch,
        Changes,
        Seconds,
        ColumnCount
    };

    using QAbstractTableModel::QAbstractTableModel;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(
        int section, Qt::Orientation orientation, int role) const override;

    /// Names the run by its number, or by what it branched from.
    void append(const RunResult& result);
    [[nodiscard]] const EndedRun& run(int row) const
    {
        return m_runs[static_cast<std::size_t>(row)];
    }

private:
    std::vector<EndedRun> m_runs;
};

} // namespace maury::ui
