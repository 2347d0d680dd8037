#include "core/base/shared_work.h"

#include <QTest>

#include <atomic>
#include <vector>

using namespace maury;

class TestSharedWork : public QObject {
    Q_OBJECT
private slots:
    void everyPieceIsGivenOnce_data()
    {
        QTest::addColumn<int>("members");
        QTest::addColumn<int>("pieces");
        QTest::newRow("one member") << 1 << 7;
        QTest::newRow("fewer pieces than members") << 4 << 2;
        QTest::newRow("nothing") << 3 << 0;
        QTest::newRow("many") << 3 << 1000;
    }
    void everyPieceIsGivenOnce()
    {
        QFETCH(int, members);
        QFETCH(int, pieces);
        base::ThreadTeam team(members);
        base::SharedWork work;
        for (int round = 0; round < 20; ++round) {
            std::vector<std::atomic<int>> given(static_cast<std::size_t>(pieces));
            work.reset(team, pieces);
            team.run([&](int member) {
                while (const auto piece = work.take(member))
                    given.at(static_cast<std::size_t>(*piece)).fetch_add(1);
            });
            for (const auto& count : given)
                QCOMPARE(count.load(), 1);
        }
    }

    // A member that never comes back for more leaves its share to the others.
    void aHeldUpMemberHoldsUpNobody()
    {
        const base::ThreadTeam team(2);
        base::SharedWork work;
        work.reset(team, 10);
        QCOMPARE(*work.take(0), 0);
        std::vector<std::int64_t> rest;
        while (const auto piece = work.take(1))
            rest.push_back(*piece);
        QCOMPARE(rest, (std::vector<std::int64_t> { 5, 6, 7, 8, 9, 1, 2, 3, 4 }));
        QVERIFY(!work.take(0));
    }
};

QTEST_GUILESS_MAIN(TestSharedWork)
#include "tst_shared_work.moc"
