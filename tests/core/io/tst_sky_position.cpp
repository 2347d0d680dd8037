#include "core/io/sky_position.h"

#include <QTest>

#include <cmath>

using namespace maury;

class TestSkyPosition : public QObject {
    Q_OBJECT
private slots:
    void formats_data()
    {
        QTest::addColumn<QString>("ra");
        QTest::addColumn<QString>("dec");
        QTest::addColumn<bool>("radians");
        QTest::newRow("degrees") << "279.234735"
                                 << "38.783689" << false;
        QTest::newRow("colons") << "18:36:56.3364"
                                << "+38:47:01.280" << false;
        QTest::newRow("blanks") << "18 36 56.3364"
                                << "38 47 01.280" << false;
        QTest::newRow("radians") << "4.8735652"
                                 << "0.6769031" << true;
    }
    // Vega, J2000 (Hipparcos).
    void formats()
    {
        QFETCH(QString, ra);
        QFETCH(QString, dec);
        QFETCH(bool, radians);
        const auto position = io::readSkyPosition(ra.toStdString(), dec.toStdString(), "J2000.0",
            radians ? io::AngleUnit::Radians : io::AngleUnit::Degrees);
        QVERIFY(position.has_value());
        QVERIFY(std::abs(position->raDeg - 279.234735) < 1e-4);
        QVERIFY(std::abs(position->decDeg - 38.783689) < 1e-4);
    }

    void negativeZeroDegrees()
    {
        const auto position
            = io::readSkyPosition("5:36:12.8", "-00:12:07", "2000", io::AngleUnit::Degrees);
        QVERIFY(position.has_value());
        QVERIFY(std::abs(position->decDeg + (12.0 + 7.0 / 60.0) / 60.0) < 1e-9);
    }

    // Vega again: B1950 18h35m14.67s +38°44'09.7" (SIMBAD, FK4); proper motion over 50 years is 14″
    // in Dec and 10″ in RA, so that the position is right to that.
    void besselianPositionsArePrecessed()
    {
        const auto position
            = io::readSkyPosition("18:35:14.67", "38:44:09.7", "B1950.0", io::AngleUnit::Degrees);
        QVERIFY(position.has_value());
        QVERIFY(std::abs(position->raDeg - 279.2347) < 15.0 / 3600.0);
        QVERIFY(std::abs(position->decDeg - 38.7837) < 15.0 / 3600.0);
    }

    void notPositions()
    {
        const auto read = [](const char* ra, const char* dec) {
            return io::readSkyPosition(ra, dec, "2000", io::AngleUnit::Degrees);
        };
        QVERIFY(!read("", "").has_value());
        QVERIFY(!read("12:xx:13", "10").has_value());
        QVERIFY(!read("12", "95").has_value());
        QVERIFY(!read("400", "10").has_value());
        QVERIFY(!read("12:75:00", "10").has_value());
    }
};

QTEST_GUILESS_MAIN(TestSkyPosition)
#include "tst_sky_position.moc"
