#include "ui/models/class_score_model.h"

#include "ui/bridge/number_text.h"

#include <QFont>

#include <cmath>
#include <limits>

namespace maury::ui {

namespace {

constexpr double kNotApplicable = std::numeric_limits<double>::quiet_NaN();

} // namespace

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
    const Row& row = m_rows[static_cast<std::size_t>(index.row())];
    if (role == Qt::FontRole && row.kind != Kind::Class) {
        QFont bold;
        bold.setBold(true);
        return bold;
    }
    if (role != Qt::DisplayRole)
        return {};
    switch (index.column()) {
    case Head:
        return row.spectral ? tr("SC") : tr("LC");
    case Class:
        return nameOf(row);
    case Samples:
        return countText(row.score.samples);
    default:
        return figure(row, index.column());
    }
}

QString ClassScoreModel::nameOf(const Row& row)
{
    switch (row.kind) {
    case Kind::MacroAverage:
        return tr("Mean");
    case Kind::WeightedAverage:
        return tr("Weighted mean");
    case Kind::Accuracy:
        return tr("Accuracy");
    default:
        return QString::fromStdString(row.score.name);
    }
}

QString ClassScoreModel::figure(const Row& row, int column)
{
    if (row.kind == Kind::Accuracy && column != F1)
        return {};
    return numberText(column == Precision ? row.score.precision
            : column == Recall            ? row.score.recall
                                          : row.score.f1,
        3);
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
        case Class:
            return tr("Below the classes their mean, the mean weighted by their samples, and the "
                      "accuracy");
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

void ClassScoreModel::append(std::vector<Row>& rows, const train::HeadMetrics& head, bool spectral)
{
    if (head.perClass.empty()) // nothing was tested: averages of nothing would be zeros
        return;
    std::int64_t samples = 0;
    for (const auto& score : head.perClass) {
        rows.push_back({ spectral, Kind::Class, score });
        samples += score.samples;
    }
    // Names as in scikit-learn's report: scripts that read the CSV know them.
    rows.push_back({ spectral, Kind::MacroAverage,
        { "macro avg", samples, head.precision, head.recall, head.f1 } });
    rows.push_back({ spectral, Kind::WeightedAverage,
        { "weighted avg", samples, head.weightedPrecision, head.weightedRecall,
            head.weightedF1 } });
    rows.push_back({ spectral, Kind::Accuracy,
        { "accuracy", samples, kNotApplicable, kNotApplicable, head.accuracy } });
}

void ClassScoreModel::setMetrics(const train::Metrics& metrics)
{
    std::vector<Row> rows;
    append(rows, metrics.sc, true);
    append(rows, metrics.lc, false);
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
