#include "core/robust/atlas_space.h"

#include "core/base/contract.h"
#include "core/robust/folds.h"
#include "core/robust/input_batch.h"

#include <Eigen/Dense>

#include <algorithm>
#include <cmath>

namespace maury::robust {
namespace {

constexpr std::size_t kPixelsTogether = 5;
constexpr Eigen::Index kTogether { kPixelsTogether };
constexpr double kFewestGood = 0.5; ///< share of the bins
/// Added to the strength of the lines, so that a spectrum almost without lines has a scale, too.
constexpr double kLeastStrength = 0.04;

constexpr Eigen::Index kMostAxes = 30;
constexpr std::size_t kVariationsOfEach = 20; ///< of each standard,
constexpr std::size_t kMostVariations = 3072; ///< but not more than this of all
constexpr double kLimitSigmas = 2.33; ///< 99 % of a normal distribution
constexpr double kWithoutNoise = 1e6; ///< signal to noise

Eigen::Index binsOf(const LogGrid& grid)
{
    return static_cast<Eigen::Index>(binCount(grid));
}

/// Lines averaged over bins; 0 where `used` becomes 0.
struct Binned {
    Eigen::VectorXd lines;
    Eigen::VectorXd used; ///< 1 or 0
};

Binned binned(const LogSpectrum& spectrum, const LogGrid& grid)
{
    std::vector<float> mean(grid.pixels);
    runningMean(spectrum.flux, grid.localWindow(), mean);
    std::vector<float> input(grid.cropPixels);
    divideLocally(spectrum.flux, mean, grid, input);
    const Eigen::Index bins = binsOf(grid);
    Binned result { Eigen::VectorXd::Zero(bins), Eigen::VectorXd::Zero(bins) };
    for (Eigen::Index bin = 0; bin < bins; ++bin) {
        const std::size_t first = static_cast<std::size_t>(bin) * kPixelsTogether;
        double sum = 0.0;
        bool good = true;
        for (std::size_t i = first; i < first + kPixelsTogether; ++i) {
            sum += static_cast<double>(input[i]);
            good = good && spectrum.good[grid.cropBegin + i] != 0;
        }
        if (good) {
            result.lines[bin] = sum / static_cast<double>(kPixelsTogether);
            result.used[bin] = 1.0;
        }
    }
    return result;
}

/// The least squares of what is left after the axes, over the bins used.
Eigen::VectorXd restOf(const AtlasSpace& space, const Binned& spectrum)
{
    const Eigen::MatrixXd axes = space.axes.cast<double>() * spectrum.used.asDiagonal();
    const Eigen::VectorXd mean
        = Eigen::Map<const Eigen::VectorXf>(space.mean.data(), std::ssize(space.mean))
              .cast<double>();
    const Eigen::VectorXd target = (spectrum.lines - mean).cwiseProduct(spectrum.used);
    // A little weight on the axes themselves: with bins missing they are no longer orthogonal.
    constexpr double kRidge = 1e-6;
    Eigen::MatrixXd normal = axes * axes.transpose();
    normal.diagonal().array() += kRidge;
    return target - axes.transpose() * normal.ldlt().solve(axes * target);
}

/// Root mean square of the rest over the root of the lines' strength.
double distance(const AtlasSpace& space, const Binned& spectrum, double noise)
{
    const double used = spectrum.used.sum();
    const double meanSquare = restOf(space, spectrum).squaredNorm() / used - noise * noise;
    const double strength = std::sqrt(spectrum.lines.squaredNorm() / used);
    return std::sqrt(std::max(0.0, meanSquare) / (kLeastStrength + strength));
}

/// The lines of variations without noise, one a row: [variations, bins].
Eigen::MatrixXd variationsOf(
    const Standards& standards, VariationSettings settings, std::uint64_t seed, BatchMaker& batches)
{
    const std::size_t count = std::min(kMostVariations, kVariationsOfEach * standards.size());
    settings.lowestSignalToNoise = kWithoutNoise;
    settings.highestSignalToNoise = kWithoutNoise;
    const VariationMaker maker(standards, settings, seed);
    InputBatch batch(count, standards.grid);
    batches.make(maker, 0, nullptr, batch);
    const Eigen::Index bins = binsOf(standards.grid);
    Eigen::MatrixXd lines(batch.input.rows(), bins);
    for (Eigen::Index bin = 0; bin < bins; ++bin)
        lines.col(bin)
            = batch.input.middleCols(bin * kTogether, kTogether).cast<double>().rowwise().mean();
    return lines;
}

/// The axes along which the rows of `lines` differ most.
AtlasSpace spanOf(const Eigen::MatrixXd& lines)
{
    const Eigen::RowVectorXd mean = lines.colwise().mean();
    const Eigen::MatrixXd centred = lines.rowwise() - mean;
    const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver(centred.transpose() * centred);
    AtlasSpace space;
    for (const double value : mean)
        space.mean.push_back(static_cast<float>(value));
    const Eigen::Index axes = std::min(kMostAxes, lines.cols() / 2);
    space.axes = solver.eigenvectors().rightCols(axes).transpose().cast<float>(); // ascending
    return space;
}

double quantile(std::vector<double> values, double share)
{
    const auto place = values.begin()
        + static_cast<std::ptrdiff_t>(share * static_cast<double>(values.size() - 1));
    std::nth_element(values.begin(), place, values.end());
    return *place;
}

/// Below it lie 99 % of distances that are log-normal with the median and the upper σ of these: the
/// few standards at corners of the grid that no other covers do not count.
double limitOf(const std::vector<double>& distances)
{
    constexpr double kOneSigma = 0.8413;
    const double median = quantile(distances, 0.5);
    return median * std::pow(quantile(distances, kOneSigma) / median, kLimitSigmas);
}

} // namespace

std::size_t binCount(const LogGrid& grid)
{
    return grid.cropPixels / kPixelsTogether;
}

double binAngstrom(const LogGrid& grid)
{
    return static_cast<double>(kPixelsTogether) * grid.middleStepAngstrom();
}

std::optional<double> distanceFrom(
    const AtlasSpace& space, const LogSpectrum& spectrum, const LogGrid& grid, double noise)
{
    EXPECTS(space.mean.size() == binCount(grid) && space.limit > 0.0);
    const Binned lines = binned(spectrum, grid);
    if (lines.used.sum() < kFewestGood * static_cast<double>(lines.used.size()))
        return std::nullopt;
    return distance(space, lines, noise) / space.limit;
}

AtlasSpace learnAtlasSpace(const Standards& standards, std::span<const HeldOut> folds,
    const VariationSettings& variation, std::uint64_t seed, int threads)
{
    BatchMaker batches(threads > 0 ? threads : base::defaultThreadCount());
    std::vector<double> distances;
    std::uint64_t part = seed;
    for (const HeldOut& fold : folds) {
        const AtlasSpace without = spanOf(variationsOf(fold.training, variation, ++part, batches));
        const Eigen::MatrixXd unseen = variationsOf(fold.heldOut, variation, ++part, batches);
        for (Eigen::Index row = 0; row < unseen.rows(); ++row)
            distances.push_back(distance(without,
                { unseen.row(row).transpose(), Eigen::VectorXd::Ones(unseen.cols()) }, 0.0));
    }
    EXPECTS(!distances.empty());
    AtlasSpace space = spanOf(variationsOf(standards, variation, seed, batches));
    space.limit = limitOf(distances);
    return space;
}

std::optional<AtlasSpace> atlasSpaceOf(const std::vector<Library>& libraries,
    const VariationSettings& variation, std::uint64_t seed, int threads)
{
    constexpr int kFolds = 5;
    constexpr std::size_t kFewestCells = 20;
    const auto standards = standardsOf(libraries);
    const auto folds = makeFolds(libraries, kFolds, seed);
    if (!standards || !folds)
        return std::nullopt;
    std::vector<HeldOut> heldOut;
    std::size_t cells = 0;
    for (const Fold& fold : *folds) {
        auto training = standardsOf(fold.training);
        auto unseen = standardsOf(fold.heldOut);
        if (!training || !unseen)
            return std::nullopt;
        heldOut.push_back({ *std::move(training), *std::move(unseen) });
        cells += fold.cells.size();
    }
    if (cells < kFewestCells)
        return std::nullopt;
    auto space = learnAtlasSpace(*standards, heldOut, variation, seed, threads);
    // Standards that are all alike leave no distance to measure by.
    return space.limit > 0.0 ? std::optional(std::move(space)) : std::nullopt;
}

} // namespace maury::robust
