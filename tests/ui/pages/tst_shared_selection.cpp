// One selection for all views: a star that is chosen in one of them is the star of all others.

#include "tests/ui/support/page_fixture.h"
#include "tests/ui/support/run_fixture.h"
#include "tests/ui/support/ui_test.h"
#include "ui/pages/evaluate_page.h"
#include "ui/pages/evidence_tab.h"
#include "ui/pages/filter_chips.h"
#include "ui/pages/judges_view.h"
#include "ui/pages/spectra_page.h"
#include "ui/pages/star_list.h"
#include "ui/plots/confusion_plot.h"
#include "ui/plots/row_table.h"
#include "ui/plots/scatter_plot.h"
#include "ui/plots/spectrum_plot.h"

#include <QCheckBox>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTabWidget>
#include <QToolButton>

using namespace maury;
using State = ui::TrainingSession::State;

namespace {

constexpr int kPatience = 20'000; // milliseconds

/// The Evaluate page after a short run that leaves mistakes, the Spectra page with evidence, and
/// the list of stars, on one selection.
struct Views : test::PageFixture {
    Views()
        : list(spectra, selection, &history)
        , spectraPage(context)
        , page(context, session)
    {
        inspector->setParent(nullptr);
        workspace.setLines(std::make_shared<const mk::LineList>(*mk::defaultLineList()));
        spectraPage.resize(900, 600);
        page.resize(900, 600);
        inspector->resize(900, 300);
        list.resize(264, 700);
        for (QWidget* view : { static_cast<QWidget*>(&list), static_cast<QWidget*>(&spectraPage),
                 static_cast<QWidget*>(&page), inspector.get() })
            view->show();
    }

    [[nodiscard]] bool run()
    {
        ui::RunRequest request = test::smallRun(1);
        request.config.live.learningRate = 0.02; // learns something, not everything
        session.start(request);
        if (!QTest::qWaitFor([this] { return session.state() == State::Idle; }, kPatience))
            return false;
        workspace.setModel(
            std::make_shared<const train::Model>(session.result()->report.best), "this run");
        evidence.onBox().setChecked(true);
        const QSignalSpy judged(&page.judging(), &ui::StarJudging::judged);
        page.judges().setWanted(ui::JudgesPanel::Stars::Standards);
        page.judges().judgeButton().click();
        return QTest::qWaitFor([&judged] { return judged.size() == 1; }, kPatience);
    }
    [[nodiscard]] const ui::Evaluation& evaluation() const { return *session.result()->evaluation; }
    [[nodiscard]] QString nameOf(ui::SpectrumId id) const
    {
        return QString::fromStdString(
            workspace.atlas()->standards()[*spectra.entry(id)->standard].name);
    }
    [[nodiscard]] QTableView& listView() { return *list.findChild<QTableView*>(); }
    [[nodiscard]] ui::RowTable& table(int columns)
    {
        for (auto* each : page.mistakes().findChildren<ui::RowTable*>())
            if (each->model()->columnCount() == columns)
                return *each;
        qFatal("no such list");
    }

    /// Everybody shows the selected star.
    void compareAll(const char* source)
    {
        const ui::SpectrumId id = selection.spectrum();
        QVERIFY2(spectra.entry(id) != nullptr, source);
        const QString name = nameOf(id);
        const auto& plots = page.plots();
        for (const auto head : { ui::Head::Spectral, ui::Head::Luminosity }) {
            const auto cell = ui::cellOfStar(evaluation(), name, head);
            QVERIFY2(cell.has_value(), source);
            QCOMPARE(plots.matrix(head).starCell(), QPoint(cell->predicted, cell->truth));
        }
        QCOMPARE(page.plots().scatter().starPoints(), ui::scatterPoints(evaluation(), name));
        const bool wrong = page.mistakes().mistakes().rowOf(name) >= 0;
        if (page.mistakes().chips().chips().isEmpty())
            QCOMPARE(page.mistakes().markedAmongMistakes(), wrong ? name : QString());
        if (page.mistakes().chips().chips().isEmpty())
            QCOMPARE(page.judges().marked(), id);
        QCOMPARE(list.place().first, spectra.indexOf(id).row() + 1);
        QCOMPARE(listView().currentIndex().row(), spectra.indexOf(id).row());
        QTRY_VERIFY_WITH_TIMEOUT(!spectrum.star().isEmpty(), kPatience);
        // The evidence is of this star: it says what the network says of it.
        QTRY_VERIFY_WITH_TIMEOUT(!spectrum.evidence().isEmpty(), kPatience);
        const auto row = page.judges().judges().rowOf(id);
        QVERIFY2(row.has_value(), source);
        const auto& judged = page.judges().judges().stars()[static_cast<std::size_t>(*row)];
        QVERIFY(evidence.shown() != nullptr);
        QCOMPARE(evidence.shown()->answer, judged.star.answer->spectralClass);
        QCOMPARE(page.judgesView().said(explain::Judge::Network),
            QString::fromStdString(judged.star.answer->type));
    }

    ui::StarList list;
    ui::SpectraPage spectraPage;
    ui::EvaluatePage page;
    std::unique_ptr<QWidget> inspector { page.inspector() };
    ui::SpectrumPlot& spectrum = *spectraPage.findChild<ui::SpectrumPlot*>();
    ui::EvidenceTab& evidence = *spectraPage.inspector()->findChild<ui::EvidenceTab*>();
};

} // namespace

class tst_SharedSelection : public test::UiTest {
    Q_OBJECT
private slots:
    void choosingInEachMovesAllOthers()
    {
        Views views;
        QVERIFY(views.run());
        auto& page = views.page;
        const auto wrong = ui::wrongStars(views.evaluation(), {});
        QVERIFY(wrong.size() >= 2);

        // The list of stars, by a click on a line.
        auto& list = views.listView();
        for (const int row : { 1, 10 }) {
            QTest::mouseClick(list.viewport(), Qt::LeftButton, Qt::NoModifier,
                list.visualRect(list.model()->index(row, 0)).center());
            QCOMPARE(views.selection.spectrum(), views.spectra.standardId(std::size_t(row)));
            views.compareAll("list of stars");
        }
        // The misclassified stars, by a click.
        auto& mistakes = views.table(ui::MistakesModel::ColumnCount);
        page.mistakes().findChild<QTabWidget*>()->setCurrentIndex(1);
        for (const int row : { 0, 1 }) {
            const QModelIndex index = mistakes.model()->index(row, 0);
            QTest::mouseClick(mistakes.viewport(), Qt::LeftButton, Qt::NoModifier,
                mistakes.visualRect(index).center());
            QCOMPARE(views.nameOf(views.selection.spectrum()),
                index.data(ui::kStarNameRole).toString());
            views.compareAll("misclassified stars");
        }
        // The judges, by keys.
        page.mistakes().showList(&page.judges());
        page.judges().view().selectRow(0);
        page.judges().view().setFocus();
        QTest::keyClick(&page.judges().view(), Qt::Key_Down);
        const QModelIndex second = page.judges().view().model()->index(1, 0);
        QCOMPARE(views.nameOf(views.selection.spectrum()), second.data().toString());
        views.compareAll("judges");
        // A bubble of the scatter, by a click; a cell of the matrix, by a key.
        page.plots().pictures().setCurrentIndex(1);
        auto& scatter = page.plots().scatter();
        const auto bubble = scatter.points().back();
        emit scatter.pointClicked(bubble.truth, bubble.predicted, bubble.luminosity);
        QCOMPARE(views.nameOf(views.selection.spectrum()), page.stars().stars()[0].standard);
        views.compareAll("scatter");
        page.plots().pictures().setCurrentIndex(0);
        for (const auto head : { ui::Head::Spectral, ui::Head::Luminosity }) {
            const auto cell = *ui::cellOfStar(views.evaluation(), wrong[1].standard, head);
            page.chooseCell(cell);
            QCOMPARE(views.nameOf(views.selection.spectrum()), page.stars().stars()[0].standard);
            QCOMPARE(page.mistakes().markedInCell(), page.stars().stars()[0].standard);
            views.compareAll("matrix");
        }
    }

    void cellsNarrowTheListsAsChips()
    {
        Views views;
        QVERIFY(views.run());
        auto& page = views.page;
        auto& panel = page.mistakes();
        auto& chips = panel.chips();
        const int all = panel.shownMistakes();
        const int judged = page.judges().view().model()->rowCount();
        QVERIFY(chips.chips().isEmpty() && !chips.isVisible());
        const auto point = page.plots().scatter().points().back();
        page.chooseCell({ ui::Head::Spectral, point.truth, point.predicted, point.luminosity });
        QCOMPARE(chips.chips().size(), 2); // the cell and the luminosity class of the bubble
        const auto stars = page.stars().stars().size();
        QCOMPARE(page.judges().view().model()->rowCount(), static_cast<int>(stars));
        QVERIFY(panel.shownMistakes() <= static_cast<int>(stars));
        // Removed by a click, and by a key.
        QTest::mouseClick(chips.button("luminosity"), Qt::LeftButton);
        QCOMPARE(chips.chips().size(), 1);
        QVERIFY(page.stars().stars().size() >= stars);
        chips.button("cell")->setFocus();
        QTest::keyClick(chips.button("cell"), Qt::Key_Backspace);
        QVERIFY(chips.chips().isEmpty());
        QCOMPARE(panel.shownMistakes(), all);
        QCOMPARE(page.judges().view().model()->rowCount(), judged);
        QVERIFY(page.stars().stars().empty());
        views.history.undo();
        QCOMPARE(chips.chips().size(), 1);
        views.history.undo();
        QCOMPARE(chips.chips().size(), 2);
        QCOMPARE(page.stars().stars().size(), stars);
        views.history.redo();
        QCOMPARE(chips.chips().size(), 1);
    }

    void textHeadAndChosenStarsAreChipsToo()
    {
        Views views;
        QVERIFY(views.run());
        auto& page = views.page;
        auto& panel = page.mistakes();
        auto& chips = panel.chips();
        QTest::keyClicks(&panel.search(), "l50");
        QVERIFY(chips.button("text") != nullptr);
        for (int row = 0; row < page.judges().view().model()->rowCount(); ++row)
            QVERIFY(page.judges().view().model()->index(row, 0).data().toString().contains("l50"));
        panel.setFilter({ true, false, 2 });
        QVERIFY(chips.button("head") != nullptr && chips.button("off") != nullptr);
        // A lasso elsewhere.
        views.selection.setGroup({ views.spectra.standardId(2), views.spectra.standardId(5) });
        QCOMPARE(chips.chips().size(), 4);
        QCOMPARE(page.judges().view().model()->rowCount(), 2); // both are dwarfs
        QTest::mouseClick(chips.button("group"), Qt::LeftButton);
        QVERIFY(views.selection.group().isEmpty());
        views.history.undo();
        QCOMPARE(views.selection.group().size(), 2);
        QTest::mouseClick(&chips.clearButton(), Qt::LeftButton);
        QVERIFY(chips.chips().isEmpty());
        QVERIFY(panel.search().text().isEmpty());
        QCOMPARE(panel.filter(), ui::WrongFilter {});
        QVERIFY(views.selection.group().isEmpty());
        QCOMPARE(page.judges().view().model()->rowCount(), 12);
        views.history.undo();
        QCOMPARE(chips.chips().size(), 4);
        QCOMPARE(page.judges().view().model()->rowCount(), 2);
    }
};

QTEST_MAIN(tst_SharedSelection)
#include "tst_shared_selection.moc"
