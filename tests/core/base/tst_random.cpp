#include "core/base/random.h"

#include <QTest>

#include <cmath>

using namespace maury::base;

class TestRandom : public QObject {
    Q_OBJECT
private slots:
    // Known answers of the Random123 distribution (kat_vectors, philox 4x32 with 10 rounds).
    void philoxKnownAnswers()
    {
        const std::array<std::uint32_t, 4> zeros { 0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8 };
        QCOMPARE(philox4x32({ 0, 0, 0, 0 }, { 0, 0 }), zeros);
        const std::array<std::uint32_t, 4> ones { 0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd };
        const std::uint32_t all = 0xffffffffU;
        QCOMPARE(philox4x32({ all, all, all, all }, { all, all }), ones);
    }

    void splitDependsOnSeedAndIdAlone()
    {
        RandomStream drained(7);
        for (int i = 0; i < 1000; ++i)
            (void)drained.nextBits();
        RandomStream a = drained.split(3);
        RandomStream b = RandomStream(7).split(3);
        RandomStream other = RandomStream(7).split(4);
        int same = 0;
        for (int i = 0; i < 100; ++i) {
            const auto bits = a.nextBits();
            QCOMPARE(b.nextBits(), bits);
            same += other.nextBits() == bits ? 1 : 0;
        }
        QVERIFY(same <= 1);
    }

    // Mean and variance of n draws have standard errors 1/√n and √(2/n): five of them are allowed.
    void normalMoments()
    {
        RandomStream stream(11);
        constexpr int kDraws = 200000;
        double sum = 0.0;
        double squares = 0.0;
        for (int i = 0; i < kDraws; ++i) {
            const double x = stream.normal();
            sum += x;
            squares += x * x;
        }
        const double mean = sum / kDraws;
        QVERIFY(std::abs(mean) < 5.0 / std::sqrt(kDraws));
        QVERIFY(std::abs(squares / kDraws - 1.0) < 5.0 * std::sqrt(2.0 / kDraws));
    }

    void belowIsUniform()
    {
        RandomStream stream(13);
        std::array<int, 7> counts {};
        constexpr int kDraws = 70000;
        for (int i = 0; i < kDraws; ++i)
            ++counts[stream.below(7)];
        double chi2 = 0.0;
        for (const int count : counts)
            chi2 += (count - kDraws / 7.0) * (count - kDraws / 7.0) / (kDraws / 7.0);
        QVERIFY2(chi2 < 27.9, "6 degrees of freedom, p = 1e-4");
    }
};

QTEST_GUILESS_MAIN(TestRandom)
#include "tst_random.moc"
