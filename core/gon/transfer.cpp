#include "core/gon/transfer.h"

#include "core/base/random.h"

#include <Eigen/Cholesky>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace maury::gon {
namespace {

using base::Result;
using Eigen::Index;

constexpr std::size_t kFewestCommon = 10;
constexpr double kTestShare = 0.25;
constexpr double kRidge = 1e-2; ///< of the variance of a standardised code
constexpr std::uint64_t kSplitStream = 71;

/// Ridge from standardised codes to codes.
Eigen::MatrixXd predicted(
    const Eigen::MatrixXd& x, const Eigen::MatrixXd& y, const Eigen::MatrixXd& wanted)
{
    const Eigen::RowVectorXd mean = x.colwise().mean();
    const Eigen::RowVectorXd level = y.colwise().mean();
    const Eigen::MatrixXd off = x.rowwise() - mean;
    const Eigen::RowVectorXd scale
        = off.array().square().colwise().mean().sqrt().max(1e-12).matrix();
    const Eigen::MatrixXd z = off.array().rowwise() / scale.array();
    Eigen::MatrixXd normal = z.transpose() * z;
    normal.diagonal().array() += kRidge * static_cast<double>(x.rows());
    const Eigen::MatrixXd weights = normal.ldlt().solve(z.transpose() * (y.rowwise() - level));
    const Eigen::MatrixXd other = (wanted.rowwise() - mean).array().rowwise() / scale.array();
    return (other * weights).rowwise() + level;
}

double rmsOf(const SpectrumSet& set, const Matrix& flux)
{
    double squares = 0.0;
    double count = 0.0;
    for (Index i = 0; i < flux.rows(); ++i)
        for (Index p = 0; p < flux.cols(); ++p)
            if (set.ivar(i, p) > 0.0F) {
                const auto off = static_cast<double>(flux(i, p) - set.flux(i, p));
                squares += off * off;
                count += 1.0;
            }
    return count > 0.0 ? std::sqrt(squares / count) : 0.0;
}

double r2Of(const Eigen::MatrixXd& truth, const Eigen::MatrixXd& said)
{
    const Eigen::RowVectorXd level = truth.colwise().mean();
    const double variance = (truth.rowwise() - level).squaredNorm();
    return variance > 0.0 ? 1.0 - (truth - said).squaredNorm() / variance : 0.0;
}

} // namespace

Result<TransferSplit> splitCommonStars(const SpectrumSet& source, const SpectrumSet& target,
    double radiusArcsec, std::uint64_t seed)
{
    const StarPairs pairs = commonStars(source, target, radiusArcsec);
    if (pairs.size() < kFewestCommon)
        return base::failure(base::ErrorCode::ValueMissing,
            source.source + " and " + target.source,
            fmt::format("{} common stars among {} and {} spectra", pairs.size(), source.spectra(),
                target.spectra()),
            fmt::format("at least {}, of one id or within {:g} arcsec", kFewestCommon, radiusArcsec));
    base::RandomStream stream = base::RandomStream(seed).split(kSplitStream);
    std::vector<std::size_t> order(pairs.size());
    std::iota(order.begin(), order.end(), std::size_t { 0 });
    for (std::size_t i = order.size(); i-- > 1;)
        std::swap(order[i], order[stream.below(static_cast<std::uint32_t>(i + 1))]);
    const auto tests
        = static_cast<std::size_t>(std::ceil(kTestShare * static_cast<double>(order.size())));
    TransferSplit split;
    for (std::size_t i = 0; i < order.size(); ++i) {
        StarPairs& part = i < tests ? split.test : split.fit;
        part.first.push_back(pairs.first[order[i]]);
        part.second.push_back(pairs.second[order[i]]);
        part.byPosition += order[i] + pairs.byPosition >= pairs.size() ? 1 : 0; // they are the last
    }
    return split;
}

Result<TransferScore> transfer(const LatentInference& source, const SpectrumSet& sourceSet,
    const LatentInference& target, const SpectrumSet& targetSet, const TransferSplit& split,
    std::stop_token stop)
{
    const SpectrumSet fitted = subset(targetSet, split.fit.second);
    const SpectrumSet judged = subset(targetSet, split.test.second);
    const auto codesOf = [&](const LatentInference& inference, const SpectrumSet& set) {
        EncodeOptions options;
        options.iterations = kMapIterations;
        return inference.encode(set, options, stop);
    };
    const auto fitFrom = codesOf(source, subset(sourceSet, split.fit.first));
    const auto fitTo = codesOf(target, fitted);
    const auto testFrom = codesOf(source, subset(sourceSet, split.test.first));
    const auto testTo = codesOf(target, judged);
    for (const auto* encoding : { &fitFrom, &fitTo, &testFrom, &testTo })
        if (!*encoding)
            return base::Unexpected(encoding->error());
    const Eigen::MatrixXd x = fitFrom->codes.cast<double>();
    const Eigen::MatrixXd y = fitTo->codes.cast<double>();
    Eigen::MatrixXd wrong(y.rows(), y.cols()); // every star has another's
    for (Index i = 0; i < y.rows(); ++i)
        wrong.row(i) = y.row((i + std::max<Index>(1, y.rows() / 2)) % y.rows());
    const Eigen::MatrixXd wanted = testFrom->codes.cast<double>();
    const Eigen::MatrixXd truth = testTo->codes.cast<double>();
    const Eigen::MatrixXd said = predicted(x, y, wanted);
    const Eigen::MatrixXd control = predicted(x, wrong, wanted);

    TransferScore score;
    score.trainStars = split.fit.size();
    score.testStars = split.test.size();
    score.byPosition = split.fit.byPosition + split.test.byPosition;
    score.codeR2 = r2Of(truth, said);
    score.shuffledCodeR2 = r2Of(truth, control);
    const Matrix flux = target.decode(said.cast<float>());
    score.rms = rmsOf(judged, flux);
    score.shuffledRms = rmsOf(judged, target.decode(control.cast<float>()));
    score.ownRms = rmsOf(judged, target.decode(truth.cast<float>()));
    Eigen::RowVectorXf mean(fitted.flux.cols());
    for (Index p = 0; p < mean.size(); ++p) {
        const auto used = (fitted.ivar.col(p).array() > 0.0F).eval();
        const auto count = static_cast<float>(used.count());
        mean[p] = count > 0.0F
            ? used.select(fitted.flux.col(p).array(), 0.0F).sum() / count
            : 1.0F;
    }
    score.meanRms = rmsOf(judged, mean.replicate(judged.flux.rows(), 1));
    std::vector<double> chi2;
    for (Index i = 0; i < flux.rows(); ++i) {
        const auto ivar = judged.ivar.row(i).array();
        const auto used = static_cast<double>((ivar > 0.0F).count());
        const auto off = (ivar > 0.0F)
                             .select(flux.row(i).array() - judged.flux.row(i).array(), 0.0F);
        chi2.push_back(static_cast<double>((ivar * off.square()).sum()) / std::max(1.0, used));
    }
    std::nth_element(chi2.begin(), chi2.begin() + std::ssize(chi2) / 2, chi2.end());
    score.chi2PerDof = chi2[chi2.size() / 2];
    return score;
}

} // namespace maury::gon
