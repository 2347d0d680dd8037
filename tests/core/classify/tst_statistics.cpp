#include "core/classify/statistics.h"

#include <QTest>

#include <cmath>

using namespace maury;
using namespace maury::classify;

namespace {

bool near(double value, double expected)
{
    return std::abs(value - expected) < 1e-12;
}

} // namespace

class TestStatistics : public QObject {
    Q_OBJECT
private slots:
    void percentilesByHand()
    {
        QVERIFY(near(percentile({ 3.0, 1.0, 2.0, 4.0 }, 50.0), 2.5));
        QVERIFY(near(percentile({ 3.0, 1.0, 2.0, 4.0 }, 0.0), 1.0));
        QVERIFY(near(percentile({ 3.0, 1.0, 2.0, 4.0 }, 100.0), 4.0));
        QVERIFY(near(percentile({ 10.0, 0.0 }, 68.27), 6.827));
        QVERIFY(std::isnan(percentile({}, 50.0)));
    }

    // Positions 0.15865·4 = 0.6346 and 3.3654 among −2 … 2: −1.3654 and 1.3654. A common offset
    // does not count, nor how far the wildest answer is.
    void pullWidthByHand()
    {
        QVERIFY(near(pullWidth({ 2.0, -2.0, 0.0, 1.0, -1.0 }), 1.3654));
        QVERIFY(near(pullWidth({ 7.0, 3.0, 5.0, 6.0, 4.0 }), 1.3654));
        QVERIFY(std::isnan(pullWidth({})));
    }

    // |Δ| sorted: 0 0 1 1 5. rms and bias of 0, 1, −1, 0 (5 is an outlier): √(2/4) and 0.
    void codeStatisticsByHand()
    {
        const auto code = codeStatistics(std::vector { 0.0, 1.0, -1.0, 5.0, 0.0 });
        QVERIFY(near(code.median, 1.0));
        // Position 0.6827·4 = 2.7308 in the sorted list: between 1 and 1.
        QVERIFY(near(code.sigma68, 1.0));
        QVERIFY(near(code.rms3, std::sqrt(0.5)));
        QCOMPARE(code.beyond3, std::int64_t { 1 });
        QVERIFY(near(code.bias, 0.0));
    }

    // Exactly 3 counts as beyond; the bias keeps its sign (predicted − true).
    void theLimitOfThree()
    {
        const auto code = codeStatistics(std::vector { 3.0, -3.0, 2.5 });
        QCOMPARE(code.beyond3, std::int64_t { 2 });
        QVERIFY(near(code.bias, 2.5));
        QVERIFY(near(code.rms3, 2.5));
    }

    // Δ = 1, −2, 3, 0: rms √(14/4), bias 0.5, within one 2/4, within two 3/4.
    void subclassStatisticsByHand()
    {
        const auto subclass = subclassStatistics(std::vector { 1.0, -2.0, 3.0, 0.0 });
        QVERIFY(near(subclass.median, 1.5));
        QVERIFY(near(subclass.rms, std::sqrt(3.5)));
        QVERIFY(near(subclass.bias, 0.5));
        QVERIFY(near(subclass.within1, 0.5));
        QVERIFY(near(subclass.within2, 0.75));
    }

    void roundingOfPrintedTypesDoesNotCount()
    {
        QVERIFY(near(subclassStatistics(std::vector { 20.7 - 19.7, 31.1 - 29.1 }).within2, 1.0));
        QVERIFY(near(subclassStatistics(std::vector { 20.7 - 19.7 }).within1, 1.0));
    }

    void nothingGivesNothing()
    {
        const auto code = codeStatistics({});
        QVERIFY(std::isnan(code.median) && std::isnan(code.rms3) && std::isnan(code.bias));
        QVERIFY(std::isnan(subclassStatistics({}).within1));
        QVERIFY(!reliabilityOf({}, {}).has_value());
    }

    // Two samples at 0.95, one right: |1 − 1.9|/4; two at 0.55, both right: |2 − 1.1|/4.
    void calibrationErrorByHand()
    {
        const std::vector<float> probabilities { 0.95F, 0.95F, 0.55F, 0.55F };
        const std::vector<std::uint8_t> correct { 1, 0, 1, 1 };
        const auto reliability = reliabilityOf(probabilities, correct);
        QVERIFY(reliability.has_value());
        QVERIFY(std::abs(reliability->expectedError - (0.9 + 0.9) / 4.0) < 1e-6);
        QVERIFY(near(reliability->accuracy, 0.75));
        QVERIFY(std::abs(reliability->probability - 0.75) < 1e-6);
        const ReliabilityBin& sure = reliability->bins[9];
        QCOMPARE(sure.samples, std::int64_t { 2 });
        QVERIFY(near(sure.from, 0.9) && near(sure.to, 1.0) && near(sure.accuracy, 0.5));
        QCOMPARE(reliability->bins[0].samples, std::int64_t { 0 });
        QVERIFY(std::isnan(reliability->bins[0].accuracy));
    }

    // Classes A0, A1, F0 (codes 16, 17, 23; decimals 20, 21, 30): one A0 called A1, one F0 called
    // A1.
    void scoresFromAConfusionMatrix()
    {
        const mk::ClassScheme scheme { { "A0", "A1", "F0" }, { 16.0, 17.0, 23.0 } };
        train::HeadMetrics sc;
        sc.confusion = { { 2, 1, 0 }, { 0, 1, 0 }, { 0, 1, 0 } };
        const Scores scores = scoresOf(sc, {}, scheme);
        QCOMPARE(scores.code.beyond3, std::int64_t { 1 });
        QVERIFY(near(scores.code.bias, 1.0 / 4.0));
        QVERIFY(near(scores.code.rms3, 0.5));
        QVERIFY(near(scores.subclass.bias, (1.0 - 9.0) / 5.0));
        QVERIFY(near(scores.subclass.within1, 0.8));
        QVERIFY(near(scores.subclass.median, 0.0));
    }

    // 3 beats 1 and 2, 2 beats 1 and ties with 2: 3.5 of 4.
    void areaUnderRocByHand()
    {
        const std::vector<double> positives { 3.0, 2.0 };
        const std::vector<double> negatives { 1.0, 2.0 };
        QCOMPARE(areaUnderRoc(positives, negatives).value(), 0.875);
        QCOMPARE(areaUnderRoc(negatives, positives).value(), 0.125);
        QVERIFY(!areaUnderRoc({}, negatives) && !areaUnderRoc(positives, {}));
    }
};

QTEST_GUILESS_MAIN(TestStatistics)
#include "tst_statistics.moc"
