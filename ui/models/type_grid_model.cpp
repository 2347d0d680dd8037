#include "ui/models/type_grid_model.h"

#include "ui/models/trace.h"

#include <algorithm>
#include <utility>

namespace maury::ui {

namespace {

std::size_t placeIn(const std::vector<double>& sorted, double value)
{
    return static_cast<std::size_t>(
        std::lower_bound(sorted.begin(), sorted.end(), value) - sorted.begin());
}

void sortUnique(std::vector<double>& values)
{
    std::sort(values.begin(), values.end());
    values.erase(std::unique(values.begin(), values.end()), values.end());
}

} // namespace

void TypeGridModel::setAtlas(const mk::AtlasPtr& atlas)
{
    beginResetModel();
    m_atlas = atlas;
    m_codes.clear();
    m_luminosities.clear();
    m_cells.clear();
    m_current = -1;
    if (atlas != nullptr) {
        for (const mk::Standard& standard : atlas->standards()) {
            m_codes.push_back(standard.temperatureCode);
            m_luminosities.push_back(standard.luminosityCode);
        }
        sortUnique(m_codes);
        sortUnique(m_luminosities);
        m_cells.assign(m_codes.size() * m_luminosities.size(), -1);
        int row = 0;
        for (const mk::Standard& standard : atlas->standards())
            m_cells[placeIn(m_codes, standard.temperatureCode) * m_luminosities.size()
                + placeIn(m_luminosities, standard.luminosityCode)]
                = row++;
    }
    endResetModel();
}

void TypeGridModel::setCurrent(int row, bool between)
{
    const auto refresh = [this](int standard) {
        if (const QModelIndex cell = cellOf(standard); cell.isValid())
            emit dataChanged(cell, cell);
    };
    const int before = std::exchange(m_current, row);
    m_between = between;
    refresh(before);
    refresh(row);
}

int TypeGridModel::at(int spectralClass, int luminosity) const
{
    return m_cells[static_cast<std::size_t>(spectralClass) * m_luminosities.size()
        + static_cast<std::size_t>(luminosity)];
}

QModelIndex TypeGridModel::cellOf(int row) const
{
    if (m_atlas == nullptr || row < 0 || row >= static_cast<int>(m_atlas->standards().size()))
        return {};
    const mk::Standard& standard = m_atlas->standards()[static_cast<std::size_t>(row)];
    return index(static_cast<int>(placeIn(m_codes, standard.temperatureCode)),
        static_cast<int>(placeIn(m_luminosities, standard.luminosityCode)));
}

int TypeGridModel::standardAt(const QModelIndex& cell) const
{
    return checkIndex(cell, CheckIndexOption::IndexIsValid) ? at(cell.row(), cell.column()) : -1;
}

int TypeGridModel::stepClass(int row, int direction) const
{
    const QModelIndex cell = cellOf(row);
    for (int next = cell.row() + direction; cell.isValid() && next >= 0 && next < rowCount();
         next += direction)
        if (const int standard = at(next, cell.column()); standard >= 0)
            return standard;
    return row;
}

int TypeGridModel::stepLuminosity(int row, int direction) const
{
    const QModelIndex cell = cellOf(row);
    for (int next = cell.column() + direction; cell.isValid() && next >= 0 && next < columnCount();
         next += direction)
        if (const int standard = at(cell.row(), next); standard >= 0)
            return standard;
    return row;
}

int TypeGridModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_codes.size());
}

int TypeGridModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_luminosities.size());
}

QString TypeGridModel::typeName(int row, bool between) const
{
    if (!cellOf(row).isValid())
        return {};
    const mk::Standard& standard = m_atlas->standards()[static_cast<std::size_t>(row)];
    const int later = stepClass(row, 1);
    if (!between || later == row)
        return standardName(standard);
    const mk::Standard& next = m_atlas->standards()[static_cast<std::size_t>(later)];
    const double middle
        = (mk::decimalSubclass(standard.type) + mk::decimalSubclass(next.type)) / 2.0;
    return QString::fromStdString(
        mk::print(mk::typeFromDecimal(middle, standard.type.luminosityCode)));
}

QVariant TypeGridModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const int standard = at(index.row(), index.column());
    const bool isCurrent = standard >= 0 && standard == m_current;
    switch (role) {
    case Qt::DisplayRole:
        if (standard < 0)
            return {};
        return isCurrent ? (m_between ? QStringLiteral("◒") : QStringLiteral("●"))
                         : QStringLiteral("·");
    case Qt::TextAlignmentRole:
        return Qt::AlignCenter;
    case Qt::ToolTipRole:
    case Qt::AccessibleTextRole:
        return standard < 0 ? tr("No standard") : typeName(standard, isCurrent && m_between);
    default:
        return {};
    }
}

QVariant TypeGridModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (role != Qt::DisplayRole || section < 0)
        return {};
    if (orientation == Qt::Vertical)
        return section < rowCount() ? QString::fromStdString(mk::printClass(
                   mk::decimalFromTemperatureCode(m_codes[static_cast<std::size_t>(section)])))
                                    : QVariant();
    return section < columnCount() ? QString::fromStdString(
               mk::printLuminosity(m_luminosities[static_cast<std::size_t>(section)]))
                                   : QVariant();
}

} // namespace maury::ui
