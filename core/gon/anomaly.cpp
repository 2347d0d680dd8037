#include "core/gon/anomaly.h"

#include <Eigen/Cholesky>

#include <algorithm>
#include <array>
#include <cmath>


namespace maury::gon {
namespace {

using base::Result;
using Eigen::Index;

constexpr std::array<Index, 4> kWindows { 1, 3, 7, 15 }; ///< pixels
constexpr double kMadToSigma = 1.4826;

double medianOf(std::vector<double> values)
{
    if (values.empty())
        return 0.0;
    const auto middle = values.begin() + std::ssize(values) / 2;
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

double madOf(const std::vector<double>& values, double centre)
{
    std::vector<double> off;
    for (const double value : values)
        off.push_back(std::abs(value - centre));
    return kMadToSigma * medianOf(std::move(off));
}

/// The largest mean of residuals (in sigmas) over windows of one width, over the star's own spread
/// of such means.
void scanWindows(const Eigen::ArrayXd& z, const Eigen::ArrayXd& used,
    const std::vector<double>& wavelengths, Index width, AnomalyScore& score)
{
    std::vector<double> means;
    std::vector<Index> at;
    double sum = 0.0;
    double count = 0.0;
    for (Index p = 0; p < z.size(); ++p) {
        sum += z[p];
        count += used[p];
        if (p >= width) {
            sum -= z[p - width];
            count -= used[p - width];
        }
        if (p + 1 >= width && count + 0.5 > static_cast<double>(width)) {
            means.push_back(sum / std::sqrt(count));
            at.push_back(p - width / 2);
        }
    }
    if (means.empty())
        return;
    const double spread = std::max(1.0, madOf(means, 0.0));
    for (std::size_t i = 0; i < means.size(); ++i) {
        const double value = std::abs(means[i]) / spread;
        if (value <= score.largestWindow)
            continue;
        score.largestWindow = value;
        score.windowAngstrom = wavelengths[static_cast<std::size_t>(std::max<Index>(0, at[i]))];
        score.windowSign = means[i] > 0.0 ? 1.0 : -1.0;
    }
}

AnomalyScore scoreOf(const LatentInference& inference, const SpectrumSet& set,
    const Reconstruction& made, const Eigen::LDLT<Eigen::MatrixXd>& prior, Index row)
{
    const GonModel& model = inference.model();
    const auto at = static_cast<std::size_t>(row);
    AnomalyScore score;
    score.usable = made.encoding.usable[at] != 0;
    if (!score.usable)
        return score;
    const Eigen::ArrayXd ivar = set.ivar.row(row).transpose().array().cast<double>();
    const Eigen::ArrayXd used = (ivar > 0.0).cast<double>();
    const Eigen::ArrayXd residual
        = (ivar > 0.0)
              .select(
                  (set.flux.row(row) - made.flux.row(row)).transpose().array().cast<double>(), 0.0);
    // The model's own uncertainty beside the noise.
    const Eigen::ArrayXd own
        = made.sigma.row(row).transpose().array().cast<double>() * model.bands.factor68;
    const Eigen::ArrayXd variance
        = (ivar > 0.0).select(1.0 / ivar.max(1e-300), 1.0) + own.square();
    const Eigen::ArrayXd z = residual / variance.sqrt();
    const double dof = made.encoding.dof[at];
    score.chi2Excess = (z.square().sum() - dof) / std::sqrt(2.0 * dof);
    for (const Index width : kWindows)
        scanWindows(z, used, set.wavelengthAngstrom, width, score);
    const Eigen::VectorXd off
        = made.encoding.codes.row(row).transpose().cast<double>() - model.prior.mean;
    score.mahalanobis = std::sqrt(std::max(0.0, off.dot(prior.solve(off))));
    return score;
}

} // namespace

AnomalyReference referenceOf(const std::vector<AnomalyScore>& ordinary)
{
    AnomalyReference reference;
    const auto of = [&](double AnomalyScore::* member, double& centre, double& spread) {
        std::vector<double> values;
        for (const AnomalyScore& score : ordinary)
            if (score.usable)
                values.push_back(score.*member);
        centre = medianOf(values);
        spread = std::max(madOf(values, centre), 1e-6);
    };
    of(&AnomalyScore::chi2Excess, reference.chi2Centre, reference.chi2Spread);
    of(&AnomalyScore::largestWindow, reference.windowCentre, reference.windowSpread);
    of(&AnomalyScore::mahalanobis, reference.mahalanobisCentre, reference.mahalanobisSpread);
    return reference;
}

Result<std::vector<AnomalyScore>> anomalyScores(const LatentInference& inference,
    const SpectrumSet& set, const AnomalyReference* reference, std::stop_token stop)
{
    const auto made
        = inference.reconstruct(set, { kMapIterations, true, true }, std::move(stop));
    if (!made)
        return base::Unexpected(made.error());
    const Eigen::LDLT<Eigen::MatrixXd> prior(inference.model().prior.covariance);
    std::vector<AnomalyScore> scores;
    for (Index row = 0; row < static_cast<Index>(set.spectra()); ++row)
        scores.push_back(scoreOf(inference, set, *made, prior, row));
    const AnomalyReference against = reference != nullptr ? *reference : referenceOf(scores);
    for (AnomalyScore& score : scores)
        score.combined = std::max(
            { (score.chi2Excess - against.chi2Centre) / against.chi2Spread,
                (score.largestWindow - against.windowCentre) / against.windowSpread,
                (score.mahalanobis - against.mahalanobisCentre) / against.mahalanobisSpread });
    return scores;
}

} // namespace maury::gon
