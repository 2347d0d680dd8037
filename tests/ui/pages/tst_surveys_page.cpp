#include "ui/pages/surveys_page.h"

#include "tests/support/store_files.h"
#include "tests/ui/support/ui_test.h"
#include "ui/bridge/status_reporter.h"
#include "ui/models/spectrum_list_model.h"
#include "ui/models/workspace.h"
#include "ui/plots/row_table.h"

#include <QAbstractItemModelTester>
#include <QHeaderView>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>

using namespace maury;
using ui::CatalogueModel;

namespace {

/// What a page needs of a window.
struct Fixture {
    ui::Workspace workspace;
    ui::SpectrumListModel spectra;
    ui::Selection selection;
    ui::StatusReporter status;
    ui::PageContext context { workspace, spectra, selection, status, nullptr };
};

QString path(const std::filesystem::path& file)
{
    return QString::fromStdString(file.string());
}

QString cell(const QAbstractItemModel& model, int line, int column)
{
    return model.index(line, column).data().toString();
}

} // namespace

class TestSurveysPage : public test::UiTest {
    Q_OBJECT

    test::TemporaryFolder m_folder;

    [[nodiscard]] bool open(ui::SurveysPage& page)
    {
        QSignalSpy opened(&page, &ui::SurveysPage::storeOpened);
        page.openStore(path(m_folder / "s.h5"));
        return opened.wait(20'000);
    }

private slots:
    void initTestCase() { test::writeNativeStore(m_folder / "s.h5", 1500); }

    void linesAreReadWhenTheyAreShown()
    {
        CatalogueModel model;
        QAbstractItemModelTester tester(&model);
        model.setStore(store::Store::open(m_folder / "s.h5").value());
        QCOMPARE(model.rowCount(), 1500);
        QTRY_COMPARE(cell(model, 700, CatalogueModel::Object), QStringLiteral("star 700"));
        QCOMPARE(cell(model, 700, CatalogueModel::Survey), QStringLiteral("galah"));
        QCOMPARE(cell(model, 701, CatalogueModel::Object), QStringLiteral("star 701"));
        QTRY_COMPARE(cell(model, 1499, CatalogueModel::Type), QStringLiteral("K3 III"));
        model.setRows({ 9, 3, 1200 });
        QCOMPARE(model.rowCount(), 3);
        QTRY_COMPARE(cell(model, 2, CatalogueModel::Object), QStringLiteral("star 1200"));
        QCOMPARE(cell(model, 0, CatalogueModel::Object), QStringLiteral("star 9"));
        QCOMPARE(cell(model, 0, CatalogueModel::RightAscension), QStringLiteral("n/a"));
        QTRY_VERIFY(!model.isReading());
    }

    void conditionsAndSortingChooseTheLines()
    {
        Fixture fixture;
        ui::SurveysPage page(fixture.context);
        page.resize(900, 600);
        page.show();
        QVERIFY(open(page));
        auto& table = *page.findChild<ui::RowTable*>();
        QCOMPARE(table.model()->rowCount(), 1500);
        page.findChild<QLineEdit*>()->setText("survey = galah and velocity < 0");
        QTRY_COMPARE(table.model()->rowCount(), 17); // 1, 4 … 49
        table.horizontalHeader()->setSortIndicator(CatalogueModel::Velocity, Qt::DescendingOrder);
        QTRY_COMPARE(cell(*table.model(), 0, CatalogueModel::Object), QStringLiteral("star 49"));
        page.findChild<QLineEdit*>()->setText("survey = ");
        QTest::keyClick(page.findChild<QLineEdit*>(), Qt::Key_Return);
        QTest::qWait(50);
        QCOMPARE(table.model()->rowCount(), 17); // what cannot be understood changes nothing
        page.findChild<QLineEdit*>()->clear();
        QTRY_COMPARE(table.model()->rowCount(), 1500);
    }

    void chosenSpectraComeToTheStarList()
    {
        Fixture fixture;
        ui::SurveysPage page(fixture.context);
        QVERIFY(open(page));
        QSignalSpy asked(&page, &ui::Page::pageRequested);
        auto& table = *page.findChild<ui::RowTable*>();
        table.selectRow(41);
        table.selectionModel()->select(table.model()->index(43, 0),
            QItemSelectionModel::Select | QItemSelectionModel::Rows);
        page.showChosen();
        QVERIFY(asked.wait(20'000));
        QCOMPARE(fixture.spectra.openedCount(), 2);
        const auto* entry = fixture.spectra.entry(fixture.selection.spectrum());
        QVERIFY(entry != nullptr);
        QCOMPARE(entry->name, QStringLiteral("star 41"));
        QVERIFY(entry->spectrum->segments.front().flux
            == test::storedSpectrum(41)->segments.front().flux);
        page.showChosen(); // they are listed already
        QVERIFY(asked.wait(20'000));
        QCOMPARE(fixture.spectra.openedCount(), 2);
    }

    void aPartIsSavedAsAStore()
    {
        Fixture fixture;
        ui::SurveysPage page(fixture.context);
        QVERIFY(open(page));
        auto& table = *page.findChild<ui::RowTable*>();
        QCOMPARE(page.rowsToSave().size(), std::size_t(1500)); // one chosen line: all
        table.selectRow(7);
        table.selectionModel()->select(table.model()->index(5, 0),
            QItemSelectionModel::Select | QItemSelectionModel::Rows);
        QSignalSpy told(&fixture.status, &ui::StatusReporter::messageShown);
        page.save(path(m_folder / "part.h5"));
        QVERIFY(told.wait(20'000));
        const auto part = store::Store::open(m_folder / "part.h5");
        QVERIFY_RESULT(part);
        QCOMPARE((*part)->size(), std::uint64_t(2));
        QCOMPARE((*part)->entry(0).value().object, std::string("star 5"));
    }

    void whatIsNoStoreIsSaid()
    {
        Fixture fixture;
        ui::SurveysPage page(fixture.context);
        QSignalSpy told(&fixture.status, &ui::StatusReporter::messageShown);
        page.openStore(path(m_folder / "none.h5"));
        QVERIFY(told.wait(20'000));
        QVERIFY(told.first().first().toString().contains("none.h5"));
        QVERIFY(page.catalogue().store() == nullptr);
    }
};

QTEST_MAIN(TestSurveysPage)
#include "tst_surveys_page.moc"
