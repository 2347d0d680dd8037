#include "tests/ui/support/tiny_atlas.h"
#include "tests/ui/support/ui_test.h"
#include "ui/bridge/training_session.h"

#include <QSignalSpy>

#include <memory>
#include <numeric>

using namespace maury;
using State = ui::TrainingSession::State;

namespace {

base::Result<mk::AtlasPtr> openTiny(const std::string& name)
{
    if (name == "missing")
        return base::failure(base::ErrorCode::FileMissing, name);
    return test::tinyAtlas(name);
}

ui::RunRequest smallRun()
{
    ui::RunRequest request;
    request.config.hidden = { 16 };
    request.config.perSpectrumTrain = 20;
    request.config.perSpectrumTest = 5;
    request.config.batchSize = 24; // 10 steps an epoch
    request.config.epochs = 6;
    request.config.threads = 1;
    request.config.backend = "reference";
    request.config.live.learningRate = 0.1;
    return request;
}

/// A run that does not end by itself while a test looks at it.
ui::RunRequest endlessRun()
{
    auto request = smallRun();
    request.config.epochs = 100'000;
    return request;
}

/// A session with all that it has said.
class Watched {
public:
    Watched()
        : session(openTiny)
    {
        QObject::connect(&session, &ui::TrainingSession::stepsDone, &session,
            [this](const std::vector<ui::StepPoint>& points) {
                for (const auto& point : points)
                    steps += point.steps;
            });
        QObject::connect(&session, &ui::TrainingSession::epochDone, &session,
            [this](const train::EpochDone& epoch) { epochs.push_back(epoch); });
        QObject::connect(&session, &ui::TrainingSession::settingChanged, &session,
            [this](const train::SettingChanged& change) { changes.push_back(change); });
        QObject::connect(&session, &ui::TrainingSession::evaluated, &session,
            [this](const ui::EvaluationPtr& evaluation) { evaluations.push_back(evaluation); });
        QObject::connect(&session, &ui::TrainingSession::failed, &session,
            [this](const base::Error& error) { errors.push_back(error); });
        QObject::connect(&session, &ui::TrainingSession::finished, &session,
            [this](const ui::RunResultPtr&) { ++ends; });
    }

    int steps = 0;
    int ends = 0;
    std::vector<train::EpochDone> epochs;
    std::vector<train::SettingChanged> changes;
    std::vector<ui::EvaluationPtr> evaluations;
    std::vector<base::Error> errors;
    ui::TrainingSession session; ///< last: joined before the counters go
};

std::int64_t sumOf(const std::vector<std::vector<std::int64_t>>& matrix)
{
    std::int64_t sum = 0;
    for (const auto& row : matrix)
        sum = std::accumulate(row.begin(), row.end(), sum);
    return sum;
}

} // namespace

class tst_TrainingSession : public test::UiTest {
    Q_OBJECT
private slots:
    void runsToItsEnd()
    {
        Watched run;
        run.session.start(smallRun());
        QVERIFY(run.session.active());
        QTRY_COMPARE_WITH_TIMEOUT(run.ends, 1, 60'000);
        QVERIFY(run.errors.empty());
        QCOMPARE(run.session.state(), State::Idle);
        QCOMPARE(run.epochs.size(), 6);
        QCOMPARE(run.steps, 60);
        const auto result = run.session.result();
        QVERIFY(result);
        QCOMPARE(result->report.history.size(), 6);
        QVERIFY(!result->report.stopped);
        QVERIFY(run.epochs.back().train.loss < run.epochs.front().train.loss);
        const auto& last = *result->evaluation;
        QVERIFY(last.final);
        QCOMPARE(last.epoch, result->report.bestEpoch);
        // Of the network that is kept, not of the one after the last epoch.
        const auto& best
            = result->report.history[static_cast<std::size_t>(result->report.bestEpoch)];
        QCOMPARE(last.metrics.loss, best.test.loss);
        QCOMPARE(last.metrics.sc.confusion, best.test.sc.confusion);
        QCOMPARE(last.metrics.samples, 12 * 5);
        QCOMPARE(sumOf(last.metrics.sc.confusion), 12 * 5);
        QCOMPARE(sumOf(last.metrics.lc.confusion), 12 * 5);
        QCOMPARE(last.predictions.sc.size(), last.test->size());
        QCOMPARE(last.relation, mk::AtlasRelation::Same);
        QCOMPARE(run.evaluations.back(), result->evaluation);
    }

    // Nothing of the network is sent until somebody looks; then it comes, also in a run that was
    // started before, and ends when nobody looks any more.
    void networkIsShownToWhoLooks()
    {
        Watched run;
        std::vector<train::ProbedNetworkPtr> networks;
        connect(&run.session, &ui::TrainingSession::networkProbed, this,
            [&networks](const train::ProbedNetworkPtr& network) { networks.push_back(network); });
        run.session.start(endlessRun());
        QTRY_VERIFY_WITH_TIMEOUT(run.epochs.size() >= 2, 60'000);
        QVERIFY(networks.empty());
        run.session.setWatched(true);
        QTRY_COMPARE_WITH_TIMEOUT(networks.size(), 1, 60'000);
        QCOMPARE(networks.front()->spec.hidden, std::vector<int> { 16 });
        QCOMPARE(networks.front()->probe.samples, 48);
        QTRY_VERIFY_WITH_TIMEOUT(networks.size() >= 2, 60'000);
        QVERIFY(networks.back()->epoch > networks.front()->epoch);
        run.session.stop();
        QTRY_COMPARE(run.session.state(), State::Idle);

        networks.clear();
        auto paused = endlessRun();
        paused.startPaused = true;
        run.session.start(paused); // still watched
        QTRY_COMPARE_WITH_TIMEOUT(networks.size(), 1, 60'000);
        QCOMPARE(networks.front()->epoch, 0);
    }

    void sameSeedSameNumbers()
    {
        Watched first;
        first.session.start(smallRun());
        QTRY_COMPARE_WITH_TIMEOUT(first.ends, 1, 60'000);
        Watched second;
        second.session.start(smallRun());
        QTRY_COMPARE_WITH_TIMEOUT(second.ends, 1, 60'000);
        QCOMPARE(second.epochs.back().test.loss, first.epochs.back().test.loss);
    }

    void pauseStepResumeStop()
    {
        Watched run;
        run.session.start(endlessRun());
        QTRY_VERIFY_WITH_TIMEOUT(run.steps > 20, 60'000);
        run.session.pause();
        QTRY_COMPARE(run.session.state(), State::Paused);
        const int before = run.steps;
        // Everything that the thread could still say comes before the answer to the single batch.
        run.session.singleBatch();
        QTRY_COMPARE(run.steps, before + 1);
        run.session.singleBatch();
        QTRY_COMPARE(run.steps, before + 2);
        QCOMPARE(run.session.state(), State::Paused);
        run.session.resume();
        QTRY_VERIFY(run.steps > before + 40);
        QCOMPARE(run.session.state(), State::Running);
        run.session.stop();
        QTRY_COMPARE(run.ends, 1);
        QVERIFY(run.session.result()->report.stopped);
        QVERIFY(!run.session.active());
    }

    void singleBatchOfAWaitingRun()
    {
        Watched run;
        auto request = endlessRun();
        request.startPaused = true;
        run.session.start(request);
        QTRY_COMPARE_WITH_TIMEOUT(run.session.state(), State::Paused, 60'000);
        QCOMPARE(run.steps, 0);
        run.session.singleBatch();
        QTRY_COMPARE(run.steps, 1);
    }

    void liveSettingsReachTheTrainer()
    {
        Watched run;
        run.session.start(endlessRun());
        QTRY_VERIFY_WITH_TIMEOUT(run.steps > 0, 60'000);
        auto live = run.session.request().config.live;
        live.learningRate = 0.025;
        QVERIFY_RESULT(run.session.setLive(live));
        QTRY_COMPARE(run.changes.size(), 1);
        QCOMPARE(run.changes[0].setting, "lr");
        QCOMPARE(run.changes[0].before, 0.1);
        QCOMPARE(run.changes[0].after, 0.025);
        live.learningRate = 0.0;
        const auto refused = run.session.setLive(live);
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, base::ErrorCode::OptionInvalid);
        run.session.stop();
        QTRY_COMPARE(run.ends, 1);
        QCOMPARE(run.changes.size(), 1);
        QCOMPARE(run.session.result()->report.changes.size(), 1);
    }

    void badSettingsAreRefused_data()
    {
        QTest::addColumn<int>("which");
        QTest::newRow("learning rate 0") << 0;
        QTest::newRow("batch larger than the set") << 1;
        QTest::newRow("no hidden layer") << 2;
        QTest::newRow("missing atlas") << 3;
        QTest::newRow("unknown backend") << 4;
    }
    void badSettingsAreRefused()
    {
        QFETCH(int, which);
        auto request = smallRun();
        if (which == 0)
            request.config.live.learningRate = 0.0;
        if (which == 1)
            request.config.batchSize = 100'000;
        if (which == 2)
            request.config.hidden.clear();
        if (which == 3)
            request.trainAtlas = "missing";
        if (which == 4)
            request.config.backend = "abacus";
        Watched run;
        run.session.start(request);
        QTRY_COMPARE_WITH_TIMEOUT(run.errors.size(), 1, 60'000);
        QVERIFY(!run.session.active());
        QVERIFY(!run.session.result());
        QVERIFY(!run.errors[0].place.empty());
        run.session.start(smallRun()); // and the next one runs
        QTRY_COMPARE_WITH_TIMEOUT(run.ends, 1, 60'000);
    }

    void destroyingJoins()
    {
        auto run = std::make_unique<Watched>();
        run->session.start(endlessRun());
        QTRY_VERIFY_WITH_TIMEOUT(run->steps > 0, 60'000);
        run.reset();
        auto paused = std::make_unique<Watched>();
        auto request = endlessRun();
        request.startPaused = true;
        paused->session.start(request);
        QTRY_COMPARE_WITH_TIMEOUT(paused->session.state(), State::Paused, 60'000);
        paused.reset();
    }

    void stopWhileTheSetIsMade()
    {
        Watched run;
        auto request = smallRun();
        request.config.perSpectrumTrain = 10'000;
        run.session.start(request);
        run.session.stop();
        QTRY_COMPARE_WITH_TIMEOUT(run.ends, 1, 60'000);
        QVERIFY(!run.session.result());
        QVERIFY(run.errors.empty());
    }
};

QTEST_MAIN(tst_TrainingSession)
#include "tst_training_session.moc"
