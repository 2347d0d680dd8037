#include "core/robust/robust_checkpoint.h"
#include "core/train/backend.h"
#include "tests/ui/support/run_fixture.h"
#include "tests/ui/support/ui_test.h"
#include "ui/models/robust_parameters.h"
#include "ui/pages/library_list.h"
#include "ui/pages/notice_bar.h"
#include "ui/pages/parameter_row.h"
#include "ui/pages/robust_tabs.h"
#include "ui/pages/run_bar.h"
#include "ui/pages/run_settings_panel.h"
#include "ui/plots/training_curves.h"

#include <QAction>
#include <QComboBox>
#include <QLineEdit>
#include <QSignalSpy>
#include <QSlider>
#include <QSpinBox>
#include <QToolButton>

#include <fstream>

using namespace maury;
using ui::ParameterScope;
using ui::Protocol;

namespace {

constexpr int kPatience = 60'000; // milliseconds

ui::RobustParameter parameterOf(const std::string& id)
{
    for (const auto& parameter : ui::robustParameters())
        if (parameter.id == id)
            return parameter;
    return {};
}

nn::Parameters firstMember(const ui::TrainingSession& session)
{
    return session.result() && session.result()->robust
        ? session.result()->robust->blue.members.front()
        : nn::Parameters {};
}

/// Weights of the small run that nobody touches.
const nn::Parameters& undisturbed()
{
    static const nn::Parameters parameters = [] {
        test::RunFixture f;
        f.page->settings().setRequest(test::smallRobustRun());
        if (!f.startAndHold() || !f.finish())
            return nn::Parameters {};
        return firstMember(f.session);
    }();
    return parameters;
}

void writeStar(const std::filesystem::path& file, double code, double luminosity)
{
    const auto star = test::observeStar(code, luminosity);
    const auto& segment = star.segments.front();
    std::ofstream text(file);
    text.precision(9);
    for (std::size_t i = 0; i < segment.pixels(); ++i)
        text << segment.wavelengthAngstrom[i] << ' ' << segment.flux[i] << '\n';
}

} // namespace

/// The robust protocol in the window: the same page, curves and sliders as the paper's.
class tst_RobustPage : public test::UiTest {
    Q_OBJECT
private slots:
    void theProtocolChoosesTheTabs()
    {
        test::RunFixture f;
        ui::RunSettingsPanel& panel = f.page->settings();
        const auto visible = [&panel] {
            int count = 0;
            for (int tab = 0; tab < panel.count(); ++tab)
                count += panel.isTabVisible(tab) ? 1 : 0;
            return count;
        };
        QCOMPARE(visible(), 7);
        QComboBox& box = f.page->bar().protocol();
        box.setCurrentIndex(1);
        emit box.activated(1);
        QCOMPARE(panel.protocol(), Protocol::Robust);
        QCOMPARE(visible(), 6);
        QVERIFY(panel.isTabVisible(panel.currentIndex()));
        QCOMPARE(panel.request()->protocol, Protocol::Robust);
        f.history.undo();
        QCOMPARE(panel.protocol(), Protocol::Paper);
        QCOMPARE(box.currentIndex(), 0);
    }

    void aRunShowsCurvesAndBecomesTheModel()
    {
        test::RunFixture f;
        f.page->settings().setRequest(test::smallRobustRun());
        const QSignalSpy evaluated(&f.session, &ui::TrainingSession::evaluated);
        f.page->start();
        QVERIFY(QTest::qWaitFor([&f] { return !f.session.active(); }, kPatience));
        QCOMPARE(f.page->history().rowCount(), 3);
        QCOMPARE(f.steps, 60);
        QVERIFY(std::isfinite(f.page->history().rows().back().testLoss));
        QCOMPARE(evaluated.size(), 4); // after each epoch and at the end
        const auto last = evaluated.back().front().value<ui::EvaluationPtr>();
        QVERIFY(last->final);
        QCOMPARE(last->metrics.samples, 24);
        QCOMPARE(last->test->size(), std::size_t { 24 });
        QVERIFY(f.workspace.robustModel() != nullptr);
        QVERIFY(f.workspace.model() == nullptr);
        QCOMPARE(f.workspace.scheme()->size(), std::size_t { 6 });
        QVERIFY(f.page->settings().robust().estimate().contains("last one"));

        const auto file = f.folder / "robust.h5";
        f.page->saveModel(QString::fromStdString(file.string()));
        const auto stored = robust::readRobustModel(file);
        QVERIFY_RESULT(stored);
        QVERIFY(test::sameNumbers(stored->blue.members.front(), firstMember(f.session)));
    }

    void everyLiveSliderActs_data()
    {
        QTest::addColumn<QString>("id");
        for (const auto& parameter : ui::robustParameters())
            if (parameter.scope == ParameterScope::Live)
                QTest::addRow("%s", parameter.id.c_str()) << QString::fromStdString(parameter.id);
    }
    /// Dragged in mid-run: the trainer takes the value and says so, the curve is marked, the
    /// checkpoint has it, and the result is another one.
    void everyLiveSliderActs()
    {
        QFETCH(QString, id);
        const auto parameter = parameterOf(id.toStdString());
        const auto request = test::smallRobustRun();
        test::RunFixture f;
        f.page->settings().setRequest(request);
        QVERIFY(f.startAndHold());
        auto& row = f.page->settings().robust().row(parameter.id);
        QVERIFY(!row.isLocked());
        QSlider& slider = row.slider();
        slider.setValue(slider.value() < slider.maximum() / 2 ? slider.maximum() * 3 / 4
                                                              : slider.maximum() / 4);
        const double value = row.value();
        const double before = parameter.get(request.robust);
        QVERIFY(value != before);
        QVERIFY(f.finish());

        QCOMPARE(f.changes.size(), std::size_t { 1 });
        QCOMPARE(f.changes[0].setting, parameter.id);
        QCOMPARE(f.changes[0].before, before);
        QCOMPARE(f.changes[0].after, value);
        const auto& marks = f.page->curves().marks();
        QCOMPARE(marks.size(), 1);
        QCOMPARE(marks[0].setting, parameter.id);
        QCOMPARE(marks[0].label, parameter.spec.label);
        QCOMPARE(marks[0].after, value);
        const auto stored
            = robust::readRobustCheckpoint(f.session.request().robust.config.checkpoint);
        QVERIFY_RESULT(stored);
        ui::RobustRequest live;
        live.config.setLive(stored->live);
        QCOMPARE(parameter.get(live), value);
        QCOMPARE(stored->changes.size(), std::size_t { 1 });
        QVERIFY(!undisturbed().hidden.empty());
        QVERIFY(!test::sameNumbers(firstMember(f.session), undisturbed()));
    }

    void whatIsSetBeforeARunReachesIt()
    {
        test::RunFixture f;
        auto request = test::smallRobustRun();
        request.robust.config.steps = robust::kStepsPerEpoch;
        f.page->settings().setRequest(request);
        ui::RobustTabs& tabs = f.page->settings().robust();
        tabs.hiddenLayers().setText("9, 8");
        tabs.seed().setValue(7);
        tabs.row("members").field().setValue(2);
        tabs.row("batch").field().setValue(24);
        tabs.row("momentum").field().setValue(0.8);
        tabs.row("held-out").field().setValue(10);
        tabs.libraries().addLibrary("second");
        QVERIFY(f.startAndHold());
        QVERIFY(tabs.row("members").isLocked());
        QVERIFY(!tabs.row("dropout").isLocked());
        QVERIFY(!tabs.hiddenLayers().isEnabled());
        const auto& run = f.session.request().robust;
        QCOMPARE(run.config.hidden, (std::vector<int> { 9, 8 }));
        QCOMPARE(run.config.seed, std::uint64_t { 7 });
        QCOMPARE(run.config.batchSize, 24);
        QCOMPARE(run.config.momentum, 0.8);
        QCOMPARE(run.libraries.size(), std::size_t { 2 });
        QCOMPARE(run.libraries.back().source, std::string("second"));
        QVERIFY(f.finish());
        QCOMPARE(f.session.result()->robust->blue.members.size(), std::size_t { 2 });
        QCOMPARE(f.session.result()->evaluation->metrics.samples, 10);
    }

    void librariesHaveTheirResolution()
    {
        test::RunFixture f;
        ui::LibraryList& list = f.page->settings().robust().libraries();
        list.setLibraries({ { "/data/libnor36", {} }, { "/data/mine", {} } });
        QCOMPARE(list.table().item(0, 1)->text(), QLocale().toString(3.6, 'f', 1));
        QCOMPARE(list.table().item(1, 1)->text(), QLocale().toString(1.8, 'f', 1));
        QVERIFY(!list.libraries()[0].fwhmAngstrom);
        const QSignalSpy edited(&list, &ui::LibraryList::edited);
        list.table().item(1, 1)->setText(QLocale().toString(2.5, 'f', 1));
        QCOMPARE(edited.size(), 1);
        QCOMPARE(*list.libraries()[1].fwhmAngstrom, 2.5);
        list.table().selectRow(0);
        list.removeButton().click();
        QCOMPARE(list.libraries().size(), std::size_t { 1 });
        QCOMPARE(edited.size(), 2);
    }

    void typeMyStarsTakesTheRobustProtocol()
    {
        test::RunFixture f;
        auto request = test::smallRobustRun();
        request.protocol = Protocol::Paper;
        f.page->settings().setRequest(request);
        f.page->bar().typeMyStarsAction().trigger();
        QVERIFY(f.session.active());
        QCOMPARE(f.session.request().protocol, Protocol::Robust);
        QCOMPARE(f.page->settings().protocol(), Protocol::Robust);
        QVERIFY(!f.page->bar().protocol().isEnabled());
        QVERIFY(f.finish());
        QVERIFY(f.workspace.robustModel() != nullptr);
    }

    void pauseSingleBatchAndStop()
    {
        test::RunFixture f;
        auto request = test::smallRobustRun();
        request.robust.config.steps = 100'000;
        f.page->settings().setRequest(request);
        QVERIFY(f.startAndHold());
        QCOMPARE(f.session.state(), ui::TrainingSession::State::Paused);
        f.page->singleBatch();
        QTRY_COMPARE_WITH_TIMEOUT(f.steps, 2, kPatience);
        f.session.stop();
        QVERIFY(QTest::qWaitFor([&f] { return !f.session.active(); }, kPatience));
        QVERIFY(f.session.result()->report.stopped);
        QVERIFY(f.workspace.robustModel() != nullptr); // the first member as it stood
    }

    // Killed after an epoch and taken up again: bit for bit the run that nobody touched.
    void resumesAndRewinds()
    {
        const TemporaryRun killed = killedAfterAnEpoch();
        test::RunFixture f;
        f.page = std::make_unique<ui::TrainPage>(
            f.context, f.session, ui::RunStore(killed.folder->path()));
        f.page->resumeLast();
        QVERIFY(f.session.active());
        QVERIFY(f.finish());
        QVERIFY(test::sameNumbers(firstMember(f.session), undisturbed()));
        QCOMPARE(f.page->history().rowCount(), 3);
        f.page->rewind();
        QTRY_VERIFY_WITH_TIMEOUT(f.session.active(), kPatience);
        QVERIFY(f.finish());
        QVERIFY(test::sameNumbers(firstMember(f.session), undisturbed()));
    }

    void starsOfKnownTypeAreTheTest()
    {
        test::RunFixture f;
        const TemporaryFolderOfStars stars;
        auto request = test::smallRobustRun();
        request.robust.config.steps = robust::kStepsPerEpoch;
        f.page->settings().setRequest(request);
        f.page->settings().robust().chooseTestStars(stars.table());
        f.page->start();
        QVERIFY(QTest::qWaitFor([&f] { return !f.session.active(); }, kPatience));
        const auto evaluation = f.session.result()->evaluation;
        QCOMPARE(evaluation->metrics.samples, 2);
        QVERIFY(evaluation->relation == mk::AtlasRelation::Independent);
        QVERIFY(f.page->notice().text().contains("missing"));
    }

    void calibratesAndTells()
    {
        test::RunFixture f;
        auto request = test::smallRobustRun();
        request.robust.config.steps = robust::kStepsPerEpoch;
        request.robust.calibrationFolds = 2;
        f.page->settings().setRequest(request);
        const QSignalSpy calibrating(&f.session, &ui::TrainingSession::calibrating);
        f.page->start();
        QVERIFY(QTest::qWaitFor([&f] { return !f.session.active(); }, kPatience));
        QCOMPARE(calibrating.size(), 2);
        QVERIFY(f.session.result()->robust->calibration.has_value());
    }

    void theRunGetsThePrecisionOfTheBox()
    {
        test::RunFixture f;
        ui::RunSettingsPanel& panel = f.page->settings();
        panel.setRequest(test::smallRobustRun());
        QComboBox& precision = panel.robust().precision();
        for (int index = 0; index < precision.count(); ++index) {
            precision.setCurrentIndex(index);
            QCOMPARE(static_cast<int>(panel.request()->robust.precision),
                precision.currentData().toInt());
        }
        for (const auto& backend : train::listBackends())
            if (backend.name == "cuda")
                QCOMPARE(precision.isEnabled(), backend.available);
    }

    // Weights that are multiplied by −9 at every step leave all numbers after the second epoch.
    void aRunThatDivergesKeepsItsLastCheckpoint()
    {
        test::RunFixture f;
        f.page->show();
        auto request = test::smallRobustRun();
        request.robust.config.steps = 5 * robust::kStepsPerEpoch;
        request.robust.config.warmUpSteps = 0;
        f.page->settings().setRequest(request);
        QVERIFY(f.startAndHold());
        while (f.steps < robust::kStepsPerEpoch + 1) {
            const int before = f.steps;
            f.page->singleBatch();
            QTRY_VERIFY_WITH_TIMEOUT(f.steps > before, kPatience);
        }
        f.page->settings().robust().row("lr").field().setValue(1.0);
        f.page->settings().robust().row("weight-decay").field().setValue(10.0);
        QVERIFY(f.finish());
        QVERIFY(f.page->notice().isVisible());
        QVERIFY2(f.page->notice().text().contains("diverged"), qPrintable(f.page->notice().text()));
        const auto kept = f.session.result();
        QVERIFY(kept && kept->failure && kept->robust);
        QCOMPARE(kept->failure->code, base::ErrorCode::TrainingDiverged);
        QVERIFY(!kept->report.history.empty());
        QVERIFY(nn::allFinite(kept->robust->blue.members.front()));
        QVERIFY(f.workspace.robustModel() != nullptr);
        const auto checkpoint
            = robust::readRobustCheckpoint(ui::RunStore(f.folder.path()).checkpoint());
        QVERIFY_RESULT(checkpoint);
        QVERIFY(
            test::sameNumbers(checkpoint->current.parameters, kept->robust->blue.members.front()));
    }

private:
    /// The folder of a run whose program ended after its first epoch.
    struct TemporaryRun {
        std::unique_ptr<test::TemporaryFolder> folder;
    };
    static TemporaryRun killedAfterAnEpoch()
    {
        TemporaryRun run { std::make_unique<test::TemporaryFolder>() };
        test::RunFixture f;
        f.page = std::make_unique<ui::TrainPage>(
            f.context, f.session, ui::RunStore(run.folder->path()));
        f.page->settings().setRequest(test::smallRobustRun());
        f.page->singleBatch();
        int checkpoints = 0;
        QObject::connect(&f.session, &ui::TrainingSession::checkpointWritten, &f.session,
            [&checkpoints] { ++checkpoints; });
        // Batch by batch, so that it cannot run on to its end.
        for (int batch = 0; batch < 40 && checkpoints == 0; ++batch) {
            const int before = f.steps;
            f.session.singleBatch();
            if (!QTest::qWaitFor([&] { return f.steps > before || checkpoints > 0; }, kPatience))
                break;
        }
        f.session.stop();
        (void)QTest::qWaitFor([&f] { return !f.session.active(); }, kPatience);
        return run;
    }

    class TemporaryFolderOfStars {
    public:
        TemporaryFolderOfStars()
        {
            writeStar(m_folder / "a.txt", 16.0, 5.0);
            writeStar(m_folder / "b.txt", 22.0, 3.0);
            std::ofstream table(m_folder / "types.csv");
            table << "file,type\na.txt,A0 V\nb.txt,A9 III\nb.txt,F0\n";
        }
        [[nodiscard]] QString table() const
        {
            return QString::fromStdString((m_folder / "types.csv").string());
        }

    private:
        test::TemporaryFolder m_folder;
    };
};

QTEST_MAIN(tst_RobustPage)
#include "tst_robust_page.moc"
