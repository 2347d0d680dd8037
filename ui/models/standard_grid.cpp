#include "ui/models/standard_grid.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace maury::ui {

StandardGrid::StandardGrid(const mk::Atlas& atlas)
{
    // Standards come sorted by temperature code, then luminosity code.
    const auto& standards = atlas.standards();
    for (std::size_t row = 0; row < standards.size(); ++row) {
        const mk::Standard& standard = standards[row];
        if (row == 0 || standard.temperatureCode > standards[row - 1].temperatureCode) {
            m_classNames.append(QString::fromStdString(
                mk::printClass(mk::decimalFromTemperatureCode(standard.temperatureCode))));
            m_classes.emplace_back();
        }
        m_cells.push_back(
            { static_cast<int>(m_classes.size()) - 1, static_cast<int>(m_classes.back().size()) });
        m_classes.back().push_back(
            { static_cast<int>(row), standard.temperatureCode, standard.luminosityCode,
                QString::fromStdString(mk::printLuminosity(standard.luminosityCode)) });
    }
}

QStringList StandardGrid::luminosityNames(int spectralClass) const
{
    QStringList names;
    if (spectralClass >= 0 && spectralClass < m_classNames.size())
        for (const Member& member : m_classes[static_cast<std::size_t>(spectralClass)])
            names.append(member.name);
    return names;
}

std::optional<int> StandardGrid::row(int spectralClass, int luminosity) const
{
    if (spectralClass < 0 || spectralClass >= m_classNames.size() || luminosity < 0)
        return {};
    const auto& members = m_classes[static_cast<std::size_t>(spectralClass)];
    const auto index = static_cast<std::size_t>(luminosity);
    return index < members.size() ? std::optional(members[index].row) : std::nullopt;
}

std::optional<StandardGrid::Cell> StandardGrid::cell(int row) const
{
    if (row < 0 || row >= static_cast<int>(m_cells.size()))
        return {};
    return m_cells[static_cast<std::size_t>(row)];
}

int StandardGrid::stepClass(int row, int steps) const
{
    const auto from = cell(row);
    EXPECTS(from.has_value());
    const int last = static_cast<int>(m_classNames.size()) - 1;
    return nearestInClass(std::clamp(from->spectralClass + steps, 0, last), row);
}

int StandardGrid::stepLuminosity(int row, int steps) const
{
    const auto from = cell(row);
    EXPECTS(from.has_value());
    const auto& members = m_classes[static_cast<std::size_t>(from->spectralClass)];
    const int last = static_cast<int>(members.size()) - 1;
    return members[static_cast<std::size_t>(std::clamp(from->luminosity + steps, 0, last))].row;
}

int StandardGrid::nearestInClass(int spectralClass, int row) const
{
    const auto from = cell(row);
    EXPECTS(from.has_value() && spectralClass >= 0 && spectralClass < m_classNames.size());
    const double wanted = m_classes[static_cast<std::size_t>(from->spectralClass)]
                                   [static_cast<std::size_t>(from->luminosity)]
                                       .luminosityCode;
    const auto& members = m_classes[static_cast<std::size_t>(spectralClass)];
    const auto nearest = std::min_element(
        members.begin(), members.end(), [wanted](const Member& a, const Member& b) {
            return std::abs(a.luminosityCode - wanted) < std::abs(b.luminosityCode - wanted);
        });
    return nearest->row;
}

int StandardGrid::nearest(double temperatureCode, double luminosityCode) const
{
    int row = -1;
    auto best = std::pair(0.0, 0.0);
    for (const auto& members : m_classes)
        for (const Member& member : members) {
            const auto distance = std::pair(std::abs(member.temperatureCode - temperatureCode),
                std::abs(member.luminosityCode - luminosityCode));
            if (row < 0 || distance < best) {
                best = distance;
                row = member.row;
            }
        }
    return row;
}

} // namespace maury::ui
