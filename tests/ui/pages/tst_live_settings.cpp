#include "core/train/checkpoint.h"
#include "tests/ui/support/run_fixture.h"
#include "tests/ui/support/ui_test.h"
#include "ui/pages/architecture_editor.h"
#include "ui/pages/augmentation_tab.h"
#include "ui/pages/data_tab.h"
#include "ui/pages/network_tab.h"
#include "ui/pages/parameter_row.h"
#include "ui/pages/run_settings_panel.h"
#include "ui/pages/training_tab.h"
#include "ui/plots/training_curves.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLineEdit>
#include <QSignalSpy>
#include <QSlider>
#include <QSpinBox>
#include <QToolButton>

using namespace maury;
using Panel = ui::RunSettingsPanel;

namespace {

constexpr int kEpochs = 3;

ui::RunRequest runOf(ui::ParameterScope scope)
{
    auto request = test::smallRun(kEpochs);
    request.config.freshEveryEpoch = scope == ui::ParameterScope::LiveWhenFresh;
    return request;
}

/// The parameter of runParameters() with this id.
ui::RunParameter parameterOf(const std::string& id)
{
    for (const auto& parameter : ui::runParameters())
        if (parameter.id == id)
            return parameter;
    return {};
}

/// A run in which every setting of the optimiser and the schedule acts.
ui::RunRequest runWhereAllActs(const std::string& id)
{
    auto request = test::smallRun(kEpochs);
    request.config.optimizer = train::Optimizer::AdamW;
    request.config.live.learningRate = 0.01;
    if (id == "halving-epochs")
        request.config.schedule = train::Schedule::Halving;
    return request;
}

/// A value that a small run can have.
double otherValue(const std::string& id)
{
    const std::map<std::string, double> values { { "batch", 30 }, { "epochs", 2 },
        { "momentum", 0.5 }, { "beta2", 0.95 }, { "weight-decay", 0.05 }, { "halving-epochs", 1 },
        { "per-spectrum", 7 }, { "per-spectrum-test", 3 } };
    return values.at(id);
}

/// Weights of a run with this request that nobody touches.
nn::Parameters undisturbed(const ui::RunRequest& request)
{
    test::RunFixture f;
    f.page->settings().setRequest(request);
    if (!f.startAndHold() || !f.finish() || !f.session.result())
        return {};
    return f.session.result()->report.model.parameters;
}

template <typename Value> void choose(QComboBox& box, Value value)
{
    box.setCurrentIndex(box.findData(static_cast<int>(value)));
}

} // namespace

class tst_LiveSettings : public test::UiTest {
    Q_OBJECT
private slots:
    void theSameRunTwice()
    {
        const auto request = runOf(ui::ParameterScope::LiveWhenFresh);
        QVERIFY(test::sameNumbers(undisturbed(request), undisturbed(request)));
    }

    void duringARun_data()
    {
        QTest::addColumn<QString>("id");
        QTest::addColumn<bool>("slider");
        for (const auto& parameter : ui::runParameters())
            if (parameter.scope != ui::ParameterScope::BeforeRun)
                for (const bool slider : { true, false })
                    QTest::addRow("%s by %s", parameter.id.c_str(), slider ? "slider" : "field")
                        << QString::fromStdString(parameter.id) << slider;
    }
    /// Every slider and field that may move while a run goes on: the trainer takes the value, says
    /// so, keeps it in report and checkpoint; the curve is marked; the result is another one.
    void duringARun()
    {
        QFETCH(QString, id);
        QFETCH(bool, slider);
        const auto parameter = parameterOf(id.toStdString());
        const auto request = runOf(parameter.scope);
        test::RunFixture f;
        f.page->settings().setRequest(request);
        QVERIFY(f.startAndHold());
        auto& row = f.page->settings().row(parameter.id);
        QVERIFY(!row.isLocked());
        if (slider)
            row.slider().setValue(row.slider().maximum() * 3 / 4);
        else
            row.field().setValue(parameter.spec.high);
        const double value = row.value();
        const double before = parameter.get(request.config);
        QVERIFY(value != before);
        QVERIFY(f.finish());

        QCOMPARE(f.changes.size(), std::size_t(1));
        QCOMPARE(f.changes[0].setting, parameter.id);
        QCOMPARE(f.changes[0].before, before);
        QCOMPARE(f.changes[0].after, value);
        const auto& marks = f.page->curves().marks();
        QCOMPARE(marks.size(), 1);
        QCOMPARE(marks[0].setting, parameter.id);
        QCOMPARE(marks[0].label, parameter.spec.label);
        QCOMPARE(marks[0].after, value);
        QCOMPARE(marks[0].last, f.changes[0].epoch + static_cast<double>(f.changes[0].step) / 10.0);

        const auto& report = f.session.result()->report;
        QCOMPARE(report.changes.size(), std::size_t(1));
        const auto stored = train::readCheckpoint(f.session.request().config.checkpoint);
        QVERIFY_RESULT(stored);
        QCOMPARE(parameter.get(stored->config), value);
        QCOMPARE(stored->changes.size(), std::size_t(1));
        QVERIFY(!test::sameNumbers(report.model.parameters, undisturbed(request)));
    }

    void noiseDuringAFreshRun()
    {
        const auto request = runOf(ui::ParameterScope::LiveWhenFresh);
        test::RunFixture f;
        f.page->settings().setRequest(request);
        QVERIFY(f.startAndHold());
        choose(f.page->settings().augmentation().noise(), dataset::NoiseLaw::Gaussian);
        QVERIFY(f.finish());
        QCOMPARE(f.changes.size(), std::size_t(1));
        QCOMPARE(f.changes[0].setting, std::string("noise"));
        QCOMPARE(f.page->curves().marks().size(), 1);
        QVERIFY(
            !test::sameNumbers(f.session.result()->report.model.parameters, undisturbed(request)));
    }

    void beforeARun_data()
    {
        QTest::addColumn<QString>("id");
        for (const auto& parameter : ui::runParameters())
            if (parameter.scope == ui::ParameterScope::BeforeRun)
                QTest::addRow("%s", parameter.id.c_str()) << QString::fromStdString(parameter.id);
    }
    /// Every number that only the next run can take: that run has it, and another result.
    void beforeARun()
    {
        QFETCH(QString, id);
        const auto parameter = parameterOf(id.toStdString());
        const auto request = runWhereAllActs(parameter.id);
        test::RunFixture f;
        f.page->settings().setRequest(request);
        auto& row = f.page->settings().row(parameter.id);
        QVERIFY(!row.isLocked());
        const double value = otherValue(parameter.id);
        row.field().setValue(value);
        QVERIFY(f.startAndHold());
        QVERIFY(row.isLocked());
        QCOMPARE(parameter.get(f.session.request().config), value);
        QVERIFY(f.finish());
        const auto stored = train::readCheckpoint(f.session.request().config.checkpoint);
        QVERIFY_RESULT(stored);
        QCOMPARE(parameter.get(stored->config), value);
        if (parameter.id == "per-spectrum-test") // the weights are not to know of the test set
            QCOMPARE(stored->history.back().test.samples, 12 * 3);
        else
            QVERIFY(!test::sameNumbers(
                f.session.result()->report.model.parameters, undisturbed(request)));
    }

    void choices_data()
    {
        using Act = std::function<void(Panel&)>;
        using Check = std::function<bool(const ui::RunRequest&)>;
        QTest::addColumn<Act>("act");
        QTest::addColumn<Check>("check");
        const auto add = [](const char* name, const Act& act, const Check& check) {
            QTest::newRow(name) << act << check;
        };
        add(
            "optimiser",
            [](Panel& p) { choose(p.training().optimizer(), train::Optimizer::Momentum); },
            [](const auto& r) { return r.config.optimizer == train::Optimizer::Momentum; });
        add(
            "schedule", [](Panel& p) { choose(p.training().schedule(), train::Schedule::Cosine); },
            [](const auto& r) { return r.config.schedule == train::Schedule::Cosine; });
        add(
            "activation", [](Panel& p) { choose(p.network().activation(), nn::Activation::Relu); },
            [](const auto& r) { return r.config.activation == nn::Activation::Relu; });
        add(
            "first weights",
            [](Panel& p) { choose(p.network().initialisation(), nn::Initialisation::He); },
            [](const auto& r) { return r.config.initialisation == nn::Initialisation::He; });
        add(
            "layers", [](Panel& p) { p.network().architecture().addButton().click(); },
            [](const auto& r) {
                return r.config.hidden == std::vector<int> { 16, 8 };
            });
        add(
            "layers as text", [](Panel& p) { p.hiddenLayers().setText("9"); },
            [](const auto& r) { return r.config.hidden == std::vector<int> { 9 }; });
        add(
            "noise",
            [](Panel& p) { choose(p.augmentation().noise(), dataset::NoiseLaw::Gaussian); },
            [](const auto& r) {
                return r.config.live.augmentation.noise == dataset::NoiseLaw::Gaussian;
            });
        add(
            "fresh", [](Panel& p) { p.freshEveryEpoch().click(); },
            [](const auto& r) { return r.config.freshEveryEpoch; });
        add(
            "seed", [](Panel& p) { p.data().seed().setValue(77); },
            [](const auto& r) { return r.config.seed == 77; });
    }
    /// The same for what is chosen from lists, written or ticked; each tells once that it was
    /// edited, and undoing by the snapshot of before brings the old request back.
    void choices()
    {
        QFETCH(std::function<void(Panel&)>, act);
        QFETCH(std::function<bool(const ui::RunRequest&)>, check);
        const auto request = test::smallRun(kEpochs);
        test::RunFixture f;
        Panel& panel = f.page->settings();
        panel.setRequest(request);
        const auto before = panel.request();
        QVERIFY_RESULT(before);
        const QSignalSpy edited(&panel, &Panel::requestEdited);
        act(panel);
        QCOMPARE(edited.count(), 1);
        QVERIFY(f.startAndHold());
        QVERIFY(check(f.session.request()));
        QVERIFY(f.finish());
        QVERIFY(
            !test::sameNumbers(f.session.result()->report.model.parameters, undisturbed(request)));

        panel.setRequest(*before);
        QCOMPARE(edited.count(), 1);
        QVERIFY(!check(*panel.request()));
    }

    void edgesReachTheNextRun()
    {
        test::RunFixture f; // every pixel of the tiny atlas is good: its result is the same
        Panel& panel = f.page->settings();
        choose(panel.data().edges(), dataset::EdgePixels::Filled);
        QVERIFY(f.startAndHold());
        QVERIFY(f.session.request().config.edges == dataset::EdgePixels::Filled);
    }

    void everyNumberTellsThatItWasEdited()
    {
        test::RunFixture f;
        Panel& panel = f.page->settings();
        const QSignalSpy edited(&panel, &Panel::requestEdited);
        int count = 0;
        for (const auto& parameter : ui::runParameters()) {
            auto& row = panel.row(parameter.id);
            const auto before = panel.request();
            row.field().setValue(row.value() == parameter.spec.high ? 2.0 : parameter.spec.high);
            QCOMPARE(edited.count(), ++count);
            QCOMPARE(parameter.get(panel.request()->config), row.value());
            panel.setRequest(*before);
            QCOMPARE(parameter.get(panel.request()->config), parameter.get(before->config));
            QCOMPARE(row.value(), parameter.get(before->config));
        }
        QCOMPARE(edited.count(), count);
    }

    void whatDoesNotActSaysWhy()
    {
        test::RunFixture f;
        Panel& panel = f.page->settings();
        for (const char* id : { "momentum", "beta2", "weight-decay", "halving-epochs" }) {
            QVERIFY2(panel.row(id).isLocked(), id);
            QVERIFY2(panel.row(id).toolTip().contains("choose"), id);
        }
        choose(panel.training().optimizer(), train::Optimizer::Momentum);
        QVERIFY(!panel.row("momentum").isLocked());
        QVERIFY(panel.row("beta2").isLocked());
        choose(panel.training().optimizer(), train::Optimizer::AdamW);
        QVERIFY(!panel.row("beta2").isLocked());
        choose(panel.training().schedule(), train::Schedule::Halving);
        QVERIFY(!panel.row("halving-epochs").isLocked());
    }

    void unusableBackendsShowTheirReason()
    {
        test::RunFixture f;
        auto& training = f.page->settings().training();
        for (const auto& backend : train::listBackends()) {
            const auto reason = QString::fromStdString(backend.reason);
            QCOMPARE(training.unavailable().contains(QString::fromStdString(backend.name)),
                !backend.available);
            QVERIFY(training.unavailable().contains(reason));
            const int item = training.backend().findData(QString::fromStdString(backend.name));
            QVERIFY(training.backend().itemText(item).contains(
                backend.available ? QString::fromStdString(backend.device) : reason));
            if (backend.name != "cuda")
                continue;
            QCOMPARE(training.precision().isEnabled(), backend.available);
            QVERIFY(training.precision().toolTip().contains(reason));
        }
    }
};

QTEST_MAIN(tst_LiveSettings)
#include "tst_live_settings.moc"
