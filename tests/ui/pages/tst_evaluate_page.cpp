#include "tests/ui/support/page_fixture.h"
#include "tests/ui/support/ui_test.h"
#include "ui/pages/evaluate_page.h"
#include "ui/plots/confusion_plot.h"

#include <QFile>
#include <QSignalSpy>
#include <QTableView>

using namespace maury;
using State = ui::TrainingSession::State;

namespace {

ui::RunRequest request(int epochs)
{
    ui::RunRequest request;
    request.config.hidden = { 16 };
    request.config.perSpectrumTrain = 20;
    request.config.perSpectrumTest = 5;
    request.config.batchSize = 24;
    request.config.epochs = epochs;
    request.config.backend = "reference";
    request.config.live.learningRate = 0.02; // learns something, not everything
    return request;
}

std::int64_t sumOf(const ui::ConfusionModel& model)
{
    std::int64_t sum = 0;
    for (int truth = 0; truth < model.rowCount(); ++truth)
        sum += model.rowSum(truth);
    return sum;
}

} // namespace

class tst_EvaluatePage : public test::UiTest {
    Q_OBJECT
private slots:
    void matricesFillWithTheTestSet()
    {
        test::PageFixture f;
        ui::EvaluatePage page(f.context, f.session);
        page.resize(900, 600);
        page.show();
        f.session.start(request(3));
        QTRY_COMPARE_WITH_TIMEOUT(f.session.state(), State::Idle, 60'000);
        const auto& spectral = page.matrix(ui::Head::Spectral);
        const auto& luminosity = page.matrix(ui::Head::Luminosity);
        QCOMPARE(spectral.rowCount(), 4);
        QCOMPARE(luminosity.rowCount(), 3);
        QCOMPARE(sumOf(spectral), 60);
        QCOMPARE(sumOf(luminosity), 60);
        QCOMPARE(spectral.rowSum(0), 15);
        QCOMPARE(page.scores().rowCount(), 7);
        QVERIFY(page.heading().contains("3"));
        QVERIFY(page.origin().contains("variations of the training stars"));
        QVERIFY(!page.isStale());
        QVERIFY(!page.grab().isNull());
    }

    void followsTheRunEpochByEpoch()
    {
        test::PageFixture f;
        ui::EvaluatePage page(f.context, f.session);
        page.show();
        f.session.start(request(100'000));
        QTRY_COMPARE_WITH_TIMEOUT(sumOf(page.matrix(ui::Head::Spectral)), 60, 60'000);
        QVERIFY(f.session.active());
        QVERIFY(!page.isStale());
        const QString first = page.heading();
        QTRY_VERIFY_WITH_TIMEOUT(page.heading() != first, 60'000);
    }

    void aNewRunMakesTheOldOneGrey()
    {
        test::PageFixture f;
        ui::EvaluatePage page(f.context, f.session);
        f.session.start(request(2));
        QTRY_COMPARE_WITH_TIMEOUT(f.session.state(), State::Idle, 60'000);
        auto waiting = request(2);
        waiting.startPaused = true;
        f.session.start(waiting);
        QVERIFY(page.isStale());
        QTRY_COMPARE_WITH_TIMEOUT(f.session.state(), State::Paused, 60'000);
        QVERIFY(page.isStale());
        f.session.resume();
        QTRY_COMPARE_WITH_TIMEOUT(f.session.state(), State::Idle, 60'000);
        QVERIFY(!page.isStale());
    }

    void aCellOpensExactlyItsStars()
    {
        test::PageFixture f;
        ui::EvaluatePage page(f.context, f.session);
        f.session.start(request(1));
        QTRY_COMPARE_WITH_TIMEOUT(f.session.state(), State::Idle, 60'000);
        const auto& matrix = page.matrix(ui::Head::Spectral);
        int cells = 0;
        for (int truth = 0; truth < matrix.rowCount(); ++truth)
            for (int predicted = 0; predicted < matrix.rowCount(); ++predicted) {
                page.chooseCell(ui::Head::Spectral, truth, predicted);
                std::int64_t samples = 0;
                for (const auto& star : page.stars().stars()) {
                    samples += star.inCell;
                    // The tiny atlas names its classes by temperature code: A0 is t160.
                    QCOMPARE(star.standard.mid(1, 3).toInt(), 160 + 10 * truth);
                }
                QCOMPARE(samples, matrix.count(truth, predicted));
                if (samples == 0)
                    continue;
                ++cells;
                const auto row
                    = ui::standardRow(*f.workspace.atlas(), page.stars().stars()[0].standard);
                QVERIFY(row);
                QCOMPARE(
                    f.selection.spectrum(), f.spectra.standardId(static_cast<std::size_t>(*row)));
                QCOMPARE(f.selection.standards().front(), *row);
                QCOMPARE(f.selection.standards().size(), truth == predicted ? 1 : 2);
                if (truth != predicted) {
                    const auto& like
                        = f.workspace.atlas()
                              ->standards()[static_cast<std::size_t>(f.selection.standards()[1])];
                    QCOMPARE(like.temperatureCode, 16.0 + predicted);
                }
            }
        QVERIFY(cells >= 4);
    }

    void tableIsExported()
    {
        test::PageFixture f;
        ui::EvaluatePage page(f.context, f.session);
        f.session.start(request(1));
        QTRY_COMPARE_WITH_TIMEOUT(f.session.state(), State::Idle, 60'000);
        const test::TemporaryFolder folder;
        const auto file = QString::fromStdString((folder / "classes.csv").string());
        QVERIFY(page.exportTable(file));
        QFile written(file);
        QVERIFY(written.open(QIODevice::ReadOnly));
        QCOMPARE(QString::fromUtf8(written.readAll()), page.scores().csv());
        QVERIFY(!page.exportTable(QString::fromStdString((folder / "none/classes.csv").string())));
    }

    void startsWithTheSessionsLastRun()
    {
        test::PageFixture f;
        f.session.start(request(1));
        QTRY_COMPARE_WITH_TIMEOUT(f.session.state(), State::Idle, 60'000);
        ui::EvaluatePage page(f.context, f.session);
        QCOMPARE(sumOf(page.matrix(ui::Head::Spectral)), 60);
    }
};

QTEST_MAIN(tst_EvaluatePage)
#include "tst_evaluate_page.moc"
