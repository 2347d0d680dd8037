#include "ui/models/judges_model.h"

#include "ui/bridge/number_text.h"
#include "ui/models/star_name_filter.h"

#include <QCoreApplication>

#include <cmath>
#include <limits>

namespace maury::ui {

using explain::Judge;

namespace {

/// Sorts what is not known after everything that is, whichever way one sorts first.
constexpr double kUnknown = -1.0;

Judge judgeOf(int column)
{
    return explain::kAllJudges[static_cast<std::size_t>(column - JudgesModel::Network)];
}

bool isJudge(int column)
{
    return column >= JudgesModel::Network && column <= JudgesModel::Human;
}

/// By temperature, then by luminosity.
double sortValue(const std::optional<explain::Opinion>& opinion)
{
    constexpr double kGroupStep = 0.01;
    if (!opinion)
        return kUnknown;
    return opinion->temperatureCode
        + (opinion->group ? kGroupStep * static_cast<double>(*opinion->group) : 0.0);
}

QString signedText(double value, int decimals)
{
    return (value > 0.0 ? "+" : "") + numberText(value, decimals);
}

} // namespace

QString judgeName(Judge judge)
{
    switch (judge) {
    case Judge::Network:
        return JudgesModel::tr("network");
    case Judge::NearestStandard:
        return JudgesModel::tr("nearest standard");
    case Judge::Gon:
        return JudgesModel::tr("GON");
    case Judge::Human:
        return JudgesModel::tr("human");
    }
    return {};
}

QString opinionText(const std::optional<explain::Opinion>& opinion)
{
    return opinion ? QString::fromStdString(opinion->type) : JudgesModel::tr("n/a");
}

QString disagreementText(const std::optional<explain::Disagreement>& largest)
{
    if (!largest)
        return {};
    QString text = JudgesModel::tr("%1 → %2: %3 classes")
                       .arg(judgeName(largest->first), judgeName(largest->second),
                           signedText(largest->codes, 1));
    if (largest->luminositySteps && *largest->luminositySteps != 0)
        text += JudgesModel::tr(", %n luminosity class(es)", nullptr,
            std::abs(*largest->luminositySteps));
    return text;
}

void JudgesModel::setStars(std::vector<JudgedRow> stars)
{
    beginResetModel();
    m_stars = std::move(stars);
    endResetModel();
}

void JudgesModel::setHumanType(SpectrumId id, const QString& type)
{
    const auto row = rowOf(id);
    if (!row)
        return;
    JudgedRow& star = m_stars[static_cast<std::size_t>(*row)];
    const QString said = type.isEmpty() ? star.published : type;
    star.star.opinions.of(Judge::Human) = explain::humanOpinion(said.toStdString());
    star.star.largest = explain::largestDisagreement(star.star.opinions);
    emit dataChanged(index(*row, Human), index(*row, Who));
}

std::optional<int> JudgesModel::rowOf(SpectrumId id) const
{
    if (id == kNoSpectrum)
        return std::nullopt;
    for (std::size_t row = 0; row < m_stars.size(); ++row)
        if (m_stars[row].id == id)
            return static_cast<int>(row);
    return std::nullopt;
}

std::optional<int> JudgesModel::rowOfFile(const QString& file) const
{
    for (std::size_t row = 0; row < m_stars.size(); ++row)
        if (!file.isEmpty() && m_stars[row].file == file)
            return static_cast<int>(row);
    return std::nullopt;
}

PlotTable JudgesModel::table() const
{
    PlotTable table;
    for (int column = 0; column < ColumnCount; ++column) {
        const QString heading = headerData(column, Qt::Horizontal, Qt::DisplayRole).toString();
        if (column == Score) {
            QVector<double> scores;
            for (const JudgedRow& row : m_stars)
                scores.append(row.star.largest ? row.star.largest->score : std::nan(""));
            table.add(heading, scores);
            continue;
        }
        QStringList texts;
        for (int row = 0; row < rowCount(); ++row)
            texts << index(row, column).data().toString();
        table.add(heading, texts);
    }
    return table;
}

int JudgesModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_stars.size());
}

int JudgesModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant JudgesModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const explain::JudgedStar& star = m_stars[static_cast<std::size_t>(index.row())].star;
    const int column = index.column();
    if (role == kSortRole) {
        if (isJudge(column))
            return sortValue(star.opinions.of(judgeOf(column)));
        if (column == Score)
            return star.largest ? star.largest->score : kUnknown;
        role = Qt::DisplayRole;
    }
    if (role == kStarNameRole)
        return QString::fromStdString(star.name);
    if (role == Qt::TextAlignmentRole)
        return QVariant((column == Score ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    if (role == Qt::ToolTipRole && column == Who)
        return disagreementText(star.largest);
    if (role != Qt::DisplayRole)
        return {};
    if (isJudge(column))
        return opinionText(star.opinions.of(judgeOf(column)));
    if (column == Star)
        return QString::fromStdString(star.name);
    if (column == Score)
        return numberText(star.largest ? star.largest->score : std::nan(""), 1);
    return disagreementText(star.largest);
}

QVariant JudgesModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || (role != Qt::DisplayRole && role != Qt::ToolTipRole))
        return {};
    const bool tip = role == Qt::ToolTipRole;
    switch (section) {
    case Star:
        return tip ? tr("Name of the star") : tr("Star");
    case Network:
        return tip ? tr("The type that the model of the window gives") : tr("Network");
    case Nearest:
        return tip ? tr("The standard with the least χ², velocity and blur fitted")
                   : tr("Nearest");
    case Gon:
        return tip ? tr("The nearest standard among the codes of the Gradient Origin Network that "
                        "is open on the Latent page")
                   : tr("GON");
    case Human:
        return tip ? tr("The label of the project, else the published type") : tr("Human");
    case Score:
        return tip ? tr("The largest difference between two judges in units of their uncertainties: "
                        "above 3 one of them is wrong")
                   : tr("Differ (σ)");
    default:
        return tip ? tr("Which two differ most, and by how much") : tr("Who");
    }
}

} // namespace maury::ui
