#pragma once

#include "core/classify/doubt.h"
#include "core/mk/atlas.h"
#include "core/robust/log_grid.h"

#include <Eigen/Core>

#include <array>
#include <cstddef>
#include <optional>

namespace maury::classify {

/// Tells Balmer lines that emission fills: their cores are too shallow for their own wings and for
/// all other lines. Every standard, at several resolutions, is compared with the spectrum outside
/// of the cores of Balmer lines; those that fit there foretell the cores of Hγ and Hδ. Emission
/// from around a star is some 5 Å wide, the wings of its lines are not.
class BalmerCheck {
public:
    /// grid: that of the blue networks; the library reaches over it.
    BalmerCheck(const mk::Atlas& atlas, const robust::LogGrid& grid);

    /// noise: of a pixel of the grid, relative to the median flux. Nothing where a core or half of
    /// the rest is missing, or where no standard fits the rest. Precondition: the spectrum is on
    /// the grid.
    [[nodiscard]] std::optional<Finding> find(
        const robust::LogSpectrum& spectrum, double noise) const;

private:
    static constexpr std::size_t kCores = 2; ///< Hγ and Hδ

    struct Lines {
        Eigen::ArrayXd elsewhere; ///< [bins] over the local continuum, minus 1; 0 where not used
        Eigen::ArrayXd used; ///< [bins] 1 or 0
        std::array<std::optional<double>, kCores> core; ///< equivalent widths in Å
    };

    [[nodiscard]] Lines linesOf(const robust::LogSpectrum& spectrum) const;

    robust::LogGrid m_grid;
    Eigen::ArrayXXd m_elsewhere; ///< [bins, standards at their resolutions]
    Eigen::ArrayXXd m_core; ///< [cores, standards at their resolutions] Å
};

} // namespace maury::classify
