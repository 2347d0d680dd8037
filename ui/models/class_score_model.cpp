#include "ui/models/class_score_model.h"

#include "ui/bridge/number_text.h"

#include <cmath>

namespace maury::ui {

int ClassScoreModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int ClassScoreModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant ClassScoreModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant(
            (index.column() <= Class ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    const Row& row = m_rows[static_cast<std::size_t>(index.row())];
    switch (index.column()) {
    case Head:
        return row.spectral ? tr("SC") : tr("LC");
    case Class:
        return QString::fromStdString(row.score.name);
    case Samples:
        return countText(row.score.samples);
    case Precision:
        return numberText(row.score.precision, 3);
    case Recall:
        return numberText(row.score.recall, 3);
    default:
        return numberText(row.score.f1, 3);
    }
}

QVariant ClassScoreModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::ToolTipRole) {
        switch (section) {
        case Precision:
            return tr("Of the samples given this class, the part that belongs to it");
        case Recall:
            return tr("Of the samples of this class, the part that was recognised");
        case F1:
            return tr("Harmonic mean of precision and recall");
        default:
            return {};
        }
    }
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Head:
        return tr("Head");
    case Class:
        return tr("Class");
    case Samples:
        return tr("Samples");
    case Precision:
        return tr("Precision");
    case Recall:
        return tr("Recall");
    case F1:
        return tr("F1");
    default:
        return {};
    }
}

void ClassScoreModel::setMetrics(const train::Metrics& metrics)
{
    std::vector<Row> rows;
    for (const auto& score : metrics.sc.perClass)
        rows.push_back({ true, score });
    for (const auto& score : metrics.lc.perClass)
        rows.push_back({ false, score });
    // The same classes again, as after every epoch of a run: keep the view where it is.
    if (rows.size() == m_rows.size() && !rows.empty()) {
        m_rows = std::move(rows);
        emit dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
        return;
    }
    beginResetModel();
    m_rows = std::move(rows);
    endResetModel();
}

QString ClassScoreModel::csv() const
{
    const auto number
        = [](double value) { return std::isfinite(value) ? QString::number(value, 'g', 9) : ""; };
    QString text = "head,class,samples,precision,recall,f1\n";
    for (const Row& row : m_rows)
        text += QStringList { row.spectral ? "SC" : "LC", QString::fromStdString(row.score.name),
            QString::number(row.score.samples), number(row.score.precision),
            number(row.score.recall), number(row.score.f1) }
                    .join(',')
            + '\n';
    return text;
}

} // namespace maury::ui
