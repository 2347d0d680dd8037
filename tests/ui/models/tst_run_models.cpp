#include "tests/ui/support/ui_test.h"
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
        // Of four A0 one was taken for A1; of two A1 both are right.
        metrics.sc = train::scoreConfusion({ { 3, 1 }, { 0, 2 } }, { "A0", "A1" });
        metrics.lc = train::scoreConfusion({ { 6, 0 }, { 0, 0 } }, { "V", "VI" });
        model.setMetrics(metrics);
        QCOMPARE(model.rowCount(), 2 * (2 + 3));
        const auto text
            = [&model](int row, int column) { return model.index(row, column).data().toString(); };
        QCOMPARE(text(6, ui::ClassScoreModel::Recall), "n/a");
        QCOMPARE(text(4, ui::ClassScoreModel::Class), "Accuracy");
        QCOMPARE(text(4, ui::ClassScoreModel::Precision), "");
        QCOMPARE(text(4, ui::ClassScoreModel::F1), "0.833");
        // precision 1 and 2/3, recall 3/4 and 1, F1 6/7 and 4/5; weights 4 and 2
        const QStringList lines = model.csv().split('\n');
        QCOMPARE(lines[0], "head,class,samples,precision,recall,f1");
        QCOMPARE(lines[1], "SC,A0,4,1,0.75,0.857142857");
        QCOMPARE(lines[3], "SC,macro avg,6,0.833333333,0.875,0.828571429");
        QCOMPARE(lines[4], "SC,weighted avg,6,0.888888889,0.833333333,0.838095238");
        QCOMPARE(lines[5], "SC,accuracy,6,,,0.833333333");
        QCOMPARE(lines[7], "LC,VI,0,,,");

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
};

QTEST_MAIN(tst_RunModels)
#include "tst_run_models.moc"
