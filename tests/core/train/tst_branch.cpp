#include "core/train/branch.h"

#include "core/train/cpu_backend.h"
#include "core/train/kept_epochs.h"
#include "tests/support/test_data.h"
#include "tests/support/tiny_run.h"

#include <QTest>

#include <fstream>

using namespace maury;
using namespace maury::train;
using test::only;
using test::Outcome;
using test::runTiny;
using test::sameNumbers;
using test::TemporaryFolder;
using test::tinyConfig;

namespace {

/// A run whose rate changes in its fifth epoch, as by a slider.
Outcome changedRun(const TrainingConfig& config)
{
    return runTiny(config, false, [](const TrainingEvent& event, TrainingControl& control) {
        const auto* step = std::get_if<StepDone>(&event);
        if (step != nullptr && step->epoch == 4 && step->step == 3) {
            LiveSettings live = control.live();
            live.learningRate = 0.05;
            control.setLive(live);
        }
    });
}

} // namespace

class TestBranch : public QObject {
    Q_OBJECT
private slots:
    void anUnchangedBranchIsTheSameRun_data()
    {
        QTest::addColumn<int>("optimizer");
        QTest::newRow("sgd") << static_cast<int>(Optimizer::Sgd);
        QTest::newRow("momentum") << static_cast<int>(Optimizer::Momentum);
        QTest::newRow("adamw") << static_cast<int>(Optimizer::AdamW);
    }
    void anUnchangedBranchIsTheSameRun()
    {
        QFETCH(int, optimizer);
        const TemporaryFolder folder;
        TrainingConfig config = tinyConfig();
        config.optimizer = static_cast<Optimizer>(optimizer);
        if (config.optimizer == Optimizer::AdamW)
            config.live.learningRate = 0.01;
        config.checkpoint = folder / "run.h5";
        const Outcome whole = runTiny(config);
        QVERIFY_RESULT(whole.report);

        TrainingConfig branch = config;
        branch.checkpoint = folder / "branch.h5";
        QVERIFY_RESULT(branchRun(config.checkpoint, 2, std::nullopt, branch.checkpoint));
        const Outcome again = runTiny(branch, true);
        QVERIFY_RESULT(again.report);
        QCOMPARE(only<RunStarted>(again.events).front().firstEpoch, 3);
        QVERIFY(sameNumbers(whole.report->model.parameters, again.report->model.parameters));
        QVERIFY(sameNumbers(whole.report->best.parameters, again.report->best.parameters));
        QCOMPARE(again.report->bestEpoch, whole.report->bestEpoch);
        QCOMPARE(again.report->history.size(), whole.report->history.size());
        for (std::size_t i = 0; i < again.report->history.size(); ++i)
            QCOMPARE(again.report->history[i].test.loss, whole.report->history[i].test.loss);
        QCOMPARE(keptEpochs(branch.checkpoint).size(), keptEpochs(config.checkpoint).size());
    }

    void liveSettingsAreThoseOfTheEpoch()
    {
        const TemporaryFolder folder;
        TrainingConfig config = tinyConfig();
        config.checkpoint = folder / "run.h5";
        QVERIFY_RESULT(changedRun(config).report);
        QCOMPARE(liveSettingsAfter(config.checkpoint, 3)->learningRate, 0.1);
        QCOMPARE(liveSettingsAfter(config.checkpoint, 4)->learningRate, 0.05);

        // Before the change: the branch goes on at the first rate, and knows nothing of the other.
        TrainingConfig branch = config;
        branch.checkpoint = folder / "branch.h5";
        QVERIFY_RESULT(branchRun(config.checkpoint, 3, std::nullopt, branch.checkpoint));
        const auto before = runTiny(branch, true);
        QVERIFY_RESULT(before.report);
        QVERIFY(before.report->changes.empty());
        // After it: as the run itself.
        QVERIFY_RESULT(branchRun(config.checkpoint, 5, std::nullopt, branch.checkpoint));
        const auto after = runTiny(branch, true);
        QVERIFY_RESULT(after.report);
        QCOMPARE(after.report->changes.size(), std::size_t(1));
    }

    void aChangedBranchIsMarkedAndAnotherRun()
    {
        const TemporaryFolder folder;
        TrainingConfig config = tinyConfig();
        config.checkpoint = folder / "run.h5";
        const Outcome whole = runTiny(config);
        QVERIFY_RESULT(whole.report);

        TrainingConfig branch = config;
        branch.checkpoint = folder / "branch.h5";
        LiveSettings live = config.live;
        live.learningRate = 0.02;
        live.weightLc = 3.0;
        QVERIFY_RESULT(branchRun(config.checkpoint, 2, live, branch.checkpoint));
        const Outcome other = runTiny(branch, true);
        QVERIFY_RESULT(other.report);
        QVERIFY(!sameNumbers(whole.report->model.parameters, other.report->model.parameters));
        const auto& changes = other.report->changes;
        QCOMPARE(changes.size(), std::size_t(2));
        QCOMPARE(changes[0].setting, std::string("lr"));
        QCOMPARE(changes[0].before, 0.1);
        QCOMPARE(changes[0].after, 0.02);
        QCOMPARE(changes[0].epoch, 3);
        QCOMPARE(changes[1].setting, std::string("weights-lc"));
        QCOMPARE(other.report->history[5].learningRate, 0.02);
        QCOMPARE(other.report->history[2].test.loss, whole.report->history[2].test.loss);
        QVERIFY(other.report->history[3].test.loss != whole.report->history[3].test.loss);
        // The run that it comes from can go on as ever.
        const auto original = readCheckpoint(config.checkpoint);
        QVERIFY_RESULT(original);
        QVERIFY(sameNumbers(original->model.parameters, whole.report->model.parameters));
        QCOMPARE(keptEpochs(config.checkpoint).size(), std::size_t(8));
    }

    void whatCannotBeIsSaid()
    {
        const TemporaryFolder folder;
        TrainingConfig config = tinyConfig();
        config.epochs = 4;
        config.keepEvery = 2;
        config.checkpoint = folder / "run.h5";
        QVERIFY_RESULT(runTiny(config).report);
        const auto branch = folder / "branch.h5";

        const auto notKept = branchRun(config.checkpoint, 1, std::nullopt, branch);
        QVERIFY(!notKept);
        QCOMPARE(notKept.error().code, base::ErrorCode::OptionInvalid);
        QCOMPARE(notKept.error().found, std::string("2"));
        QCOMPARE(notKept.error().expected, std::string("one that was kept: 1 3"));

        const auto itself = branchRun(config.checkpoint, 2, std::nullopt, config.checkpoint);
        QCOMPARE(itself.error().code, base::ErrorCode::OptionInvalid);

        LiveSettings wrong = config.live;
        wrong.learningRate = -1.0;
        const auto outOfRange = branchRun(config.checkpoint, 2, wrong, branch);
        QCOMPARE(outOfRange.error().code, base::ErrorCode::OptionInvalid);
        QVERIFY(!std::filesystem::exists(branch));

        const auto missing = branchRun(folder / "none.h5", 2, std::nullopt, branch);
        QCOMPARE(missing.error().code, base::ErrorCode::FileMissing);

        std::ofstream(keptEpochs(config.checkpoint).back().file) << "no network";
        const auto damaged = branchRun(config.checkpoint, 2, std::nullopt, branch);
        QVERIFY(!damaged);
        QVERIFY(!std::filesystem::exists(branch));
    }

    void anEpochOfAnotherRunIsRefused()
    {
        const TemporaryFolder folder;
        TrainingConfig config = tinyConfig();
        config.epochs = 3;
        config.checkpoint = folder / "run.h5";
        QVERIFY_RESULT(runTiny(config).report);
        TrainingConfig other = config;
        other.seed = 2;
        other.checkpoint = folder / "other.h5";
        QVERIFY_RESULT(runTiny(other).report);
        std::filesystem::copy_file(keptEpochs(other.checkpoint)[1].file,
            keptEpochs(config.checkpoint)[1].file,
            std::filesystem::copy_options::overwrite_existing);
        const auto mixed = branchRun(config.checkpoint, 1, std::nullopt, folder / "branch.h5");
        QVERIFY(!mixed);
        QCOMPARE(mixed.error().code, base::ErrorCode::ModelMismatch);
    }

    // Of a run before under the same name nothing stays.
    void aNewRunForgetsTheEpochsOfTheOldOne()
    {
        const TemporaryFolder folder;
        TrainingConfig config = tinyConfig();
        config.checkpoint = folder / "run.h5";
        QVERIFY_RESULT(runTiny(config).report);
        QCOMPARE(keptEpochs(config.checkpoint).size(), std::size_t(8));
        config.epochs = 3;
        QVERIFY_RESULT(runTiny(config).report);
        QCOMPARE(keptEpochs(config.checkpoint).size(), std::size_t(3));
    }
};

QTEST_GUILESS_MAIN(TestBranch)
#include "tst_branch.moc"
