#include "tests/ui/support/tiny_atlas.h"
#include "tests/ui/support/ui_test.h"
#include "ui/models/run_estimator.h"

using namespace maury;

namespace {

/// 1 hidden neuron on 2 pixels, 2 + 3 classes: 2 + 5 weights.
ui::RunRequest smallRun()
{
    ui::RunRequest request;
    request.config.hidden = { 1 };
    request.config.perSpectrumTrain = 100;
    request.config.perSpectrumTest = 10;
    request.config.epochs = 3;
    request.config.backend = "reference";
    return request;
}

train::RunStarted started()
{
    train::RunStarted run;
    run.backend = "reference";
    run.epochs = 3;
    run.trainSamples = 600; // 6 standards
    run.testSamples = 60;
    run.classes = { "A0", "A1" };
    run.pixels = 2;
    return run;
}

train::EpochDone epochAt(double samplesPerSecond)
{
    train::EpochDone epoch;
    epoch.samplesPerSecond = samplesPerSecond;
    return epoch;
}

} // namespace

class tst_RunEstimator : public test::UiTest {
    Q_OBJECT
private slots:
    void beforeAnyRunItGuesses()
    {
        const ui::RunEstimator estimator;
        const auto estimate = estimator.estimate({});
        QVERIFY(!estimate.measured);
        QVERIFY(!estimate.dataKnown);
        // The paper: (1600 + 1) · 768 + (768 + 1) · 256 + (256 + 1) · 64 + (64 + 1) · 33.
        QCOMPARE(estimate.parameters, 1'229'568 + 196'864 + 16'448 + 2'145);
        QVERIFY(estimate.seconds > 0.0);
        QCOMPARE(estimate.backend, std::string("cpu"));
    }

    void anOpenAtlasIsCounted()
    {
        ui::RunEstimator estimator;
        estimator.setAtlas("tiny", *test::tinyAtlas());
        auto request = smallRun();
        request.trainAtlas = "tiny";
        const auto estimate = estimator.estimate(request);
        QVERIFY(estimate.dataKnown);
        QCOMPARE(estimate.data.trainStandards, 12);
        QCOMPARE(estimate.data.classes, 4);
        QCOMPARE(estimate.data.pixels, 64);
        request.testAtlas = "another";
        QVERIFY(!estimator.estimate(request).dataKnown);
    }

    void aMeasuredRunByHand()
    {
        ui::RunEstimator estimator;
        estimator.learn(smallRun(), started(), 6.6); // 10 ms for each of 660 variations
        QVERIFY(!estimator.estimate(smallRun()).measured);
        estimator.learn(epochAt(1000.0));
        // A step costs 2 · (2 · 7 + 5) = 38 operations a sample, an answer 14.
        const auto again = estimator.estimate(smallRun());
        QVERIFY(again.measured);
        QVERIFY(again.dataKnown);
        QCOMPARE(again.rate, 38'000.0);
        const double epochSeconds = (600 * 38 + (60 + 60) * 14) / 38'000.0;
        QCOMPARE(again.seconds, 3 * epochSeconds + 6.6);

        auto fresh = smallRun();
        fresh.config.freshEveryEpoch = true;
        QCOMPARE(estimator.estimate(fresh).seconds, 3 * epochSeconds + 6.6 + 2 * 6.0);
        // Another backend has another speed.
        auto other = smallRun();
        other.config.backend = "cpu";
        QVERIFY(!estimator.estimate(other).measured);
    }

    void automaticIsWhatRan()
    {
        ui::RunEstimator estimator;
        auto request = smallRun();
        request.config.backend = "auto";
        estimator.learn(request, started(), 1.0);
        estimator.learn(epochAt(1000.0));
        QCOMPARE(estimator.estimate(request).backend, std::string("reference"));
        QVERIFY(estimator.estimate(request).measured);
    }
};

QTEST_MAIN(tst_RunEstimator)
#include "tst_run_estimator.moc"
