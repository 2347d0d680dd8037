#include "core/preprocess/velocity.h"

#include "core/base/contract.h"
#include "core/preprocess/doppler.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

namespace maury::preprocess {
namespace {

constexpr double kLogStep = 1e-4; ///< ≈ 30 km/s: three samples a line at 1.8 Å
constexpr std::ptrdiff_t kHalfMean = 100; ///< log pixels on each side of the running mean, ≈ 42 Å
constexpr double kTaper = 0.05; ///< of the length, at each end

/// Velocity whose Doppler factor is exp(logShift).
double velocityOf(double logShift)
{
    return kSpeedOfLightKms * std::tanh(logShift);
}

} // namespace

/// Linear interpolation from the linear grid to equal steps of ln λ.
class VelocityFinder::LogSampler {
public:
    explicit LogSampler(const spectrum::WavelengthGrid& grid)
        : m_pixels(grid.pixels)
    {
        const double first = std::log(grid.firstAngstrom);
        const double last = std::log(grid.lastAngstrom());
        const auto count = static_cast<std::size_t>((last - first) / kLogStep) + 1;
        for (std::size_t i = 0; i < count; ++i) {
            const double wavelength = std::exp(first + kLogStep * static_cast<double>(i));
            const double position
                = std::clamp((wavelength - grid.firstAngstrom) / grid.stepAngstrom, 0.0,
                    static_cast<double>(grid.pixels - 1));
            const auto below = std::min(static_cast<std::size_t>(position), grid.pixels - 2);
            m_below.push_back(below);
            m_fraction.push_back(static_cast<float>(position - static_cast<double>(below)));
        }
    }

    [[nodiscard]] Eigen::Index size() const { return static_cast<Eigen::Index>(m_below.size()); }

    /// The high-passed, tapered signal of a spectrum; zero where it is bad.
    [[nodiscard]] Eigen::VectorXf signal(
        std::span<const float> flux, std::span<const std::uint8_t> good) const
    {
        std::vector<float> value(m_below.size());
        std::vector<float> weight(m_below.size());
        EXPECTS(flux.size() == m_pixels && (good.empty() || good.size() == m_pixels));
        for (std::size_t i = 0; i < m_below.size(); ++i) {
            const std::size_t below = m_below[i];
            const bool use = good.empty() || (good[below] != 0 && good[below + 1] != 0);
            weight[i] = use ? 1.0F : 0.0F;
            value[i] = use ? flux[below] + m_fraction[i] * (flux[below + 1] - flux[below]) : 0.0F;
        }
        return highPassed(value, weight);
    }

private:
    static Eigen::VectorXf highPassed(
        const std::vector<float>& value, const std::vector<float>& weight)
    {
        const auto count = static_cast<std::ptrdiff_t>(value.size());
        std::vector<double> sum(value.size() + 1, 0.0); // running sums of value and weight
        std::vector<double> used(value.size() + 1, 0.0);
        for (std::size_t i = 0; i < value.size(); ++i) {
            sum[i + 1] = sum[i] + static_cast<double>(value[i]);
            used[i + 1] = used[i] + static_cast<double>(weight[i]);
        }
        Eigen::VectorXf result = Eigen::VectorXf::Zero(count);
        const double taper = kTaper * static_cast<double>(count);
        for (std::ptrdiff_t i = 0; i < count; ++i) {
            const auto pixel = static_cast<std::size_t>(i);
            if (weight[pixel] <= 0.0F)
                continue;
            const auto from = static_cast<std::size_t>(std::max<std::ptrdiff_t>(0, i - kHalfMean));
            const auto to = static_cast<std::size_t>(std::min(count, i + kHalfMean + 1));
            const double mean = (sum[to] - sum[from]) / (used[to] - used[from]);
            const auto fromEnd = static_cast<double>(std::min(i, count - 1 - i));
            const double window = fromEnd >= taper
                ? 1.0
                : 0.5 * (1.0 - std::cos(std::numbers::pi * fromEnd / taper));
            result[i] = static_cast<float>(window * (static_cast<double>(value[pixel]) - mean));
        }
        return result;
    }

    std::size_t m_pixels;
    std::vector<std::size_t> m_below;
    std::vector<float> m_fraction;
};

VelocityFinder::VelocityFinder(
    const TemplateMatrix& templates, const spectrum::WavelengthGrid& grid)
{
    EXPECTS(static_cast<std::size_t>(templates.cols()) == grid.pixels && grid.pixels >= 2);
    m_sampler = std::make_shared<const LogSampler>(grid);
    m_signals.resize(templates.rows(), m_sampler->size());
    for (Eigen::Index row = 0; row < templates.rows(); ++row) {
        m_signals.row(row) = m_sampler->signal({ templates.row(row).data(), grid.pixels }, {});
        const float norm = m_signals.row(row).norm();
        if (norm > 0.0F)
            m_signals.row(row) /= norm;
    }
}

std::optional<VelocityMatch> VelocityFinder::find(
    std::span<const float> flux, std::span<const std::uint8_t> good, double rangeKms) const
{
    EXPECTS(rangeKms > 0.0 && rangeKms <= kVelocityRangeKms);
    const Eigen::VectorXf data = m_sampler->signal(flux, good);
    if (data.squaredNorm() <= 0.0F || m_signals.rows() == 0)
        return std::nullopt;
    // Column k holds the data moved back by k − reach log pixels.
    const auto reach
        = static_cast<Eigen::Index>(std::ceil(rangeKms / (kSpeedOfLightKms * kLogStep)));
    Eigen::MatrixXf moved = Eigen::MatrixXf::Zero(data.size(), 2 * reach + 1);
    for (Eigen::Index k = 0; k < moved.cols(); ++k) {
        const Eigen::Index lag = k - reach;
        const Eigen::Index kept = data.size() - std::abs(lag);
        moved.col(k).segment(std::max<Eigen::Index>(0, -lag), kept)
            = data.segment(std::max<Eigen::Index>(0, lag), kept);
    }
    const Eigen::MatrixXf correlation = (m_signals * moved) / data.norm();

    Eigen::Index row = 0;
    Eigen::Index peak = 0;
    const float highest = correlation.maxCoeff(&row, &peak);
    if (static_cast<double>(highest) < kMinimumCorrelation || peak == 0
        || peak == correlation.cols() - 1)
        return std::nullopt;
    const auto left = static_cast<double>(correlation(row, peak - 1));
    const auto top = static_cast<double>(highest);
    const auto right = static_cast<double>(correlation(row, peak + 1));
    const double curvature = left - 2.0 * top + right;
    const double offset = curvature < 0.0 ? 0.5 * (left - right) / curvature : 0.0;
    return VelocityMatch { velocityOf(kLogStep * (static_cast<double>(peak - reach) + offset)), top,
        static_cast<std::size_t>(row) };
}

} // namespace maury::preprocess
