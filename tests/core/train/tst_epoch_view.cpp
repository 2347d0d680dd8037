#include "core/train/epoch_view.h"

#include "core/train/cpu_backend.h"
#include "tests/support/test_data.h"
#include "tests/support/tiny_run.h"

#include <QTest>

#include <algorithm>
#include <fstream>

using namespace maury;
using namespace maury::train;
using test::runTiny;
using test::TemporaryFolder;
using test::tinyConfig;
using test::tinyData;

class TestEpochView : public QObject {
    Q_OBJECT
private slots:
    // What is shown of an epoch is what its kept network says when it is asked again.
    void aShownEpochIsItsNetwork()
    {
        const TemporaryFolder folder;
        TrainingConfig config = tinyConfig();
        config.checkpoint = folder / "run.h5";
        QVERIFY_RESULT(runTiny(config).report);
        const auto set = tinyData().test;
        const auto kept = keptEpochs(config.checkpoint);
        QCOMPARE(kept.size(), std::size_t(8));
        const auto view = viewEpoch(kept[4], set, 2);
        QVERIFY_RESULT(view);
        QCOMPARE((*view)->epoch, 4);

        const auto model = readModel(kept[4].file);
        QVERIFY_RESULT(model);
        QVERIFY((*view)->firstLayer.weights == model->parameters.hidden.front().weights);
        const auto backend = createCpuBackend(1);
        QVERIFY_RESULT(backend->load(model->spec, model->parameters, {}));
        const auto predicted = predictSet(*backend, *model, *set);
        QVERIFY_RESULT(predicted);
        // tinySamples() has one standard a sample class: the first rows of each decide.
        const auto& answers = (*view)->answers;
        QCOMPARE(answers.size(), set->standardNames.size());
        for (std::uint32_t standard = 0; standard < answers.size(); ++standard) {
            std::vector<std::size_t> rows;
            for (std::size_t row = 0; row < set->size(); ++row)
                if (set->standard[row] == standard
                    && rows.size() < static_cast<std::size_t>(kAskedPerStandard))
                    rows.push_back(row);
            QVERIFY(!rows.empty());
            const bool agree = std::all_of(rows.begin(), rows.end(),
                [&](std::size_t row) { return predicted->sc[row] == predicted->sc[rows.front()]; });
            if (agree)
                QCOMPARE(answers[standard].sc, int(predicted->sc[rows.front()]));
        }
        const auto metrics = evaluateSet(*backend, *model, *set);
        QVERIFY_RESULT(metrics);
        const auto checkpoint = readCheckpoint(config.checkpoint);
        QVERIFY_RESULT(checkpoint);
        QCOMPARE(metrics->sc.confusion, checkpoint->history[4].test.sc.confusion);
        QCOMPARE(metrics->loss, checkpoint->history[4].test.loss);
    }

    void epochsDiffer()
    {
        const TemporaryFolder folder;
        TrainingConfig config = tinyConfig();
        config.checkpoint = folder / "run.h5";
        QVERIFY_RESULT(runTiny(config).report);
        const auto kept = keptEpochs(config.checkpoint);
        const auto first = viewEpoch(kept.front(), nullptr, 1);
        const auto last = viewEpoch(kept.back(), nullptr, 1);
        QVERIFY_RESULT(first);
        QVERIFY_RESULT(last);
        QVERIFY((*first)->answers.empty());
        QVERIFY((*first)->firstLayer.weights != (*last)->firstLayer.weights);
    }

    void anotherSetIsRefused()
    {
        const TemporaryFolder folder;
        TrainingConfig config = tinyConfig();
        config.epochs = 1;
        config.checkpoint = folder / "run.h5";
        QVERIFY_RESULT(runTiny(config).report);
        auto other = std::make_shared<dataset::SampleSet>(*tinyData().test);
        other->scheme.names.front() = "X9";
        const auto kept = keptEpochs(config.checkpoint).front();
        const auto view = viewEpoch(kept, other, 1);
        QVERIFY(!view);
        QCOMPARE(view.error().code, base::ErrorCode::ModelMismatch);
        std::ofstream(kept.file) << "no network";
        QVERIFY(!viewEpoch(kept, nullptr, 1));
    }
};

QTEST_GUILESS_MAIN(TestEpochView)
#include "tst_epoch_view.moc"
