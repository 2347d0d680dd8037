// Cosmic rays and telluric bands.

#include "core/base/random.h"
#include "core/preprocess/cosmic_rays.h"
#include "core/preprocess/tellurics.h"
#include "core/spectrum/air_vacuum.h"
#include "tests/support/test_data.h"

#include <QTest>

#include <cmath>

using namespace maury;
using namespace maury::preprocess;
using spectrum::Frame;
using spectrum::Medium;
using spectrum::Segment;
namespace mask = spectrum::mask;

namespace {

constexpr double kSigmaPixels = 1.2; // of the line spread function: a FWHM of 2.8 pixels

/// Noise of 0.01 on lines and emission that the instrument can draw.
Segment noisySpectrum(std::uint64_t seed)
{
    base::RandomStream random(seed);
    Segment segment;
    for (std::size_t i = 0; i < 4000; ++i) {
        const auto x = static_cast<double>(i);
        segment.wavelengthAngstrom.push_back(5000.0 + 0.1 * x);
        double flux = 1.0;
        for (const double centre : { 500.3, 1200.7, 1203.9, 2500.1, 3000.5 })
            flux -= 0.5 * std::exp(-0.5 * std::pow((x - centre) / (2.0 * kSigmaPixels), 2.0));
        for (const double centre : { 800.0, 1700.4, 2200.5 }) // as sharp as can be
            flux += 2.0 * std::exp(-0.5 * std::pow((x - centre) / kSigmaPixels, 2.0));
        segment.flux.push_back(flux + 0.01 * random.normal());
        segment.ivar.push_back(1e4);
    }
    segment.mask.assign(4000, 0);
    segment.resolvingPower = 5200.0 / (kSigmaPixels * 2.3548 * 0.1);
    return segment;
}

Segment flat(double first, double step, std::size_t pixels, Medium medium, Frame frame)
{
    Segment segment;
    for (std::size_t i = 0; i < pixels; ++i)
        segment.wavelengthAngstrom.push_back(first + step * static_cast<double>(i));
    segment.flux.assign(pixels, 1.0);
    segment.mask.assign(pixels, 0);
    segment.medium = medium;
    segment.frame = frame;
    return segment;
}

/// First and last marked wavelength.
std::pair<double, double> markedRange(const Segment& segment)
{
    std::pair<double, double> range { 0.0, 0.0 };
    for (std::size_t i = 0; i < segment.pixels(); ++i)
        if ((segment.mask[i] & mask::kTelluric) != 0) {
            if (range.first == 0.0)
                range.first = segment.wavelengthAngstrom[i];
            range.second = segment.wavelengthAngstrom[i];
        }
    return range;
}

} // namespace

class TestMarks : public QObject {
    Q_OBJECT
private slots:
    void hitsAreMarkedAndNothingElse()
    {
        Segment segment = noisySpectrum(3);
        const std::size_t hits[] = { 100, 1000, 1001, 2000, 2001, 2002, 3500 };
        for (const std::size_t hit : hits)
            segment.flux[hit] += hit == 100 ? 0.2 : 1.5;
        QCOMPARE(markCosmicRays(segment), std::size(hits));
        for (const std::size_t hit : hits)
            QCOMPARE(segment.mask[hit], mask::kCosmicRay);
        QCOMPARE(markCosmicRays(segment), std::size_t { 0 }); // once is enough
    }

    void linesAreLeftAlone()
    {
        for (std::uint64_t seed = 10; seed < 20; ++seed) {
            Segment segment = noisySpectrum(seed);
            QCOMPARE(markCosmicRays(segment), std::size_t { 0 });
            segment.ivar.clear(); // the scatter is measured
            QCOMPARE(markCosmicRays(segment), std::size_t { 0 });
            // Nothing is taken as sharper than two pixels when the instrument is not known.
            segment.resolvingPower.reset();
            QCOMPARE(markCosmicRays(segment), std::size_t { 0 });
        }
    }

    void shortAndEmptySegments()
    {
        Segment segment = flat(5000.0, 0.1, 4, Medium::Air, Frame::Rest);
        QCOMPARE(markCosmicRays(segment), std::size_t { 0 });
        segment = flat(5000.0, 0.1, 400, Medium::Air, Frame::Rest);
        segment.flux[200] = 5.0;
        QCOMPARE(markCosmicRays(segment), std::size_t { 1 });
        segment.mask.assign(400, mask::kNoData);
        QCOMPARE(markCosmicRays(segment), std::size_t { 0 });
    }

    // The A band of oxygen, 7590–7715 Å in air at the observatory.
    void bandsMoveWithTheFrame_data()
    {
        QTest::addColumn<int>("medium");
        QTest::addColumn<int>("frame");
        QTest::addColumn<double>("factor");
        constexpr double kLight = 299792.458;
        const double vacuum = spectrum::vacuumFromAir(7590.0) / 7590.0;
        const auto row = [](const char* name, Medium medium, Frame frame, double factor) {
            QTest::newRow(name) << static_cast<int>(medium) << static_cast<int>(frame) << factor;
        };
        row("topocentric, air", Medium::Air, Frame::Topocentric, 1.0);
        row("topocentric, vacuum", Medium::Vacuum, Frame::Topocentric, vacuum);
        row("barycentric, air", Medium::Air, Frame::Barycentric, 1.0 + 20.0 / kLight);
        row("rest, vacuum", Medium::Vacuum, Frame::Rest,
            vacuum * (1.0 + 20.0 / kLight) / (1.0 + 150.0 / kLight));
    }
    void bandsMoveWithTheFrame()
    {
        QFETCH(int, medium);
        QFETCH(int, frame);
        QFETCH(double, factor);
        Segment segment = flat(
            7400.0, 0.01, 50000, static_cast<Medium>(medium), static_cast<Frame>(frame));
        std::vector<std::string> notes;
        const auto marked = markTellurics(segment, { 150.0, 20.0 }, {}, notes);
        QVERIFY_RESULT(marked);
        QVERIFY(notes.empty());
        const auto range = markedRange(segment);
        QVERIFY(std::abs(range.first - 7590.0 * factor) < 0.011);
        QVERIFY(std::abs(range.second - 7715.0 * factor) < 0.012);
        QVERIFY(std::abs(static_cast<double>(*marked) - 125.0 * factor / 0.01) < 3.0);
    }

    void whatIsNotKnownIsSaid()
    {
        std::vector<std::string> notes;
        Segment segment = flat(7400.0, 0.01, 50000, Medium::Air, Frame::Barycentric);
        QVERIFY_RESULT(markTellurics(segment, {}, {}, notes));
        QCOMPARE(notes.size(), std::size_t { 1 });
        QVERIFY(std::abs(markedRange(segment).first - 7590.0 * (1.0 - 30.3 / 299792.458)) < 0.011);
        notes.clear();
        // They carry marks of their own now.
        QCOMPARE(markTellurics(segment, {}, {}, notes).value(), std::size_t { 0 });
        QCOMPARE(notes.size(), std::size_t { 1 });
        for (Segment other : { flat(7400.0, 0.1, 5000, Medium::Unknown, Frame::Topocentric),
                 flat(7400.0, 0.1, 5000, Medium::Air, Frame::Unknown),
                 flat(7400.0, 0.1, 5000, Medium::Air, Frame::Rest) }) {
            const auto failed = markTellurics(other, {}, {}, notes);
            QVERIFY(!failed);
            QCOMPARE(failed.error().code, base::ErrorCode::ValueMissing);
        }
    }

    void weakBandsOnlyWhenAskedFor()
    {
        std::vector<std::string> notes;
        Segment segment = flat(15500.0, 0.1, 8000, Medium::Vacuum, Frame::Topocentric);
        QCOMPARE(markTellurics(segment, {}, {}, notes).value(), std::size_t { 0 });
        QVERIFY(markTellurics(segment, {}, { true }, notes).value() > 5000);
    }
};

QTEST_GUILESS_MAIN(TestMarks)
#include "tst_marks.moc"
