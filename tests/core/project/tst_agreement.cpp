#include "core/project/agreement.h"
#include "tests/support/test_data.h"

#include <array>
#include <cmath>

using namespace maury::project;

namespace {

SignedLabel label(const std::string& star, const std::string& type, Flags flags = {})
{
    SignedLabel made { star, "somebody", {} };
    made.label.type = type;
    made.label.flags = flags;
    return made;
}

} // namespace

class TestAgreement : public QObject {
    Q_OBJECT
private slots:
    void kappaOfATableByHand()
    {
        // Two judges, three grades, counts n(i, j): 20 pairs (0,0), 10 (1,1), 5 (2,2), 5 (0,1),
        // 3 (1,0), 2 (2,1). With weights (i − j)² the observed mean is (5 + 3 + 2) / 45; chance
        // from the marginals (25, 13, 7) and (23, 17, 5): sum of f(i) g(j) (i − j)² / 45².
        std::vector<double> first;
        std::vector<double> second;
        const std::array<std::array<int, 3>, 6> table { { { 0, 0, 20 }, { 1, 1, 10 }, { 2, 2, 5 },
            { 0, 1, 5 }, { 1, 0, 3 }, { 2, 1, 2 } } };
        for (const auto& [one, two, count] : table)
            for (int i = 0; i < count; ++i) {
                first.push_back(one);
                second.push_back(two);
            }
        const double chance
            = (25 * 17 + 25 * 5 * 4 + 13 * 23 + 13 * 5 + 7 * 23 * 4 + 7 * 17) / (45.0 * 45.0);
        const double expected = 1.0 - (10.0 / 45.0) / chance;
        const auto kappa = weightedKappa(first, second);
        QVERIFY(kappa);
        QVERIFY2(std::abs(*kappa - expected) < 1e-12, qPrintable(QString::number(*kappa, 'g', 15)));
    }

    void kappaAtItsEnds()
    {
        const std::vector<double> values { 1, 2, 3, 4 };
        QVERIFY(std::abs(*weightedKappa(values, values) - 1.0) < 1e-12);
        const std::vector<double> opposite { 4, 3, 2, 1 };
        QVERIFY(std::abs(*weightedKappa(values, opposite) + 1.0) < 1e-12);
        QVERIFY(!weightedKappa({}, {}));
        const std::vector<double> same { 2, 2 };
        QVERIFY(!weightedKappa(same, same));
    }

    void starsThatDifferStandInAQueue()
    {
        const std::vector<SignedLabel> first { label("a", "G2 V"), label("b", "K0 III"),
            label("c", "A0 V"), label("d", "B2 V"), label("e", "", { false, true, false, false }),
            label("f", "F5 V"), label("g", "K3 III") };
        const std::vector<SignedLabel> second { label("a", "G2V"), label("b", "K2 III"),
            label("c", "A0 IV"), label("d", "B2 V", { true, false, false, false }),
            label("e", "M0 III"), label("g", "K3"), label("h", "O9 V") };
        const Comparison comparison = compareLabels(first, second);
        QCOMPARE(comparison.both, std::size_t { 6 });
        QCOMPARE(comparison.onlyFirst, std::size_t { 1 });
        QCOMPARE(comparison.onlySecond, std::size_t { 1 });
        QStringList queue;
        for (const Disagreement& each : comparison.queue)
            queue.append(QString::fromStdString(each.star));
        // Without a type; K0 against K2; IV against V; a luminosity that only one gave; a flag.
        QCOMPARE(queue, (QStringList { "e", "b", "c", "d", "g" }));
        QCOMPARE(comparison.queue[1].codeDifference, std::optional(2.0));
        QCOMPARE(comparison.queue[2].luminosityDifference, std::optional(-1.0));
        QCOMPARE(comparison.spectralClass.stars, std::size_t { 5 });
        QCOMPARE(comparison.spectralClass.identical, std::optional(0.8));
        QCOMPARE(comparison.spectralClass.withinOne, std::optional(0.8));
        QCOMPARE(comparison.luminosity.stars, std::size_t { 4 });
        QCOMPARE(comparison.luminosity.identical, std::optional(0.75));
    }

    void nothingInCommonIsNotAgreement()
    {
        const std::vector<SignedLabel> first { label("a", "G2 V") };
        const Comparison comparison = compareLabels(first, {});
        QCOMPARE(comparison.both, std::size_t { 0 });
        QVERIFY(!comparison.spectralClass.identical);
        QVERIFY(!comparison.spectralClass.weightedKappa);
        QVERIFY(comparison.queue.empty());
    }
};

QTEST_GUILESS_MAIN(TestAgreement)
#include "tst_agreement.moc"
