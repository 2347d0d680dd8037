#include "tests/ui/support/ui_test.h"
#include "ui/plots/training_curves.h"

#include <QSignalSpy>

using namespace maury;

namespace {

std::vector<ui::StepPoint> batches(int first, int count)
{
    std::vector<ui::StepPoint> points;
    for (int i = first; i < first + count; ++i) {
        ui::StepPoint point;
        point.position = (i + 1) / 1000.0;
        point.loss = 1.0;
        point.steps = 1;
        points.push_back(point);
    }
    return points;
}

} // namespace

class tst_TrainingCurves : public test::UiTest {
    Q_OBJECT
private slots:
    void batchesAreCondensedWithoutLosingAny()
    {
        ui::TrainingCurves curves;
        curves.begin(250);
        for (int first = 0; first < 100'000; first += 50)
            curves.addSteps(batches(first, 50));
        QVERIFY(curves.steps().size() <= 4096);
        int steps = 0;
        for (const auto& point : curves.steps())
            steps += point.steps;
        QCOMPARE(steps, 100'000);
        QCOMPARE(curves.steps().back().position, 100.0);
    }

    void aDraggedSliderIsOneMark()
    {
        ui::TrainingCurves curves;
        curves.begin(100);
        curves.addChange("lr", "Learning rate", 1.000, 0.01, 0.02);
        curves.addChange("weights-sc", "SC weight", 1.001, 2.0, 3.0);
        curves.addChange("lr", "Learning rate", 1.002, 0.02, 0.03);
        QCOMPARE(curves.marks().size(), 2);
        QCOMPARE(curves.marks()[0].before, 0.01);
        QCOMPARE(curves.marks()[0].after, 0.03);
        QCOMPARE(curves.marks()[0].last, 1.002);
        curves.addChange("lr", "Learning rate", 5.0, 0.03, 0.04);
        QCOMPARE(curves.marks().size(), 3);
        QCOMPARE(curves.marks()[2].before, 0.03);
    }

    void beginForgets()
    {
        ui::TrainingCurves curves;
        curves.begin(10);
        curves.addSteps(batches(0, 10));
        curves.addEpoch({}, true);
        curves.addChange("lr", "Learning rate", 0.5, 0.01, 0.02);
        curves.begin(20);
        QVERIFY(curves.steps().empty());
        QVERIFY(curves.epochs().empty());
        QVERIFY(curves.marks().isEmpty());
    }

    void theRateStandsBelowAndFollowsEveryChange()
    {
        ui::TrainingCurves curves;
        curves.begin(10);
        auto points = batches(0, 4);
        points[2].learningRate = points[3].learningRate = 0.005;
        points[0].learningRate = points[1].learningRate = 0.01;
        curves.addSteps(points);
        const auto rates = curves.learningRates();
        QCOMPARE(rates.size(), 4);
        QCOMPARE(rates[1], QPointF(0.002, 0.01));
        QCOMPARE(rates[2], QPointF(0.003, 0.005));
    }

    void aResumedRunShowsTheRatesOfItsEpochs()
    {
        ui::TrainingCurves curves;
        curves.begin(10);
        for (int epoch = 0; epoch < 3; ++epoch) {
            ui::EpochRow row;
            row.epoch = epoch;
            row.learningRate = 0.01 / (epoch + 1);
            curves.addEpoch(row, false);
        }
        QCOMPARE(curves.learningRates().size(), 3);
        QCOMPARE(curves.learningRates()[1], QPointF(2.0, 0.005));
        // Batches have told the rate of their epoch already.
        auto points = batches(3000, 1000);
        for (auto& point : points)
            point.learningRate = 0.002;
        curves.addSteps(points);
        ui::EpochRow row;
        row.epoch = 3;
        row.learningRate = 0.002;
        curves.addEpoch(row, false);
        QCOMPARE(curves.learningRates().size(), 1003);
    }

    void panelsZoomTogether()
    {
        ui::TrainingCurves curves;
        curves.begin(250);
        QCOMPARE(curves.shownEpochs().size(), 3);
        curves.showEpochs(3.0, 7.5);
        for (const auto& [first, last] : curves.shownEpochs()) {
            QCOMPARE(first, 3.0);
            QCOMPARE(last, 7.5);
        }
        QVERIFY(curves.isZoomed());
        curves.addSteps(batches(0, 500)); // new data leave the zoom alone
        curves.refresh();
        QCOMPARE(curves.shownEpochs()[1].first, 3.0);
        curves.resetZoom();
        QVERIFY(curves.shownEpochs()[2].first == 0.0);
    }

    void theLossAxisSwitches()
    {
        ui::TrainingCurves curves;
        curves.resize(600, 400);
        QVERIFY(curves.isLossLogarithmic());
        curves.addSteps(batches(0, 10));
        curves.setLossLogarithmic(false);
        QVERIFY(!curves.isLossLogarithmic());
        curves.refresh();
        QVERIFY(!curves.grab().isNull());
        curves.setLossLogarithmic(true);
        QVERIFY(!curves.grab().isNull());
    }

    void condensedBatchesSaySo()
    {
        ui::TrainingCurves curves;
        curves.begin(250);
        curves.addSteps(batches(0, 100));
        QCOMPARE(curves.batchName(), QStringLiteral("batches"));
        curves.addSteps(batches(100, 4000));
        QCOMPARE(curves.batchName(), QStringLiteral("mean of 2 batches"));
        QVERIFY(curves.learningRates().size() <= 4096);
        curves.begin(250);
        QCOMPARE(curves.batchName(), QStringLiteral("batches"));
    }

    void drawsWithoutLossesAndWithoutTestSet()
    {
        ui::TrainingCurves curves;
        curves.resize(600, 400);
        ui::EpochRow row;
        row.testLoss = std::numeric_limits<double>::quiet_NaN();
        row.trainLoss = 0.0; // no place on a logarithmic axis
        curves.addEpoch(row, true);
        curves.refresh();
        QVERIFY(!curves.grab().isNull());
    }
};

QTEST_MAIN(tst_TrainingCurves)
#include "tst_training_curves.moc"
