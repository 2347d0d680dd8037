#include "ui/models/cell_stars_model.h"

#include "core/mk/spectral_type.h"
#include "ui/bridge/number_text.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace maury::ui {
namespace {

/// "A0 V" from MKCLASS naming, "t160l50p00"; empty for other names.
QString typeOf(const QString& standard)
{
    bool temperatureRead = false;
    bool luminosityRead = false;
    const double temperature = standard.mid(1, 3).toInt(&temperatureRead) / 10.0;
    const double luminosity = standard.mid(5, 2).toInt(&luminosityRead) / 10.0;
    if (!temperatureRead || !luminosityRead || standard[0] != 't' || standard[4] != 'l')
        return {};
    return QString::fromStdString(
        mk::print(mk::typeFromDecimal(mk::decimalFromTemperatureCode(temperature), luminosity)));
}

} // namespace

std::vector<CellStar> starsOfCell(const Evaluation& evaluation, Head head, int truth, int predicted)
{
    const auto& set = *evaluation.test;
    const bool spectral = head == Head::Spectral;
    const auto& truths = spectral ? set.sc : set.lc;
    const auto& guesses = spectral ? evaluation.predictions.sc : evaluation.predictions.lc;
    const auto& probabilities
        = spectral ? evaluation.predictions.scProbability : evaluation.predictions.lcProbability;
    std::map<std::uint32_t, CellStar> stars;
    for (std::size_t i = 0; i < std::min(guesses.size(), set.size()); ++i) {
        CellStar& star = stars[set.standard[i]];
        ++star.samples;
        if (truths[i] == truth && guesses[i] == predicted) {
            ++star.inCell;
            star.probability += static_cast<double>(probabilities[i]);
        }
    }
    std::vector<CellStar> found;
    for (auto& [index, star] : stars) {
        if (star.inCell == 0)
            continue;
        const auto name = QString::fromStdString(set.standardNames[index]);
        star.library = name.section('/', 0, -2);
        star.standard = name.section('/', -1);
        star.probability /= star.inCell;
        found.push_back(star);
    }
    std::stable_sort(found.begin(), found.end(),
        [](const CellStar& a, const CellStar& b) { return a.inCell > b.inCell; });
    return found;
}

std::optional<int> standardRow(const mk::Atlas& atlas, const QString& name)
{
    const auto& standards = atlas.standards();
    const auto found = std::find_if(standards.begin(), standards.end(),
        [text = name.toStdString()](const mk::Standard& each) { return each.name == text; });
    if (found == standards.end())
        return std::nullopt;
    return static_cast<int>(found - standards.begin());
}

std::optional<int> standardOfCell(
    const mk::Atlas& atlas, int row, const mk::ClassScheme& scheme, Head head, int predicted)
{
    const auto& standards = atlas.standards();
    const mk::Standard& star = standards[static_cast<std::size_t>(row)];
    const bool spectral = head == Head::Spectral;
    const double temperature = spectral
        ? scheme.temperatureCodes[static_cast<std::size_t>(predicted)]
        : star.temperatureCode;
    const auto group = spectral ? star.group : static_cast<mk::LuminosityGroup>(predicted);
    std::optional<int> best;
    double least = 0.0;
    for (std::size_t i = 0; i < standards.size(); ++i) {
        if (standards[i].group != group
            || std::abs(standards[i].temperatureCode - temperature) > 1e-6)
            continue;
        const double distance = std::abs(standards[i].luminosityCode - star.luminosityCode);
        if (!best || distance < least) {
            best = static_cast<int>(i);
            least = distance;
        }
    }
    return best;
}

int CellStarsModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_stars.size());
}

int CellStarsModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant CellStarsModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant(
            (index.column() <= Type ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    const CellStar& star = m_stars[static_cast<std::size_t>(index.row())];
    switch (index.column()) {
    case Star:
        return star.library.isEmpty() ? star.standard : star.library + '/' + star.standard;
    case Type:
        return typeOf(star.standard);
    case InCell:
        return tr("%1 of %2").arg(countText(star.inCell), countText(star.samples));
    default:
        return numberText(star.probability, 2);
    }
}

QVariant CellStarsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Star:
        return tr("Standard");
    case Type:
        return tr("Type");
    case InCell:
        return tr("Samples here");
    case Probability:
        return tr("Probability");
    default:
        return {};
    }
}

void CellStarsModel::setStars(std::vector<CellStar> stars)
{
    beginResetModel();
    m_stars = std::move(stars);
    endResetModel();
}

} // namespace maury::ui
