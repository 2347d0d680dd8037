#include "ui/models/mistakes_model.h"

#include "core/train/metrics.h"
#include "ui/bridge/number_text.h"
#include "ui/models/star_name_filter.h"

#include <algorithm>

namespace maury::ui {

namespace {

QString luminosityName(int luminosity)
{
    return QString::fromStdString(train::luminosityNames()[static_cast<std::size_t>(luminosity)]);
}

QVariant sortValue(const WrongStar& star, int column)
{
    switch (column) {
    case MistakesModel::Star:
        return fullName(star.library, star.standard);
    case MistakesModel::Type: // by temperature, then by luminosity
        return star.trueSc * mk::kLuminosityGroups + star.trueLc;
    case MistakesModel::PredictedSc:
        return star.predictedSc;
    case MistakesModel::PredictedLc:
        return star.predictedLc;
    case MistakesModel::ClassesOff:
        return star.predictedSc - star.trueSc;
    case MistakesModel::Wrong:
        return static_cast<double>(star.wrong) / star.samples;
    case MistakesModel::ProbabilitySc:
        return star.probabilitySc;
    default:
        return star.probabilityLc;
    }
}

} // namespace

int MistakesModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_stars.size());
}

int MistakesModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant MistakesModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const WrongStar& star = m_stars[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
        return text(star, index.column());
    case Qt::TextAlignmentRole:
        return QVariant(
            (index.column() < ClassesOff ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
    case kSortRole:
        return sortValue(star, index.column());
    case kStarNameRole:
        return star.standard;
    default:
        return {};
    }
}

QString MistakesModel::text(const WrongStar& star, int column) const
{
    switch (column) {
    case Star:
        return fullName(star.library, star.standard);
    case Type: {
        const QString type = typeOfStandard(star.standard);
        return type.isEmpty()
            ? m_spectralNames.value(star.trueSc) + ' ' + luminosityName(star.trueLc)
            : type;
    }
    case PredictedSc:
        return m_spectralNames.value(star.predictedSc);
    case PredictedLc:
        return luminosityName(star.predictedLc);
    case ClassesOff: {
        const int off = star.predictedSc - star.trueSc;
        return off > 0 ? '+' + countText(off) : countText(off);
    }
    case Wrong:
        return tr("%1 of %2").arg(countText(star.wrong), countText(star.samples));
    case ProbabilitySc:
        return numberText(star.probabilitySc, 2);
    default:
        return numberText(star.probabilityLc, 2);
    }
}

QVariant MistakesModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || (role != Qt::DisplayRole && role != Qt::ToolTipRole))
        return {};
    const bool tip = role == Qt::ToolTipRole;
    switch (section) {
    case Star:
        return tip ? tr("Library and name of the standard") : tr("Standard");
    case Type:
        return tip ? tr("The true type") : tr("True");
    case PredictedSc:
        return tip ? tr("The spectral class it was most often taken for") : tr("SC");
    case PredictedLc:
        return tip ? tr("The luminosity class it was most often taken for") : tr("LC");
    case ClassesOff:
        return tip ? tr("Spectral classes between the true and the predicted one; + is cooler")
                   : tr("SC off");
    case Wrong:
        return tip ? tr("How many of the variations of this star were misclassified") : tr("Wrong");
    case ProbabilitySc:
        return tip ? tr("Mean probability of the predicted spectral class") : tr("p(SC)");
    case ProbabilityLc:
        return tip ? tr("Mean probability of the predicted luminosity class") : tr("p(LC)");
    default:
        return {};
    }
}

void MistakesModel::setStars(std::vector<WrongStar> stars, const QStringList& spectralNames)
{
    beginResetModel();
    m_stars = std::move(stars);
    m_spectralNames = spectralNames;
    endResetModel();
}

int MistakesModel::rowOf(const QString& standard) const
{
    const auto found = std::find_if(m_stars.begin(), m_stars.end(),
        [&standard](const WrongStar& star) { return star.standard == standard; });
    return found == m_stars.end() ? -1 : static_cast<int>(found - m_stars.begin());
}

PlotTable MistakesModel::table() const
{
    PlotTable table;
    const auto texts = [&](const QString& heading, int column) {
        QStringList list;
        for (const WrongStar& star : m_stars)
            list.append(text(star, column));
        table.add(heading, list);
    };
    const auto numbers = [&](const QString& heading, const auto& value) {
        QVector<double> list;
        for (const WrongStar& star : m_stars)
            list.append(static_cast<double>(value(star)));
        table.add(heading, list);
    };
    texts(tr("Standard"), Star);
    texts(tr("True type"), Type);
    texts(tr("Predicted SC"), PredictedSc);
    texts(tr("Predicted LC"), PredictedLc);
    numbers(tr("SC classes off"), [](const WrongStar& s) { return s.predictedSc - s.trueSc; });
    numbers(tr("Wrong samples"), [](const WrongStar& s) { return s.wrong; });
    numbers(tr("Samples"), [](const WrongStar& s) { return s.samples; });
    numbers(tr("Mean probability SC"), [](const WrongStar& s) { return s.probabilitySc; });
    numbers(tr("Mean probability LC"), [](const WrongStar& s) { return s.probabilityLc; });
    return table;
}

} // namespace maury::ui
