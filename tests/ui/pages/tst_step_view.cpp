#include "tests/ui/support/run_fixture.h"
#include "tests/ui/support/ui_test.h"
#include "ui/models/step_text.h"
#include "ui/pages/empty_state.h"
#include "ui/pages/run_bar.h"
#include "ui/pages/run_settings_panel.h"
#include "ui/pages/step_view.h"
#include "ui/pages/view_switch.h"

#include <QAbstractItemModelTester>
#include <QAction>
#include <QLabel>
#include <QListWidget>
#include <QLocale>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTableView>

using namespace maury;
using Kind = train::StepStage::Kind;
using State = ui::TrainingSession::State;

class tst_StepView : public test::UiTest {
    Q_OBJECT
private slots:
    void formulasForPeople()
    {
        QCOMPARE(ui::formulaHtml("Z_{SC} = A_2·W"), "Z<sub>SC</sub> = A<sub>2</sub>·W");
        QCOMPARE(ui::symbolText("δ_{LC}"), "δ_LC");
        QCOMPARE(ui::symbolText("Σ others"), "Σ of all others");
    }

    // From the empty view by one click to the first batch, and through all stages by keys.
    void aBatchIsFollowedStageByStage()
    {
        test::RunFixture f;
        f.page->resize(1000, 700);
        f.page->show();
        f.page->views().setCurrent("step");
        ui::StepView& view = f.page->stepView();
        auto* empty = view.findChild<ui::EmptyState*>();
        QVERIFY(empty->isVisible());
        empty->findChild<QPushButton*>()->click();
        QTRY_VERIFY_WITH_TIMEOUT(view.trace(), 60'000);
        QVERIFY(!empty->isVisible());
        QTRY_COMPARE(f.session.state(), State::Paused);
        const QAbstractItemModelTester tester(view.table().model());

        const auto& trace = *view.trace();
        QCOMPARE(view.list().count(), static_cast<int>(view.stages().size()));
        QVERIFY(view.stage().kind == Kind::Input);
        QVERIFY(!view.back().isEnabled());
        f.page->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(f.page.get()));
        view.table().setFocus();
        QTest::keyClick(&view.table(), Qt::Key_PageDown, Qt::AltModifier);
        QVERIFY(view.stage().kind == Kind::Sum);
        QVERIFY(view.unit().isVisible());
        QCOMPARE(view.unit().value(), train::busiestUnits(trace, 0).units.front() + 1);

        // Another unit, another spectrum: the numbers on the screen are those of the step.
        view.unit().setValue(view.unit().value() == 1 ? 2 : 1);
        const auto unit = static_cast<Eigen::Index>(view.unit().value() - 1);
        QCOMPARE(view.stage().results.back().value,
            double(trace.forward.preActivations.front()(0, unit)));
        view.sample().setValue(5);
        const auto busiest = static_cast<Eigen::Index>(train::busiestUnits(trace, 4).units.front());
        QCOMPARE(view.stage().results.back().value,
            double(trace.forward.preActivations.front()(4, busiest)));
        const auto& row = view.stage().rows.front();
        QCOMPARE(view.table().model()->index(0, 3).data().toString(),
            QLocale().toString(row.numbers[2], 'g', 5));

        QTest::keyClick(&view.table(), Qt::Key_PageUp, Qt::AltModifier);
        QVERIFY(view.stage().kind == Kind::Input);
        while (view.next().isEnabled())
            view.next().click();
        QVERIFY(view.stage().kind == Kind::Update);
        QVERIFY(view.formula().text().contains("λ"));
        QVERIFY(!view.grab().isNull());
        QVERIFY(f.finish());
    }

    // The view stays where it is while the next batches come.
    void theNextBatchIsShownAtTheSameStage()
    {
        test::RunFixture f;
        f.page->show();
        f.page->views().setCurrent("step");
        QVERIFY(f.startAndHold());
        ui::StepView& view = f.page->stepView();
        QTRY_VERIFY(view.trace());
        const auto first = view.trace();
        view.showStage(4);
        const Kind kind = view.stage().kind;
        QTRY_COMPARE(f.session.state(), State::Paused);
        f.page->bar().singleBatchAction().trigger();
        QTRY_VERIFY(view.trace() != first);
        QVERIFY(view.stage().kind == kind);
        QCOMPARE(view.trace()->step, first->step + 1);
        QVERIFY(test::sameNumbers(view.trace()->before, first->after));
        QVERIFY(f.finish());
    }

    void theRobustProtocolSaysThatItHasNone()
    {
        test::RunFixture f;
        f.page->settings().setRequest(test::smallRobustRun());
        f.page->show();
        f.page->views().setCurrent("step");
        QSignalSpy messages(&f.status, &ui::StatusReporter::messageShown);
        emit f.page->stepView().batchRequested();
        QCOMPARE(messages.count(), 1);
        QCOMPARE(f.session.state(), State::Idle);
    }
};

QTEST_MAIN(tst_StepView)
#include "tst_step_view.moc"
