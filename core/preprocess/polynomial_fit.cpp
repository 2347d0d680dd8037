#include "core/preprocess/polynomial_fit.h"

#include "core/base/contract.h"

#include <Eigen/Dense>

#include <algorithm>
#include <cmath>

namespace maury::preprocess {
namespace {

/// Clipping ends before it leaves less than this share of the pixels: what is left of a spectrum
/// without noise could stand all in one place.
constexpr double kLeastShareKept = 0.1;
/// Of the largest flux: rounding.
constexpr double kNoScatter = 1e-12;

double scaled(double wavelength, double first, double last)
{
    return (2.0 * wavelength - first - last) / (last - first);
}

double horner(const std::vector<double>& powers, double x)
{
    double value = 0.0;
    for (std::size_t k = powers.size(); k-- > 0;)
        value = value * x + powers[k];
    return value;
}

double clenshaw(const std::vector<double>& chebyshev, double x)
{
    double next = 0.0;
    double afterNext = 0.0;
    for (std::size_t k = chebyshev.size(); k-- > 1;) {
        const double now = 2.0 * x * next - afterNext + chebyshev[k];
        afterNext = next;
        next = now;
    }
    return x * next - afterNext + chebyshev[0];
}

/// Chebyshev polynomials as columns: [points, degree + 1].
Eigen::MatrixXd chebyshevBasis(const Eigen::ArrayXd& x, Eigen::Index degree)
{
    Eigen::MatrixXd basis(x.size(), degree + 1);
    basis.col(0).setOnes();
    if (degree > 0)
        basis.col(1) = x;
    for (Eigen::Index k = 2; k <= degree; ++k)
        basis.col(k) = 2.0 * x * basis.col(k - 1).array() - basis.col(k - 2).array();
    return basis;
}

} // namespace

std::vector<double> powersOfChebyshev(const std::vector<double>& chebyshev)
{
    const std::size_t count = chebyshev.size();
    std::vector<double> powers(count, 0.0);
    std::vector<double> before(count, 0.0); // T_{k−1} in powers
    std::vector<double> now(count, 0.0); // T_k
    now[0] = 1.0;
    for (std::size_t k = 0; k < count; ++k) {
        for (std::size_t i = 0; i < count; ++i)
            powers[i] += chebyshev[k] * now[i];
        std::vector<double> next(count, 0.0);
        for (std::size_t i = 0; i + 1 < count; ++i)
            next[i + 1] = (k == 0 ? 1.0 : 2.0) * now[i];
        for (std::size_t i = 0; i < count; ++i)
            next[i] -= before[i];
        before = std::move(now);
        now = std::move(next);
    }
    return powers;
}

double valueOf(const ContinuumPiece& piece, ContinuumMethod method, double wavelengthAngstrom)
{
    const double x = scaled(wavelengthAngstrom, piece.firstAngstrom, piece.lastAngstrom);
    return method == ContinuumMethod::Chebyshev ? clenshaw(piece.coefficients, x)
                                                : horner(piece.coefficients, x);
}

ContinuumPiece fitPolynomial(std::span<const double> wavelengths, std::span<const double> flux,
    std::span<const double> weights, double first, double last, const ContinuumSettings& settings)
{
    EXPECTS(wavelengths.size() == flux.size() && weights.size() == flux.size());
    const auto count = static_cast<Eigen::Index>(flux.size());
    Eigen::ArrayXd x(count);
    for (Eigen::Index i = 0; i < count; ++i)
        x[i] = scaled(wavelengths[static_cast<std::size_t>(i)], first, last);
    const Eigen::Map<const Eigen::ArrayXd> f(flux.data(), count);
    const Eigen::Map<const Eigen::ArrayXd> given(weights.data(), count);
    const Eigen::Index fewest
        = 2 * std::min<Eigen::Index>(settings.degree + 1, std::max<Eigen::Index>(count / 2, 1));
    const auto fewestKept = std::max(
        fewest, static_cast<Eigen::Index>(kLeastShareKept * static_cast<double>((given > 0.0).count())));
    const Eigen::MatrixXd basis = chebyshevBasis(x, fewest / 2 - 1);
    Eigen::ArrayXd w = given / given.maxCoeff();
    Eigen::VectorXd coefficients = Eigen::VectorXd::Zero(basis.cols());
    for (int round = 0; round < settings.rounds; ++round) {
        const Eigen::MatrixXd weighted = w.matrix().asDiagonal() * basis;
        coefficients = (basis.transpose() * weighted).ldlt().solve(weighted.transpose() * f.matrix());
        const Eigen::ArrayXd residual = f - (basis * coefficients).array();
        const double sigma = std::sqrt((w * residual.square()).sum() / w.sum());
        if (sigma <= kNoScatter * f.abs().maxCoeff())
            break; // the curve goes through all that is kept
        const auto kept
            = (residual >= -settings.clipLow * sigma && residual <= settings.clipHigh * sigma);
        const Eigen::ArrayXd next = kept.select(given / given.maxCoeff(), 0.0);
        if ((next > 0.0).count() < fewestKept || (next == w).all())
            break;
        w = next;
    }
    const std::vector<double> chebyshev(coefficients.data(), coefficients.data() + coefficients.size());
    return { first, last,
        settings.method == ContinuumMethod::Chebyshev ? chebyshev : powersOfChebyshev(chebyshev) };
}

} // namespace maury::preprocess
