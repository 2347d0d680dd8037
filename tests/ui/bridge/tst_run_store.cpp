#include "tests/ui/support/ui_test.h"
#include "ui/bridge/run_store.h"

using namespace maury;

class tst_RunStore : public test::UiTest {
    Q_OBJECT
private slots:
    void nothingToBeginWith()
    {
        const test::TemporaryFolder folder;
        QVERIFY(!ui::RunStore(folder / "runs").unfinished());
    }

    void remembersEverySetting()
    {
        const test::TemporaryFolder folder;
        const ui::RunStore store(folder / "runs");
        ui::RunRequest request;
        request.trainAtlas = "/data/libr18";
        request.testAtlas = "/data/libr18_27";
        request.config.hidden = { 32, 8 };
        request.config.activation = nn::Activation::Relu;
        request.config.initialisation = nn::Initialisation::He;
        request.config.optimizer = train::Optimizer::AdamW;
        request.config.schedule = train::Schedule::Cosine;
        request.config.weightDecay = 0.01;
        request.config.live.learningRate = 0.002;
        request.config.live.weightSc = 3.0;
        request.config.live.augmentation.dopplerSigmaKms = 40.0;
        request.config.live.augmentation.noise = dataset::NoiseLaw::Gaussian;
        request.config.batchSize = 64;
        request.config.epochs = 17;
        request.config.freshEveryEpoch = true;
        request.config.seed = 0xFFFF'FFFF'FFFF'FFFFU;
        request.config.backend = "reference";
        QVERIFY_RESULT(store.remember(request));
        QVERIFY(!store.unfinished()); // no checkpoint yet: nothing to go on from
        folder.write("runs/last-run.h5", "a checkpoint");

        const auto read = store.unfinished();
        QVERIFY(read);
        QVERIFY(read->resume);
        QCOMPARE(read->config.checkpoint, store.checkpoint());
        QCOMPARE(read->trainAtlas, request.trainAtlas);
        QCOMPARE(read->testAtlas, request.testAtlas);
        QCOMPARE(read->config.hidden, request.config.hidden);
        QVERIFY(read->config.activation == request.config.activation);
        QVERIFY(read->config.initialisation == request.config.initialisation);
        QVERIFY(read->config.optimizer == request.config.optimizer);
        QVERIFY(read->config.schedule == request.config.schedule);
        QCOMPARE(read->config.weightDecay, request.config.weightDecay);
        QVERIFY(read->config.live == request.config.live);
        QCOMPARE(read->config.batchSize, request.config.batchSize);
        QCOMPARE(read->config.epochs, request.config.epochs);
        QCOMPARE(read->config.freshEveryEpoch, request.config.freshEveryEpoch);
        QCOMPARE(read->config.seed, request.config.seed);
        QCOMPARE(read->config.backend, request.config.backend);

        store.forget();
        QVERIFY(!store.unfinished());
    }

    void remembersWhatARobustRunComputesWith()
    {
        const test::TemporaryFolder folder;
        const ui::RunStore store(folder.path());
        ui::RunRequest request;
        request.protocol = ui::Protocol::Robust;
        request.robust.backend = "cuda";
        request.robust.precision = train::Precision::Fp32;
        QVERIFY_RESULT(store.remember(request));
        folder.write("last-run.h5", "a checkpoint");
        const auto read = store.unfinished();
        QVERIFY(read);
        QCOMPARE(read->robust.backend, request.robust.backend);
        QVERIFY(read->robust.precision == request.robust.precision);
    }

    void aNewRunDropsTheOldCheckpoint()
    {
        const test::TemporaryFolder folder;
        const ui::RunStore store(folder / "runs");
        QVERIFY_RESULT(store.remember({}));
        folder.write("runs/last-run.h5", "a checkpoint");
        QVERIFY_RESULT(store.remember({}));
        QVERIFY(!store.unfinished());
    }

    void aDamagedRequestIsNoRequest()
    {
        const test::TemporaryFolder folder;
        const ui::RunStore store(folder.path());
        folder.write("last-run.h5", "a checkpoint");
        for (const char* text :
            { "", "{", "[]", "{\"format\": 99}", "{\"format\": 1, \"activation\": \"sine\"}" }) {
            folder.write("last-run.json", text);
            QVERIFY2(!store.unfinished(), text);
        }
    }

    void aFolderThatCannotBeMade()
    {
        const test::TemporaryFolder folder;
        folder.write("file", "in the way");
        const auto done = ui::RunStore(folder / "file").remember({});
        QVERIFY(!done);
        QCOMPARE(done.error().code, base::ErrorCode::WriteFailed);
    }
};

QTEST_MAIN(tst_RunStore)
#include "tst_run_store.moc"
