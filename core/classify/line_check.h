#pragma once

#include "core/classify/doubt.h"
#include "core/mk/atlas.h"
#include "core/robust/log_grid.h"

#include <Eigen/Core>

#include <optional>
#include <vector>

namespace maury::classify {

/// Tells spectra whose lines are no normal star's: without lines, or with lines in emission (those
/// of hydrogen that emission only fills are BalmerCheck's). Compares lines averaged over about 4 Å,
/// over their local continuum, with those of all standards of a library.
class LineCheck {
public:
    /// grid: that of the blue networks; the library reaches over it.
    LineCheck(const mk::Atlas& atlas, const robust::LogGrid& grid);

    /// noise: of the flux averaged over a bin, relative to the continuum. Precondition: the
    /// spectrum is on the grid.
    [[nodiscard]] std::vector<Finding> findings(
        const robust::LogSpectrum& spectrum, double noise) const;

private:
    using Bins = Eigen::ArrayXd;

    /// Lines over the local continuum, what the noise is multiplied by, and whether a bin is used.
    struct Binned {
        Bins lines;
        Bins noise; ///< relative to that of median flux
        Bins used; ///< 1 or 0
    };

    [[nodiscard]] Binned binned(const robust::LogSpectrum& spectrum) const;
    [[nodiscard]] double strength(const Binned& spectrum, double noise) const;
    [[nodiscard]] std::optional<Finding> emission(const Binned& spectrum, double noise) const;

    robust::LogGrid m_grid;
    Bins m_highest; ///< [bins] of any standard, here or in a neighbouring bin
    double m_leastStrength = 0.0; ///< of a standard
};

} // namespace maury::classify
