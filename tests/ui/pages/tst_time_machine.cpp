#include "ui/pages/time_machine.h"

#include "core/train/kept_epochs.h"
#include "core/train/trainer.h"
#include "tests/ui/support/run_fixture.h"
#include "tests/ui/support/ui_test.h"
#include "ui/bridge/number_text.h"
#include "ui/pages/parameter_row.h"
#include "ui/pages/run_bar.h"
#include "ui/pages/run_settings_panel.h"
#include "ui/pages/view_switch.h"
#include "ui/plots/filter_plot.h"
#include "ui/plots/row_table.h"
#include "ui/plots/training_curves.h"

#include <QAbstractItemModelTester>
#include <QAction>
#include <QPushButton>
#include <QSignalSpy>
#include <QSlider>
#include <QSpinBox>
#include <QToolButton>

using namespace maury;
using State = ui::TrainingSession::State;
using Fixture = test::RunFixture;

namespace {

constexpr int kPatience = 60'000;

/// A finished run of six epochs with the time machine in view.
void runAndShow(Fixture& f)
{
    f.page->resize(1000, 700);
    f.page->show();
    f.page->bar().startAction().trigger();
    QTRY_COMPARE_WITH_TIMEOUT(f.session.state(), State::Idle, kPatience);
    f.page->views().setCurrent("time");
    QTRY_VERIFY(f.page->timeMachine().view());
}

} // namespace

class tst_TimeMachine : public test::UiTest {
    Q_OBJECT
private slots:
    void emptyBeforeTheFirstRun()
    {
        Fixture f;
        f.page->resize(900, 600);
        f.page->show();
        f.page->views().setCurrent("time");
        auto& machine = f.page->timeMachine();
        QCOMPARE(machine.epoch(), -1);
        QVERIFY(!machine.slider().isVisible());
        QSignalSpy branches(&machine, &ui::TimeMachine::branchRequested);
        machine.branch().click();
        QVERIFY(branches.isEmpty());
    }

    void theSliderGoesThroughTheEpochs()
    {
        Fixture f;
        runAndShow(f);
        auto& machine = f.page->timeMachine();
        const QAbstractItemModelTester tester(&machine.answers());
        QCOMPARE(machine.kept().size(), std::size_t(6));
        QCOMPARE(machine.epoch(), 5); // where the run ended
        QTRY_COMPARE(machine.view()->epoch, 5);
        const auto& history = f.session.result()->report.history;

        QTest::keyClick(&machine.slider(), Qt::Key_Home);
        QCOMPARE(machine.epoch(), 0);
        QCOMPARE(machine.field().value(), 1);
        QTRY_COMPARE(machine.view()->epoch, 0);
        const auto& confusion = history.front().test.sc.confusion;
        for (int row = 0; row < machine.matrix().rowCount(); ++row)
            for (int column = 0; column < machine.matrix().columnCount(); ++column)
                QCOMPARE(machine.matrix().count(row, column),
                    confusion[std::size_t(row)][std::size_t(column)]);
        const auto model = train::readModel(machine.kept().front().file);
        QVERIFY_RESULT(model);
        QVERIFY(machine.view()->firstLayer.weights == model->parameters.hidden.front().weights);
        QCOMPARE(machine.answers().rowCount(),
            int(f.session.result()->evaluation->test->standardNames.size()));
        const auto filter = machine.filter().filter().flux;

        machine.field().setValue(4);
        QCOMPARE(machine.slider().value(), 3);
        QTRY_COMPARE(machine.view()->epoch, 3);
        QVERIFY(machine.filter().filter().flux != filter);
    }

    void playShowsOneAfterTheOther()
    {
        Fixture f;
        runAndShow(f);
        auto& machine = f.page->timeMachine();
        machine.play().click();
        QCOMPARE(machine.epoch(), 0); // from the beginning, as the end was shown
        QTRY_COMPARE_WITH_TIMEOUT(machine.epoch(), 5, kPatience);
        QTRY_VERIFY(!machine.play().isChecked());
    }

    void followsARunThatGoesOn()
    {
        Fixture f;
        f.page->resize(1000, 700);
        f.page->show();
        f.page->views().setCurrent("time");
        f.startEndless();
        auto& machine = f.page->timeMachine();
        QTRY_VERIFY_WITH_TIMEOUT(machine.epoch() >= 2, kPatience);
        machine.slider().setValue(0);
        const auto before = machine.kept().size();
        QTRY_VERIFY_WITH_TIMEOUT(machine.kept().size() > before, kPatience);
        QCOMPARE(machine.epoch(), 0); // looking back is not disturbed
        f.session.stop();
        QTRY_COMPARE_WITH_TIMEOUT(f.session.state(), State::Idle, kPatience);
    }

    void anUnchangedBranchIsTheSameRun()
    {
        Fixture f;
        runAndShow(f);
        const auto whole = f.session.result();
        auto& machine = f.page->timeMachine();
        machine.slider().setValue(2);
        machine.branch().click();
        QTRY_VERIFY_WITH_TIMEOUT(
            f.session.state() == State::Idle && f.session.result() != whole, kPatience);
        const auto branch = f.session.result();
        QVERIFY(test::sameNumbers(
            whole->report.model.parameters, branch->report.model.parameters));
        QCOMPARE(branch->report.history.size(), std::size_t(6));
        QVERIFY(branch->report.changes.empty());
        QCOMPARE(f.page->history().rowCount(), 6);
        QTRY_COMPARE(machine.kept().size(), std::size_t(6));
    }

    void aBranchWithAnotherRateIsComparedLive()
    {
        Fixture f;
        runAndShow(f);
        const auto whole = f.session.result();
        auto& machine = f.page->timeMachine();
        machine.slider().setValue(2);
        f.page->settings().row("lr").field().setValue(0.02);
        machine.branch().click();
        QTRY_VERIFY_WITH_TIMEOUT(
            f.session.state() == State::Idle && f.session.result() != whole, kPatience);
        const auto branch = f.session.result();
        QCOMPARE(branch->report.history[2].test.loss, whole->report.history[2].test.loss);
        QVERIFY(branch->report.history[3].test.loss != whole->report.history[3].test.loss);
        QCOMPARE(branch->report.changes.size(), std::size_t(1));
        QCOMPARE(branch->report.changes.front().after, 0.02);
        QCOMPARE(f.page->curves().marks().size(), 1);
        QCOMPARE(f.page->curves().referenceName(), f.page->runs().run(0).name);
        QCOMPARE(f.page->runs().rowCount(), 2);
        QVERIFY(f.page->runs().run(1).name.contains(ui::countText(3)));
        QCOMPARE(f.page->runs().run(0).epochs.size(), std::size_t(6));
        // Another branch, of the branch.
        QTRY_COMPARE(machine.kept().size(), std::size_t(6));
        machine.slider().setValue(4);
        machine.branch().click();
        QTRY_VERIFY_WITH_TIMEOUT(
            f.session.state() == State::Idle && f.session.result() != branch, kPatience);
        QCOMPARE(f.session.result()->report.history.size(), std::size_t(6));
    }

    void aChosenRunIsDrawnBeside()
    {
        Fixture f;
        runAndShow(f);
        QVERIFY(f.page->curves().referenceName().isEmpty());
        auto* table = f.page->settings().findChild<ui::RowTable*>();
        QVERIFY(table);
        const QAbstractItemModelTester tester(table->model());
        table->selectRow(0);
        QCOMPARE(f.page->curves().referenceName(), f.page->runs().run(0).name);
    }

    void lostEpochsAreSaid()
    {
        Fixture f;
        runAndShow(f);
        auto& machine = f.page->timeMachine();
        std::filesystem::remove(machine.kept()[1].file);
        QSignalSpy messages(&f.status, &ui::StatusReporter::messageShown);
        machine.slider().setValue(1);
        QTRY_VERIFY(!messages.isEmpty());
        QVERIFY(f.page->isVisible());
    }
};

QTEST_MAIN(tst_TimeMachine)
#include "tst_time_machine.moc"
