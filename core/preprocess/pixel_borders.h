#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace maury::preprocess {

/// Pixels with borders midway between their centres, except that none reaches into a gap: a spacing
/// more than 2.5 times as wide as the neighbouring one is a gap, not a change of dispersion.
class PixelBorders {
public:
    static constexpr double kGapRatio = 2.5;

    /// Precondition: at least two centres, strictly increasing.
    explicit PixelBorders(std::span<const double> centres);

    [[nodiscard]] std::size_t size() const { return m_left.size(); }
    [[nodiscard]] double left(std::size_t i) const { return m_left[i]; }
    [[nodiscard]] double right(std::size_t i) const { return m_right[i]; }
    [[nodiscard]] double width(std::size_t i) const { return m_right[i] - m_left[i]; }
    [[nodiscard]] double centre(std::size_t i) const { return m_centre[i]; }
    /// Whether pixel i + 1 follows pixel i without a gap.
    [[nodiscard]] bool adjacent(std::size_t i) const;

private:
    std::vector<double> m_centre;
    std::vector<double> m_left;
    std::vector<double> m_right;
};

} // namespace maury::preprocess
