#include "core/train/metrics.h"

#include <QTest>

#include <cmath>

using namespace maury::train;

class TestMetrics : public QObject {
    Q_OBJECT
private slots:
    // Three classes, worked out by hand:        predicted a b c
    //                                      true a         3 1 0
    //                                           b         0 2 0
    //                                           c         1 0 1
    void byHand()
    {
        const std::vector<std::uint16_t> truth { 0, 0, 0, 0, 1, 1, 2, 2 };
        const std::vector<std::uint16_t> predicted { 0, 0, 0, 1, 1, 1, 0, 2 };
        const HeadMetrics m = scoreHead(truth, predicted, { "a", "b", "c" });
        QCOMPARE(m.accuracy, 6.0 / 8.0);
        QCOMPARE(m.withinOne, 7.0 / 8.0);
        QCOMPARE(m.precision, (3.0 / 4.0 + 2.0 / 3.0 + 1.0) / 3.0);
        QCOMPARE(m.recall, (3.0 / 4.0 + 1.0 + 1.0 / 2.0) / 3.0);
        QCOMPARE(m.f1, (6.0 / 8.0 + 4.0 / 5.0 + 2.0 / 3.0) / 3.0);
        QCOMPARE(m.weightedPrecision, (4.0 * 3.0 / 4.0 + 2.0 * 2.0 / 3.0 + 2.0 * 1.0) / 8.0);
        QCOMPARE(m.weightedRecall, m.accuracy);
        QCOMPARE(m.weightedF1, (4.0 * 6.0 / 8.0 + 2.0 * 4.0 / 5.0 + 2.0 * 2.0 / 3.0) / 8.0);
        QCOMPARE(m.confusion[0][1], std::int64_t(1));
        QCOMPARE(m.perClass[2].samples, std::int64_t(2));
        QCOMPARE(m.perClass[1].precision, 2.0 / 3.0);
    }

    void classesWithoutMembersAreLeftOut()
    {
        const std::vector<std::uint16_t> truth { 0, 0, 1 };
        const std::vector<std::uint16_t> predicted { 0, 0, 0 };
        const HeadMetrics m = scoreHead(truth, predicted, { "a", "b", "c" });
        QVERIFY(std::isnan(m.perClass[1].precision)); // never predicted
        QVERIFY(std::isnan(m.perClass[2].recall)); // no member
        QCOMPARE(m.recall, 0.5); // over a and b only
        QCOMPARE(m.precision, (2.0 / 3.0) / 2.0);
        QCOMPARE(m.weightedPrecision, (2.0 * 2.0 / 3.0) / 3.0);
    }

    void emptySetHasNoScores()
    {
        const HeadMetrics m = scoreHead({}, {}, { "a", "b" });
        QVERIFY(std::isnan(m.accuracy));
        QVERIFY(std::isnan(m.f1));
        QVERIFY(std::isnan(m.weightedF1));
    }
};

QTEST_GUILESS_MAIN(TestMetrics)
#include "tst_metrics.moc"
