#include "core/classify/evaluator.h"
#include "tests/ui/support/page_fixture.h"
#include "tests/ui/support/run_fixture.h"
#include "tests/ui/support/ui_test.h"
#include "ui/bridge/star_evaluator.h"
#include "ui/pages/evaluate_page.h"
#include "ui/pages/spectra_page.h"
#include "ui/plots/confusion_plot.h"
#include "ui/plots/reliability_plot.h"
#include "ui/plots/row_table.h"
#include "ui/plots/scatter_plot.h"

#include <QFile>
#include <QSignalSpy>
#include <QTabWidget>

#include <map>
#include <numeric>

using namespace maury;
using State = ui::TrainingSession::State;

namespace {

ui::RunRequest request(int epochs)
{
    ui::RunRequest request = test::smallRun(epochs);
    request.config.live.learningRate = 0.02; // learns something, not everything
    return request;
}

QString text(const std::filesystem::path& path)
{
    return QString::fromStdString(path.string());
}

std::int64_t sumOf(const ui::ConfusionModel& model)
{
    std::int64_t sum = 0;
    for (int truth = 0; truth < model.rowCount(); ++truth)
        sum += model.rowSum(truth);
    return sum;
}

/// A short run that leaves mistakes, and the page that shows them.
struct AfterARun : test::PageFixture {
    AfterARun()
        : page(context, session)
    {
        page.resize(900, 600);
        page.show();
        session.start(request(1));
    }
    [[nodiscard]] bool done() const { return session.state() == State::Idle; }
    [[nodiscard]] const ui::Evaluation& evaluation() const { return *session.result()->evaluation; }
    [[nodiscard]] QString nameOf(std::size_t sample) const
    {
        const auto& set = *evaluation().test;
        return QString::fromStdString(set.standardNames[set.standard[sample]]).section('/', -1);
    }
    [[nodiscard]] int rowOf(const QString& standard) const
    {
        return ui::standardRow(*workspace.atlas(), standard).value();
    }
    [[nodiscard]] ui::SpectrumId idOf(const QString& standard) const
    {
        return spectra.standardId(static_cast<std::size_t>(rowOf(standard)));
    }
    [[nodiscard]] ui::RowTable& mistakesTable()
    {
        for (auto* table : page.mistakes().findChildren<ui::RowTable*>())
            if (table->model()->columnCount() == ui::MistakesModel::ColumnCount)
                return *table;
        qFatal("no list of misclassified stars");
    }

    ui::EvaluatePage page;
};

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
        QCOMPARE(
            page.scores().rowCount(), 4 + 3 + 2 * 3); // classes and three averages for each head
        QVERIFY(page.heading().contains("3"));
        QVERIFY(page.origin().contains("variations of the training stars"));
        QVERIFY(!page.isStale());
        QVERIFY(!page.grab().isNull());
        // The reliability of both heads counts every sample.
        page.plots().pictures().setCurrentWidget(&page.plots().reliability());
        QVERIFY(page.plots().reliability().isVisible());
        const auto table = page.plots().reliability().table();
        QCOMPARE(table.rows(), 20);
        const auto& answers = table.columns[3].numbers;
        QCOMPARE(std::accumulate(answers.begin(), answers.begin() + 10, 0.0), 60.0);
        QCOMPARE(std::accumulate(answers.begin() + 10, answers.end(), 0.0), 60.0);
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
                page.chooseCell({ ui::Head::Spectral, truth, predicted, {} });
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

    void everyCellHoldsTheStarsThatThePredictionsPutThere()
    {
        AfterARun f;
        QTRY_VERIFY_WITH_TIMEOUT(f.done(), 60'000);
        const auto& e = f.evaluation();
        for (const auto head : { ui::Head::Spectral, ui::Head::Luminosity }) {
            const bool spectral = head == ui::Head::Spectral;
            const auto& truth = spectral ? e.test->sc : e.test->lc;
            const auto& predicted = spectral ? e.predictions.sc : e.predictions.lc;
            std::map<std::pair<int, int>, std::map<QString, int>> byHand;
            for (std::size_t i = 0; i < truth.size(); ++i)
                ++byHand[{ truth[i], predicted[i] }][f.nameOf(i)];
            const int classes = f.page.matrix(head).rowCount();
            for (int row = 0; row < classes; ++row)
                for (int column = 0; column < classes; ++column) {
                    f.page.chooseCell({ head, row, column, {} });
                    std::map<QString, int> shown;
                    int samples = 0;
                    for (const auto& star : f.page.stars().stars()) {
                        shown[star.standard] = star.inCell;
                        samples += star.inCell;
                    }
                    QCOMPARE(shown, (byHand[{ row, column }]));
                    QCOMPARE(f.page.matrix(head).count(row, column), samples);
                }
        }
    }

    void theFiguresAreThoseOfTheCommandLine()
    {
        AfterARun f;
        QTRY_VERIFY_WITH_TIMEOUT(f.done(), 60'000);
        // What `maury-cli evaluate` calls for a stored set.
        const auto again = classify::evaluateSamples(
            f.session.result()->report.best, *f.evaluation().test, nullptr, 1);
        QVERIFY_RESULT(again);
        const auto& metrics = f.evaluation().metrics;
        QCOMPARE(again->network.sc.confusion, metrics.sc.confusion);
        QCOMPARE(again->network.lc.confusion, metrics.lc.confusion);
        ui::ClassScoreModel report;
        train::Metrics same;
        same.sc = again->network.sc;
        same.lc = again->network.lc;
        report.setMetrics(same);
        QCOMPARE(report.csv(), f.page.scores().csv());
    }

    void aBubbleOpensTheStarsOfItsLuminosityClass()
    {
        AfterARun f;
        QTRY_VERIFY_WITH_TIMEOUT(f.done(), 60'000);
        const auto points = f.page.plots().scatter().points();
        int samples = 0;
        for (const auto& point : points) {
            emit f.page.plots().scatter().pointClicked(
                point.truth, point.predicted, point.luminosity);
            int inCell = 0;
            for (const auto& star : f.page.stars().stars())
                inCell += star.inCell;
            QCOMPARE(inCell, point.samples);
            QCOMPARE(f.selection.spectrum(), f.idOf(f.page.stars().stars()[0].standard));
            samples += inCell;
        }
        QCOMPARE(samples, 60); // every test sample is in one bubble
    }

    void aSelectionMadeElsewhereIsMarkedHere()
    {
        AfterARun f;
        QTRY_VERIFY_WITH_TIMEOUT(f.done(), 60'000);
        const auto wrong = ui::wrongStars(f.evaluation(), {});
        QVERIFY(!wrong.empty());
        QSignalSpy spectrum(&f.selection, &ui::Selection::spectrumChanged);
        QSignalSpy standards(&f.selection, &ui::Selection::standardsChanged);
        for (const auto& star : wrong) {
            spectrum.clear();
            f.selection.setSpectrum(f.idOf(star.standard));
            QCOMPARE(spectrum.size(), 1); // nothing comes back
            const auto cell = ui::cellOfStar(f.evaluation(), star.standard, ui::Head::Spectral);
            const auto& matrix = f.page.plots().matrix(ui::Head::Spectral);
            QCOMPARE(matrix.starCell(), QPoint(cell->predicted, cell->truth));
            QCOMPARE(f.page.mistakes().markedAmongMistakes(), star.standard);
            int samples = 0;
            for (const auto& point : f.page.plots().scatter().starPoints())
                samples += point.samples;
            QCOMPARE(samples, star.samples);
        }
        QCOMPARE(standards.size(), 0); // what is compared is left to whoever selected
        f.selection.setSpectrum(ui::kNoSpectrum);
        QCOMPARE(f.page.plots().matrix(ui::Head::Spectral).starCell(), QPoint(-1, -1));
        QVERIFY(f.page.plots().scatter().starPoints().empty());
        QVERIFY(f.page.mistakes().markedAmongMistakes().isEmpty());
    }

    void aMisclassifiedStarIsSelectedAndOpensWithBothStandards()
    {
        AfterARun f;
        ui::SpectraPage spectraPage(f.context);
        QTRY_VERIFY_WITH_TIMEOUT(f.done(), 60'000);
        QSignalSpy spectrum(&f.selection, &ui::Selection::spectrumChanged);
        QSignalSpy page(&f.page, &ui::Page::pageRequested);
        auto& table = f.mistakesTable();
        table.sortByColumn(ui::MistakesModel::Star, Qt::AscendingOrder);
        QVERIFY(table.model()->rowCount() > 0);
        const auto last = table.model()->index(table.model()->rowCount() - 1, 0);
        table.selectRow(last.row());
        QCOMPARE(spectrum.size(), 1);
        emit table.activated(last);
        QCOMPARE(spectrum.size(), 1);
        QCOMPARE(page.size(), 1);
        QCOMPARE(page[0][0].toString(), "spectra");
        const QString standard = last.data().toString().section('/', -1);
        QCOMPARE(f.selection.spectrum(), f.idOf(standard));
        const auto wrong = ui::wrongStars(f.evaluation(), {});
        const auto mine = std::find_if(wrong.begin(), wrong.end(),
            [&](const ui::WrongStar& star) { return star.standard == standard; });
        // Its own type, and the one that it was taken for.
        const auto& atlas = *f.workspace.atlas();
        QCOMPARE(f.selection.standards().size(), 2);
        QCOMPARE(f.selection.standards()[0], f.rowOf(standard));
        const auto& taken = atlas.standards()[static_cast<std::size_t>(f.selection.standards()[1])];
        QCOMPARE(taken.temperatureCode, 16.0 + mine->predictedSc);
        QCOMPARE(static_cast<int>(taken.group), mine->predictedLc);
        // The spectrum is drawn with both.
        const auto* plot = spectraPage.findChild<ui::SpectrumPlot*>();
        QTRY_COMPARE(plot->standard(1).name, ui::standardName(taken));
        QCOMPARE(plot->standard(0).name,
            ui::standardName(atlas.standards()[static_cast<std::size_t>(f.rowOf(standard))]));
        QVERIFY(!plot->star().isEmpty());
    }

    void misclassifiedStarsAreFiltered()
    {
        AfterARun f;
        QTRY_VERIFY_WITH_TIMEOUT(f.done(), 60'000);
        auto& mistakes = f.page.mistakes();
        for (const ui::WrongFilter filter : { ui::WrongFilter { true, true, 1 },
                 ui::WrongFilter { true, false, 1 }, ui::WrongFilter { false, true, 1 },
                 ui::WrongFilter { true, true, 2 }, ui::WrongFilter { true, true, 30 } }) {
            mistakes.setFilter(filter);
            QCOMPARE(
                mistakes.mistakes().stars().size(), ui::wrongStars(f.evaluation(), filter).size());
        }
        QCOMPARE(mistakes.mistakes().rowCount(), 0);
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

    // Stars of known type, typed from their files by the model of the window.
    void starsAreEvaluated()
    {
        test::PageFixture f;
        f.session.start(request(8));
        QTRY_COMPARE_WITH_TIMEOUT(f.session.state(), State::Idle, 60'000);
        ui::EvaluatePage page(f.context, f.session);
        page.resize(900, 600);
        page.show();
        QVERIFY(!page.typeStarsAction().isEnabled());
        f.workspace.setModel(
            std::make_shared<const train::Model>(f.session.result()->report.best), "my model");
        QVERIFY(page.typeStarsAction().isEnabled());

        const test::TemporaryFolder folder;
        const auto& atlas = *f.workspace.atlas();
        std::string table = "file,type\n";
        for (const std::size_t row : { 0U, 5U, 8U }) {
            std::string lines;
            for (std::size_t pixel = 0; pixel < atlas.grid().pixels; ++pixel)
                lines += std::to_string(atlas.grid().wavelength(pixel)) + ' '
                    + std::to_string(atlas.flux()(
                        static_cast<Eigen::Index>(row), static_cast<Eigen::Index>(pixel)))
                    + '\n';
            const std::string name = "star" + std::to_string(row) + ".txt";
            (void)folder.write(name, lines);
            table += name + ',' + mk::print(atlas.standards()[row].type) + '\n';
        }
        (void)folder.write("junk.txt", "no spectrum");
        table += "junk.txt,A0 V\n";
        const QSignalSpy evaluated(&page.evaluator(), &ui::StarEvaluator::evaluated);
        page.evaluateStars(text(folder.write("types.csv", table)));
        QVERIFY(page.evaluator().isBusy());
        QTRY_COMPARE_WITH_TIMEOUT(evaluated.size(), 1, 60'000);
        QVERIFY(!page.evaluator().isBusy());
        const auto evaluation = evaluated[0][0].value<ui::EvaluationPtr>();
        QVERIFY(evaluation->stars != nullptr);
        QCOMPARE(evaluation->stars->samples, 4);
        QCOMPARE(evaluation->stars->typed, 3);
        QCOMPARE(evaluation->stars->refused, 1);
        QCOMPARE(evaluation->metrics.samples, 3);
        QCOMPARE(sumOf(page.matrix(ui::Head::Spectral)), 3);
        QVERIFY2(page.heading().contains("my model"), qPrintable(page.heading()));
        QVERIFY2(page.origin().contains("3 typed"), qPrintable(page.origin()));
        // A star of the list opens its file.
        const QSignalSpy opened(&page, &ui::EvaluatePage::openRequested);
        emit page.mistakes().starOpened({ "star5", {}, {} });
        QCOMPARE(opened.size(), 1);
        QVERIFY(opened[0][0].toStringList().first().endsWith("star5.txt"));

        const QSignalSpy failed(&page.evaluator(), &ui::StarEvaluator::failed);
        page.evaluateStars("/nonexistent/types.csv");
        QTRY_COMPARE_WITH_TIMEOUT(failed.size(), 1, 60'000);
        QCOMPARE(sumOf(page.matrix(ui::Head::Spectral)), 3);
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
