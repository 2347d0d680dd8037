#include "app/cli/bench.h"
#include "app/cli/bench_environment.h"
#include "app/cli/report.h"
#include "core/preprocess/continuum.h"
#include "core/preprocess/regridder.h"
#include "core/preprocess/running_percentile.h"

#include <Eigen/SparseCore>
#include <fmt/format.h>

#include <cmath>
#include <numbers>
#include <vector>

namespace maury::cli {
namespace {

constexpr int kRepeats = 31;
constexpr std::size_t kApogeePixels = 8575;
constexpr std::size_t kPercentilePixels = 10'000;
constexpr std::size_t kPercentileWindow = 1001;

using preprocess::ResamplingOperator;
using SparseMatrix = Eigen::SparseMatrix<double, Eigen::RowMajor>;

/// The pixels of an apStar file with lines, errors, the gaps between the chips and bad pixels.
spectrum::Segment apogeeSegment()
{
    spectrum::Segment segment;
    segment.medium = spectrum::Medium::Vacuum;
    segment.frame = spectrum::Frame::Rest;
    segment.resolvingPower = 22500.0;
    for (std::size_t i = 0; i < kApogeePixels; ++i) {
        const auto x = static_cast<double>(i);
        segment.wavelengthAngstrom.push_back(std::pow(10.0, 4.179 + 6e-6 * x));
        segment.flux.push_back(1.0 - 0.3 * std::pow(std::sin(0.05 * x), 8.0));
        segment.ivar.push_back(1e4 * (1.5 + std::sin(0.001 * x)));
        const bool onChip
            = (i >= 246 && i < 3274) || (i >= 3585 && i < 6080) || (i >= 6344 && i < 8335);
        const bool isBad = i % 101 == 0;
        segment.mask.push_back(!onChip   ? spectrum::mask::kNoData
                : isBad ? spectrum::mask::kBadPixel
                        : 0U);
    }
    return segment;
}

/// Median time of a call in ms of this thread's computing.
template <typename Work> double milliseconds(const Work& work, int callsPerRun = 1)
{
    std::vector<double> runs;
    for (int repeat = 0; repeat < kRepeats; ++repeat) {
        const double start = threadMicroseconds();
        for (int call = 0; call < callsPerRun; ++call)
            work();
        runs.push_back((threadMicroseconds() - start) / 1000.0 / callsPerRun);
    }
    return median(runs);
}

SparseMatrix matrixOf(const ResamplingOperator& made)
{
    std::vector<Eigen::Triplet<double>> entries;
    for (std::size_t row = 0; row < made.pixels(); ++row) {
        const auto weights = made.weights(row);
        for (std::size_t i = 0; i < weights.values.size(); ++i)
            entries.emplace_back(static_cast<int>(row), static_cast<int>(weights.begin + i),
                weights.values[i]);
    }
    SparseMatrix matrix(
        static_cast<Eigen::Index>(made.pixels()), static_cast<Eigen::Index>(made.sourcePixels()));
    matrix.setFromTriplets(entries.begin(), entries.end());
    return matrix;
}

/// The peer inside: Eigen's sparse products of the same matrix with the flux and, for the variance
/// and both covariances, of matrices made beforehand; no masks, no renormalisation.
struct SparsePeer {
    std::vector<SparseMatrix> matrices; ///< M, M∘M, M∘(M moved by one row), by two
    Eigen::VectorXd flux;
    Eigen::VectorXd variance;
    mutable double sum = 0.0; ///< of results, so that none is optimised away

    SparsePeer(const ResamplingOperator& made, const spectrum::Segment& segment)
        : flux(Eigen::Map<const Eigen::VectorXd>(segment.flux.data(), kApogeePixels))
        , variance(
              Eigen::Map<const Eigen::ArrayXd>(segment.ivar.data(), kApogeePixels).inverse().matrix())
    {
        const SparseMatrix m = matrixOf(made);
        matrices = { m, m.cwiseProduct(m) };
        for (const Eigen::Index lag : { 1, 2 })
            matrices.emplace_back(
                SparseMatrix(m.topRows(m.rows() - lag)).cwiseProduct(m.bottomRows(m.rows() - lag)));
    }
    void fluxOnly() const { sum += (matrices[0] * flux).eval()[0]; }
    void all() const
    {
        fluxOnly();
        for (std::size_t i = 1; i < matrices.size(); ++i)
            sum += (matrices[i] * variance).eval()[0];
    }
};

nlohmann::json measure()
{
    const auto grid = preprocess::namedGrid("survey");
    EXPECTS(grid.has_value());
    const spectrum::Segment segment = apogeeSegment();
    const ResamplingOperator made(segment.wavelengthAngstrom, *grid, segment.resolvingPower);
    std::size_t good = 0;
    const double apply = milliseconds([&] { good = made.apply(segment).goodPixels(); }, 20);
    const double making = milliseconds([&] {
        const ResamplingOperator other(
            segment.wavelengthAngstrom, *grid, segment.resolvingPower);
        good += other.pixels() == 0 ? 1 : 0;
    });
    const SparsePeer peer(made, segment);
    const double fluxOnly = milliseconds([&] { peer.fluxOnly(); }, 20);
    const double products = milliseconds([&] { peer.all(); }, 20);
    std::vector<double> values(kPercentilePixels);
    for (std::size_t i = 0; i < values.size(); ++i)
        values[i] = std::sin(0.37 * static_cast<double>(i)) * std::numbers::pi
            + std::cos(0.011 * static_cast<double>(i * i % 7919));
    const double percentile = milliseconds([&] {
        good += preprocess::runningPercentile(values, {}, kPercentileWindow, 90.0).empty() ? 1 : 0;
    });
    nlohmann::json figures { { "apply_ms", apply }, { "operator_ms", making },
        { "sparse_flux_ms", fluxOnly }, { "sparse_products_ms", products },
        { "running_percentile_ms", percentile }, { "source_pixels", kApogeePixels },
        { "grid_pixels", made.pixels() }, { "good_pixels", made.apply(segment).goodPixels() },
        { "weights", peer.matrices[0].nonZeros() } };
    for (const auto method : preprocess::continuumMethods())
        figures["continuum_" + toString(method) + "_ms"] = milliseconds([&] {
            good += preprocess::drawContinuum(segment, preprocess::usualContinuum(method)) ? 0 : 1;
        });
    return figures;
}

int run(const CommonOptions& common)
{
    nlohmann::json document = measure();
    if (!common.json) {
        for (const auto& [name, value] : document.items())
            fmt::print("{:<28} {}\n", name,
                value.is_number_float() ? fmt::format("{:.3f}", value.get<double>())
                                        : value.dump());
        return kDone;
    }
    document.update({ { "repeats", kRepeats }, { "percentile_pixels", kPercentilePixels },
        { "percentile_window", kPercentileWindow },
        { "clock", "CPU time of one thread, median of runs" },
        { "environment", benchEnvironment() } });
    printJson(document);
    return kDone;
}

} // namespace

void addBenchResample(CLI::App& bench, CommonOptions& common, Action& action)
{
    CLI::App* verb = bench.add_subcommand("resample",
        "time of bringing an APOGEE spectrum to the survey grid with variances, covariances and "
        "mask, beside plain sparse products; of the running percentile and of the continua");
    addCommonOptions(*verb, common);
    verb->callback([&common, &action] { action = [&common] { return run(common); }; });
}

} // namespace maury::cli
