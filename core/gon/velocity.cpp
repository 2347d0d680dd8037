#include "core/gon/velocity.h"

#include "core/base/contract.h"
#include "core/gon/affine_inference.h"

#include <Eigen/Cholesky>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace maury::gon {
namespace {

using base::ErrorCode;
using base::Result;
using Eigen::Index;

constexpr double kLightKms = 299792.458;
constexpr int kRefinements = 6;
constexpr double kDerivativeStep = 2.0; ///< km/s, for ∂F/∂v
constexpr double kEnough = 0.01; ///< km/s: smaller steps end the refinement
constexpr Index kChunk = 16;

/// Rows of residuals' weights of pixels that the operator reaches.
Eigen::ArrayXf reached(const ShiftOperator& shift)
{
    Eigen::ArrayXf mask(std::ssize(shift.first));
    for (std::size_t p = 0; p < shift.first.size(); ++p)
        mask[static_cast<Index>(p)] = shift.first[p] >= 0 ? 1.0F : 0.0F;
    return mask;
}

/// The scan's profile for every spectrum: [spectra, nodes] χ² + |z|² of the affine inference.
Eigen::MatrixXd scan(
    const LatentInference& inference, const SpectrumSet& set, const std::vector<double>& nodes)
{
    const GonModel& model = inference.model();
    const auto latent = static_cast<Index>(model.latent());
    const auto spectra = static_cast<Index>(set.spectra());
    constexpr std::size_t kTogether = 256;
    Products<float> products(base::defaultThreadCount());
    AffineInference<float> affine(
        InferenceKind::GaussNewton, 1.0, model.latent(), model.pixels(), kTogether, products);
    const auto origin = inference.linearise(Matrix::Zero(1, latent));
    Matrix rest(1 + latent, origin.flux.cols());
    rest << origin.flux, origin.jacobians;
    Eigen::MatrixXd profile(spectra, std::ssize(nodes));
    for (std::size_t k = 0; k < nodes.size(); ++k) {
        const ShiftOperator shift = shiftOperator(set.wavelengthAngstrom, nodes[k]);
        Matrix moved = shifted(rest, shift);
        const Eigen::ArrayXf mask = reached(shift);
        affine.setOrigin({ moved.data(), static_cast<std::size_t>(moved.rows()),
            model.pixels(), model.pixels() });
        for (Index first = 0; first < spectra; first += Index { kTogether }) {
            const Index count = std::min(Index { kTogether }, spectra - first);
            Matrix data = set.flux.middleRows(first, count);
            Matrix weight = set.ivar.middleRows(first, count);
            data = (weight.array() > 0.0F).select(data, 0.0F);
            weight.array().rowwise() *= mask.transpose();
            Matrix codes(count, latent);
            const auto block = [](Matrix& m) {
                const auto cols = static_cast<std::size_t>(m.cols());
                return RowBlock<float> { m.data(), static_cast<std::size_t>(m.rows()), cols, cols };
            };
            affine.encode(block(data), block(weight), block(codes));
            const Matrix residual
                = data - ((codes * moved.bottomRows(latent)).rowwise() + moved.row(0));
            for (Index i = 0; i < count; ++i) {
                // Pixels that the star's light does not reach at this velocity count as the mean of
                // the others: profiles of different velocities stay comparable.
                const auto all = static_cast<double>(
                    (set.ivar.row(first + i).array() > 0.0F).count());
                const auto used = static_cast<double>((weight.row(i).array() > 0.0F).count());
                const auto chi2 = static_cast<double>(
                    (weight.row(i).array() * residual.row(i).array().square()).sum());
                profile(first + i, static_cast<Index>(k)) = used > 0.0
                    ? chi2 * all / used + static_cast<double>(codes.row(i).squaredNorm())
                    : 0.0;
            }
        }
    }
    return profile;
}

/// One spectrum's state in the refinement.
struct Fit {
    double velocity = 0.0;
    double sigma = 0.0;
    double chi2 = 0.0;
    double used = 0.0;
    Eigen::VectorXd code;
};

/// One Gauss–Newton step in (z, v) from the decoder's values at the code.
double refine(const GonModel& model, const Eigen::MatrixXd& priorPrecision, const Matrix& flux,
    const Matrix& jacobian, const Eigen::RowVectorXf& data, const Eigen::RowVectorXf& ivar,
    double limitKms, Fit& fit)
{
    const auto& wavelengths = model.wavelengthAngstrom;
    const Index latent = jacobian.rows();
    const ShiftOperator shift = shiftOperator(wavelengths, fit.velocity);
    Matrix design(latent + 1, flux.cols());
    design.topRows(latent) = shifted(jacobian, shift);
    const auto at = [&](double v) { return shifted(flux, shiftOperator(wavelengths, v)); };
    design.row(latent) = (at(fit.velocity + kDerivativeStep) - at(fit.velocity - kDerivativeStep))
        / static_cast<float>(2.0 * kDerivativeStep);
    const ShiftOperator above = shiftOperator(wavelengths, fit.velocity + kDerivativeStep);
    const ShiftOperator below = shiftOperator(wavelengths, fit.velocity - kDerivativeStep);
    const Eigen::RowVectorXf weight = (ivar.array() * reached(shift).transpose()
        * reached(above).transpose() * reached(below).transpose())
                                          .matrix();
    const Eigen::RowVectorXf residual = data - shifted(flux, shift).row(0);
    fit.chi2 = static_cast<double>((weight.array() * residual.array().square()).sum());
    fit.used = static_cast<double>((weight.array() > 0.0F).count());
    const Matrix weighted = (design.array().rowwise() * weight.array()).matrix();
    Eigen::MatrixXd normal = (weighted * design.transpose()).cast<double>();
    Eigen::VectorXd right = (weighted * residual.transpose()).cast<double>();
    normal.topLeftCorner(latent, latent) += priorPrecision;
    right.head(latent) -= priorPrecision * (fit.code - model.prior.mean);
    // The curvature of the profile: the velocity's own minus what the code can take over.
    const Eigen::LLT<Eigen::MatrixXd> inner(normal.topLeftCorner(latent, latent));
    const Eigen::VectorXd mixed = normal.col(latent).head(latent);
    const double curvature = normal(latent, latent) - mixed.dot(inner.solve(mixed));
    if (!(curvature > 0.0))
        return 0.0;
    const Eigen::VectorXd codeStep = inner.solve(right.head(latent));
    const double wanted = (right[latent] - mixed.dot(codeStep)) / curvature;
    const double step = std::clamp(wanted, -limitKms, limitKms);
    fit.sigma = 1.0 / std::sqrt(curvature);
    fit.velocity += step;
    fit.code += codeStep - inner.solve(mixed) * step;
    return step;
}

} // namespace

ShiftOperator shiftOperator(const std::vector<double>& wavelengths, double velocityKms)
{
    constexpr std::size_t kTaps = ShiftOperator::kTaps;
    constexpr std::size_t kBefore = kTaps / 2 - 1;
    ShiftOperator result;
    result.first.resize(wavelengths.size(), -1);
    result.weight.resize(wavelengths.size());
    const double factor = 1.0 / (1.0 + velocityKms / kLightKms);
    std::size_t left = 0;
    for (std::size_t p = 0; p < wavelengths.size(); ++p) {
        const double wanted = wavelengths[p] * factor;
        if (wavelengths.size() < kTaps || wanted < wavelengths.front()
            || wanted > wavelengths.back())
            continue;
        while (left + 2 < wavelengths.size() && wavelengths[left + 1] <= wanted)
            ++left;
        const std::size_t first = std::min(
            left >= kBefore ? left - kBefore : 0, wavelengths.size() - kTaps);
        for (std::size_t i = 0; i < kTaps; ++i) {
            double weight = 1.0;
            for (std::size_t j = 0; j < kTaps; ++j)
                if (j != i)
                    weight *= (wanted - wavelengths[first + j])
                        / (wavelengths[first + i] - wavelengths[first + j]);
            result.weight[p][i] = static_cast<float>(weight);
        }
        result.first[p] = static_cast<std::int32_t>(first);
    }
    return result;
}

Matrix shifted(const Matrix& rows, const ShiftOperator& shift)
{
    Matrix result = Matrix::Zero(rows.rows(), rows.cols());
    EXPECTS(std::ssize(shift.first) == rows.cols());
    for (Index r = 0; r < rows.rows(); ++r) {
        const float* from = rows.row(r).data();
        float* to = result.row(r).data();
        for (std::size_t p = 0; p < shift.first.size(); ++p) {
            if (shift.first[p] < 0)
                continue;
            float sum = 0.0F;
            for (std::size_t i = 0; i < ShiftOperator::kTaps; ++i)
                sum += shift.weight[p][i] * from[static_cast<std::size_t>(shift.first[p]) + i];
            to[p] = sum;
        }
    }
    return result;
}

Result<std::vector<VelocityEstimate>> fitVelocities(const LatentInference& inference,
    const SpectrumSet& set, const VelocityOptions& options, std::stop_token stop)
{
    const GonModel& model = inference.model();
    if (!(options.stepKms > 0.0) || !(options.rangeKms >= options.stepKms)
        || options.rangeKms > 5000.0 || !(options.floorKms >= 0.0))
        return base::failure(ErrorCode::OptionInvalid, "velocity range",
            fmt::format("±{:g} km/s in steps of {:g}", options.rangeKms, options.stepKms),
            "a range of at most 5000 km/s and a positive step within it");
    if (const auto valid = check(set); !valid)
        return base::Unexpected(valid.error());
    if (const auto same
        = checkSameGrid(set.wavelengthAngstrom, model.wavelengthAngstrom, set.source);
        !same)
        return base::Unexpected(same.error());
    std::vector<double> nodes;
    const int half = static_cast<int>(std::ceil(options.rangeKms / options.stepKms - 1e-9));
    for (int k = -half; k <= half; ++k)
        nodes.push_back(k * options.stepKms);
    const Eigen::MatrixXd profile = scan(inference, set, nodes);
    const auto spectra = static_cast<Index>(set.spectra());
    const auto latent = static_cast<Index>(model.latent());
    const Eigen::MatrixXd priorPrecision = model.prior.covariance.ldlt().solve(
        Eigen::MatrixXd::Identity(latent, latent));

    std::vector<Fit> fits(set.spectra());
    std::vector<VelocityEstimate> result(set.spectra());
    for (Index i = 0; i < spectra; ++i) {
        Index best = 0;
        profile.row(i).minCoeff(&best);
        VelocityEstimate& estimate = result[static_cast<std::size_t>(i)];
        estimate.atEdge = best == 0 || best + 1 == std::ssize(nodes)
            || !isUsable(set, static_cast<std::size_t>(i));
        estimate.scannedKms = nodes;
        for (Index k = 0; k < std::ssize(nodes); ++k)
            estimate.scannedChi2.push_back(profile(i, k));
        fits[static_cast<std::size_t>(i)]
            = { nodes[static_cast<std::size_t>(best)], 0.0, 0.0, 0.0, model.prior.mean };
    }
    for (Index first = 0; first < spectra; first += kChunk) {
        if (stop.stop_requested())
            return base::failure(ErrorCode::Cancelled, "velocities");
        const Index count = std::min(kChunk, spectra - first);
        for (int round = 0; round < kRefinements; ++round) {
            Matrix codes(count, latent);
            for (Index i = 0; i < count; ++i)
                codes.row(i) = fits[static_cast<std::size_t>(first + i)]
                                   .code.transpose()
                                   .cast<float>();
            const auto at = inference.linearise(codes);
            double largest = 0.0;
            for (Index i = 0; i < count; ++i) {
                Fit& fit = fits[static_cast<std::size_t>(first + i)];
                const Eigen::RowVectorXf ivar = set.ivar.row(first + i);
                const Eigen::RowVectorXf data
                    = (ivar.array() > 0.0F).select(set.flux.row(first + i), 0.0F);
                largest = std::max(largest,
                    std::abs(refine(model, priorPrecision, at.flux.row(i),
                        at.jacobians.middleRows(i * latent, latent), data, ivar,
                        options.stepKms, fit)));
            }
            if (round > 2 && largest < kEnough)
                break;
        }
    }
    for (std::size_t i = 0; i < fits.size(); ++i) {
        VelocityEstimate& estimate = result[i];
        estimate.kms = fits[i].velocity;
        estimate.sigmaKms = std::hypot(fits[i].sigma, options.floorKms);
        estimate.chi2 = fits[i].chi2;
        estimate.dof
            = std::max(1.0, fits[i].used - static_cast<double>(model.latent()) - 1.0);
        estimate.code = fits[i].code.cast<float>();
        estimate.atEdge = estimate.atEdge || std::abs(estimate.kms) > options.rangeKms
            || !(fits[i].sigma > 0.0);
    }
    return result;
}

} // namespace maury::gon
