#include "core/gon/principal_components.h"

#include "core/base/contract.h"
#include "core/base/random.h"

#include <Eigen/Eigenvalues>
#include <Eigen/QR>

#include <algorithm>
#include <cmath>

namespace maury::gon {
namespace {

constexpr Eigen::Index kExtraDirections = 10;
constexpr int kPowerRounds = 5;
constexpr int kFillRounds = 4;
/// Eigenvalues below this share of the first are kept at it: a component of no variance at all would
/// have no say.
constexpr double kLeastShare = 1e-9;

struct Decomposition {
    Eigen::MatrixXf directions; ///< [pixels, count] orthonormal
    Eigen::VectorXd eigenvalues; ///< of the covariance
};

Eigen::MatrixXf orthonormal(const Eigen::MatrixXf& columns)
{
    Eigen::HouseholderQR<Eigen::MatrixXf> qr(columns);
    return qr.householderQ() * Eigen::MatrixXf::Identity(columns.rows(), columns.cols());
}

Decomposition decompose(const Matrix& centred, Eigen::Index count, std::uint64_t seed)
{
    const Eigen::Index width
        = std::min({ count + kExtraDirections, centred.rows(), centred.cols() });
    base::RandomStream stream(seed);
    Eigen::MatrixXf directions(centred.cols(), width);
    for (Eigen::Index i = 0; i < directions.size(); ++i)
        directions.data()[i] = static_cast<float>(stream.normal());
    for (int round = 0; round < kPowerRounds; ++round) {
        const Eigen::MatrixXf images = orthonormal(centred * directions);
        directions = orthonormal(centred.transpose() * images);
    }
    const Eigen::MatrixXd scores = (centred * directions).cast<double>();
    const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver(
        scores.transpose() * scores / static_cast<double>(centred.rows()));
    Decomposition result;
    result.eigenvalues = solver.eigenvalues().reverse().head(count);
    result.directions
        = directions * solver.eigenvectors().rowwise().reverse().leftCols(count).cast<float>();
    return result;
}

} // namespace

PrincipalComponents principalComponents(const Matrix& flux, const Matrix& weight,
    std::size_t components, double noiseVariance, std::uint64_t seed)
{
    const auto count = static_cast<Eigen::Index>(components);
    EXPECTS(count <= flux.rows() && count <= flux.cols());
    const auto used = (weight.array() > 0.0F).eval();
    const bool gaps = !used.all();
    Matrix filled = flux;
    Eigen::RowVectorXf mean(flux.cols());
    for (Eigen::Index p = 0; p < flux.cols(); ++p) {
        const auto column = used.col(p);
        const auto good = static_cast<float>(column.count());
        mean[p] = good > 0.0F ? column.select(flux.col(p).array(), 0.0F).sum() / good : 1.0F;
        filled.col(p) = column.select(flux.col(p).array(), mean[p]).matrix();
    }
    Decomposition parts;
    for (int round = 0; round < (gaps ? kFillRounds : 1); ++round) {
        mean = filled.colwise().mean();
        const Matrix centred = filled.rowwise() - mean;
        parts = decompose(centred, count, seed);
        if (!gaps)
            break;
        const Matrix said
            = ((centred * parts.directions) * parts.directions.transpose()).rowwise() + mean;
        filled = used.select(flux.array(), said.array()).matrix();
    }
    PrincipalComponents result;
    result.mean.assign(mean.data(), mean.data() + mean.size());
    const Eigen::RowVectorXf deviation
        = ((filled.rowwise() - mean).array().square().colwise().mean()).sqrt();
    result.deviation.assign(deviation.data(), deviation.data() + deviation.size());
    const double least = std::max(kLeastShare * parts.eigenvalues[0], 1e-20);
    result.components.resize(count, flux.cols());
    for (Eigen::Index k = 0; k < count; ++k)
        result.components.row(k) = parts.directions.col(k).transpose()
            * static_cast<float>(std::sqrt(std::max(parts.eigenvalues[k] - noiseVariance, least)));
    return result;
}

} // namespace maury::gon
