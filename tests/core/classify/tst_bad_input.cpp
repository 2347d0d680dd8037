#include "core/base/random.h"
#include "core/classify/far_shift.h"
#include "core/classify/line_check.h"
#include "core/classify/pixel_defects.h"
#include "core/classify/robust_conformity.h"
#include "core/preprocess/doppler.h"
#include "tests/support/star_atlas.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <functional>

using namespace maury;
using namespace maury::classify;

namespace {

constexpr double kFirst = 3830.0;
constexpr double kLast = 4600.0;

/// A star with noise, as any telescope gives it.
spectrum::Spectrum noisyStar(double velocityKms = 0.0, double signalToNoise = 100.0)
{
    test::Observation seen;
    seen.firstAngstrom = 3700.0;
    seen.lastAngstrom = 4700.0;
    seen.velocityKms = velocityKms;
    seen.signalToNoise = signalToNoise;
    return test::observeStar(20.0, 5.0, seen);
}

/// The star with flux(wavelength, flux) in place of its flux.
spectrum::Spectrum changed(
    const std::function<double(double, double)>& flux, spectrum::Spectrum star = noisyStar())
{
    auto& segment = star.segments.front();
    for (std::size_t i = 0; i < segment.pixels(); ++i)
        segment.flux[i] = flux(segment.wavelengthAngstrom[i], segment.flux[i]);
    return star;
}

std::vector<DoubtCode> codesOf(const std::vector<Finding>& findings)
{
    std::vector<DoubtCode> codes;
    for (const Finding& finding : findings)
        codes.push_back(finding.doubt.code);
    return codes;
}

std::vector<DoubtCode> defectsOf(const spectrum::Spectrum& star)
{
    return codesOf(pixelDefects(star, kFirst, kLast));
}

mk::AtlasPtr library()
{
    return test::starAtlas({ 16.0, 18.0, 20.0, 22.0, 24.0, 26.0 }, robust::libraryGrid());
}

robust::LogSpectrum onGrid(const spectrum::Spectrum& star)
{
    const auto grid = robust::libraryGrid();
    const auto& segment = star.segments.front();
    std::vector<float> flux;
    for (std::size_t pixel = 0; pixel < grid.pixels; ++pixel) {
        const auto at = std::lower_bound(segment.wavelengthAngstrom.begin(),
            segment.wavelengthAngstrom.end(), grid.wavelength(pixel) - 1e-6);
        flux.push_back(static_cast<float>(
            segment.flux[static_cast<std::size_t>(at - segment.wavelengthAngstrom.begin())]));
    }
    return robust::toLogGrid(flux, std::vector<std::uint8_t>(grid.pixels, 1), grid,
        robust::blueGrid(grid.lastAngstrom()));
}

} // namespace

/// Spectra that are no normal star's are told, with the reason; normal ones are not.
class TestBadInput : public QObject {
    Q_OBJECT
private slots:
    void normalStarsHaveNoDefects()
    {
        QVERIFY(defectsOf(noisyStar()).empty());
        QVERIFY(defectsOf(noisyStar(0.0, 8.0)).empty());
        // Computed spectra have a continuum that is flat to the last bit, with soft edges.
        QVERIFY(defectsOf(test::observeStar(20.0, 5.0)).empty());
    }

    void defects_data()
    {
        using Change = std::function<double(double, double)>;
        QTest::addColumn<Change>("change");
        QTest::addColumn<DoubtCode>("code");
        QTest::newRow("cut off") << Change([](double, double flux) { return std::min(flux, 0.97); })
                                 << DoubtCode::Saturated;
        QTest::newRow("flat bridge") << Change([](double wavelength, double flux) {
            return std::abs(wavelength - 4250.0) < 15.0 ? 0.9 : flux;
        }) << DoubtCode::FilledIn;
        QTest::newRow("straight bridge") << Change([](double wavelength, double flux) {
            return std::abs(wavelength - 4250.0) < 15.0 ? 0.9 + 0.002 * (wavelength - 4235.0)
                                                        : flux;
        }) << DoubtCode::FilledIn;
        QTest::newRow("sky taken off twice")
            << Change([](double, double flux) { return flux - 0.75; }) << DoubtCode::NegativeFlux;
        QTest::newRow("cosmic rays") << Change([](double wavelength, double flux) {
            return std::fmod(wavelength, 50.0) == 0.0 ? flux + 4.0 : flux;
        }) << DoubtCode::Spike;
        QTest::newRow("dead pixels") << Change([](double wavelength, double flux) {
            return std::fmod(wavelength, 50.0) == 0.0 ? 0.05 : flux;
        }) << DoubtCode::Spike;
    }
    void defects()
    {
        QFETCH(std::function<double(double, double)>, change);
        QFETCH(DoubtCode, code);
        const auto codes = defectsOf(changed(change));
        QVERIFY2(std::find(codes.begin(), codes.end(), code) != codes.end(), toString(code));
    }

    void saturationThatTheFileMarksCounts()
    {
        auto star = noisyStar();
        for (std::size_t i = 800; i < 840; ++i)
            star.segments.front().mask[i] = spectrum::mask::kSaturated;
        QCOMPARE(defectsOf(star), std::vector { DoubtCode::Saturated });
    }

    void linesOfNormalStarsAreFine()
    {
        const LineCheck check(*library(), robust::blueGrid(robust::libraryGrid().lastAngstrom()));
        for (const double code : { 17.0, 20.0, 25.0 })
            QVERIFY(check.findings(onGrid(test::observeStar(code, 3.0)), 1e-3).empty());
        const auto blank
            = check.findings(onGrid(changed([](double, double) { return 1.0; })), 1e-3);
        QCOMPARE(codesOf(blank), std::vector { DoubtCode::NoLines });
        const auto hot = changed([](double wavelength, double flux) {
            return flux + 0.8 * std::exp(-0.5 * std::pow((wavelength - 4340.5) / 4.0, 2));
        });
        const auto emission = check.findings(onGrid(hot), 5e-3);
        QVERIFY(!emission.empty());
        QCOMPARE(emission.front().doubt.code, DoubtCode::Emission);
        QVERIFY(std::abs(emission.front().doubt.value("wavelength_angstrom") - 4340.5) < 6.0);
    }

    void farShifts_data()
    {
        QTest::addColumn<double>("velocity");
        QTest::addColumn<bool>("far");
        for (const double velocity : { 0.0, 120.0, -300.0, 500.0 })
            QTest::addRow("%g km/s", velocity) << velocity << false;
        for (const double velocity : { -6000.0, -2500.0, 1500.0, 3000.0, 6000.0, 30000.0 })
            QTest::addRow("%g km/s", velocity) << velocity << true;
    }
    void farShifts()
    {
        QFETCH(double, velocity);
        QFETCH(bool, far);
        test::Observation seen;
        seen.lastAngstrom = 5400.0;
        seen.velocityKms = velocity;
        seen.signalToNoise = 60.0;
        const FarShift shifts(*library());
        const auto found = shifts.find(test::observeStar(20.0, 5.0, seen));
        QCOMPARE(found.has_value(), far);
        if (!found)
            return;
        QCOMPARE(found->doubt.code, DoubtCode::FarShifted);
        QVERIFY(std::abs(found->doubt.value("velocity_kms") - velocity) < 150.0);
        const double redshift = preprocess::dopplerFactor(velocity) - 1.0;
        QVERIFY(std::abs(found->doubt.value("redshift") - redshift) < 6e-4);
    }

    void upsideDownIsTold()
    {
        const FarShift shifts(*library());
        const auto found = shifts.find(changed([](double, double flux) { return 2.0 - flux; }));
        QVERIFY(found);
        QCOMPARE(found->doubt.code, DoubtCode::UpsideDown);
    }

    void wrongMedia_data()
    {
        using spectrum::Frame;
        using spectrum::Medium;
        QTest::addColumn<Medium>("medium");
        QTest::addColumn<Frame>("frame");
        QTest::addColumn<double>("found"); // km/s
        QTest::addColumn<double>("stated"); // of the star, in the file; 0: nothing
        QTest::addColumn<bool>("told");
        QTest::newRow("at rest") << Medium::Air << Frame::Rest << 30.0 << 0.0 << false;
        QTest::newRow("vacuum at rest") << Medium::Air << Frame::Rest << 60.0 << 0.0 << true;
        QTest::newRow("not that way") << Medium::Air << Frame::Rest << -83.0 << 0.0 << false;
        QTest::newRow("air at rest") << Medium::Vacuum << Frame::Rest << -83.0 << 0.0 << true;
        QTest::newRow("nothing said") << Medium::Unknown << Frame::Unknown << 83.0 << 0.0 << true;
        QTest::newRow("frame not said") << Medium::Air << Frame::Unknown << 83.0 << 0.0 << false;
        QTest::newRow("a star moves") << Medium::Air << Frame::Barycentric << 83.0 << 0.0 << false;
        QTest::newRow("as it should")
            << Medium::Air << Frame::Heliocentric << 83.0 << 80.0 << false;
        QTest::newRow("not as it should")
            << Medium::Vacuum << Frame::Heliocentric << -63.0 << 20.0 << true;
        QTest::newRow("faster than any shift by a medium")
            << Medium::Air << Frame::Barycentric << 283.0 << 20.0 << false;
    }
    void wrongMedia()
    {
        QFETCH(spectrum::Medium, medium);
        QFETCH(spectrum::Frame, frame);
        QFETCH(double, found);
        QFETCH(double, stated);
        QFETCH(bool, told);
        PreparedSpectrum prepared;
        prepared.medium = medium;
        prepared.frame = frame;
        spectrum::Spectrum star;
        if (stated != 0.0)
            star.radialVelocityKms = stated;
        QVERIFY(!otherMedium(prepared, star)); // no velocity was found
        prepared.velocityKms = found;
        const auto finding = otherMedium(prepared, star);
        QCOMPARE(finding.has_value(), told);
        if (!told)
            return;
        QCOMPARE(finding->doubt.code,
            medium == spectrum::Medium::Vacuum ? DoubtCode::PerhapsAir : DoubtCode::PerhapsVacuum);
        QCOMPARE(finding->doubt.value("velocity_kms"), found - stated);
    }

    void aLibraryOfAFewAngstromTellsNoShift()
    {
        const FarShift shifts(*test::starAtlas({ 16.0, 20.0 }, { 4000.0, 0.5, 64 }));
        QVERIFY(!shifts.find(noisyStar(3000.0)));
    }

    void codesAreStableAndDifferent()
    {
        std::vector<std::string> names;
        for (int code = 0; code <= static_cast<int>(DoubtCode::PerhapsAir); ++code)
            names.emplace_back(toString(static_cast<DoubtCode>(code)));
        std::sort(names.begin(), names.end());
        QVERIFY(!names.front().empty());
        QVERIFY(std::adjacent_find(names.begin(), names.end()) == names.end());
        QCOMPARE(toString(DoubtCode::FarShifted), "far-shifted");
        const auto none = conformityOf({});
        QVERIFY(none.ok && none.reasons.empty() && none.doubts.empty());
        const auto one = conformityOf({ { { DoubtCode::Spike, {}, {} }, "spikes" } });
        QVERIFY(!one.ok);
        QCOMPARE(one.reasons.front(), std::string("spikes"));
    }
};

QTEST_GUILESS_MAIN(TestBadInput)
#include "tst_bad_input.moc"
