#include "tests/support/untrained_model.h"
#include "tests/ui/support/page_fixture.h"
#include "tests/ui/support/run_fixture.h"
#include "tests/ui/support/ui_test.h"
#include "ui/bridge/network_source.h"

#include <QSignalSpy>

using namespace maury;
using State = ui::TrainingSession::State;

namespace {

ui::RunRequest endlessRun()
{
    ui::RunRequest request;
    request.config.hidden = { 16 };
    request.config.perSpectrumTrain = 20;
    request.config.perSpectrumTest = 5;
    request.config.batchSize = 24;
    request.config.epochs = 100'000;
    request.config.backend = "reference";
    return request;
}

} // namespace

class tst_NetworkSource : public test::UiTest {
    Q_OBJECT
private slots:
    void nothingIsComputedWhileNobodyLooks()
    {
        test::PageFixture f;
        ui::NetworkSource source(f.workspace, f.session);
        QSignalSpy changes(&source, &ui::NetworkSource::networkChanged);
        f.workspace.setModel(
            std::make_shared<const train::Model>(test::untrainedModel(f.workspace.atlas())),
            "first");
        QVERIFY(!changes.wait(200));
        source.setWatched(true);
        QVERIFY(changes.wait());
        QCOMPARE(source.title(), "first");
        QCOMPARE(source.network()->probe.samples, 12); // the standards of the tiny atlas
        source.setWatched(false);
        source.setWatched(true); // the same model: nothing new to say
        QVERIFY(!changes.wait(200));
    }

    void theLastModelWins()
    {
        test::PageFixture f;
        ui::NetworkSource source(f.workspace, f.session);
        QSignalSpy changes(&source, &ui::NetworkSource::networkChanged);
        source.setWatched(true);
        auto model = test::untrainedModel(f.workspace.atlas());
        f.workspace.setModel(std::make_shared<const train::Model>(model), "first");
        model.epoch = 77;
        f.workspace.setModel(std::make_shared<const train::Model>(model), "second");
        QVERIFY(changes.wait());
        QVERIFY(!changes.wait(200));
        QCOMPARE(changes.count(), 1);
        QCOMPARE(source.title(), "second");
        QCOMPARE(source.network()->epoch, 77);
    }

    void aRunTakesThePlaceOfTheModel()
    {
        test::PageFixture f;
        ui::NetworkSource source(f.workspace, f.session);
        f.workspace.setModel(
            std::make_shared<const train::Model>(test::untrainedModel(f.workspace.atlas())),
            "shipped");
        source.setWatched(true);
        QTRY_VERIFY(source.network());
        f.session.start(endlessRun());
        QTRY_VERIFY_WITH_TIMEOUT(source.network()->spec.hidden == std::vector<int> { 16 }, 60'000);
        QVERIFY(source.title().contains("run"));
        f.session.stop();
        QTRY_COMPARE(f.session.state(), State::Idle);
        // No page has taken the run's model over: the workspace's is shown again.
        QTRY_COMPARE(source.title(), "shipped");
    }

    // The blue pixels of the robust protocol, whose bins are gathered to classes: while it learns
    // and afterwards.
    void networksOfTheRobustProtocolAreLookedInto()
    {
        test::PageFixture f;
        ui::NetworkSource source(f.workspace, f.session);
        source.setWatched(true);
        f.session.start(test::smallRobustRun());
        QTRY_VERIFY_WITH_TIMEOUT(source.network(), 60'000);
        QVERIFY(source.title().contains("run"));
        const auto network = source.network();
        QCOMPARE(network->wavelengthAngstrom.size(), std::size_t(network->spec.inputs));
        QVERIFY(network->wavelengthAngstrom.front() > 3869.0);
        QVERIFY(network->wavelengthAngstrom.back() < 4591.0);
        QCOMPARE(network->firstLayer.pathSc.cols(), Eigen::Index(network->scheme.size()));
        QCOMPARE(network->firstLayer.pathLc.cols(), Eigen::Index(3));
        QCOMPARE(network->probe.samples, 24); // all held-out variations
        QVERIFY(network->initial != nullptr);
        QTRY_VERIFY_WITH_TIMEOUT(!f.session.active(), 60'000);

        const auto model = f.session.result()->robust;
        f.workspace.setRobustModel(std::make_shared<const ui::RobustAnswerer>(
                                       ui::RobustAnswerer { *model, f.session.result()->atlas }),
            "mine");
        QTRY_COMPARE_WITH_TIMEOUT(source.title(), "mine", 60'000);
        const auto finished = source.network();
        QCOMPARE(finished->epoch, 3);
        QVERIFY(finished->initial != nullptr);
        QVERIFY(finished->initial->firstWeights != finished->firstLayer.weights);
        QVERIFY(network->initial->firstWeights == finished->initial->firstWeights);
    }
};

QTEST_MAIN(tst_NetworkSource)
#include "tst_network_source.moc"
