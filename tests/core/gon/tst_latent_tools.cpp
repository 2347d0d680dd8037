// Maps, probes, samples and sets of Gradient Origin Networks.

#include "core/base/random.h"
#include "core/gon/latent_map.h"
#include "core/gon/latent_probe.h"
#include "core/gon/latent_sampler.h"
#include "core/gon/line_windows.h"
#include "core/gon/principal_components.h"
#include "core/gon/spectrum_set.h"
#include "core/gon/tsne.h"
#include "core/gon/velocity.h"

#include <QTest>

#include <Eigen/QR>

#include <cmath>
#include <limits>

using namespace maury;
using namespace maury::gon;

namespace {

/// Groups of points around far centres: row i is of group i % groups.
Matrix groupedPoints(Eigen::Index count, Eigen::Index dimensions, int groups, std::uint64_t seed)
{
    base::RandomStream stream(seed);
    Matrix points(count, dimensions);
    for (Eigen::Index i = 0; i < count; ++i)
        for (Eigen::Index d = 0; d < dimensions; ++d)
            points(i, d) = static_cast<float>(
                0.3 * stream.normal() + (d == i % groups ? 8.0 : 0.0));
    return points;
}

SpectrumSet namedSet(const std::vector<std::string>& stars)
{
    SpectrumSet set;
    set.wavelengthAngstrom = { 4000.0, 4001.0, 4002.0, 4003.0 };
    set.flux = Matrix::Ones(std::ssize(stars), 4);
    set.ivar = Matrix::Constant(std::ssize(stars), 4, 100.0F);
    set.stars = stars;
    set.source = "made";
    return set;
}

} // namespace

class TestLatentTools : public QObject {
    Q_OBJECT

private slots:
    /// Neighbours in the map are of the same group.
    void tsneKeepsGroupsTogether()
    {
        const Matrix points = groupedPoints(90, 6, 3, 1);
        TsneOptions options;
        options.perplexity = 10.0;
        options.iterations = 400;
        options.threads = 1;
        const auto map = tsne(points, options);
        QVERIFY(map.has_value());
        QVERIFY(map->allFinite());
        int right = 0;
        for (Eigen::Index i = 0; i < map->rows(); ++i) {
            const auto nearest = nearestNeighbours(*map, map->row(i), 3, i);
            for (const Neighbour& one : nearest)
                right += static_cast<Eigen::Index>(one.row) % 3 == i % 3 ? 1 : 0;
        }
        QVERIFY2(right > 255, qPrintable(QString::number(right)));
    }

    /// The tree's sums are near the exact ones, and threads do not matter.
    void tsneOfTreeAndExact()
    {
        const Matrix points = groupedPoints(40, 5, 2, 2);
        TsneOptions options;
        options.iterations = 5;
        options.exaggeratedIterations = 5;
        options.threads = 1;
        const auto tree = tsne(points, options);
        options.theta = 0.0;
        const auto exact = tsne(points, options);
        QVERIFY(tree.has_value() && exact.has_value());
        const float size = exact->cwiseAbs().maxCoeff();
        QVERIFY((*tree - *exact).cwiseAbs().maxCoeff() < 0.1F * size);
        options.threads = 2;
        const auto two = tsne(points, options);
        QVERIFY(two.has_value());
        QVERIFY(*two == *exact);
    }

    void tsneRefuses()
    {
        QVERIFY(!tsne(Matrix::Zero(3, 2), {}));
        Matrix bad = groupedPoints(10, 2, 2, 3);
        bad(1, 1) = std::numeric_limits<float>::quiet_NaN();
        QVERIFY(!tsne(bad, {}));
        std::stop_source stop;
        stop.request_stop();
        QCOMPARE(tsne(groupedPoints(10, 2, 2, 3), {}, stop.get_token()).error().code,
            base::ErrorCode::Cancelled);
        // Points that are all the same have a map, too.
        const auto same = tsne(Matrix::Ones(8, 3), { .perplexity = 2.0, .iterations = 20 });
        QVERIFY(same.has_value() && same->allFinite());
    }

    void mixtureFindsGroups()
    {
        const Matrix points = groupedPoints(300, 4, 3, 4);
        const auto mixture = fitMixture(points, 3, 1);
        QVERIFY(mixture.has_value());
        for (const double weight : mixture->weight)
            QVERIFY(std::abs(weight - 1.0 / 3.0) < 0.05);
        const Matrix drawn = sampleCodes(*mixture, 200, 5);
        QVERIFY(drawn == sampleCodes(*mixture, 200, 5));
        for (Eigen::Index i = 0; i < drawn.rows(); ++i) {
            const auto nearest = nearestNeighbours(points, drawn.row(i), 1);
            QVERIFY(nearest.front().distance < 3.0);
        }
        const auto one = fitMixture(points, 1, 1);
        QVERIFY(one.has_value());
        const Eigen::VectorXd centre = points.colwise().mean().transpose().cast<double>();
        QVERIFY((one->mean.front() - centre).norm() < 1e-4);
        QVERIFY(one->logDensity(centre) > one->logDensity(centre + Eigen::VectorXd::Ones(4) * 20));
        QVERIFY(!fitMixture(points, 0, 1));
        QVERIFY(!fitMixture(points.topRows(2), 3, 1));
    }

    void probesFindWhatIsThere()
    {
        base::RandomStream stream(6);
        Matrix codes(120, 5);
        Label label { "teff", {} };
        Label nothing { "nothing", {} };
        std::vector<std::string> stars;
        for (Eigen::Index i = 0; i < codes.rows(); ++i) {
            for (Eigen::Index d = 0; d < 5; ++d)
                codes(i, d) = static_cast<float>(stream.normal());
            label.values.push_back(3.0 * static_cast<double>(codes(i, 0))
                - static_cast<double>(codes(i, 3)) + 0.05 * stream.normal());
            nothing.values.push_back(stream.normal());
            stars.push_back("s" + std::to_string(i / 2)); // two spectra of each star
        }
        label.values[5] = std::numeric_limits<double>::quiet_NaN();
        const auto found = probe(codes, stars, label);
        QVERIFY(found.has_value());
        QCOMPARE(found->size(), std::size_t { 2 });
        QCOMPARE((*found)[0].truth.size(), std::size_t { 119 });
        QVERIFY((*found)[0].r2 > 0.98);
        QVERIFY((*found)[1].r2 > 0.5);
        QVERIFY((*found)[0].spearman > 0.97);
        const auto none = probe(codes, stars, nothing);
        QVERIFY(none.has_value());
        QVERIFY((*none)[0].r2 < 0.2);
        Label few { "few", std::vector<double>(120, std::numeric_limits<double>::quiet_NaN()) };
        few.values[0] = 1.0;
        QVERIFY(!probe(codes, stars, few));
    }

    void ranks()
    {
        QCOMPARE(spearman({ 1, 2, 3, 4 }, { 10, 20, 30, 45 }), 1.0);
        QCOMPARE(spearman({ 1, 2, 3, 4 }, { 4, 3, 2, 1 }), -1.0);
        QVERIFY(std::isnan(spearman({ 1, 2 }, { 1, 2 })));
        QVERIFY(std::isnan(spearman({ 1, 1, 1 }, { 1, 2, 3 })));
    }

    void principalAxes()
    {
        Matrix points(4, 3);
        points << 0, 0, 0, 4, 0, 0, 0, 1, 0, 4, 1, 0;
        const PlaneMap map = principalMap(points);
        QVERIFY(std::abs(map.explained[0] - 16.0 / 17.0) < 1e-6);
        QVERIFY(std::abs(std::abs(map.points(0, 0) - map.points(1, 0)) - 4.0F) < 1e-5F);
    }

    /// Components of spectra of two parts are those parts, gaps or not.
    void componentsOfGappedSpectra()
    {
        base::RandomStream stream(8);
        Matrix parts(2, 30);
        for (Eigen::Index p = 0; p < 30; ++p) {
            parts(0, p) = std::sin(0.3F * static_cast<float>(p));
            parts(1, p) = 0.4F * std::cos(0.5F * static_cast<float>(p));
        }
        Matrix flux(80, 30);
        Matrix weight = Matrix::Ones(80, 30);
        for (Eigen::Index i = 0; i < 80; ++i) {
            flux.row(i) = static_cast<float>(stream.normal()) * parts.row(0)
                + static_cast<float>(stream.normal()) * parts.row(1);
            weight.row(i).segment(static_cast<Eigen::Index>(stream.below(24)), 4).setZero();
        }
        const Matrix all = Matrix::Ones(80, 30);
        const auto full = principalComponents(flux, all, 2, 0.0, 1);
        const auto gapped = principalComponents(flux, weight, 2, 0.0, 1);
        const auto residual = [&](const PrincipalComponents& found) {
            const Eigen::MatrixXf basis = found.components.transpose();
            const Eigen::MatrixXf fit = basis * basis.householderQr().solve(parts.transpose());
            return (fit - parts.transpose()).norm() / parts.norm();
        };
        QVERIFY(residual(full) < 1e-3F);
        QVERIFY(residual(gapped) < 0.1F);
    }

    /// A shift by v moves a line to λ(1 + v/c); nothing comes from outside of the grid.
    void shiftMovesLines()
    {
        std::vector<double> wavelengths;
        Matrix flux(1, 400);
        for (Eigen::Index p = 0; p < 400; ++p) {
            wavelengths.push_back(4000.0 + 0.5 * static_cast<double>(p));
            const double x = (wavelengths.back() - 4100.0) / 1.0;
            flux(0, p) = static_cast<float>(1.0 - 0.5 * std::exp(-0.5 * x * x));
        }
        const double velocity = 123.0;
        const ShiftOperator shift = shiftOperator(wavelengths, velocity);
        QCOMPARE(shift.first.front(), -1);
        const Matrix moved = shifted(flux, shift);
        const double centre = 4100.0 * (1.0 + velocity / 299792.458);
        for (Eigen::Index p = 20; p < 400; ++p) {
            const double x = wavelengths[static_cast<std::size_t>(p)] / (1.0 + velocity / 299792.458)
                - 4100.0;
            const double expected = 1.0 - 0.5 * std::exp(-0.5 * x * x);
            QVERIFY(std::abs(static_cast<double>(moved(0, p)) - expected) < 2e-3);
        }
        QVERIFY(centre > 4101.6);
        const Matrix back = shifted(flux, shiftOperator(wavelengths, 0.0));
        QVERIFY((back - flux).cwiseAbs().maxCoeff() < 1e-6F);
    }

    void splitsByStar()
    {
        const SpectrumSet set = namedSet({ "a", "b", "a", "c", "d", "b", "e" });
        const SplitSets split = splitByStar(set, 2);
        QCOMPARE(split.train.stars, (std::vector<std::string> { "a", "a", "c", "e" }));
        QCOMPARE(split.unseen.stars, (std::vector<std::string> { "b", "d", "b" }));
        const SpectrumSet hidden = withHidden(set, { { 4000.5, 4002.0 } });
        QCOMPARE(usablePixels(hidden, 0), std::size_t { 2 });
        const auto both = joined(split.train, split.unseen);
        QVERIFY(both.has_value());
        QCOMPARE(both->spectra(), std::size_t { 7 });
    }

    void windows()
    {
        for (const char* name : { "mk", "galah", "apogee" }) {
            const auto found = defaultWindows(name);
            QVERIFY(found.has_value());
            QVERIFY(found->size() >= 12);
        }
        QVERIFY(!defaultWindows("other"));
        const auto apogee = defaultWindows("apogee");
        QVERIFY(apogee->front().lineAngstrom > 15744.0); // 15740.716 in air is 15745.017 in vacuum
        const auto weights = windowWeights({ 4095.0, 4101.0, 4120.0 }, *defaultWindows("mk"), 3.0);
        QCOMPARE(weights[1], 3.0F);
        QCOMPARE(weights[2], 1.0F);
    }
};

QTEST_GUILESS_MAIN(TestLatentTools)
#include "tst_latent_tools.moc"
