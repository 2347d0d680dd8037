#include "ui/models/suspects_model.h"

#include "ui/bridge/number_text.h"
#include "ui/models/star_name_filter.h"

#include <algorithm>

namespace maury::ui {
namespace {

double numberOf(const explain::LabelSuspicion& suspect, int column)
{
    switch (column) {
    case SuspectsModel::Confidence:
        return suspect.heldOutConfidence;
    case SuspectsModel::Wrong:
        return suspect.wrongShare;
    case SuspectsModel::Forgotten:
        return suspect.forgotten;
    default:
        return suspect.score;
    }
}

std::string textOf(const explain::LabelSuspicion& suspect, int column)
{
    switch (column) {
    case SuspectsModel::Star:
        return suspect.star;
    case SuspectsModel::Label:
        return suspect.label;
    default:
        return suspect.heldOutType;
    }
}

} // namespace

void SuspectsModel::setSuspects(std::vector<explain::LabelSuspicion> suspects)
{
    beginResetModel();
    m_suspects = std::move(suspects);
    endResetModel();
}

int SuspectsModel::rowOf(const QString& standard) const
{
    const auto found = std::find_if(m_suspects.begin(), m_suspects.end(),
        [name = standard.toStdString()](const auto& each) { return each.star == name; });
    return found == m_suspects.end() ? -1 : static_cast<int>(found - m_suspects.begin());
}

PlotTable SuspectsModel::table() const
{
    PlotTable table;
    for (int column = 0; column < ColumnCount; ++column) {
        const QString heading = headerData(column, Qt::Horizontal, Qt::DisplayRole).toString();
        QStringList texts;
        QVector<double> numbers;
        for (const auto& suspect : m_suspects)
            if (column < Score)
                texts << QString::fromStdString(textOf(suspect, column));
            else
                numbers << numberOf(suspect, column);
        if (column < Score)
            table.add(heading, texts);
        else
            table.add(heading, numbers);
    }
    return table;
}

int SuspectsModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_suspects.size());
}

int SuspectsModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant SuspectsModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const auto& suspect = m_suspects[static_cast<std::size_t>(index.row())];
    const int column = index.column();
    if (role == kStarNameRole)
        return QString::fromStdString(suspect.star);
    if (role == Qt::TextAlignmentRole)
        return QVariant((column < Score ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
    if (role == kSortRole && column >= Score)
        return numberOf(suspect, column);
    if (role != Qt::DisplayRole && role != kSortRole)
        return {};
    if (column < Score)
        return QString::fromStdString(textOf(suspect, column));
    if (column == Wrong)
        return percentText(suspect.wrongShare, 100);
    return numberText(numberOf(suspect, column), column == Forgotten ? 1 : 2);
}

QVariant SuspectsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || (role != Qt::DisplayRole && role != Qt::ToolTipRole))
        return {};
    const bool tip = role == Qt::ToolTipRole;
    switch (section) {
    case Star:
        return tip ? tr("Name of the standard") : tr("Standard");
    case Label:
        return tip ? tr("Its type in the atlas") : tr("Label");
    case Unseen:
        return tip ? tr("What a network says that did not see it") : tr("Unseen");
    case Confidence:
        return tip ? tr("The probability that this network gives to the label") : tr("P(label)");
    case Wrong:
        return tip ? tr("Part of the epochs in which the networks that learned this label took the "
                        "star for something else")
                   : tr("Wrong");
    case Forgotten:
        return tip ? tr("How often a network knew the label and lost it again, on average")
                   : tr("Forgotten");
    default:
        return tip ? tr("How suspect the label is, from 0 to 1") : tr("Suspect");
    }
}

} // namespace maury::ui
