#include "tests/ui/support/ui_test.h"
#include "ui/models/cell_stars_model.h"
#include "ui/models/class_score_model.h"
#include "ui/models/confusion_model.h"
#include "ui/models/history_model.h"

#include <QAbstractItemModelTester>
#include <QLocale>
#include <QSignalSpy>

#include <cmath>
#include <limits>

using namespace maury;

namespace {

train::EpochDone epoch(int number, double loss, bool best)
{
    train::EpochDone done;
    done.epoch = number;
    done.train.loss = loss;
    done.test.samples = 10;
    done.test.loss = 2.0 * loss;
    done.test.sc.accuracy = 0.5;
    done.best = best;
    return done;
}

train::HeadMetrics twoClasses()
{
    train::HeadMetrics head;
    head.perClass = { { "A0", 90, 0.9, 0.8, 0.85 },
        { "A1", 0, std::numeric_limits<double>::quiet_NaN(),
            std::numeric_limits<double>::quiet_NaN(), 0.0 } };
    head.confusion = { { 78, 12 }, { 0, 0 } };
    return head;
}

/// Two stars of three samples each; of the first, two are taken for class 1, of the second one.
ui::Evaluation evaluation()
{
    auto set = std::make_shared<dataset::SampleSet>();
    set->sc = { 0, 0, 0, 0, 0, 0 };
    set->lc = { 2, 2, 2, 2, 2, 2 };
    set->standard = { 0, 1, 0, 1, 0, 1 };
    set->standardNames = { "lib/t160l50p00", "lib/t160l30p00" };
    ui::Evaluation result;
    result.test = set;
    result.predictions.sc = { 1, 1, 0, 0, 1, 0 };
    result.predictions.lc = { 2, 2, 2, 2, 2, 2 };
    result.predictions.scProbability = { 0.5F, 0.75F, 0.9F, 0.9F, 0.75F, 0.9F };
    result.predictions.lcProbability = { 1, 1, 1, 1, 1, 1 };
    return result;
}

} // namespace

class tst_RunModels : public test::UiTest {
    Q_OBJECT
private slots:
    void initTestCase() { QLocale::setDefault(QLocale::c()); }

    void historyGrowsAndMarksTheBest()
    {
        ui::HistoryModel model;
        const QAbstractItemModelTester tester(&model);
        const auto isBold = [&model](int row) {
            return model.data(model.index(row, 0), Qt::FontRole).value<QFont>().bold();
        };
        model.append(epoch(0, 1.0, true));
        model.append(epoch(1, 0.5, true));
        model.append(epoch(2, 0.7, false));
        QCOMPARE(model.rowCount(), 3);
        QCOMPARE(model.bestRow(), 1);
        QVERIFY(!isBold(0));
        QVERIFY(isBold(1));
        QCOMPARE(model.index(1, ui::HistoryModel::Epoch).data().toString(), "2");
        QCOMPARE(model.index(1, ui::HistoryModel::TestLoss).data().toString(), "1.0000");
        model.clear();
        QCOMPARE(model.rowCount(), 0);
        QVERIFY(!model.bestRow());
    }

    void historyWithoutTestSetSaysSo()
    {
        ui::HistoryModel model;
        auto done = epoch(0, 1.0, true);
        done.test = {};
        model.append(done);
        QCOMPARE(model.index(0, ui::HistoryModel::TestLoss).data().toString(), "n/a");
        QVERIFY(std::isnan(model.rows().front().testAccuracySc));
    }

    void classScoresOfBothHeads()
    {
        ui::ClassScoreModel model;
        const QAbstractItemModelTester tester(&model);
        train::Metrics metrics;
        metrics.sc = twoClasses();
        metrics.lc.perClass = { { "V", 90, 1.0, 1.0, 1.0 } };
        model.setMetrics(metrics);
        QCOMPARE(model.rowCount(), 3);
        QCOMPARE(model.index(1, ui::ClassScoreModel::Recall).data().toString(), "n/a");
        QCOMPARE(model.csv(),
            "head,class,samples,precision,recall,f1\nSC,A0,90,0.9,0.8,0.85\nSC,A1,0,,,0\n"
            "LC,V,90,1,1,1\n");

        QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
        QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
        model.setMetrics(metrics); // the next epoch: the view keeps its place
        QCOMPARE(reset.count(), 0);
        QCOMPARE(changed.count(), 1);
    }

    void confusionCellsInWords()
    {
        ui::ConfusionModel model;
        const QAbstractItemModelTester tester(&model);
        model.setMetrics(twoClasses());
        QCOMPARE(model.rowCount(), 2);
        QCOMPARE(model.rowSum(0), 90);
        QCOMPARE(model.fraction(0, 1), 12.0 / 90.0);
        QVERIFY(std::isnan(model.fraction(1, 1)));
        QCOMPARE(model.cellText(0, 1), QStringLiteral("true A0 → predicted A1: 12 of 90"));
        QCOMPARE(model.csv(), "true\\predicted,A0,A1\nA0,78,12\nA1,0,0\n");
    }

    void cellHoldsExactlyItsStars()
    {
        const auto found = ui::starsOfCell(evaluation(), ui::Head::Spectral, 0, 1);
        QCOMPARE(found.size(), 2);
        QCOMPARE(found[0].standard, "t160l50p00");
        QCOMPARE(found[0].library, "lib");
        QCOMPARE(found[0].inCell, 2);
        QCOMPARE(found[0].samples, 3);
        QCOMPARE(found[0].probability, (0.5 + 0.75) / 2.0);
        QCOMPARE(found[1].inCell, 1);
        QVERIFY(ui::starsOfCell(evaluation(), ui::Head::Spectral, 1, 0).empty());
        QCOMPARE(ui::starsOfCell(evaluation(), ui::Head::Luminosity, 2, 2).size(), 2);
    }

    void cellStarsInATable()
    {
        ui::CellStarsModel model;
        const QAbstractItemModelTester tester(&model);
        ui::CellStar star;
        star.standard = "not an MKCLASS name";
        star.inCell = 2;
        star.samples = 3;
        model.setStars({ star });
        QCOMPARE(model.index(0, ui::CellStarsModel::Type).data().toString(), "");
        QCOMPARE(model.index(0, ui::CellStarsModel::InCell).data().toString(), "2 of 3");
    }
};

QTEST_MAIN(tst_RunModels)
#include "tst_run_models.moc"
