#include "tests/support/star_atlas.h"
#include "tests/support/untrained_model.h"
#include "tests/ui/support/ui_test.h"
#include "ui/bridge/edit_history.h"
#include "ui/bridge/status_reporter.h"
#include "ui/models/spectrum_list_model.h"
#include "ui/models/workspace.h"
#include "ui/pages/evidence_tab.h"
#include "ui/pages/spectra_page.h"

#include <QAbstractItemModelTester>
#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QPlainTextEdit>
#include <QTableView>

#include <cmath>
#include <memory>
#include <numeric>

using namespace maury;

namespace {

/// The Spectra page with a network that was not trained, on made-up stars.
struct Bench {
    ui::Workspace workspace;
    ui::SpectrumListModel spectra;
    ui::Selection selection;
    ui::StatusReporter status;
    ui::EditHistory history;
    ui::SpectraPage page { ui::PageContext { workspace, spectra, selection, status, &history } };
    ui::SpectrumPlot& plot = *page.findChild<ui::SpectrumPlot*>();
    ui::EvidenceTab& tab = *page.inspector()->findChild<ui::EvidenceTab*>();
    QTableView& table = *tab.findChild<QTableView*>();

    Bench()
    {
        workspace.setAtlas(test::starAtlas({ 16.0, 31.0, 34.0 }));
        spectra.setAtlas(workspace.atlas());
        workspace.setLines(std::make_shared<const mk::LineList>(*mk::defaultLineList()));
        workspace.setModel(
            std::make_shared<const train::Model>(test::untrainedModel(workspace.atlas())),
            "untrained");
        page.resize(900, 600);
        page.show();
        selection.setSpectrum(spectra.standardId(5));
    }
};

} // namespace

class TestEvidence : public test::UiTest {
    Q_OBJECT
private slots:
    void appearsUnderTheSpectrumWhenAskedFor()
    {
        Bench bench;
        QTRY_VERIFY(!bench.plot.star().isEmpty());
        QVERIFY(bench.plot.evidence().isEmpty());
        QCOMPARE(bench.table.model()->rowCount(), 0);
        const QAbstractItemModelTester tester(bench.table.model());
        bench.tab.onBox().setChecked(true);
        QTRY_VERIFY(!bench.plot.evidence().isEmpty());
        QVERIFY(bench.table.model()->rowCount() > 5);
        const explain::HeadExplanation* head = bench.tab.shown();
        QVERIFY(head != nullptr);
        // What is drawn is what was computed: its integral is the sum of the contributions.
        const auto& drawn = bench.plot.evidence().contribution;
        const double sum
            = std::accumulate(drawn.begin(), drawn.end(), 0.0) * ui::EvidenceTrace::kStepAngstrom;
        QVERIFY(std::abs(sum - head->attribution.sum()) < 1e-9);
        QVERIFY(head->attribution.completenessError() < 0.01);
        QVERIFY(
            bench.tab.findChild<QLabel*>()->text().contains(QString::fromStdString(head->other)));
        QVERIFY(!bench.tab.findChild<QPlainTextEdit*>()->toPlainText().isEmpty());
        bench.tab.onBox().setChecked(false);
        QVERIFY(bench.plot.evidence().isEmpty());
        QCOMPARE(bench.table.model()->rowCount(), 0);
    }

    void aRowZoomsToItsLine()
    {
        Bench bench;
        bench.tab.onBox().setChecked(true);
        QTRY_VERIFY(!bench.plot.evidence().isEmpty());
        const explain::LineEvidence line = bench.tab.shown()->evidence.lines.at(2);
        emit bench.table.clicked(bench.table.model()->index(2, 0));
        const auto [first, last] = bench.plot.wavelengthRange();
        QVERIFY(first < line.wavelengthAngstrom && last > line.wavelengthAngstrom);
        QVERIFY(last - first < 150.0);
        QVERIFY(bench.plot.isZoomed());
    }

    void eitherHeadAndTheNextStar()
    {
        Bench bench;
        bench.tab.onBox().setChecked(true);
        QTRY_VERIFY(!bench.plot.evidence().isEmpty());
        const auto spectral = bench.plot.evidence().contribution;
        bench.tab.findChild<QComboBox*>()->setCurrentIndex(1);
        QVERIFY(bench.tab.shown()->head == classify::Head::Luminosity);
        QVERIFY(bench.plot.evidence().contribution != spectral);
        // Nothing of one star stays for the next; its own comes.
        const auto luminosity = bench.plot.evidence().contribution;
        bench.selection.setSpectrum(bench.spectra.standardId(0));
        QVERIFY(bench.plot.evidence().isEmpty());
        QCOMPARE(bench.table.model()->rowCount(), 0);
        QTRY_VERIFY(!bench.plot.evidence().isEmpty());
        QVERIFY(bench.plot.evidence().contribution != luminosity);
    }

    void thePlotsTableHoldsTheNumbers()
    {
        Bench bench;
        bench.tab.onBox().setChecked(true);
        QTRY_VERIFY(!bench.plot.evidence().isEmpty());
        const ui::PlotTable table = bench.plot.table();
        const bool found = std::any_of(table.columns.begin(), table.columns.end(),
            [&bench](const ui::PlotTable::Column& column) {
                return column.numbers == bench.plot.evidence().contribution;
            });
        QVERIFY(found);
    }
};

QTEST_MAIN(TestEvidence)
#include "tst_evidence.moc"
