#include "ui/models/criteria_model.h"

#include "core/explain/criteria_evidence.h"
#include "ui/bridge/number_text.h"

#include <cmath>
#include <limits>

namespace maury::ui {

namespace {

/// Values that differ by less than this (5 %) or than two standard errors are alike.
constexpr double kAlike = 0.05;
constexpr double kErrors = 2.0;

double valueOf(const mk::CriterionValue& value)
{
    return value.state == mk::Measured::Yes ? value.value
                                            : std::numeric_limits<double>::quiet_NaN();
}

} // namespace

void CriteriaModel::measure(
    const classify::PreparedSpectrum* star, const mk::Atlas& atlas, std::size_t row)
{
    EXPECTS(row < atlas.standards().size());
    beginResetModel();
    m_rows.clear();
    const std::vector<double> wavelengths = atlas.grid().wavelengths();
    const auto index = static_cast<Eigen::Index>(row);
    const mk::MeasuredSpectrum standard { wavelengths,
        { atlas.flux().row(index).data(), wavelengths.size() },
        { atlas.good().row(index).data(), wavelengths.size() }, 0.0 };
    const double decimal = mk::decimalSubclass(atlas.standards()[row].type);
    for (const mk::Criterion& criterion : mk::mkCriteria()) {
        if (!criterion.appliesAt(decimal))
            continue;
        Row measured { &criterion, {}, mk::measure(criterion, standard) };
        if (star != nullptr)
            measured.star = mk::measure(criterion, explain::measuredStar(*star, wavelengths));
        if (measured.standard.state != mk::Measured::OutOfRange)
            m_rows.push_back(std::move(measured));
    }
    endResetModel();
}

void CriteriaModel::clear()
{
    beginResetModel();
    m_rows.clear();
    endResetModel();
}

QVector<CriterionBand> CriteriaModel::bandsOf(int row) const
{
    const mk::Criterion& criterion = *m_rows[static_cast<std::size_t>(row)].criterion;
    QVector<CriterionBand> bands;
    for (const auto& range : criterion.numerator.ranges)
        bands.append({ range.first, range.last, criterion.dimension });
    if (criterion.denominator)
        for (const auto& range : criterion.denominator->ranges)
            bands.append({ range.first, range.last, criterion.dimension });
    return bands;
}

QVector<CriterionBand> CriteriaModel::bands() const
{
    QVector<CriterionBand> all;
    for (int row = 0; row < rowCount(); ++row)
        for (const CriterionBand& band : bandsOf(row))
            if (!all.contains(band))
                all.append(band);
    return all;
}

int CriteriaModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int CriteriaModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

/// What the star's value means beside the standard's.
QString CriteriaModel::says(const Row& row) const
{
    const double star = valueOf(row.star);
    const double standard = valueOf(row.standard);
    if (!std::isfinite(star) || !std::isfinite(standard) || standard == 0.0)
        return tr("not measured");
    const double difference = star / standard - 1.0;
    if (std::abs(difference) < std::max(kAlike, kErrors * row.star.relativeError))
        return tr("alike");
    if (row.criterion->trend == mk::Trend::Peaks)
        return difference > 0.0 ? tr("stronger") : tr("weaker");
    const bool further = (difference > 0.0) == (row.criterion->trend == mk::Trend::Grows);
    if (row.criterion->dimension == mk::Dimension::Temperature)
        return further ? tr("later") : tr("earlier");
    return further ? tr("brighter") : tr("fainter");
}

QVariant CriteriaModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Row& row = m_rows[static_cast<std::size_t>(index.row())];
    if (role == Qt::TextAlignmentRole && (index.column() == Star || index.column() == Standard))
        return QVariant(Qt::AlignRight | Qt::AlignVCenter);
    if (role == Qt::ToolTipRole)
        return QString::fromStdString(row.criterion->source);
    if (role != Qt::DisplayRole)
        return {};
    switch (index.column()) {
    case Name:
        return QString::fromStdString(row.criterion->name());
    case Kind:
        return row.criterion->dimension == mk::Dimension::Temperature ? tr("Temperature")
                                                                      : tr("Luminosity");
    case Star:
        return numberText(valueOf(row.star), 2);
    case Standard:
        return numberText(valueOf(row.standard), 2);
    case Says:
        return says(row);
    default:
        return {};
    }
}

QVariant CriteriaModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (role != Qt::DisplayRole || orientation != Qt::Horizontal)
        return {};
    switch (section) {
    case Name:
        return tr("Criterion");
    case Kind:
        return tr("Tells");
    case Star:
        return tr("Star");
    case Standard:
        return tr("Standard");
    case Says:
        return tr("The star is");
    default:
        return {};
    }
}

} // namespace maury::ui
