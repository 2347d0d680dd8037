#pragma once

#include "core/preprocess/resampling_operator.h"

#include <memory>
#include <vector>

namespace maury::preprocess {

/// Keeps the operators of the last spectra: those of a survey share their pixels. Not for several
/// threads at once.
class Regridder {
public:
    /// The segment on the grid, in whose medium it must be. It keeps what is said of it; the
    /// resolving power becomes the grid's where it was brought to that. No pixels when it does not
    /// reach the grid.
    [[nodiscard]] RegriddedSegment regrid(
        const spectrum::Segment& segment, const TargetGrid& grid);
    /// How many operators had to be made.
    [[nodiscard]] std::size_t made() const { return m_made; }

private:
    static constexpr std::size_t kKept = 16;
    [[nodiscard]] const ResamplingOperator& operatorFor(
        const spectrum::Segment& segment, const TargetGrid& grid);

    std::vector<std::unique_ptr<ResamplingOperator>> m_operators; ///< last used first
    std::size_t m_made = 0;
};

} // namespace maury::preprocess
