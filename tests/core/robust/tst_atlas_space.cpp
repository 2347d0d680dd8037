#include "core/robust/atlas_space.h"
#include "tests/support/star_atlas.h"
#include "tests/support/test_data.h"

#include <QTest>

#include <cmath>

using namespace maury;
using namespace maury::robust;
using test::TemporaryFolder;

namespace {

constexpr double kNoNoise = 0.0;

VariationSettings quiet()
{
    VariationSettings settings;
    settings.rotationShare = 0.0;
    return settings;
}

Standards standardsWith(const std::vector<double>& codes)
{
    return standardsOf({ { test::starAtlas(codes, libraryGrid()) } }).value();
}

AtlasSpace learnt(std::uint64_t seed = 3)
{
    const std::vector<double> all { 12.0, 14.0, 16.0, 18.0, 20.0, 22.0, 24.0 };
    std::vector<HeldOut> folds;
    for (const double code : { 14.0, 18.0, 22.0 }) {
        std::vector<double> rest;
        std::copy_if(all.begin(), all.end(), std::back_inserter(rest),
            [&](double other) { return other != code; });
        folds.push_back({ standardsWith(rest), standardsWith({ code }) });
    }
    return learnAtlasSpace(standardsWith(all), folds, quiet(), seed, 1);
}

/// A made-up star between the standards, on the log grid, with something done to its flux.
LogSpectrum star(
    const std::function<double(double wavelength, double flux)>& change, double code = 17.0)
{
    const auto grid = libraryGrid();
    std::vector<float> flux;
    for (std::size_t i = 0; i < grid.pixels; ++i) {
        const double wavelength = grid.wavelength(i);
        flux.push_back(
            static_cast<float>(change(wavelength, test::starFlux(wavelength, code, 3.0))));
    }
    const std::vector<std::uint8_t> good(grid.pixels, 1);
    return toLogGrid(flux, good, grid, blueGrid(grid.lastAngstrom()));
}

double unchanged(double, double flux)
{
    return flux;
}

} // namespace

class TestAtlasSpace : public QObject {
    Q_OBJECT
private slots:
    void initTestCase()
    {
        m_space = learnt();
        m_grid = blueGrid(libraryGrid().lastAngstrom());
    }

    void axesAreOrthonormal()
    {
        const Eigen::MatrixXf product = m_space.axes * m_space.axes.transpose();
        QVERIFY((product - Eigen::MatrixXf::Identity(product.rows(), product.cols()))
                    .cwiseAbs()
                    .maxCoeff()
            < 1e-4F);
        QCOMPARE(m_space.mean.size(), std::size_t { 170 }); // 853 pixels by fives
        QVERIFY(binAngstrom(m_grid) > 4.0 && binAngstrom(m_grid) < 4.4);
    }

    void sameSeedSameSpace()
    {
        QVERIFY(learnt() == m_space);
        QVERIFY(!(learnt(4) == m_space));
    }

    // A star of a type that the atlas lacks, tilted and scaled, is inside: the types beside it are
    // there.
    void starsBetweenTheStandardsAreInside()
    {
        QVERIFY(*distanceFrom(m_space, star(unchanged), m_grid, kNoNoise) < 1.0);
        const auto tilted
            = star([](double wavelength, double flux) { return 3.0 * flux * wavelength / 4200.0; });
        QVERIFY(*distanceFrom(m_space, tilted, m_grid, kNoNoise) < 1.0);
    }

    // What no standard has is outside: emission lines, bands of a molecule, another atlas's lines,
    // noise that is not known to be noise.
    void strangersAreOutside()
    {
        const auto emission = star([](double wavelength, double flux) {
            const double x = (wavelength - 4340.5) / 4.0;
            return flux + 2.0 * std::exp(-0.5 * x * x);
        });
        QVERIFY(*distanceFrom(m_space, emission, m_grid, kNoNoise) > 2.0);
        const auto bands = star([](double wavelength, double flux) {
            return flux * (1.0 - 0.4 * std::fmod(wavelength, 60.0) / 60.0);
        });
        QVERIFY(*distanceFrom(m_space, bands, m_grid, kNoNoise) > 2.0);
        const auto elsewhere = star([](double wavelength, double) {
            return test::starFlux(wavelength * 1.003, 17.0, 3.0);
        });
        QVERIFY(*distanceFrom(m_space, elsewhere, m_grid, kNoNoise) > 1.0);
    }

    // Noise of a known size is not held against a star; of an unknown one it is.
    void noiseIsTakenOff()
    {
        base::RandomStream random(5);
        const double sigma = 0.1; // of a pixel of 0.5 Å
        const auto noisy
            = star([&](double, double flux) { return flux + sigma * random.normal(); });
        const double ofBin = sigma * std::sqrt(0.5 / binAngstrom(m_grid));
        const double unknown = *distanceFrom(m_space, noisy, m_grid, kNoNoise);
        const double known = *distanceFrom(m_space, noisy, m_grid, ofBin);
        QVERIFY2(unknown > 1.0, qPrintable(QString::number(unknown)));
        QVERIFY2(known < 1.0, qPrintable(QString::number(known)));
    }

    // Missing pixels neither make a stranger of a star nor hide one; with too few there is no
    // answer.
    void missingPixelsAreLeftOut()
    {
        auto holed = star([](double wavelength, double flux) {
            return wavelength > 4300.0 && wavelength < 4380.0 ? 9.0 : flux;
        });
        for (std::size_t i = 0; i < m_grid.pixels; ++i)
            if (std::abs(m_grid.wavelength(i) - 4340.0) < 90.0)
                holed.good[i] = 0; // with all that the running mean spoils
        QVERIFY(*distanceFrom(m_space, holed, m_grid, kNoNoise) < 1.0);
        auto stranger = star([](double wavelength, double flux) {
            const double x = (wavelength - 4100.0) / 4.0;
            return flux + 2.0 * std::exp(-0.5 * x * x);
        });
        std::fill(stranger.good.end() - 200, stranger.good.end(), std::uint8_t { 0 });
        QVERIFY(*distanceFrom(m_space, stranger, m_grid, kNoNoise) > 2.0);
        std::fill(stranger.good.begin() + 400, stranger.good.end(), std::uint8_t { 0 });
        QVERIFY(!distanceFrom(m_space, stranger, m_grid, kNoNoise));
    }

    void filesRoundTripAndDamageIsNoticed()
    {
        const TemporaryFolder folder;
        const io::Hdf5Format format { "space-test", 1 };
        const auto written = [&](const AtlasSpace& space) {
            return io::writeHdf5(folder / "s.h5", format,
                [&](io::Hdf5Group& root) { return writeSpace(root, "space", space); });
        };
        const auto read = [&] {
            return readSpace(io::openHdf5(folder / "s.h5", format).value(), "space", m_grid);
        };
        QVERIFY_RESULT(written(m_space));
        QVERIFY(read().value() == m_space);
        const auto refused = [&](const std::function<void(AtlasSpace&)>& change) {
            AtlasSpace wrong = m_space;
            change(wrong);
            return written(wrong) && !read() && read().error().code == base::ErrorCode::FileDamaged;
        };
        QVERIFY(refused([](AtlasSpace& s) { s.limit = 0.0; }));
        QVERIFY(refused([](AtlasSpace& s) { s.axes(2, 3) = std::nanf(""); }));
        QVERIFY(refused([](AtlasSpace& s) { s.mean[5] = INFINITY; }));
        QVERIFY(refused([](AtlasSpace& s) {
            s.mean.pop_back();
            s.axes.conservativeResize(Eigen::NoChange, s.axes.cols() - 1);
        }));
    }

private:
    AtlasSpace m_space;
    LogGrid m_grid;
};

QTEST_GUILESS_MAIN(TestAtlasSpace)
#include "tst_atlas_space.moc"
