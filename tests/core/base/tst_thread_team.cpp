#include "core/base/thread_team.h"

#include <QTest>

#include <numeric>

using namespace maury::base;

class TestThreadTeam : public QObject {
    Q_OBJECT
private slots:
    void sharesCoverEverythingOnce_data()
    {
        QTest::addColumn<int>("size");
        QTest::addColumn<int>("count");
        QTest::addColumn<int>("granule");
        QTest::newRow("even") << 2 << 200 << 1;
        QTest::newRow("granules") << 3 << 200 << 16;
        QTest::newRow("fewer than members") << 4 << 2 << 1;
        QTest::newRow("nothing") << 2 << 0 << 8;
    }
    void sharesCoverEverythingOnce()
    {
        QFETCH(int, size);
        QFETCH(int, count);
        QFETCH(int, granule);
        ThreadTeam team(size);
        std::int64_t next = 0;
        for (int member = 0; member < size; ++member) {
            const auto share = team.share(count, member, granule);
            QCOMPARE(share.begin, next);
            QVERIFY(share.end >= share.begin);
            next = share.end;
        }
        QCOMPARE(next, std::int64_t(count));
    }

    // Each phase reads what the other members wrote in the phase before: a barrier that lets one through early
    // gives a wrong sum.
    void barrierOrdersPhases()
    {
        ThreadTeam team(4);
        std::vector<long> values(4, 1);
        std::vector<long> sums(4, 0);
        for (int round = 0; round < 200; ++round) {
            team.run([&](int member) {
                for (int phase = 0; phase < 20; ++phase) {
                    const auto me = static_cast<std::size_t>(member);
                    sums[me] = std::accumulate(values.begin(), values.end(), 0L) % 1009;
                    team.barrier();
                    values[me] = sums[me];
                    team.barrier();
                }
            });
            for (const long value : values)
                QCOMPARE(value, values.front());
        }
    }
};

QTEST_GUILESS_MAIN(TestThreadTeam)
#include "tst_thread_team.moc"
