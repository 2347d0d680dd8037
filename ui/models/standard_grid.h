#pragma once

#include "core/mk/atlas.h"

#include <QStringList>

#include <optional>
#include <vector>

namespace maury::ui {

/// The grid of types that an atlas covers, for walking through it: spectral classes from hot to
/// cool, and for each the luminosity classes that exist, from bright to faint.
class StandardGrid {
public:
    StandardGrid() = default;
    explicit StandardGrid(const mk::Atlas& atlas);

    [[nodiscard]] const QStringList& classNames() const { return m_classNames; }
    /// The luminosity classes of a spectral class; empty when there is no such class.
    [[nodiscard]] QStringList luminosityNames(int spectralClass) const;
    /// Row of the atlas; nothing outside the grid.
    [[nodiscard]] std::optional<int> row(int spectralClass, int luminosity) const;

    struct Cell {
        int spectralClass = 0;
        int luminosity = 0; ///< index into luminosityNames(spectralClass)
    };
    [[nodiscard]] std::optional<Cell> cell(int row) const;

    /// The standard `steps` classes later (negative: earlier) with the nearest luminosity; stops at
    /// the ends. Precondition: row belongs to the grid.
    [[nodiscard]] int stepClass(int row, int steps) const;
    /// The standard `steps` luminosity classes fainter in the same class; stops at the ends.
    [[nodiscard]] int stepLuminosity(int row, int steps) const;
    /// The member of a spectral class whose luminosity is nearest to that of `row`.
    [[nodiscard]] int nearestInClass(int spectralClass, int row) const;
    /// The row of the standard nearest to these codes, class before luminosity; −1 in an empty
    /// grid.
    [[nodiscard]] int nearest(double temperatureCode, double luminosityCode) const;

private:
    struct Member {
        int row = 0;
        double temperatureCode = 0.0;
        double luminosityCode = 0.0;
        QString name;
    };
    QStringList m_classNames;
    std::vector<std::vector<Member>> m_classes;
    std::vector<Cell> m_cells; ///< by row
};

} // namespace maury::ui
