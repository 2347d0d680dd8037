#include "tests/support/star_atlas.h"
#include "tests/ui/support/page_fixture.h"
#include "tests/ui/support/ui_test.h"
#include "ui/pages/evaluate_page.h"
#include "ui/plots/row_table.h"

#include <QSignalSpy>
#include <QToolButton>

using namespace maury;

namespace {

constexpr int kPatience = 60'000; // milliseconds

explain::SuspicionSettings smallSettings()
{
    explain::SuspicionSettings settings;
    settings.folds = 2;
    settings.training.hidden = { 16 };
    settings.training.batchSize = 16;
    settings.training.steps = 40;
    settings.training.warmUpSteps = 10;
    settings.training.threads = 1;
    return settings;
}

struct SuspectsFixture : test::PageFixture {
    SuspectsFixture()
        : page(context, session)
    {
        atlas = test::starAtlas({ 16.0, 18.0, 20.0, 22.0, 24.0, 26.0 }, robust::libraryGrid());
        workspace.setAtlas(atlas);
        spectra.setAtlas(atlas);
        inspector->setParent(nullptr);
        inspector->show();
        page.inquiry().setLoader([this](const ui::RunLibrary&) {
            return base::Result<robust::Library>(robust::Library { atlas });
        });
    }

    mk::AtlasPtr atlas; // used by the page's thread
    ui::EvaluatePage page;
    std::unique_ptr<QWidget> inspector { page.inspector() };
};

} // namespace

class tst_Suspects : public test::UiTest {
    Q_OBJECT
private slots:
    void rankedAsOnTheCommandLine()
    {
        SuspectsFixture f;
        QVERIFY(f.page.suspects().inquireButton().isEnabled());
        const QSignalSpy found(&f.page.inquiry(), &ui::LabelInquiry::found);
        f.page.inquire(smallSettings());
        QVERIFY(f.page.inquiry().isBusy());
        QVERIFY(!f.page.suspects().inquireButton().isEnabled());
        QTRY_COMPARE_WITH_TIMEOUT(found.size(), 1, kPatience);
        QVERIFY(f.page.suspects().inquireButton().isEnabled());
        const auto backend = train::createBackend("cpu", 1);
        const auto again = explain::suspectLabels({ f.atlas }, smallSettings(), **backend);
        QVERIFY_RESULT(again);
        const auto& shown = f.page.suspects().suspects().suspects();
        QCOMPARE(shown.size(), 18u);
        for (std::size_t i = 0; i < shown.size(); ++i) {
            QCOMPARE(shown[i].star, (*again)[i].star);
            QCOMPARE(shown[i].score, (*again)[i].score);
        }
        // A line is the selection, and the selection marks its line.
        auto& view = f.page.suspects().view();
        view.selectRow(4);
        const auto selected = f.spectra.entry(f.selection.spectrum());
        QVERIFY(selected != nullptr);
        QCOMPARE(f.atlas->standards()[*selected->standard].name, shown[4].star);
        f.selection.setSpectrum(f.spectra.standardId(7));
        QCOMPARE(f.page.suspects().marked().toStdString(), f.atlas->standards()[7].name);
        f.selection.setSpectrum(ui::kNoSpectrum);
        QVERIFY(f.page.suspects().marked().isEmpty());
        QCOMPARE(f.page.suspects().suspects().table().rows(), 18);
    }

    void canBeCancelledAndFails()
    {
        SuspectsFixture f;
        const QSignalSpy found(&f.page.inquiry(), &ui::LabelInquiry::found);
        const QSignalSpy failed(&f.page.inquiry(), &ui::LabelInquiry::failed);
        f.page.inquire(smallSettings());
        f.status.currentJob()->cancel();
        QVERIFY(!f.page.inquiry().isBusy());
        QVERIFY(f.page.suspects().inquireButton().isEnabled());
        auto tooMany = smallSettings();
        tooMany.folds = 19;
        f.page.inquire(tooMany);
        QTRY_COMPARE_WITH_TIMEOUT(failed.size(), 1, kPatience);
        QCOMPARE(found.size(), 0);
        QVERIFY(f.page.suspects().inquireButton().isEnabled());
    }
};

QTEST_MAIN(tst_Suspects)
#include "tst_suspects.moc"
