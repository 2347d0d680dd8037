#include "tests/ui/support/run_fixture.h"
#include "tests/ui/support/ui_test.h"
#include "ui/bridge/number_text.h"
#include "ui/pages/data_tab.h"
#include "ui/pages/network_lens.h"
#include "ui/pages/notice_bar.h"
#include "ui/pages/parameter_row.h"
#include "ui/pages/run_bar.h"
#include "ui/pages/run_settings_panel.h"
#include "ui/pages/run_tables.h"
#include "ui/pages/train_page.h"
#include "ui/pages/view_switch.h"
#include "ui/plots/training_curves.h"

#include <QAction>
#include <QLineEdit>
#include <QSignalSpy>
#include <QSlider>
#include <QSpinBox>

using namespace maury;
using State = ui::TrainingSession::State;

using Fixture = test::RunFixture;

class tst_TrainPage : public test::UiTest {
    Q_OBJECT
private slots:
    void trainsAndShowsIt()
    {
        Fixture f;
        f.page->resize(900, 600);
        f.page->show();
        f.page->bar().startAction().trigger();
        QCOMPARE(f.session.state(), State::Preparing);
        QVERIFY(f.status.currentJob());
        QVERIFY(!f.page->bar().startAction().isEnabled());
        QTRY_COMPARE_WITH_TIMEOUT(f.session.state(), State::Idle, 60'000);
        QCOMPARE(f.page->history().rowCount(), 6);
        QCOMPARE(f.page->curves().epochs().size(), 6);
        QVERIFY(!f.page->curves().steps().empty());
        QVERIFY(!f.status.currentJob());
        QVERIFY(f.page->bar().startAction().isEnabled());
        QVERIFY(f.page->bar().saveModelAction().isEnabled());
        QVERIFY(f.workspace.model());
        QCOMPARE(f.workspace.model()->epoch, f.session.result()->report.bestEpoch + 1);
        QVERIFY(!f.page->bar().resumeLastAction().isEnabled());
        QVERIFY(!f.page->grab().isNull());

        const test::TemporaryFolder folder;
        const auto file = folder / "model.h5";
        f.page->saveModel(QString::fromStdString(file.string()));
        const auto model = train::readModel(file);
        QVERIFY_RESULT(model);
        QCOMPARE(model->scheme.names, f.workspace.model()->scheme.names);
    }

    // Before the first run the lens already shows the model at hand; a run then fills both views.
    void networkBesideTheCurves()
    {
        Fixture f;
        f.page->resize(1000, 600);
        f.page->show();
        QVERIFY(!f.page->curves().isVisible());
        f.page->views().setCurrent("network");
        QVERIFY(f.page->lens().isVisible());
        QVERIFY(!f.page->lens().network());
        f.page->bar().startAction().trigger();
        QTRY_COMPARE_WITH_TIMEOUT(f.session.state(), State::Idle, 60'000);
        // The model that the run leaves behind.
        QTRY_VERIFY(f.page->lens().network());
        QTRY_COMPARE(f.page->lens().network()->epoch, f.workspace.model()->epoch);
        QCOMPARE(f.page->lens().network()->firstLayer.weights,
            f.workspace.model()->parameters.hidden.front().weights);
        QCOMPARE(f.page->views().current(), "network"); // the end of a run moves no view
        f.page->views().setCurrent("curves");
        QVERIFY(f.page->curves().isVisible());
    }

    void sliderDuringARunReachesTrainerAndCurve()
    {
        Fixture f;
        const auto& changes = f.changes;
        f.startEndless();
        QTRY_VERIFY_WITH_TIMEOUT(f.steps > 0, 60'000);
        auto& row = f.page->settings().row("lr");
        QVERIFY(row.slider().isEnabled());
        row.slider().setValue(row.slider().maximum() / 2);
        QTRY_COMPARE(changes.size(), 1);
        QCOMPARE(changes[0].setting, "lr");
        QCOMPARE(changes[0].before, 0.1);
        QCOMPARE(changes[0].after, row.value());
        QCOMPARE(f.page->curves().marks().size(), 1);
        const auto& mark = f.page->curves().marks().front();
        QCOMPARE(mark.after, row.value());
        QCOMPARE(mark.position, changes[0].epoch + static_cast<double>(changes[0].step) / 10.0);

        f.page->settings().row("weights-sc").field().setValue(4.0);
        QTRY_COMPARE(changes.size(), 2);
        QCOMPARE(changes[1].setting, "weights-sc");
        QCOMPARE(changes[1].after, 4.0);
    }

    void undoBringsBackTheSettings()
    {
        Fixture f;
        auto& panel = f.page->settings();
        const auto before = *panel.request();
        f.history.clear();
        panel.row("epochs").field().setValue(17.0);
        panel.hiddenLayers().setText("30, 20");
        panel.row("gain").slider().setValue(10);
        QVERIFY(
            panel.request()->config.live.augmentation.gain != before.config.live.augmentation.gain);
        while (f.history.canUndo())
            f.history.undo();
        QCOMPARE(panel.request()->config.epochs, before.config.epochs);
        QCOMPARE(panel.request()->config.hidden, before.config.hidden);
        QCOMPARE(panel.request()->config.live, before.config.live);
        QCOMPARE(panel.row("epochs").value(), double(before.config.epochs));
        while (f.history.canRedo())
            f.history.redo();
        QCOMPARE(panel.request()->config.epochs, 17);
        QCOMPARE(panel.request()->config.hidden, (std::vector<int> { 30, 20 }));
    }

    // Undo acts on the run that goes on as the slider did, and is marked like it.
    void undoDuringARunReachesTheTrainer()
    {
        Fixture f;
        f.startEndless();
        QTRY_VERIFY_WITH_TIMEOUT(f.steps > 0, 60'000);
        f.history.clear();
        auto& row = f.page->settings().row("lr");
        const double before = row.value();
        row.field().setValue(0.03);
        QTRY_COMPARE(f.changes.size(), 1);
        QCOMPARE(f.history.count(), 1);
        f.history.undo();
        QCOMPARE(row.value(), before);
        QTRY_COMPARE(f.changes.size(), 2);
        QCOMPARE(f.changes[1].setting, "lr");
        QCOMPARE(f.changes[1].after, before);
        f.session.stop();
    }

    void pauseSingleBatchResumeStop()
    {
        Fixture f;
        f.startEndless();
        QTRY_VERIFY_WITH_TIMEOUT(f.steps > 0, 60'000);
        f.page->bar().pauseAction().trigger();
        QTRY_COMPARE(f.session.state(), State::Paused);
        QVERIFY(f.page->bar().pauseAction().isChecked());
        const int before = f.steps;
        f.page->bar().singleBatchAction().trigger();
        QTRY_COMPARE(f.steps, before + 1);
        QCOMPARE(f.session.state(), State::Paused);
        f.page->bar().pauseAction().trigger();
        QTRY_VERIFY(f.steps > before + 20);
        QVERIFY(!f.page->bar().singleBatchAction().isEnabled());
        f.page->bar().stopAction().trigger();
        QTRY_COMPARE(f.session.state(), State::Idle);
        QVERIFY(f.workspace.model());
    }

    void singleBatchBeginsARun()
    {
        Fixture f;
        f.page->bar().singleBatchAction().trigger();
        QTRY_COMPARE_WITH_TIMEOUT(f.steps, 1, 60'000);
        QCOMPARE(f.session.state(), State::Paused);
    }

    void whatCannotChangeSaysWhy()
    {
        Fixture f;
        f.startEndless();
        QTRY_VERIFY_WITH_TIMEOUT(f.steps > 0, 60'000);
        auto& settings = f.page->settings();
        QVERIFY(!settings.row("lr").isLocked());
        QVERIFY(!settings.row("weights-lc").isLocked());
        for (const char* id : { "batch", "epochs", "per-spectrum", "doppler-sigma" }) {
            QVERIFY2(settings.row(id).isLocked(), id);
            QVERIFY2(!settings.row(id).toolTip().isEmpty(), id);
        }
        QVERIFY(!settings.hiddenLayers().isEnabled());
        f.session.stop();
        QTRY_COMPARE(f.session.state(), State::Idle);
        QVERIFY(!settings.row("batch").isLocked());
        QVERIFY(settings.hiddenLayers().isEnabled());
    }

    void freshRunsTakeNewSigmas()
    {
        Fixture f;
        auto request = test::smallRun(100'000);
        request.config.freshEveryEpoch = true;
        f.page->settings().setRequest(request);
        const auto& changes = f.changes;
        f.page->start();
        QTRY_VERIFY_WITH_TIMEOUT(f.steps > 0, 60'000);
        QVERIFY(!f.page->settings().row("doppler-sigma").isLocked());
        f.page->settings().row("doppler-sigma").field().setValue(20.0);
        QTRY_COMPARE(changes.size(), 1);
        QCOMPARE(changes[0].setting, "doppler-sigma");
        QCOMPARE(changes[0].after, 20.0);
    }

    void changeWhileTheSetIsMadeIsNotLost()
    {
        Fixture f;
        const auto& changes = f.changes;
        f.startEndless();
        QCOMPARE(f.session.state(), State::Preparing);
        f.page->settings().row("lr").field().setValue(0.05);
        QTRY_COMPARE_WITH_TIMEOUT(changes.size(), 1, 60'000);
        QCOMPARE(changes[0].after, 0.05);
    }

    void badSettingsShowAMessage_data()
    {
        QTest::addColumn<int>("which");
        QTest::newRow("learning rate 0") << 0;
        QTest::newRow("batch larger than the set") << 1;
        QTest::newRow("no hidden layer") << 2;
        QTest::newRow("layers that are no numbers") << 3;
    }
    void badSettingsShowAMessage()
    {
        QFETCH(int, which);
        Fixture f;
        f.page->show();
        auto& settings = f.page->settings();
        if (which == 0)
            settings.row("lr").field().setValue(0.0);
        if (which == 1)
            settings.row("batch").field().setValue(90'000.0);
        if (which == 2)
            settings.hiddenLayers().setText("");
        if (which == 3)
            settings.hiddenLayers().setText("many, few");
        f.page->bar().startAction().trigger();
        QTRY_VERIFY_WITH_TIMEOUT(f.page->notice().isVisible(), 60'000);
        QVERIFY(!f.page->notice().text().isEmpty());
        QVERIFY(!f.session.active());
        settings.setRequest(test::smallRun(2));
        f.page->bar().startAction().trigger(); // the window is alive
        QVERIFY(!f.page->notice().isVisible());
        QTRY_COMPARE_WITH_TIMEOUT(f.page->history().rowCount(), 2, 60'000);
    }

    void interruptedRunGoesOn()
    {
        Fixture f;
        f.startEndless();
        QTRY_VERIFY_WITH_TIMEOUT(f.page->history().rowCount() >= 3, 60'000);
        f.session.stop();
        QTRY_COMPARE(f.session.state(), State::Idle);
        QVERIFY(f.page->bar().resumeLastAction().isEnabled());
        const auto before = f.session.result()->report.history;

        // Another program finds the run of the one that ended.
        test::PageFixture next;
        ui::TrainPage page(next.context, next.session, ui::RunStore(f.folder.path()));
        QVERIFY(page.bar().resumeLastAction().isEnabled());
        page.bar().resumeLastAction().trigger();
        QTRY_VERIFY_WITH_TIMEOUT(page.history().rowCount() >= 1, 60'000);
        QCOMPARE(page.history().rows().front().epoch, static_cast<int>(before.size()));
        next.session.stop();
        QTRY_COMPARE(next.session.state(), State::Idle);
        // The whole run stands on the curves, from its first epoch.
        QVERIFY(page.curves().epochs().size() > before.size());
        QCOMPARE(page.curves().epochs().front().epoch, 0);
        QCOMPARE(page.curves().epochs()[1].trainLoss, before[1].train.loss);
    }

    void rewindIsTheSameRunAgain()
    {
        Fixture f;
        f.page->resize(900, 600);
        f.page->show();
        QVERIFY(!f.page->bar().rewindAction().isEnabled());
        f.page->start();
        QVERIFY(f.finish());
        const auto first = f.session.result();
        f.page->settings().data().seed().setValue(99); // another seed is not asked for
        f.page->bar().rewindAction().trigger();
        QTRY_VERIFY_WITH_TIMEOUT(f.session.result() != first && !f.session.active(), 60'000);
        const auto second = f.session.result();
        QVERIFY(test::sameNumbers(first->report.model.parameters, second->report.model.parameters));
        for (std::size_t i = 0; i < first->report.history.size(); ++i)
            QCOMPARE(second->report.history[i].train.loss, first->report.history[i].train.loss);
        QCOMPARE(f.page->settings().request()->config.seed, first->request.config.seed);
        QCOMPARE(f.page->history().rowCount(), 6);
    }

    void rewindInMidRunBeginsAgainWithTheRateOfNow()
    {
        Fixture f;
        f.startEndless();
        QTRY_VERIFY_WITH_TIMEOUT(f.page->history().rowCount() > 2, 60'000);
        f.page->settings().row("lr").field().setValue(0.05);
        QSignalSpy started(&f.session, &ui::TrainingSession::runStarted);
        f.page->bar().rewindAction().trigger();
        QTRY_COMPARE_WITH_TIMEOUT(started.count(), 1, 60'000);
        QCOMPARE(f.session.request().config.seed, test::smallRun(1).config.seed);
        QCOMPARE(f.session.request().config.live.learningRate, 0.05);
        QVERIFY(f.page->curves().marks().isEmpty());
        QTRY_VERIFY_WITH_TIMEOUT(f.page->history().rowCount() > 0, 60'000);
        QCOMPARE(f.page->history().rows().front().epoch, 0);
    }

    void rewindWhilePausedWaitsAtTheBeginning()
    {
        Fixture f;
        QVERIFY(f.startAndHold());
        QSignalSpy started(&f.session, &ui::TrainingSession::runStarted);
        f.page->bar().rewindAction().trigger();
        QTRY_COMPARE_WITH_TIMEOUT(started.count(), 1, 60'000);
        QTRY_COMPARE(f.session.state(), State::Paused);
        QCOMPARE(f.steps, 1);
    }

    void newSeedIsShownAndAnotherRun()
    {
        Fixture f;
        f.page->start();
        QVERIFY(f.finish());
        const auto first = f.session.result();
        f.page->bar().newSeedAction().trigger();
        QTRY_VERIFY_WITH_TIMEOUT(f.session.result() != first && !f.session.active(), 60'000);
        const auto second = f.session.result();
        QVERIFY(second->request.config.seed != first->request.config.seed);
        QCOMPARE(
            std::uint64_t(f.page->settings().data().seed().value()), second->request.config.seed);
        QVERIFY(
            !test::sameNumbers(first->report.model.parameters, second->report.model.parameters));
        // Also while a run goes on.
        f.startEndless();
        QTRY_VERIFY_WITH_TIMEOUT(f.steps > 200, 60'000);
        QSignalSpy started(&f.session, &ui::TrainingSession::runStarted);
        f.page->bar().newSeedAction().trigger();
        QTRY_COMPARE_WITH_TIMEOUT(started.count(), 1, 60'000);
        QVERIFY(f.session.request().config.seed != test::smallRun(1).config.seed);
    }

    void classesFollowTheEpoch()
    {
        Fixture f;
        QVERIFY(f.page->settings().classes().origin().contains("first epoch"));
        f.page->start();
        QVERIFY(f.finish());
        const auto& scores = f.page->classScores();
        QCOMPARE(scores.rowCount(), (4 + 3) + (3 + 3)); // and three averages for each head
        const auto& last = f.session.result()->report.history.back();
        QVERIFY(f.page->settings().classes().origin().contains("after epoch 6 of 6"));
        std::int64_t samples = 0;
        for (int row = 0; row < 4; ++row) {
            QCOMPARE(scores.index(row, ui::ClassScoreModel::Recall).data().toString(),
                ui::numberText(last.test.sc.perClass[static_cast<std::size_t>(row)].recall, 3));
            samples += scores.index(row, ui::ClassScoreModel::Samples).data().toLongLong();
        }
        QCOMPARE(samples, 60);
        f.page->start(); // nothing of one run stands beside the next
        QCOMPARE(scores.rowCount(), 0);
        QVERIFY(f.finish());
    }

    void aRunThatDivergesKeepsItsBestNetwork_data()
    {
        QTest::addColumn<QString>("backend");
        QTest::newRow("reference") << "reference";
        QTest::newRow("cpu") << "cpu";
    }
    void aRunThatDivergesKeepsItsBestNetwork()
    {
        QFETCH(QString, backend);
        Fixture f;
        f.page->show();
        auto request = test::smallRun(100'000);
        request.config.backend = backend.toStdString();
        request.config.hidden = { 32, 16 };
        f.page->settings().setRequest(request);
        // The same batch in every run of this test: two epochs and one batch are good.
        QVERIFY(f.startAndHold());
        for (int batch = 2; batch <= 21; ++batch) {
            f.page->singleBatch();
            QTRY_COMPARE_WITH_TIMEOUT(f.steps, batch, 60'000);
        }
        QCOMPARE(f.page->history().rowCount(), 2);
        f.page->settings().row("lr").field().setValue(1e6);
        QVERIFY(f.finish());
        QVERIFY(f.page->notice().isVisible());
        QVERIFY2(f.page->notice().text().contains("diverged"), qPrintable(f.page->notice().text()));
        const auto kept = f.session.result();
        QVERIFY(kept);
        QVERIFY(kept->failure);
        QCOMPARE(kept->failure->code, base::ErrorCode::TrainingDiverged);
        QVERIFY(f.page->notice().text().contains("network of epoch "));
        QVERIFY(nn::allFinite(kept->report.best.parameters));
        QVERIFY(f.page->bar().saveModelAction().isEnabled());
        QVERIFY(f.workspace.model());
        QCOMPARE(f.workspace.model()->epoch, kept->report.bestEpoch + 1);
        QVERIFY(f.page->bar().resumeLastAction().isEnabled());
        // The window is alive, and the next bad setting is another story.
        f.page->settings().setRequest(test::smallRun(2));
        f.page->settings().hiddenLayers().setText("no");
        f.page->start();
        QVERIFY(!f.page->notice().text().contains("network of epoch "));
    }

    void withoutAnEpochThereIsNothingToKeep()
    {
        Fixture f;
        f.page->show();
        auto request = test::smallRun(5);
        request.config.live.learningRate = 1e6;
        request.config.hidden = { 32, 16 };
        f.page->settings().setRequest(request);
        f.page->start();
        QTRY_VERIFY_WITH_TIMEOUT(f.page->notice().isVisible(), 60'000);
        QVERIFY(f.page->notice().text().contains("smaller learning rate"));
        QVERIFY(!f.session.result());
        QVERIFY(!f.page->bar().saveModelAction().isEnabled());
    }

    void destroyingThePageDuringARun()
    {
        Fixture f;
        f.startEndless();
        QTRY_VERIFY_WITH_TIMEOUT(f.steps > 0, 60'000);
        f.page.reset();
        QVERIFY(f.session.active());
        f.session.stop();
        QTRY_COMPARE(f.session.state(), State::Idle);
    }

    void theTourTrains()
    {
        Fixture f;
        bool ready = false;
        f.page->prepareTour([&ready] { ready = true; });
        QTRY_VERIFY_WITH_TIMEOUT(ready, 120'000);
        QVERIFY(f.session.result());
        QCOMPARE(f.page->history().rowCount(), f.session.request().config.epochs);
        QVERIFY(!std::filesystem::exists(ui::RunStore(f.folder.path()).checkpoint()));
    }
};

QTEST_MAIN(tst_TrainPage)
#include "tst_train_page.moc"
