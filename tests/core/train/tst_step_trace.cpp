#include "core/train/step_trace.h"

#include "core/train/reference_backend.h"
#include "core/train/step_stages.h"
#include "tests/support/test_data.h"
#include "tests/support/tiny_run.h"

#include <QTest>

#include <cmath>

using namespace maury;
using namespace maury::train;
using test::only;
using Kind = StepStage::Kind;

namespace {

/// A batch of a run on the tiny samples, by the reference backend in single precision.
StepTracePtr tracedStep(TrainingConfig config)
{
    config.backend = "reference";
    const auto backend = createReferenceBackend<float>();
    TrainingControl control;
    control.pause();
    control.stepOnce();
    std::stop_source stop;
    StepTracePtr trace;
    const auto report = Trainer::run(
        config, test::tinyData(), *backend, control,
        [&](const TrainingEvent& event) {
            if (const auto* traced = std::get_if<StepTraced>(&event)) {
                trace = traced->trace;
                stop.request_stop();
            }
        },
        stop.get_token());
    return report ? trace : nullptr;
}

double resultOf(const StepStage& stage, const std::string& symbol)
{
    for (const auto& result : stage.results)
        if (result.symbol == symbol)
            return result.value;
    return std::nan("");
}

bool close(double a, double b, double scale)
{
    return std::abs(a - b) <= 2e-6 * std::max(scale, 1e-6);
}

} // namespace

class TestStepTrace : public QObject {
    Q_OBJECT
private slots:
    // What is shown is what the backend has done: with plain gradient descent every new weight is,
    // to the last bit, the old one minus the rate times the gradient that is shown.
    void theUpdateIsThatOfTheBackend()
    {
        const TrainingConfig config = test::tinyConfig();
        const auto trace = tracedStep(config);
        QVERIFY(trace != nullptr);
        QCOMPARE(trace->samples(), Eigen::Index(config.batchSize));
        const auto rate = static_cast<float>(config.live.learningRate);
        std::vector<const nn::DenseParameters<float>*> after;
        std::vector<const nn::DenseParameters<float>*> gradient;
        trace->after.forEach([&](const auto& layer) { after.push_back(&layer); });
        trace->backward.gradient.forEach([&](const auto& layer) { gradient.push_back(&layer); });
        std::size_t at = 0;
        trace->before.forEach([&](const auto& before) {
            for (Eigen::Index i = 0; i < before.weights.size(); ++i) {
                float expected = before.weights.data()[i];
                expected -= rate * gradient[at]->weights.data()[i];
                QVERIFY(after[at]->weights.data()[i] == expected);
            }
            for (Eigen::Index i = 0; i < before.biases.size(); ++i) {
                float expected = before.biases.data()[i];
                expected -= rate * gradient[at]->biases.data()[i];
                QVERIFY(after[at]->biases.data()[i] == expected);
            }
            ++at;
        });
    }

    void everyStageIsThere()
    {
        const auto trace = tracedStep(test::tinyConfig());
        QVERIFY(trace != nullptr);
        const auto stages = stagesOf(*trace, busiestUnits(*trace, 0));
        const std::size_t hidden = trace->spec.hidden.size();
        // Input, loss; sum and activation of each layer; sum, softmax, error, gradient and update
        // of each head; back, back, gradient and update of each layer.
        QCOMPARE(stages.size(), 2 + 2 * hidden + 2 * 5 + 4 * hidden);
        QVERIFY(stages.front().kind == Kind::Input);
        QVERIFY(stages.back().kind == Kind::Update);
        for (const StepStage& stage : stages) {
            QVERIFY(!stage.formula.empty());
            QVERIFY(!stage.rows.empty());
            for (const auto& row : stage.rows)
                QCOMPARE(row.numbers.size() + 1, stage.columns.size());
        }
    }

    // Each excerpt with what it leaves out comes to the number of the whole stage.
    void excerptsAddUp()
    {
        const auto trace = tracedStep(test::tinyConfig());
        QVERIFY(trace != nullptr);
        const StepChoice choice = busiestUnits(*trace, 3);
        const nn::HeadTargets targets { trace->sc, trace->lc, trace->settings.weightSc,
            trace->settings.weightLc };
        QCOMPARE(trace->loss, nn::loss(trace->forward, targets));
        int sums = 0;
        for (const StepStage& stage : stagesOf(*trace, choice)) {
            if (stage.kind == Kind::Sum) {
                const auto& z = stage.results.back();
                const double total = resultOf(stage, "Σ above") + resultOf(stage, "Σ others")
                    + stage.results[2].value;
                QVERIFY(close(total, z.value, 1.0));
                ++sums;
            } else if (stage.kind == Kind::Softmax) {
                double all = 0.0;
                for (const auto& row : stage.rows)
                    all += row.numbers.back();
                QVERIFY(all <= 1.0 + 1e-6); // all classes of few, else the likeliest
                QVERIFY(all > 0.9);
            } else if (stage.kind == Kind::HeadDelta) {
                QVERIFY(std::abs(stage.results.back().value) < 1e-7); // probabilities sum to 1
            } else if (stage.kind == Kind::Update) {
                for (const auto& row : stage.rows)
                    QVERIFY(close(row.numbers[3], -trace->settings.learningRate * row.numbers[1],
                        std::abs(row.numbers[0])));
            }
        }
        QCOMPARE(sums, static_cast<int>(trace->spec.hidden.size()) + 2);
    }

    // The gradient of one weight, by hand: the difference of the loss when it is moved.
    void theGradientIsTheSlopeOfTheLoss()
    {
        const auto trace = tracedStep(test::tinyConfig());
        QVERIFY(trace != nullptr);
        const nn::HeadTargets targets { trace->sc, trace->lc, trace->settings.weightSc,
            trace->settings.weightLc };
        const auto unit = static_cast<Eigen::Index>(busiestUnits(*trace, 0).units.front());
        Eigen::Index steepest = 0;
        trace->backward.gradient.hidden.front().weights.col(unit).cwiseAbs().maxCoeff(&steepest);
        const auto lossAt = [&](double shift) {
            auto moved = nn::castParameters<double>(trace->before);
            moved.hidden.front().weights(steepest, unit) += shift;
            const nn::Matrix<double> input = trace->forward.activations.front().cast<double>();
            return nn::loss(nn::forward(trace->spec, moved, input), targets);
        };
        const double slope = (lossAt(1e-5) - lossAt(-1e-5)) / 2e-5;
        const double shown = trace->backward.gradient.hidden.front().weights(steepest, unit);
        QVERIFY2(std::abs(slope - shown) < 1e-4 * std::abs(shown) + 1e-7,
            qPrintable(QString("%1 %2").arg(slope).arg(shown)));
    }

    // A traced run goes on as an untraced one would.
    void lookingChangesNothing()
    {
        TrainingConfig config = test::tinyConfig();
        config.epochs = 2;
        int traced = 0;
        const auto stepwise = test::runTiny(
            config, false, [&](const TrainingEvent& event, TrainingControl& control) {
                if (std::get_if<RunStarted>(&event) != nullptr) {
                    control.pause();
                    control.stepOnce();
                } else if (std::get_if<StepTraced>(&event) != nullptr) {
                    ++traced;
                    control.resume();
                }
            });
        const auto straight = test::runTiny(config);
        QVERIFY_RESULT(stepwise.report);
        QCOMPARE(traced, 1);
        QVERIFY(only<StepTraced>(straight.events).empty());
        QVERIFY(test::sameNumbers(
            stepwise.report->model.parameters, straight.report->model.parameters));
    }
};

QTEST_GUILESS_MAIN(TestStepTrace)
#include "tst_step_trace.moc"
