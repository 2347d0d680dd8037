#include "ui/models/history_model.h"

#include "ui/bridge/number_text.h"

#include <QFont>
#include <QLocale>

#include <limits>

namespace maury::ui {
namespace {

double value(const EpochRow& row, int column)
{
    switch (column) {
    case HistoryModel::LearningRate:
        return row.learningRate;
    case HistoryModel::TrainLoss:
        return row.trainLoss;
    case HistoryModel::TestLoss:
        return row.testLoss;
    case HistoryModel::TrainLossSc:
        return row.trainLossSc;
    case HistoryModel::TestLossSc:
        return row.testLossSc;
    case HistoryModel::TrainLossLc:
        return row.trainLossLc;
    case HistoryModel::TestLossLc:
        return row.testLossLc;
    case HistoryModel::TrainAccuracySc:
        return row.trainAccuracySc;
    case HistoryModel::TestAccuracySc:
        return row.testAccuracySc;
    case HistoryModel::TrainAccuracyLc:
        return row.trainAccuracyLc;
    case HistoryModel::TestAccuracyLc:
        return row.testAccuracyLc;
    case HistoryModel::Seconds:
        return row.seconds;
    default:
        return row.epoch + 1;
    }
}

QString text(const EpochRow& row, int column)
{
    const double number = value(row, column);
    switch (column) {
    case HistoryModel::Epoch:
        return countText(row.epoch + 1);
    case HistoryModel::LearningRate:
        return QLocale().toString(number, 'g', 3);
    case HistoryModel::Seconds:
        return numberText(number, 1);
    default:
        return numberText(number, 4);
    }
}

} // namespace

EpochRow epochRow(const train::EpochDone& epoch)
{
    constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
    const bool tested = epoch.test.samples > 0;
    EpochRow row;
    row.epoch = epoch.epoch;
    row.learningRate = epoch.learningRate;
    row.trainLoss = epoch.train.loss;
    row.trainLossSc = epoch.train.lossSc;
    row.trainLossLc = epoch.train.lossLc;
    row.trainAccuracySc = epoch.train.accuracySc;
    row.trainAccuracyLc = epoch.train.accuracyLc;
    row.testLoss = tested ? epoch.test.loss : kNone;
    row.testLossSc = tested ? epoch.test.sc.loss : kNone;
    row.testLossLc = tested ? epoch.test.lc.loss : kNone;
    row.testAccuracySc = tested ? epoch.test.sc.accuracy : kNone;
    row.testAccuracyLc = tested ? epoch.test.lc.accuracy : kNone;
    row.seconds = epoch.seconds;
    return row;
}

int HistoryModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int HistoryModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant HistoryModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const EpochRow& row = m_rows[static_cast<std::size_t>(index.row())];
    if (role == Qt::DisplayRole)
        return text(row, index.column());
    if (role == Qt::TextAlignmentRole)
        return QVariant(Qt::AlignRight | Qt::AlignVCenter);
    const bool best = m_best == index.row();
    if (role == Qt::FontRole && best) {
        QFont font;
        font.setBold(true);
        return font;
    }
    if (role == Qt::ToolTipRole && best)
        return tr("Lowest loss so far");
    return {};
}

QVariant HistoryModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Epoch:
        return tr("Epoch");
    case LearningRate:
        return tr("Rate");
    case TrainLoss:
        return tr("Loss, train");
    case TestLoss:
        return tr("Loss, test");
    case TrainLossSc:
        return tr("SC loss, train");
    case TestLossSc:
        return tr("SC loss, test");
    case TrainLossLc:
        return tr("LC loss, train");
    case TestLossLc:
        return tr("LC loss, test");
    case TrainAccuracySc:
        return tr("SC acc., train");
    case TestAccuracySc:
        return tr("SC acc., test");
    case TrainAccuracyLc:
        return tr("LC acc., train");
    case TestAccuracyLc:
        return tr("LC acc., test");
    case Seconds:
        return tr("Seconds");
    default:
        return {};
    }
}

void HistoryModel::clear()
{
    beginResetModel();
    m_rows.clear();
    m_best.reset();
    endResetModel();
}

void HistoryModel::append(const train::EpochDone& epoch)
{
    const int row = static_cast<int>(m_rows.size());
    const std::optional<int> before = m_best;
    beginInsertRows({}, row, row);
    m_rows.push_back(epochRow(epoch));
    if (epoch.best)
        m_best = row;
    endInsertRows();
    if (before && before != m_best)
        emit dataChanged(
            index(*before, 0), index(*before, ColumnCount - 1), { Qt::FontRole, Qt::ToolTipRole });
}

} // namespace maury::ui
