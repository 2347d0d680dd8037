#include "core/spectrum/air_vacuum.h"

#include <QTest>

#include <cmath>

using namespace maury;

class TestAirVacuum : public QObject {
    Q_OBJECT
private slots:
    // "Vacuum wavelengths" of the SDSS DR7 algorithms pages: pairs to three decimals.
    void publishedPairs_data()
    {
        QTest::addColumn<double>("vacuum");
        QTest::addColumn<double>("air");
        QTest::newRow("H beta") << 4862.721 << 4861.363;
        QTest::newRow("[O III]") << 5008.239 << 5006.843;
        QTest::newRow("H alpha") << 6564.614 << 6562.801;
    }
    void publishedPairs()
    {
        QFETCH(double, vacuum);
        QFETCH(double, air);
        QVERIFY(std::abs(spectrum::airFromVacuum(vacuum) - air) < 1e-3);
        QVERIFY(std::abs(spectrum::vacuumFromAir(air) - vacuum) < 1e-3);
    }

    void roundTrip()
    {
        for (double vacuum = 2001.0; vacuum < 25000.0; vacuum += 37.0)
            QVERIFY(
                std::abs(spectrum::vacuumFromAir(spectrum::airFromVacuum(vacuum)) - vacuum) < 1e-8);
    }
};

QTEST_GUILESS_MAIN(TestAirVacuum)
#include "tst_air_vacuum.moc"
