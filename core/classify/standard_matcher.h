#pragma once

#include "core/classify/nearest_standard.h"
#include "core/robust/log_grid.h"

#include <Eigen/Core>

#include <cstddef>
#include <vector>

namespace maury::classify {

/// Finds the nearest standards with velocity and blur fitted: the judge that stands beside the
/// network. Spectrum and standards are compared after division by their local continuum (the
/// robust protocol's), so that neither slope nor rectification counts; each standard is tried at
/// its own resolution and at several worse ones, a spectrum sharper than the library is smoothed,
/// and a small velocity is fitted by least squares.
class StandardMatcher {
public:
    /// Blurs of all standards are kept: ≈ 7 MB for 150 standards.
    explicit StandardMatcher(mk::AtlasPtr atlas);

    /// The standards ordered by χ² per good pixel (nearest first), at most `count`, each at its
    /// best blur and velocity. Precondition: the spectrum is on the atlas's grid.
    [[nodiscard]] std::vector<NearestStandard> nearest(
        const PreparedSpectrum& spectrum, std::size_t count) const;

private:
    using Rows = Eigen::Array<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
    using Row = Eigen::Array<float, 1, Eigen::Dynamic>;

    struct Observed {
        Row flux; ///< [crop] divided by the local continuum, minus 1; 0 where bad
        Row weight; ///< [crop] 1/σ²; 0 where bad
    };

    [[nodiscard]] Row locally(std::span<const float> flux) const;
    [[nodiscard]] Observed observe(const PreparedSpectrum& spectrum, double blurAngstrom) const;
    void compare(const Observed& observed, std::size_t blur, double blurOfSpectrum,
        std::vector<NearestStandard>& best) const;

    mk::AtlasPtr m_atlas;
    robust::LogGrid m_grid;
    std::vector<Rows> m_standards; ///< for each blur [standards, crop]
    std::vector<Rows> m_slopes; ///< the same: change for a shift of one pixel to the red
};

} // namespace maury::classify
