#include "core/spectrum/medium.h"

#include "core/spectrum/air_vacuum.h"
#include "tests/support/test_data.h"

#include <QTest>

#include <algorithm>
#include <cmath>

using namespace maury;
using spectrum::Medium;

namespace {

spectrum::Segment segmentIn(Medium medium, std::vector<double> wavelengths)
{
    spectrum::Segment segment;
    segment.flux.assign(wavelengths.size(), 1.0);
    segment.mask.assign(wavelengths.size(), 0);
    segment.wavelengthAngstrom = std::move(wavelengths);
    segment.medium = medium;
    return segment;
}

} // namespace

class TestMedium : public QObject {
    Q_OBJECT
private slots:
    // Hβ: 4861.333 Å in air, 4862.691 Å in vacuum (NIST).
    void bothWays()
    {
        const auto vacuum
            = spectrum::inMedium(segmentIn(Medium::Air, { 4861.333 }), Medium::Vacuum);
        QVERIFY_RESULT(vacuum);
        QVERIFY(std::abs(vacuum->wavelengthAngstrom[0] - 4862.691) < 2e-3);
        QVERIFY(vacuum->medium == Medium::Vacuum);
        const auto air = spectrum::inMedium(*vacuum, Medium::Air);
        QVERIFY(std::abs(air->wavelengthAngstrom[0] - 4861.333) < 1e-8);
    }

    void theSameMediumIsLeftAlone()
    {
        const auto same
            = spectrum::inMedium(segmentIn(Medium::Air, { 1500.0, 5000.0 }), Medium::Air);
        QCOMPARE(same->wavelengthAngstrom[1], 5000.0);
    }

    void theUltravioletIsAlwaysInVacuum()
    {
        const auto vacuum = spectrum::inMedium(
            segmentIn(Medium::Air, { 1990.0, 1999.9, 2000.1, 2010.0 }), Medium::Vacuum);
        QVERIFY_RESULT(vacuum);
        QCOMPARE(vacuum->wavelengthAngstrom[1], 1999.9);
        QVERIFY(std::abs(vacuum->wavelengthAngstrom[2] - 2000.75) < 0.01);
        QVERIFY(
            std::is_sorted(vacuum->wavelengthAngstrom.begin(), vacuum->wavelengthAngstrom.end()));
        // The other way round the scale would run backwards for 0.65 Å.
        const auto air
            = spectrum::inMedium(segmentIn(Medium::Vacuum, { 1999.9, 2000.1 }), Medium::Air);
        QVERIFY(!air.has_value());
        QVERIFY(air.error().code == base::ErrorCode::WavelengthsInvalid);
        const auto blue = spectrum::inMedium(segmentIn(Medium::Vacuum, { 1500.0 }), Medium::Air);
        QVERIFY_RESULT(blue);
        QCOMPARE(blue->wavelengthAngstrom[0], 1500.0);
    }

    void anUnknownMediumCannotBeConverted()
    {
        const auto converted
            = spectrum::inMedium(segmentIn(Medium::Unknown, { 5000.0 }), Medium::Air);
        QVERIFY(!converted.has_value());
        QVERIFY(converted.error().code == base::ErrorCode::ValueMissing);
    }
};

QTEST_GUILESS_MAIN(TestMedium)
#include "tst_medium.moc"
