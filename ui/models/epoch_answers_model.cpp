#include "ui/models/epoch_answers_model.h"

#include "core/base/contract.h"
#include "core/train/metrics.h"
#include "ui/bridge/number_text.h"

#include <QFont>

namespace maury::ui {

int EpochAnswersModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int EpochAnswersModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QString EpochAnswersModel::typeText(int sc, int lc) const
{
    return QStringLiteral("%1 %2").arg(
        QString::fromStdString(m_classes[static_cast<std::size_t>(sc)]),
        QString::fromStdString(train::luminosityNames()[static_cast<std::size_t>(lc)]));
}

bool EpochAnswersModel::isWrong(int row) const
{
    if (m_answers.empty())
        return false;
    const auto at = static_cast<std::size_t>(row);
    return m_answers[at].sc != m_rows[at].sc || m_answers[at].lc != m_rows[at].lc;
}

QVariant EpochAnswersModel::text(const QModelIndex& index) const
{
    const auto at = static_cast<std::size_t>(index.row());
    const Row& row = m_rows[at];
    if (index.column() == Standard)
        return row.name;
    if (index.column() == True)
        return typeText(row.sc, row.lc);
    if (m_answers.empty())
        return {};
    const train::StandardAnswer& answer = m_answers[at];
    if (index.column() == Answer)
        return typeText(answer.sc, answer.lc);
    return QStringLiteral("%1 / %2").arg(
        numberText(answer.scProbability, 2), numberText(answer.lcProbability, 2));
}

QVariant EpochAnswersModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const bool wrong = isWrong(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return text(index);
    case kWrongRole:
        return wrong;
    case Qt::FontRole:
        if (wrong && index.column() >= Answer) {
            QFont font;
            font.setBold(true);
            return font;
        }
        return {};
    case Qt::ToolTipRole:
        return wrong ? tr("Another type than the true one") : QVariant();
    default:
        return {};
    }
}

QVariant EpochAnswersModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Standard:
        return tr("Standard");
    case True:
        return tr("True");
    case Answer:
        return tr("Answer");
    case Probability:
        return tr("p (SC / LC)");
    default:
        return {};
    }
}

void EpochAnswersModel::setSet(const dataset::SampleSetPtr& set)
{
    beginResetModel();
    m_rows.clear();
    m_answers.clear();
    m_classes.clear();
    if (set != nullptr) {
        m_classes = set->scheme.names;
        m_rows.resize(set->standardNames.size());
        for (std::size_t i = 0; i < m_rows.size(); ++i)
            m_rows[i].name = QString::fromStdString(set->standardNames[i]);
        for (std::size_t sample = 0; sample < set->size(); ++sample) {
            Row& row = m_rows[set->standard[sample]];
            row.sc = set->sc[sample];
            row.lc = set->lc[sample];
        }
    }
    endResetModel();
}

void EpochAnswersModel::setAnswers(const std::vector<train::StandardAnswer>& answers)
{
    EXPECTS(answers.empty() || answers.size() == m_rows.size());
    m_answers = answers;
    if (!m_rows.empty())
        emit dataChanged(index(0, Answer), index(rowCount() - 1, ColumnCount - 1));
}

int EpochAnswersModel::wrong() const
{
    int count = 0;
    for (int row = 0; row < rowCount(); ++row)
        count += isWrong(row) ? 1 : 0;
    return count;
}

} // namespace maury::ui
