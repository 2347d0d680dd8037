#include "core/robust/decision.h"
#include "core/robust/ordinal.h"

#include <QTest>

#include <cmath>
#include <limits>
#include <numeric>
#include <vector>

using namespace maury;
using namespace maury::robust;

namespace {

constexpr double kEverywhere = std::numeric_limits<double>::infinity();

std::vector<float> targetOf(const OrdinalBins& bins, double code)
{
    std::vector<float> target(bins.count);
    softTarget(bins, code, target);
    return target;
}

Decision decisionAt(double temperature, double luminosity)
{
    return decide(targetOf(temperatureBins(), temperature), targetOf(luminosityBins(), luminosity));
}

} // namespace

class TestOrdinal : public QObject {
    Q_OBJECT
private slots:
    void binsAreTheRecipes()
    {
        QCOMPARE(temperatureBins().count, std::size_t { 97 });
        QCOMPARE(temperatureBins().code(96), 48.0);
        QCOMPARE(luminosityBins().count, std::size_t { 11 });
        QCOMPARE(luminosityBins().code(10), 5.0);
    }

    // Code 3 with σ 0.6 on halves: neighbours at 0.5 and 1.0 weigh exp(−0.3472) = 0.7066 and
    // exp(−1.3889) = 0.2494 of the middle; all six neighbours that count sum to 2.0079, so that the
    // middle is 1 / 3.0079.
    void softTargetByHand()
    {
        const auto target = targetOf({ 0.0, 0.5, 13, 0.6 }, 3.0);
        QVERIFY(std::abs(std::accumulate(target.begin(), target.end(), 0.0) - 1.0) < 1e-6);
        QVERIFY(std::abs(target[6] - 1.0 / 3.0079) < 1e-4);
        QVERIFY(std::abs(target[5] / target[6] - 0.7066) < 1e-4);
        QVERIFY(std::abs(target[8] / target[6] - 0.2494) < 1e-4);
        QCOMPARE(target[5], target[7]);
        // Far outside of the bins the nearest end takes all, and nothing divides 0 by 0.
        const auto outside = targetOf(luminosityBins(), 60.0);
        QVERIFY(outside[10] > 0.999F);
    }

    // Two humps: only the one around the mode counts within ± 3. Bins of 0.5; p(10) = 0.4,
    // p(10.5) = 0.2, p(30) = 0.4 − ε: mean (10 · 0.4 + 10.5 · 0.2) / 0.6 = 10.1667, σ² = 0.5² ·
    // 2/9.
    void momentsNearTheMode()
    {
        std::vector<float> p(97, 0.0F);
        p[20] = 0.401F;
        p[21] = 0.2005F;
        p[60] = 0.3985F;
        const Moments near = momentsNearMode(temperatureBins(), p, 3.0);
        QVERIFY(std::abs(near.mean - 10.16667) < 1e-4);
        QVERIFY(std::abs(near.deviation - 0.5 * std::sqrt(2.0 / 9.0)) < 1e-4);
        QVERIFY(std::abs(near.share - 0.6015) < 1e-4);
        const Moments all = momentsNearMode(temperatureBins(), p, kEverywhere);
        QVERIFY(std::abs(all.mean - (0.401 * 10 + 0.2005 * 10.5 + 0.3985 * 30)) < 1e-4);
        // A bin exactly 3 away belongs to it.
        p[60] = 0.0F;
        p[26] = 0.2F;
        QVERIFY(momentsNearMode(temperatureBins(), p, 3.0).mean > 10.6);
        QVERIFY(momentsNearMode(temperatureBins(), p, 2.9).mean < 10.2);
    }

    // A head that answers with a type's own target gives that type back.
    void targetsDecideForThemselves()
    {
        for (double code = 3.0; code <= 45.0; code += 0.7)
            QVERIFY(std::abs(decisionAt(code, 3.0).temperatureCode - code) < 0.01);
        const double sigma = decisionAt(20.0, 3.0).temperatureSigma;
        QVERIFY(std::abs(sigma - 0.7) < 0.01);
        using mk::LuminosityGroup;
        const std::vector<std::pair<double, LuminosityGroup>> expected {
            { 0.0, LuminosityGroup::I }, { 1.0, LuminosityGroup::I }, { 2.0, LuminosityGroup::III },
            { 3.0, LuminosityGroup::III }, { 4.0, LuminosityGroup::V }, { 5.0, LuminosityGroup::V }
        };
        for (const auto& [code, group] : expected) {
            const Decision decision = decisionAt(16.0, code);
            QVERIFY(decision.group == group);
            QCOMPARE(decision.printedLuminosity, code); // Ia and V too, whose targets are cut off
            QVERIFY(decision.groupProbability[static_cast<std::size_t>(group)] > 0.5);
        }
    }

    // The labels Ib–II (1.5) and III–IV (3.5) belong wholly to I and to III; a mean of 3.8 is beyond
    // the cut, though bins of III have a part in it.
    void cutsByHand()
    {
        std::vector<float> temperature = targetOf(temperatureBins(), 16.0);
        std::vector<float> luminosity(11, 0.0F);
        luminosity[3] = 1.0F;
        Decision decision = decide(temperature, luminosity);
        QCOMPARE(decision.groupProbability[0], 1.0);
        QCOMPARE(decision.groupProbability[1], 0.0);
        QCOMPARE(decision.groupProbability[2], 0.0);
        QVERIFY(decision.group == mk::LuminosityGroup::I);
        QCOMPARE(decision.printedLuminosity, 1.0);
        luminosity = std::vector<float>(11, 0.0F);
        luminosity[7] = 1.0F;
        decision = decide(temperature, luminosity);
        QCOMPARE(decision.groupProbability[1], 1.0);
        QVERIFY(decision.group == mk::LuminosityGroup::III);
        luminosity[7] = 0.4F;
        luminosity[8] = 0.6F;
        QVERIFY(decide(temperature, luminosity).luminosityCode > 3.75);
        luminosity[7] = 0.0F;
        luminosity[6] = 0.2F; // III
        luminosity[8] = 0.8F; // IV
        decision = decide(temperature, luminosity);
        QVERIFY(std::abs(decision.luminosityCode - 3.8) < 1e-6);
        QVERIFY(decision.group == mk::LuminosityGroup::V);
        QCOMPARE(decision.printedLuminosity, 4.0);
        QVERIFY(std::abs(decision.groupProbability[2] - 0.8) < 1e-6);
    }
};

QTEST_GUILESS_MAIN(TestOrdinal)
#include "tst_ordinal.moc"
