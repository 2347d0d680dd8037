#include "ui/models/evidence_model.h"

#include "ui/bridge/number_text.h"

#include <algorithm>
#include <utility>

namespace maury::ui {

namespace {

QString valueText(double value, bool ratio)
{
    return ratio ? numberText(value, 2) : quantityText(value, 2, QStringLiteral("Å"));
}

QString shareText(double probability)
{
    return quantityText(100.0 * probability, 0, QStringLiteral("%"));
}

} // namespace

void EvidenceModel::setLines(std::vector<explain::LineEvidence> lines)
{
    beginResetModel();
    m_lines = std::move(lines);
    m_lines.resize(std::min(m_lines.size(), kMostRows));
    endResetModel();
}

const explain::LineEvidence& EvidenceModel::line(int row) const
{
    return m_lines.at(static_cast<std::size_t>(row));
}

int EvidenceModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_lines.size());
}

int EvidenceModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant EvidenceModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const explain::LineEvidence& line = m_lines[static_cast<std::size_t>(index.row())];
    const bool number = index.column() == Wavelength || index.column() == Contribution;
    if (role == Qt::TextAlignmentRole)
        return int((number ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    if (role == Qt::ToolTipRole)
        return QString::fromStdString(line.note);
    if (role != Qt::DisplayRole)
        return {};
    switch (index.column()) {
    case Wavelength:
        return numberText(line.wavelengthAngstrom, 1);
    case Species:
        return line.species == explain::kUnidentified ? tr("unidentified")
                                                      : QString::fromStdString(line.species);
    case Contribution:
        return numberText(line.contribution, 2);
    default:
        return line.contribution >= 0.0 ? tr("for") : tr("against");
    }
}

QVariant EvidenceModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return QAbstractTableModel::headerData(section, orientation, role);
    switch (section) {
    case Wavelength:
        return tr("λ (Å)");
    case Species:
        return tr("Line");
    case Contribution:
        return tr("Weight");
    default:
        return tr("Speaks");
    }
}

QString EvidenceModel::summary(const explain::HeadExplanation& explanation)
{
    return tr("%1 (%2) rather than %3 (%4)")
        .arg(QString::fromStdString(explanation.answer), shareText(explanation.answerProbability),
            QString::fromStdString(explanation.other), shareText(explanation.otherProbability));
}

QStringList EvidenceModel::criteria(const explain::HeadExplanation& explanation)
{
    const QString answer = QString::fromStdString(explanation.answer);
    const QString other = QString::fromStdString(explanation.other);
    QStringList texts;
    for (const explain::CriterionEvidence& each : explanation.criteria) {
        const QString name = QString::fromStdString(each.criterion->name());
        const bool ratio = each.criterion->denominator.has_value();
        QString text = name;
        if (each.verdict == explain::Verdict::Supports)
            text = tr("%1 rather than %2: %3").arg(answer, other, name);
        else if (each.verdict == explain::Verdict::Opposes)
            text = tr("%1 rather than %2: %3").arg(other, answer, name);
        if (each.value)
            text += QStringLiteral(" = ") + valueText(*each.value, ratio);
        if (each.answerValue && each.otherValue)
            text += tr(" (standards: %1 %2, %3 %4)")
                        .arg(answer, valueText(*each.answerValue, ratio), other,
                            valueText(*each.otherValue, ratio));
        if (!each.reason.empty())
            text += QStringLiteral("; ") + QString::fromStdString(each.reason);
        texts << text;
    }
    return texts;
}

} // namespace maury::ui
