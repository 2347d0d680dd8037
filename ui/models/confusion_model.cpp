#include "ui/models/confusion_model.h"

#include "ui/bridge/number_text.h"

#include <limits>
#include <numeric>

namespace maury::ui {

int ConfusionModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_counts.size());
}

int ConfusionModel::columnCount(const QModelIndex& parent) const
{
    return rowCount(parent);
}

QVariant ConfusionModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    switch (role) {
    case Qt::DisplayRole:
        return countText(count(index.row(), index.column()));
    case Qt::ToolTipRole:
        return cellText(index.row(), index.column());
    case Qt::TextAlignmentRole:
        return QVariant(Qt::AlignRight | Qt::AlignVCenter);
    default:
        return {};
    }
}

QVariant ConfusionModel::headerData(int section, Qt::Orientation, int role) const
{
    if (role != Qt::DisplayRole || section < 0 || section >= m_classes.size())
        return {};
    return m_classes[section];
}

void ConfusionModel::setMetrics(const train::HeadMetrics& metrics)
{
    QStringList classes;
    for (const auto& score : metrics.perClass)
        classes.append(QString::fromStdString(score.name));
    std::vector<std::int64_t> sums;
    for (const auto& row : metrics.confusion)
        sums.push_back(std::accumulate(row.begin(), row.end(), std::int64_t { 0 }));
    const bool sameShape = classes == m_classes && metrics.confusion.size() == m_counts.size();
    if (!sameShape)
        beginResetModel();
    m_classes = classes;
    m_counts = metrics.confusion;
    m_rowSums = std::move(sums);
    if (!sameShape)
        endResetModel();
    else if (!m_counts.empty())
        emit dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
}

std::int64_t ConfusionModel::count(int truth, int predicted) const
{
    return m_counts[static_cast<std::size_t>(truth)][static_cast<std::size_t>(predicted)];
}

std::int64_t ConfusionModel::rowSum(int truth) const
{
    return m_rowSums[static_cast<std::size_t>(truth)];
}

double ConfusionModel::fraction(int truth, int predicted) const
{
    const auto sum = rowSum(truth);
    return sum > 0 ? static_cast<double>(count(truth, predicted)) / static_cast<double>(sum)
                   : std::numeric_limits<double>::quiet_NaN();
}

QString ConfusionModel::cellText(int truth, int predicted) const
{
    return tr("true %1 → predicted %2: %3 of %4")
        .arg(m_classes[truth], m_classes[predicted], countText(count(truth, predicted)),
            countText(rowSum(truth)));
}

QString ConfusionModel::csv() const
{
    QString text = "true\\predicted," + m_classes.join(',') + '\n';
    for (int truth = 0; truth < rowCount(); ++truth) {
        text += m_classes[truth];
        for (int predicted = 0; predicted < rowCount(); ++predicted)
            text += ',' + QString::number(count(truth, predicted));
        text += '\n';
    }
    return text;
}

} // namespace maury::ui
