#include "ui/models/runs_model.h"

#include "ui/bridge/number_text.h"

#include <QLocale>

#include <limits>
#include <utility>

namespace maury::ui {
namespace {

QString figure(const EndedRun& run, double EpochRow::*member)
{
    if (run.epochs.empty())
        return numberText(std::numeric_limits<double>::quiet_NaN(), 4);
    return numberText(run.epochs[static_cast<std::size_t>(run.bestEpoch)].*member, 4);
}

QString text(const EndedRun& run, int column)
{
    switch (column) {
    case RunsModel::Name:
        return run.name;
    case RunsModel::Epochs:
        return countText(std::ssize(run.epochs));
    case RunsModel::Best:
        return run.epochs.empty() ? QString() : countText(run.bestEpoch + 1);
    case RunsModel::TestLoss:
        return figure(run, &EpochRow::testLoss);
    case RunsModel::AccuracySc:
        return figure(run, &EpochRow::testAccuracySc);
    case RunsModel::AccuracyLc:
        return figure(run, &EpochRow::testAccuracyLc);
    case RunsModel::Rate:
        return run.epochs.empty() ? QString()
                                  : QLocale().toString(run.epochs.back().learningRate, 'g', 3);
    case RunsModel::Batch:
        return countText(run.batch);
    case RunsModel::Changes:
        return countText(run.changes);
    case RunsModel::Seconds:
        return numberText(run.seconds, 1);
    default:
        return {};
    }
}

} // namespace

int RunsModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_runs.size());
}

int RunsModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant RunsModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    if (role == Qt::DisplayRole)
        return text(run(index.row()), index.column());
    if (role == Qt::TextAlignmentRole && index.column() != Name)
        return QVariant(Qt::AlignRight | Qt::AlignVCenter);
    return {};
}

QVariant RunsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Name:
        return tr("Run");
    case Epochs:
        return tr("Epochs");
    case Best:
        return tr("Best epoch");
    case TestLoss:
        return tr("Loss, test");
    case AccuracySc:
        return tr("SC acc., test");
    case AccuracyLc:
        return tr("LC acc., test");
    case Rate:
        return tr("Last rate");
    case Batch:
        return tr("Batch");
    case Changes:
        return tr("Changes");
    case Seconds:
        return tr("Seconds");
    default:
        return {};
    }
}

void RunsModel::append(const RunResult& result)
{
    const int row = rowCount();
    const RunRequest& request = result.request;
    EndedRun run;
    const QString number = countText(row + 1);
    run.name = request.branch
        ? tr("Run %1, branched at epoch %2").arg(number, countText(request.branch->epoch + 1))
        : request.protocol == Protocol::Robust ? tr("Run %1, robust").arg(number)
                                               : tr("Run %1").arg(number);
    for (const train::EpochDone& epoch : result.report.history)
        run.epochs.push_back(epochRow(epoch));
    run.bestEpoch = result.report.bestEpoch;
    run.changes = static_cast<int>(result.report.changes.size());
    run.batch = request.protocol == Protocol::Robust ? request.robust.config.batchSize
                                                     : request.config.batchSize;
    run.seconds = result.report.seconds;
    beginInsertRows({}, row, row);
    m_runs.push_back(std::move(run));
    endInsertRows();
}

} // namespace maury::ui
