#include "tests/support/untrained_model.h"
#include "tests/ui/support/page_fixture.h"
#include "tests/ui/support/ui_test.h"
#include "ui/bridge/number_text.h"
#include "ui/models/network_text.h"
#include "ui/pages/elided_label.h"
#include "ui/pages/empty_state.h"
#include "ui/pages/network_lens.h"
#include "ui/pages/unit_chooser.h"
#include "ui/pages/view_switch.h"
#include "ui/plots/filter_plot.h"
#include "ui/plots/histogram_plot.h"
#include "ui/plots/network_diagram.h"
#include "ui/plots/spread_history_plot.h"

#include <QCheckBox>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QSlider>
#include <QSpinBox>
#include <QTabBar>
#include <QToolButton>

#include <algorithm>
#include <cmath>

using namespace maury;
using State = ui::TrainingSession::State;

namespace {

class Fixture : public test::PageFixture {
public:
    Fixture()
        : lens(std::make_unique<ui::NetworkLens>(context, session))
    {
        lens->resize(900, 500);
    }

    void showModel()
    {
        workspace.setModel(
            std::make_shared<const train::Model>(test::untrainedModel(workspace.atlas())), "model");
        lens->show();
        QTRY_VERIFY(lens->network());
    }

    std::unique_ptr<ui::NetworkLens> lens;
};

ui::RunRequest endlessRun()
{
    ui::RunRequest request;
    request.config.hidden = { 16, 8 };
    request.config.perSpectrumTrain = 20;
    request.config.perSpectrumTest = 5;
    request.config.batchSize = 24;
    request.config.epochs = 100'000;
    request.config.backend = "reference";
    request.config.live.learningRate = 0.1;
    return request;
}

} // namespace

class tst_NetworkLens : public test::UiTest {
    Q_OBJECT
private slots:
    void emptyStateAsksForARun()
    {
        Fixture f;
        f.lens->show();
        auto* empty = f.lens->findChild<ui::EmptyState*>();
        QVERIFY(empty->isVisible());
        QSignalSpy asked(f.lens.get(), &ui::NetworkLens::startRequested);
        empty->findChild<QPushButton*>()->click();
        QCOMPARE(asked.count(), 1);
        f.showModel();
        QVERIFY(!empty->isVisible());
    }

    void aModelIsShownLayerByLayer()
    {
        Fixture f;
        f.showModel();
        const auto network = f.lens->network();
        QCOMPARE(f.lens->histograms().panels().size(), 4);
        QCOMPARE(f.lens->histograms().panels()[0].now.count, 64 * 4);
        QVERIFY(f.lens->facts().text().contains("Silent units"));
        QTest::keyClick(&f.lens->diagram(), Qt::Key_End);
        QCOMPARE(f.lens->histograms().panels()[0].now.count, 4 * 3);
        QCOMPARE(f.lens->histograms().panels()[3].title, "Probabilities");
        QVERIFY(!f.lens->facts().text().contains("Silent units"));
        QVERIFY(f.lens->histograms().isLogarithmic());
        f.lens->logarithmic().setChecked(false);
        QVERIFY(!f.lens->histograms().isLogarithmic());
        QVERIFY(!f.lens->grab().isNull());
    }

    void unitsByNumberAndByInfluence()
    {
        Fixture f;
        f.showModel();
        const auto& order = f.lens->network()->firstLayer.order;
        const auto& weights = f.lens->network()->firstLayer.weights;
        auto& units = f.lens->units();
        QCOMPARE(units.unit(), order[0]);
        QCOMPARE(f.lens->filter().filter().flux.size(), 64);
        QCOMPARE(f.lens->filter().filter().flux[5], double(weights(5, order[0])));
        QVERIFY(!units.stronger().isEnabled());
        units.weaker().click();
        QCOMPARE(units.unit(), order[1]);
        QCOMPARE(f.lens->filter().filter().flux[5], double(weights(5, order[1])));
        units.field().setValue(3);
        QCOMPARE(units.unit(), 2);
        QCOMPARE(units.slider().value(), 3);
        QCOMPARE(f.lens->filter().filter().flux[63], double(weights(63, 2)));
        units.slider().setValue(1);
        QCOMPARE(units.field().value(), 1);
        units.field().setValue(order[3] + 1);
        QVERIFY(!units.weaker().isEnabled());
        units.strongest().click();
        QCOMPARE(units.rank(), 0);
        // The model does not say how it began.
        QVERIFY(!units.change().isEnabled());
    }

    void theSelectedStandardStandsBehindTheFilter()
    {
        Fixture f;
        f.showModel();
        QVERIFY(f.lens->filter().spectrum().name.contains("mean"));
        f.selection.setSpectrum(f.spectra.standardId(2));
        QCOMPARE(f.lens->filter().spectrum().name,
            ui::standardName(f.workspace.atlas()->standards()[2]));
        QCOMPARE(f.lens->filter().spectrum().flux[20], double(f.workspace.atlas()->flux()(2, 20)));
    }

    // While it trains the numbers move; only while the lens can be seen.
    void aRunIsWatched()
    {
        Fixture f;
        f.session.start(endlessRun());
        QTRY_COMPARE_WITH_TIMEOUT(f.session.state(), State::Running, 60'000);
        QSignalSpy probes(&f.session, &ui::TrainingSession::networkProbed);
        QVERIFY(!probes.wait(300));
        f.lens->show();
        QTRY_VERIFY_WITH_TIMEOUT(f.lens->network(), 60'000);
        const auto first = f.lens->network();
        QTRY_VERIFY_WITH_TIMEOUT(f.lens->network() != first, 60'000);
        QVERIFY(f.lens->network()->epoch > first->epoch);
        QVERIFY(!f.lens->histograms().panels()[0].before.isEmpty());

        auto& units = f.lens->units();
        QVERIFY(units.change().isEnabled());
        f.session.pause();
        QTRY_COMPARE(f.session.state(), State::Paused);
        units.change().setChecked(true);
        const auto network = f.lens->network();
        QCOMPARE(f.lens->filter().filter().flux[7],
            double(network->firstLayer.weights(7, units.unit())
                - network->initial->firstWeights(7, units.unit())));
        f.lens->hide();
        while (probes.wait(500)) { } // what the pause itself had begun to look at
        f.session.resume();
        QVERIFY(!probes.wait(1500));
    }

    // The looks of a run side by side: at its beginning the weights alone are known.
    void theSpreadOverTheEpochs()
    {
        Fixture f;
        f.lens->show();
        f.session.start(endlessRun());
        QTRY_VERIFY_WITH_TIMEOUT(f.lens->history().size() >= 3, 60'000);
        f.lens->overEpochs().click();
        f.session.stop();
        QTRY_COMPARE_WITH_TIMEOUT(f.session.state(), State::Idle, 60'000);
        const auto& panels = f.lens->spreads().panels();
        QCOMPARE(panels.size(), 4);
        const ui::SpreadHistory& weights = panels[0].history;
        QCOMPARE(static_cast<std::size_t>(weights.epochs.size()), f.lens->history().size());
        QCOMPARE(weights.epochs.first(), 0.0);
        QVERIFY(std::is_sorted(weights.epochs.begin(), weights.epochs.end()));
        QVERIFY(std::isfinite(weights.percentiles[0].first()));
        QVERIFY(std::isnan(panels[1].history.percentiles[0].first()));
        for (std::size_t i = 1; i < weights.percentiles.size(); ++i)
            for (qsizetype look = 0; look < weights.epochs.size(); ++look)
                QVERIFY(weights.percentiles[i][look] >= weights.percentiles[i - 1][look]);
        // The read-out at the second look says its epoch and its median.
        const QString text = f.lens->spreads().textAt(0, weights.epochs[1]);
        QVERIFY2(text.contains(ui::numberText(weights.epochs[1], 0)), qPrintable(text));
        QVERIFY(text.contains(
            ui::compactText(weights.percentiles[ui::SpreadHistory::kMedian][1])));
        // The table has the same numbers; another layer has others.
        const ui::PlotTable table = f.lens->spreads().table();
        QCOMPARE(table.columns.size(), std::size_t(1 + 4 * 7));
        QCOMPARE(table.columns[1].numbers, weights.percentiles[0]);
        const auto first = weights.percentiles[0];
        QTest::keyClick(&f.lens->diagram(), Qt::Key_End);
        QVERIFY(f.lens->spreads().panels()[0].history.percentiles[0] != first);
        QVERIFY(!f.lens->grab().isNull());
    }

    // A run that was looked at for long keeps looks from its beginning to its end.
    void aLongHistoryIsThinned()
    {
        ui::ProbeHistory history;
        nn::NetworkProbe probe;
        probe.layers.resize(1);
        probe.layers[0].weights = nn::distributionOf(std::vector<float> { 1.0F, 2.0F });
        for (int epoch = 0; epoch < 2000; ++epoch)
            history.add(epoch, probe);
        const auto spread = history.of(0, &nn::LayerProbe::weights);
        QVERIFY(history.size() <= ui::ProbeHistory::kMost);
        QCOMPARE(spread.epochs.first(), 0.0);
        QCOMPARE(spread.epochs.last(), 1999.0);
        history.beginAt(1000); // a branch there
        QVERIFY(history.of(0, &nn::LayerProbe::weights).epochs.last() < 1000.0);
        probe.layers[0].fanIn = 7;
        history.add(0, probe);
        QCOMPARE(history.size(), std::size_t(1));
    }

    void viewsAreSwitched()
    {
        ui::ViewSwitch views;
        auto* first = new QLabel("first");
        auto* second = new QLabel("second");
        views.addView("one", "One", "The first view", first);
        views.addView("two", "Two", "The second view", second);
        views.show();
        QCOMPARE(views.current(), "one");
        QVERIFY(first->isVisible() && !second->isVisible());
        QSignalSpy changes(&views, &ui::ViewSwitch::viewChanged);
        QTest::keyClick(&views.tabs(), Qt::Key_Right);
        QCOMPARE(views.current(), "two");
        QVERIFY(second->isVisible() && !first->isVisible());
        views.setCurrent("three");
        QCOMPARE(views.current(), "two");
        views.setCurrent("one");
        QVERIFY(first->isVisible());
        QCOMPARE(changes.count(), 2);
    }
};

QTEST_MAIN(tst_NetworkLens)
#include "tst_network_lens.moc"
