#include "core/gon/transfer.h"

#include "core/base/random.h"

#include <Eigen/Cholesky>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <unordered_map>

namespace maury::gon {
namespace {

using base::Result;
using Eigen::Index;

constexpr std::size_t kFewestCommon = 10;
constexpr double kTestShare = 0.25;
constexpr double kRidge = 1e-2; ///< of the variance of a standardised code
constexpr std::uint64_t kSplitStream = 71;

/// Rows of the same stars in both sets, one pair for a star (its first usable spectra).
struct Pairs {
    std::vector<std::size_t> source;
    std::vector<std::size_t> target;
};

Pairs commonStars(const SpectrumSet& source, const SpectrumSet& target)
{
    std::unordered_map<std::string, std::size_t> rows;
    for (std::size_t i = 0; i < target.spectra(); ++i)
        if (isUsable(target, i))
            rows.try_emplace(target.stars[i], i);
    Pairs pairs;
    for (std::size_t i = 0; i < source.spectra(); ++i) {
        const auto found = rows.find(source.stars[i]);
        if (found == rows.end() || !isUsable(source, i))
            continue;
        pairs.source.push_back(i);
        pairs.target.push_back(found->second);
        rows.erase(found);
    }
    return pairs;
}

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

Eigen::MatrixXd rowsOf(const Matrix& codes, const std::vector<std::size_t>& rows)
{
    Eigen::MatrixXd result(std::ssize(rows), codes.cols());
    for (std::size_t i = 0; i < rows.size(); ++i)
        result.row(static_cast<Index>(i))
            = codes.row(static_cast<Index>(rows[i])).cast<double>();
    return result;
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

Result<TransferScore> transfer(const LatentInference& source, const SpectrumSet& sourceSet,
    const LatentInference& target, const SpectrumSet& targetSet, std::uint64_t seed,
    std::stop_token stop)
{
    const Pairs pairs = commonStars(sourceSet, targetSet);
    if (pairs.source.size() < kFewestCommon)
        return base::failure(base::ErrorCode::ValueMissing,
            sourceSet.source + " and " + targetSet.source,
            fmt::format("{} common stars", pairs.source.size()),
            fmt::format("at least {}", kFewestCommon));
    const SpectrumSet sourceCommon = subset(sourceSet, pairs.source);
    const SpectrumSet targetCommon = subset(targetSet, pairs.target);
    EncodeOptions options;
    options.iterations = kMapIterations;
    const auto from = source.encode(sourceCommon, options, stop);
    if (!from)
        return base::Unexpected(from.error());
    const auto to = target.encode(targetCommon, options, stop);
    if (!to)
        return base::Unexpected(to.error());
    base::RandomStream stream = base::RandomStream(seed).split(kSplitStream);
    std::vector<std::size_t> order(pairs.source.size());
    for (std::size_t i = 0; i < order.size(); ++i)
        order[i] = i;
    for (std::size_t i = order.size(); i-- > 1;)
        std::swap(order[i], order[stream.below(static_cast<std::uint32_t>(i + 1))]);
    const auto testCount = static_cast<std::size_t>(
        std::ceil(kTestShare * static_cast<double>(order.size())));
    const auto border = order.begin() + static_cast<std::ptrdiff_t>(testCount);
    const std::vector<std::size_t> test(order.begin(), border);
    const std::vector<std::size_t> fit(border, order.end());
    std::vector<std::size_t> wrong = fit;
    std::rotate(wrong.begin(), wrong.begin() + std::ssize(wrong) / 2, wrong.end());

    TransferScore score;
    score.trainStars = fit.size();
    score.testStars = test.size();
    const Eigen::MatrixXd x = rowsOf(from->codes, fit);
    const Eigen::MatrixXd wanted = rowsOf(from->codes, test);
    const Eigen::MatrixXd truth = rowsOf(to->codes, test);
    const Eigen::MatrixXd said = predicted(x, rowsOf(to->codes, fit), wanted);
    const Eigen::MatrixXd control = predicted(x, rowsOf(to->codes, wrong), wanted);
    score.codeR2 = r2Of(truth, said);
    score.shuffledCodeR2 = r2Of(truth, control);
    const SpectrumSet judged = subset(targetCommon, test);
    const SpectrumSet fitted = subset(targetCommon, fit);
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
