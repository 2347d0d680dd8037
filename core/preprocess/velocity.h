#pragma once

#include "core/spectrum/wavelength_grid.h"

#include <Eigen/Core>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>

namespace maury::preprocess {

struct VelocityMatch {
    double velocityKms = 0.0; ///< of the spectrum against the template; positive = receding
    double correlation = 0.0; ///< at the peak, −1 … 1
    std::size_t row = 0; ///< of the template that correlates best
};

/// Rectified spectra as rows: [spectra, pixels], as in mk::Atlas.
using TemplateMatrix = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

inline constexpr double kVelocityRangeKms = 600.0;
/// Below this peak correlation no template looks like the spectrum and its velocity means nothing.
inline constexpr double kMinimumCorrelation = 0.3;

/// Velocity by cross-correlation in ln λ (Tonry & Davis 1979): from spectrum and templates a
/// running mean of ≈ 84 Å is subtracted, their ends are tapered, and the highest normalised peak
/// over all templates within the range is refined by a parabola. Bad pixels count as "no line".
class VelocityFinder {
public:
    /// templates: [any, grid.pixels].
    VelocityFinder(const TemplateMatrix& templates, const spectrum::WavelengthGrid& grid);

    /// Nothing when the peak lies at the end of the range or is below kMinimumCorrelation. flux,
    /// good: [grid.pixels]. Precondition: 0 < rangeKms ≤ kVelocityRangeKms.
    [[nodiscard]] std::optional<VelocityMatch> find(std::span<const float> flux,
        std::span<const std::uint8_t> good, double rangeKms = kVelocityRangeKms) const;

private:
    class LogSampler;
    std::shared_ptr<const LogSampler> m_sampler;
    Eigen::MatrixXf m_signals; ///< [templates, log pixels], each of norm 1
};

} // namespace maury::preprocess
