// The built-in atlas: how it is computed, and how well it matches observed standards.

#include "core/mk/synthetic/synthetic_atlas.h"

#include "core/base/resource_paths.h"
#include "core/preprocess/envelope.h"
#include "tests/support/test_data.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <fstream>
#include <map>

using namespace maury;
using namespace maury::mk::synthetic;

namespace {

constexpr auto kHeader = "temperature_code,luminosity_code,type,teff_k,log_g,microturbulence_kms,"
                         "rotation_kms,deficit_factor\n";

/// The installed tables with another list of standards.
void copyTables(const test::TemporaryFolder& folder, const std::string& standards)
{
    for (const auto& entry : std::filesystem::directory_iterator(base::shareFolder() / "synthetic"))
        std::filesystem::copy_file(entry.path(), folder.path() / entry.path().filename());
    folder.write("standards.csv", kHeader + standards);
}

using Row = std::vector<double>;

Row rowOf(const mk::Atlas& atlas, std::size_t row)
{
    const auto index = static_cast<Eigen::Index>(row);
    Row flux(atlas.grid().pixels);
    for (std::size_t i = 0; i < flux.size(); ++i)
        flux[i] = static_cast<double>(atlas.flux()(index, static_cast<Eigen::Index>(i)));
    return flux;
}

/// Lowest flux within 2 Å of a wavelength, below the mean of what is 6 to 10 Å away.
double lineDepth(const Row& flux, double wavelength)
{
    const auto centre = static_cast<std::size_t>((wavelength - 3800.0) / 0.5);
    const auto at
        = [&](std::size_t pixel) { return flux.begin() + static_cast<std::ptrdiff_t>(pixel); };
    const double lowest = *std::min_element(at(centre - 4), at(centre + 5));
    const double blue = *std::max_element(at(centre - 20), at(centre - 12));
    const double red = *std::max_element(at(centre + 12), at(centre + 20));
    return 0.5 * (blue + red) - lowest;
}

double correlation(const Row& a, const Row& b, const std::vector<std::uint8_t>& good)
{
    double n = 0.0;
    double sa = 0.0;
    double sb = 0.0;
    double saa = 0.0;
    double sbb = 0.0;
    double sab = 0.0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        if (good[i] == 0)
            continue;
        n += 1.0;
        sa += a[i];
        sb += b[i];
        saa += a[i] * a[i];
        sbb += b[i] * b[i];
        sab += a[i] * b[i];
    }
    return (n * sab - sa * sb) / std::sqrt((n * saa - sa * sa) * (n * sbb - sb * sb));
}

/// Moved redwards by a fraction of a pixel, linearly.
Row moved(const Row& flux, double shift)
{
    Row result(flux.size());
    for (std::size_t i = 0; i < flux.size(); ++i) {
        const double position
            = std::clamp(static_cast<double>(i) - shift, 0.0, static_cast<double>(flux.size() - 1));
        const std::size_t left = std::min(static_cast<std::size_t>(position), flux.size() - 2);
        const double t = position - static_cast<double>(left);
        result[i] = (1.0 - t) * flux[left] + t * flux[left + 1];
    }
    return result;
}

/// Correlation with an observed standard, the way two observers' spectra are compared: both
/// rectified along the same upper envelope, the standard's radial velocity (up to 1.5 pixels, 54
/// km/s) removed, 3820 … 4590 Å, where the standards have data.
double agreement(
    const mk::Atlas& synthetic, std::size_t row, const mk::Atlas& observed, std::size_t observedRow)
{
    const Row model = rowOf(synthetic, row);
    Row star = rowOf(observed, observedRow);
    std::vector<std::uint8_t> good(star.size());
    for (std::size_t i = 0; i < good.size(); ++i)
        good[i]
            = observed.good()(static_cast<Eigen::Index>(observedRow), static_cast<Eigen::Index>(i));
    const auto wavelengths = observed.grid().wavelengths();
    if (!preprocess::rectifyByEnvelope(wavelengths, star, good))
        return -1.0;
    for (std::size_t i = 0; i < good.size(); ++i)
        if (wavelengths[i] < 3820.0 || wavelengths[i] > 4590.0)
            good[i] = 0;
    double best = -1.0;
    for (int tenth = -15; tenth <= 15; ++tenth)
        best = std::max(best, correlation(moved(model, 0.1 * tenth), star, good));
    return best;
}

/// mk.md's groups of classes.
std::string groupOf(double code)
{
    if (code <= 7.0)
        return "O9-B0";
    return code < 16.0 ? "B" : code < 23.0 ? "A" : code < 30.0 ? "F" : code < 34.0 ? "G" : "K";
}

std::size_t findStandard(const mk::Atlas& atlas, const std::string& name)
{
    const auto& standards = atlas.standards();
    const auto found = std::find_if(standards.begin(), standards.end(),
        [&](const mk::Standard& standard) { return standard.name == name; });
    return static_cast<std::size_t>(found - standards.begin());
}

} // namespace

class TestSyntheticAtlas : public QObject {
    Q_OBJECT
private slots:
    void threadsDoNotChangeTheResult()
    {
        const test::TemporaryFolder folder;
        copyTables(folder, "9,5,B2 V,20600,4.06,2,100,1\n31,1,G2 Ib,5200,1.53,4,5,1\n");
        double lastProgress = 0.0;
        const auto one = computeSyntheticAtlas(
            { folder.path(), 1 }, {}, [&](double fraction) { lastProgress = fraction; });
        QVERIFY_RESULT(one);
        QCOMPARE(lastProgress, 1.0);
        const auto two = computeSyntheticAtlas({ folder.path(), 2 });
        QVERIFY_RESULT(two);
        QVERIFY(one->atlas->flux() == two->atlas->flux());
        QCOMPARE(one->inputsSha256, two->inputsSha256);

        const mk::Atlas& atlas = *one->atlas;
        QVERIFY(atlas.rectified() && atlas.grid() == spectrum::mkGrid());
        QVERIFY((atlas.flux().array() > 0.0F).all() && (atlas.flux().array() < 1.6F).all());
        QCOMPARE(atlas.standards()[0].name, std::string("t090l50p00"));
        QCOMPARE(atlas.standards()[1].name, std::string("t310l10p00"));
        QVERIFY(!atlas.standards()[0].illustrative && atlas.standards()[1].illustrative);
        QCOMPARE(mk::print(atlas.standards()[0].type), std::string("B2 V"));
        // He I in the B star alone, calcium and the G band in the G star alone.
        const Row hot = rowOf(atlas, 0);
        const Row cool = rowOf(atlas, 1);
        QVERIFY(lineDepth(hot, 4471.5) > 0.15);
        QVERIFY(lineDepth(cool, 4226.7) > 0.3 && lineDepth(hot, 4226.7) < 0.02);
        QVERIFY(lineDepth(hot, 4340.5) > 0.3);
    }

    void stopsWhenAsked()
    {
        std::stop_source stop;
        stop.request_stop();
        const auto computed
            = computeSyntheticAtlas({ base::shareFolder() / "synthetic", 1 }, stop.get_token());
        QVERIFY(!computed && computed.error().code == base::ErrorCode::Cancelled);
    }

    void wrongInputIsNamed_data()
    {
        QTest::addColumn<QString>("rows");
        QTest::addColumn<QString>("named");
        QTest::newRow("too hot") << "9,5,B2 V,1e6,4,2,100,1\n"
                                 << "1000000 K";
        QTest::newRow("order") << "9,5,B2 V,20600,4,2,100,1\n8,5,B1 V,26000,4,2,100,1\n"
                               << "t080l50p00";
        QTest::newRow("not a number") << "9,5,B2 V,hot,4,2,100,1\n"
                                      << "hot";
        QTest::newRow("no rows") << ""
                                 << "no rows";
    }
    void wrongInputIsNamed()
    {
        QFETCH(QString, rows);
        QFETCH(QString, named);
        const test::TemporaryFolder folder;
        copyTables(folder, rows.toStdString());
        const auto computed = computeSyntheticAtlas({ folder.path(), 1 });
        QVERIFY(!computed);
        const std::string text = base::describe(computed.error());
        QVERIFY2(text.find(named.toStdString()) != std::string::npos
                && text.find("standards.csv") != std::string::npos,
            text.c_str());
        QVERIFY(computeSyntheticAtlas({ folder.path(), 0 }).error().code
            == base::ErrorCode::OptionInvalid);
    }

    void installedAtlasHasAllClasses()
    {
        const auto atlas = mk::builtinAtlas();
        QVERIFY_RESULT(atlas);
        QCOMPARE((*atlas)->standards().size(), std::size_t(90));
        std::map<double, int> groups;
        for (const mk::Standard& standard : (*atlas)->standards())
            groups[standard.temperatureCode] |= 1 << static_cast<int>(standard.group);
        QCOMPARE(groups.size(), std::size_t(30));
        QVERIFY(
            std::all_of(groups.begin(), groups.end(), [](const auto& g) { return g.second == 7; }));
        QCOMPARE(groups.begin()->first, 6.0);
        QCOMPARE(groups.rbegin()->first, 40.0);
    }

    // At least the figures that the design measured on its prototype.
    void matchesObservedStandards_data()
    {
        QTest::addColumn<int>("luminosityCode");
        QTest::addColumn<QString>("group");
        QTest::addColumn<double>("least");
        const std::array<const char*, 6> groups { "O9-B0", "B", "A", "F", "G", "K" };
        const std::array<double, 6> dwarfs { 0.955, 0.990, 0.995, 0.965, 0.947, 0.905 };
        const std::array<double, 6> supergiants { 0.917, 0.939, 0.920, 0.897, 0.815, 0.724 };
        for (std::size_t i = 0; i < groups.size(); ++i) {
            QTest::addRow("V %s", groups[i]) << 50 << QString(groups[i]) << dwarfs[i];
            QTest::addRow("I %s", groups[i]) << 10 << QString(groups[i]) << supergiants[i];
        }
    }
    void matchesObservedStandards()
    {
        REQUIRE_TEST_DATA();
        QFETCH(int, luminosityCode);
        QFETCH(QString, group);
        QFETCH(double, least);
        const auto synthetic = mk::builtinAtlas();
        QVERIFY_RESULT(synthetic);
        const auto observed = mk::readAtlasFolder(test::dataFolder() / "mkclass/libr18");
        QVERIFY_RESULT(observed);
        double sum = 0.0;
        int count = 0;
        for (std::size_t row = 0; row < (*synthetic)->standards().size(); ++row) {
            const mk::Standard& standard = (*synthetic)->standards()[row];
            if (std::lround(10.0 * standard.luminosityCode) != luminosityCode
                || groupOf(standard.temperatureCode) != group.toStdString())
                continue;
            const std::size_t star = findStandard(**observed, standard.name);
            QVERIFY(star < (*observed)->standards().size());
            sum += agreement(**synthetic, row, **observed, star);
            ++count;
        }
        QVERIFY(count > 0);
        qInfo("mean correlation with %d standards: %.4f", count, sum / count);
        QVERIFY(sum / count >= least);
    }

    // Luminosity criteria of mk.md: the ratio is larger in supergiants than in dwarfs (or smaller:
    // −1).
    void luminosityEffectsHaveTheRightSign_data()
    {
        QTest::addColumn<QString>("type");
        QTest::addColumn<double>("line");
        QTest::addColumn<double>("reference");
        QTest::addColumn<int>("sign");
        QTest::newRow("Si IV 4089 / He I 4026, O9") << "t060" << 4088.9 << 4026.2 << 1;
        QTest::newRow("Si III 4552 / He I 4387, B1") << "t080" << 4552.6 << 4387.9 << 1;
        QTest::newRow("O II 4415 / He I 4387, B1") << "t080" << 4415.5 << 4387.9 << 1;
        QTest::newRow("N II 3995 / He I 4009, B2") << "t090" << 3995.0 << 4009.3 << 1;
        QTest::newRow("Si II 4128 / He I 4144, B5") << "t120" << 4128.1 << 4143.8 << 1;
        QTest::newRow("Si II 4128 / He I 4026, B8") << "t140" << 4128.1 << 4026.2 << 1;
        QTest::newRow("Fe II 4233 / H gamma, A0") << "t160" << 4233.2 << 4340.5 << 1;
        QTest::newRow("Fe II 4173-8 / H gamma, A3") << "t190" << 4178.9 << 4340.5 << 1;
        QTest::newRow("Ti II 4444 / Mg II 4481, F0") << "t230" << 4443.8 << 4481.2 << 1;
        QTest::newRow("Sr II 4077 / Fe I 4046, G2") << "t310" << 4077.7 << 4045.8 << 1;
        QTest::newRow("Sr II 4215 / Ca I 4226, G5") << "t320" << 4215.5 << 4226.7 << 1;
        QTest::newRow("Ca I 4226 / Fe I 4383, K5") << "t390" << 4226.7 << 4383.5 << -1;
    }
    void luminosityEffectsHaveTheRightSign()
    {
        QFETCH(QString, type);
        QFETCH(double, line);
        QFETCH(double, reference);
        QFETCH(int, sign);
        const auto atlas = mk::builtinAtlas();
        QVERIFY_RESULT(atlas);
        const auto ratio = [&](const char* luminosity) {
            const Row flux
                = rowOf(**atlas, findStandard(**atlas, type.toStdString() + luminosity + "p00"));
            return lineDepth(flux, line) / lineDepth(flux, reference);
        };
        const double supergiant = ratio("l10");
        const double dwarf = ratio("l50");
        if (type == "t390")
            QEXPECT_FAIL("", "Ca I 4226 is too strong in the atlas's K supergiants (illustrative)",
                Continue);
        QVERIFY2(sign * (supergiant - dwarf) > 0.0,
            qPrintable(QString("I %1, V %2").arg(supergiant).arg(dwarf)));
    }
};

QTEST_GUILESS_MAIN(TestSyntheticAtlas)
#include "tst_synthetic_atlas.moc"
