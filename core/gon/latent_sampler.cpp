#include "core/gon/latent_sampler.h"

#include "core/base/contract.h"
#include "core/base/random.h"

#include <Eigen/Cholesky>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>

namespace maury::gon {
namespace {

using base::Result;
using Eigen::Index;

constexpr double kShrink = 0.01; ///< of the overall covariance in every component's
constexpr double kConverged = 1e-7; ///< relative gain of the log likelihood
constexpr std::uint64_t kStartStream = 51;
constexpr std::uint64_t kSampleStream = 52;

/// One component ready for evaluation.
struct Component {
    Eigen::LLT<Eigen::MatrixXd> factor;
    Eigen::VectorXd mean;
    double constant = 0.0; ///< log weight − ½ log det − ½ d log 2π

    Component(const Eigen::VectorXd& centre, const Eigen::MatrixXd& covariance, double weight)
        : factor(covariance)
        , mean(centre)
    {
        const Eigen::MatrixXd lower = factor.matrixL();
        constant = std::log(weight) - lower.diagonal().array().log().sum()
            - 0.5 * static_cast<double>(mean.size()) * std::log(2.0 * std::numbers::pi);
    }
    [[nodiscard]] double logDensity(const Eigen::VectorXd& x) const
    {
        return constant - 0.5 * factor.matrixL().solve(x - mean).squaredNorm();
    }
};

double logSum(const Eigen::VectorXd& logs)
{
    const double largest = logs.maxCoeff();
    return largest + std::log((logs.array() - largest).exp().sum());
}

/// Centres far from each other (k-means++).
std::vector<Index> farCentres(const Eigen::MatrixXd& x, int count, base::RandomStream& stream)
{
    std::vector<Index> centres {
        static_cast<Index>(stream.below(static_cast<std::uint32_t>(x.rows()))) };
    Eigen::VectorXd nearest
        = (x.rowwise() - x.row(centres.front())).rowwise().squaredNorm();
    while (std::ssize(centres) < count) {
        double left = stream.uniform() * nearest.sum();
        Index next = 0;
        while (next + 1 < x.rows() && left > nearest[next])
            left -= nearest[next++];
        centres.push_back(next);
        nearest = nearest.cwiseMin((x.rowwise() - x.row(next)).rowwise().squaredNorm());
    }
    return centres;
}

} // namespace

double LatentMixture::logDensity(const Eigen::VectorXd& code) const
{
    Eigen::VectorXd logs(std::ssize(weight));
    for (std::size_t k = 0; k < weight.size(); ++k)
        logs[static_cast<Index>(k)]
            = Component(mean[k], covariance[k], weight[k]).logDensity(code);
    return logSum(logs);
}

Result<LatentMixture> fitMixture(
    const Matrix& codes, int components, std::uint64_t seed, int iterations)
{
    if (components < 1 || codes.rows() < std::max<Index>(2, components))
        return base::failure(base::ErrorCode::OptionInvalid, "--components",
            fmt::format("{} for {} codes", components, codes.rows()),
            "at least one, and no more than there are codes");
    const Eigen::MatrixXd x = codes.cast<double>();
    const Eigen::RowVectorXd centre = x.colwise().mean();
    const Eigen::MatrixXd off = x.rowwise() - centre;
    Eigen::MatrixXd overall = off.transpose() * off / static_cast<double>(x.rows());
    overall.diagonal().array()
        += 1e-6 * std::max(overall.trace() / static_cast<double>(x.cols()), 1e-12);

    LatentMixture mixture;
    base::RandomStream stream = base::RandomStream(seed).split(kStartStream);
    const std::vector<Index> centres = farCentres(x, components, stream);
    for (const Index row : centres) {
        mixture.weight.push_back(1.0 / components);
        mixture.mean.push_back(components == 1 ? Eigen::VectorXd(centre.transpose())
                                               : Eigen::VectorXd(x.row(row).transpose()));
        mixture.covariance.push_back(overall);
    }
    if (components == 1)
        return mixture;
    double before = -1e300;
    Eigen::MatrixXd share(x.rows(), components);
    for (int iteration = 0; iteration < iterations; ++iteration) {
        double total = 0.0;
        std::vector<Component> ready;
        for (std::size_t k = 0; k < mixture.weight.size(); ++k)
            ready.emplace_back(mixture.mean[k], mixture.covariance[k], mixture.weight[k]);
        for (Index i = 0; i < x.rows(); ++i) {
            Eigen::VectorXd logs(components);
            for (int k = 0; k < components; ++k)
                logs[k] = ready[static_cast<std::size_t>(k)].logDensity(x.row(i).transpose());
            const double sum = logSum(logs);
            total += sum;
            share.row(i) = (logs.array() - sum).exp().transpose();
        }
        for (int k = 0; k < components; ++k) {
            const auto at = static_cast<std::size_t>(k);
            const double members = std::max(share.col(k).sum(), 1e-9);
            mixture.weight[at] = members / static_cast<double>(x.rows());
            mixture.mean[at] = (x.transpose() * share.col(k)) / members;
            const Eigen::MatrixXd own = x.rowwise() - mixture.mean[at].transpose();
            mixture.covariance[at]
                = (1.0 - kShrink)
                    * (own.transpose() * share.col(k).asDiagonal() * own) / members
                + kShrink * overall;
        }
        const double sum = std::accumulate(mixture.weight.begin(), mixture.weight.end(), 0.0);
        for (double& weight : mixture.weight)
            weight /= sum;
        if (total - before < kConverged * std::abs(total))
            break;
        before = total;
    }
    return mixture;
}

Matrix sampleCodes(const LatentMixture& mixture, std::size_t count, std::uint64_t seed)
{
    EXPECTS(!mixture.weight.empty());
    const Index latent = mixture.mean.front().size();
    std::vector<Eigen::MatrixXd> lower;
    for (const Eigen::MatrixXd& covariance : mixture.covariance)
        lower.emplace_back(Eigen::LLT<Eigen::MatrixXd>(covariance).matrixL());
    Matrix codes(static_cast<Index>(count), latent);
    for (std::size_t i = 0; i < count; ++i) {
        base::RandomStream stream = base::RandomStream(seed).split(kSampleStream).split(i);
        double left = stream.uniform();
        std::size_t k = 0;
        while (k + 1 < mixture.weight.size() && left > mixture.weight[k])
            left -= mixture.weight[k++];
        Eigen::VectorXd normal(latent);
        for (double& value : normal)
            value = stream.normal();
        codes.row(static_cast<Index>(i))
            = (mixture.mean[k] + lower[k] * normal).transpose().cast<float>();
    }
    return codes;
}

} // namespace maury::gon
