#include "core/classify/residual.h"

#include "core/base/contract.h"
#include "core/preprocess/doppler.h"
#include "core/preprocess/gaussian_blur.h"

#include <Eigen/Dense>

#include <array>
#include <cmath>

namespace maury::classify {
namespace {

using Eigen::ArrayXd;
using Eigen::Index;

constexpr Index kHalfWindow = 2; ///< the rest is averaged over 5 pixels: lines stay, noise shrinks
/// Blurs tried, FWHM in Å: steps about as fine as they can be told apart.
constexpr std::array kBlurs { 0.7, 1.0, 1.4, 1.8, 2.2, 2.6, 3.0, 3.5, 4.0, 5.0, 6.0 };
/// A blur has to improve the mean square by this many of its standard errors.
constexpr double kSignificance = 4.0;
constexpr int kGivingUp = 2; ///< blurs in a row that do not improve

struct Fit {
    Eigen::Vector4d coefficients = Eigen::Vector4d::Zero(); ///< of 1, x, x², velocity
    double meanSquare = 0.0; ///< of the averaged rest, noise removed; may be negative
};

/// One spectrum against one standard.
class Comparison {
public:
    Comparison(const PreparedSpectrum& spectrum, const mk::Atlas& atlas, std::size_t row)
        : m_grid(atlas.grid())
        , m_noise(spectrum.noise)
    {
        const auto pixels = static_cast<Index>(m_grid.pixels);
        EXPECTS(spectrum.flux.size() == m_grid.pixels && spectrum.good.size() == m_grid.pixels);
        const auto index = static_cast<Index>(row);
        m_flux = Eigen::Map<const Eigen::ArrayXf>(spectrum.flux.data(), pixels).cast<double>();
        m_standard = atlas.flux().row(index).transpose().array().cast<double>();
        m_used = atlas.good().row(index).transpose().array().cast<double>();
        for (Index i = 0; i < pixels; ++i)
            m_used[i] *= spectrum.good[static_cast<std::size_t>(i)] != 0 ? 1.0 : 0.0;
        m_x = ArrayXd::LinSpaced(pixels, -1.0, 1.0);
        const ArrayXd wavelength = m_grid.firstAngstrom
            + m_grid.stepAngstrom
                * ArrayXd::LinSpaced(pixels, 0.0, static_cast<double>(pixels - 1));
        m_perKms = -wavelength / (2.0 * m_grid.stepAngstrom * preprocess::kSpeedOfLightKms);
    }

    /// broadening > 0 blurs the standard, < 0 the spectrum.
    [[nodiscard]] Fit fit(double broadening) const
    {
        if (broadening == 0.0)
            return fit(m_flux, m_standard, noisePower(0.0));
        const double sigma = std::abs(broadening) / preprocess::kFwhmPerSigma / m_grid.stepAngstrom;
        if (broadening > 0.0)
            return fit(m_flux, preprocess::gaussianBlurred(m_standard, sigma), noisePower(0.0));
        return fit(preprocess::gaussianBlurred(m_flux, sigma), m_standard, noisePower(sigma));
    }

    /// What the noise adds to the mean square of the averaged rest, and its standard error.
    [[nodiscard]] double significantImprovement() const
    {
        const double independent
            = std::max(1.0, m_used.sum() / static_cast<double>(2 * kHalfWindow + 1));
        return kSignificance * m_noise * m_noise * noisePower(0.0) * std::sqrt(2.0 / independent);
    }

private:
    /// Variance of averaged noise over that of a pixel, after a Gaussian of this σ (pixels).
    static double noisePower(double sigmaPixels)
    {
        constexpr Index kReach = 32;
        ArrayXd kernel = ArrayXd::Zero(2 * kReach + 1);
        kernel.segment(kReach - kHalfWindow, 2 * kHalfWindow + 1)
            = 1.0 / static_cast<double>(2 * kHalfWindow + 1);
        return sigmaPixels > 0.0 ? preprocess::gaussianBlurred(kernel, sigmaPixels).square().sum()
                                 : kernel.square().sum();
    }

    [[nodiscard]] Fit fit(const ArrayXd& flux, const ArrayXd& standard, double power) const
    {
        const Index pixels = flux.size();
        ArrayXd derivative = ArrayXd::Zero(pixels);
        derivative.segment(1, pixels - 2) = standard.tail(pixels - 2) - standard.head(pixels - 2);
        Eigen::MatrixXd columns(pixels, 4);
        columns.col(0) = m_used * standard;
        columns.col(1) = columns.col(0).array() * m_x;
        columns.col(2) = columns.col(1).array() * m_x;
        columns.col(3) = m_used * m_perKms * derivative;
        const Eigen::VectorXd target = m_used * flux;
        Fit result;
        result.coefficients
            = (columns.transpose() * columns).ldlt().solve(columns.transpose() * target);
        const ArrayXd rest = target - columns * result.coefficients;
        result.meanSquare = averagedMeanSquare(rest) - m_noise * m_noise * power;
        return result;
    }

    /// Over the windows whose pixels are all used.
    [[nodiscard]] double averagedMeanSquare(const ArrayXd& rest) const
    {
        constexpr Index kWindow = 2 * kHalfWindow + 1;
        double sum = 0.0;
        Index windows = 0;
        for (Index i = 0; i + kWindow <= rest.size(); ++i) {
            if (m_used.segment(i, kWindow).minCoeff() <= 0.0)
                continue;
            const double mean = rest.segment(i, kWindow).mean();
            sum += mean * mean;
            ++windows;
        }
        return windows > 0 ? sum / static_cast<double>(windows) : 0.0;
    }

    spectrum::WavelengthGrid m_grid;
    double m_noise;
    ArrayXd m_flux;
    ArrayXd m_standard;
    ArrayXd m_used; ///< 1 where both are good
    ArrayXd m_x;
    ArrayXd m_perKms; ///< times the central difference = change of flux per km/s
};

/// Goes to wider blurs in one direction until they stop improving.
void searchBlur(const Comparison& comparison, double direction, double& broadening, Fit& best)
{
    int failures = 0;
    for (const double blur : kBlurs) {
        const Fit fit = comparison.fit(direction * blur);
        if (fit.meanSquare < best.meanSquare) {
            best = fit;
            broadening = direction * blur;
            failures = 0;
        } else if (++failures == kGivingUp) {
            return;
        }
    }
}

} // namespace

Residual residualAgainst(const PreparedSpectrum& spectrum, const mk::Atlas& atlas, std::size_t row)
{
    EXPECTS(row < atlas.standards().size());
    const Comparison comparison(spectrum, atlas, row);
    const Fit unblurred = comparison.fit(0.0);
    Fit best = unblurred;
    double broadening = 0.0;
    searchBlur(comparison, 1.0, broadening, best);
    searchBlur(comparison, -1.0, broadening, best);
    if (unblurred.meanSquare - best.meanSquare < comparison.significantImprovement()) {
        best = unblurred;
        broadening = 0.0;
    }
    Residual residual;
    residual.row = row;
    residual.level = best.coefficients[0];
    if (residual.level != 0.0) {
        residual.slope = best.coefficients[1] / residual.level;
        residual.curvature = best.coefficients[2] / residual.level;
        residual.velocityKms = best.coefficients[3] / residual.level;
    }
    residual.broadening = broadening;
    residual.excess = std::sqrt(std::max(0.0, best.meanSquare));
    return residual;
}

Residual leastResidual(const PreparedSpectrum& spectrum, const mk::Atlas& atlas,
    std::span<const NearestStandard> candidates)
{
    std::optional<Residual> least;
    for (const NearestStandard& standard : candidates) {
        const Residual residual = residualAgainst(spectrum, atlas, standard.row);
        if (!least || residual.excess < least->excess)
            least = residual;
    }
    EXPECTS(least.has_value());
    return *least;
}

} // namespace maury::classify
