#include "core/project/label_exchange.h"
#include "tests/support/file_size_limit.h"
#include "tests/support/test_data.h"
#include "tests/ui/support/page_fixture.h"
#include "tests/ui/support/ui_test.h"
#include "ui/bridge/label_desk.h"
#include "ui/models/trace.h"
#include "ui/pages/classify_page.h"
#include "ui/pages/elided_label.h"
#include "ui/pages/label_panel.h"
#include "ui/pages/notice_bar.h"
#include "ui/pages/plate_panel.h"
#include "ui/plots/classify_plot.h"
#include "ui/plots/plate_view.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFile>
#include <QLineEdit>
#include <QRandomGenerator>
#include <QSignalSpy>
#include <QVBoxLayout>

#include <memory>

using namespace maury;
using namespace maury::test;

namespace {

/// The page with its inspector in a window, and a project for its labels.
class Fixture : public PageFixture {
public:
    explicit Fixture(int stars)
        : desk(spectra, &history)
    {
        auto made = project::Project::create(folder / "work.maury");
        if (!made || !desk.setProject(*std::move(made), "anna", false))
            qFatal("no project");
        for (int i = 0; i < stars; ++i)
            addStar(i);
        page = new ui::ClassifyPage(context, desk);
        auto* layout = new QVBoxLayout(&window);
        layout->addWidget(page);
        layout->addWidget(page->inspector());
        window.resize(1100, 800);
        window.show();
        page->onShown();
    }

    void addStar(int number)
    {
        const auto row = static_cast<std::size_t>(5 * number % 12);
        auto star
            = std::make_shared<spectrum::Spectrum>(*ui::standardSpectrum(*workspace.atlas(), row));
        star->object = "star " + std::to_string(number);
        ids.append(spectra.addSpectrum(star));
    }

    /// Waits until the star at hand is compared with the standards.
    void showStar(ui::SpectrumId id)
    {
        if (selection.spectrum() == id && !page->isBusy())
            return;
        QSignalSpy drawn(page, &ui::ClassifyPage::drawn);
        selection.setSpectrum(id);
        QTRY_VERIFY(!drawn.isEmpty());
    }

    void press(int key) { QTest::keyClick(&page->plot(), static_cast<Qt::Key>(key)); }

    [[nodiscard]] project::Label label() const { return desk.label(); }

    [[nodiscard]] QString shownTexts() const
    {
        QStringList texts;
        for (const auto* each : page->findChildren<ui::ElidedLabel*>())
            texts << each->wholeText();
        return texts.join('|');
    }

    [[nodiscard]] QByteArray exported() const
    {
        const auto file = folder / "labels.ecsv";
        const auto labels = desk.project()->acceptedLabels();
        if (!labels || !project::writeLabels(file, *labels))
            qFatal("no labels");
        QFile stream(QString::fromStdString(file.string()));
        if (!stream.open(QIODevice::ReadOnly))
            qFatal("no file");
        return stream.readAll();
    }

    TemporaryFolder folder;
    ui::LabelDesk desk;
    QList<ui::SpectrumId> ids;
    QWidget window;
    ui::ClassifyPage* page = nullptr;
};

} // namespace

class TestClassifyPage : public UiTest {
    Q_OBJECT
private slots:
    void arrowsWalkTheGridAndAreWrittenAtOnce()
    {
        Fixture f(3);
        f.showStar(f.ids[0]); // star 0 is A0 Ia, its nearest standard
        QCOMPARE(f.page->typeAtHand(), QString("A0 Ia"));
        QVERIFY(f.desk.state() == project::LabelState {});
        f.press(Qt::Key_Down);
        QCOMPARE(f.page->typeAtHand(), QString("A1 Ia"));
        f.press(Qt::Key_Right);
        QCOMPARE(f.page->typeAtHand(), QString("A1 III"));
        f.press(Qt::Key_Up);
        QCOMPARE(f.page->typeAtHand(), QString("A0 III"));
        f.press(Qt::Key_Up); // the hottest
        QCOMPARE(f.page->typeAtHand(), QString("A0 III"));
        const auto labels = f.desk.project()->labels();
        QVERIFY_RESULT(labels);
        QCOMPARE(labels->size(), std::size_t { 1 });
        QCOMPARE(labels->front().state.draft->type, std::string("A0 III"));
        QCOMPARE(labels->front().classifier, std::string("anna"));

        f.press(Qt::Key_Down);
        f.press(Qt::Key_Period); // between A1 III and A2 III
        QCOMPARE(f.label().type, std::string("A1.5 III"));
        QCOMPARE(f.page->plot().standard(0).name, QString("A1 III"));
        QCOMPARE(f.page->plot().standard(1).name, QString("A2 III"));
    }

    void theStarStandsBetweenItsNeighbours()
    {
        Fixture f(3);
        f.showStar(f.ids[1]); // row 5 of the atlas: A1 V
        QCOMPARE(f.page->typeAtHand(), QString("A1 V"));
        QCOMPARE(f.page->plot().standard(0).name, QString("A0 V"));
        QCOMPARE(f.page->plot().standard(1).name, QString("A2 V"));
        // It is the standard at hand itself: nothing is left of it.
        double largest = 0.0;
        for (const double value : f.page->plot().residual().flux)
            if (std::isfinite(value))
                largest = std::max(largest, std::abs(value));
        QVERIFY2(largest < 1e-2, qPrintable(QString::number(largest)));
    }

    void digitsAndLettersSayTheRest()
    {
        Fixture f(2);
        f.showStar(f.ids[0]);
        f.press(Qt::Key_3);
        f.press(Qt::Key_O);
        f.press(Qt::Key_E);
        QCOMPARE(f.label().quality, std::optional(3));
        QVERIFY(f.label().flags.odd && f.label().flags.emission && !f.label().flags.bad);
        QVERIFY(f.page->panel().quality(3).isChecked());
        QVERIFY(f.page->panel().flag(&project::Flags::odd).isChecked());
        f.press(Qt::Key_O);
        QVERIFY(!f.label().flags.odd);
        f.page->panel().quality(1).click();
        QCOMPARE(f.label().quality, std::optional(1));
        f.page->panel().flag(&project::Flags::bad).click();
        QVERIFY(f.label().flags.bad);
    }

    void typingNotesCallsNoKeys()
    {
        Fixture f(2);
        f.showStar(f.ids[0]);
        f.press(Qt::Key_W);
        QTRY_VERIFY(f.page->panel().notes().hasFocus());
        QTest::keyClicks(&f.page->panel().notes(), "bold 4 o");
        QCOMPARE(f.label().notes, std::string("bold 4 o"));
        QVERIFY(!f.label().quality);
        QVERIFY(f.label().flags == project::Flags {});
        QTest::keyClick(&f.page->panel().notes(), Qt::Key_Return);
        QTRY_VERIFY(f.page->plot().hasFocus());
        QCOMPARE(f.selection.spectrum(), f.ids[0]);
        // One word typed in one go is one step back.
        f.history.undo();
        QCOMPARE(f.label().notes, std::string());
    }

    void acceptingGoesOnAndNothingLeaks()
    {
        Fixture f(3);
        f.showStar(f.ids[0]);
        f.press(Qt::Key_Down);
        f.press(Qt::Key_2);
        f.press(Qt::Key_O);
        QSignalSpy drawn(f.page, &ui::ClassifyPage::drawn);
        f.press(Qt::Key_Space);
        QCOMPARE(f.selection.spectrum(), f.ids[1]);
        QVERIFY(f.label() == project::Label {});
        QVERIFY(!f.page->panel().quality(2).isChecked());
        QVERIFY(f.page->panel().notes().text().isEmpty());
        QTRY_VERIFY(!drawn.isEmpty());
        QCOMPARE(f.page->typeAtHand(), QString("A1 V"));
        f.press(Qt::Key_Backspace);
        QCOMPARE(f.selection.spectrum(), f.ids[0]);
        const project::Label label = f.label();
        QCOMPARE(label.type, std::string("A1 Ia"));
        QCOMPARE(label.quality, std::optional(2));
        QCOMPARE(label.atlas, f.workspace.atlas()->name());
        QVERIFY(QString::fromStdString(label.program).startsWith("Maury"));
        QVERIFY(!label.timeUtc.empty());
        QVERIFY(!f.desk.state().draft);
        QCOMPARE(f.page->typeAtHand(), QString("A1 Ia"));
    }

    void blindShowsNoAnswer()
    {
        Fixture f(2);
        f.showStar(f.ids[1]);
        QVERIFY2(f.shownTexts().contains("A1 V"), qPrintable(f.shownTexts()));
        f.press(Qt::Key_H);
        QVERIFY(f.page->panel().blind().isChecked());
        QVERIFY2(!f.shownTexts().contains("A1 V"), qPrintable(f.shownTexts()));
        // Where it begins tells nothing either: it is the same for every star.
        QStringList beginnings;
        for (const ui::SpectrumId id : { f.ids[0], f.ids[1] }) {
            f.showStar(id);
            beginnings << f.page->typeAtHand();
        }
        QCOMPARE(beginnings[0], beginnings[1]);
    }

    void theQueueSkipsWhatIsDone()
    {
        Fixture f(4);
        f.page->panel().queueBox().setCurrentIndex(1); // not yet typed
        for (const int star : { 1, 2 }) {
            f.showStar(f.ids[star]);
            f.press(Qt::Key_Return);
        }
        QCOMPARE(f.selection.spectrum(), f.ids[3]);
        f.press(Qt::Key_Backspace);
        QCOMPARE(f.selection.spectrum(), f.ids[0]);
        f.press(Qt::Key_N);
        QCOMPARE(f.selection.spectrum(), f.ids[3]);
        f.press(Qt::Key_N);
        QCOMPARE(f.selection.spectrum(), f.ids[3]);
    }

    void typesThatTheGridLacksAreTyped()
    {
        Fixture f(1);
        f.showStar(f.ids[0]);
        QLineEdit& type = f.page->panel().type();
        const auto enter = [&](const char* text) {
            type.setFocus();
            type.selectAll();
            QTest::keyClicks(&type, text);
            QTest::keyClick(&type, Qt::Key_Return);
        };
        enter("kA2hA5mF0");
        QTRY_COMPARE(f.label().type, std::string("kA2hA5mF0"));
        enter("nonsense");
        QTRY_COMPARE(type.text(), QString("kA2hA5mF0"));
        QCOMPARE(f.label().type, std::string("kA2hA5mF0"));
    }

    void hundredStarsByKeyboardAlone()
    {
        Fixture f(100);
        QSignalSpy drawn(f.page, &ui::ClassifyPage::drawn);
        f.selection.setSpectrum(f.ids[0]);
        for (int star = 0; star < 100; ++star) {
            QTRY_VERIFY(!drawn.isEmpty());
            drawn.clear();
            QCOMPARE(f.selection.spectrum(), f.ids[star]);
            for (int step = 0; step < star % 4; ++step)
                f.press(star % 2 == 0 ? Qt::Key_Down : Qt::Key_Up);
            f.press(Qt::Key_0 + star % 5);
            f.press(Qt::Key_Space);
        }
        const auto labels = f.desk.project()->acceptedLabels();
        QVERIFY_RESULT(labels);
        QCOMPARE(labels->size(), std::size_t { 100 });
        // Star 7 began at row 35 mod 12 = 11, A3 V, and went up three.
        for (const auto& each : *labels) {
            const int star = QString::fromStdString(each.star).mid(5).toInt();
            QCOMPARE(each.label.quality, std::optional(star % 5));
            QVERIFY(!each.label.type.empty());
            if (star == 7)
                QCOMPARE(each.label.type, std::string("A0 V"));
        }
    }

    void everythingUndoneLeavesTheSameBytes()
    {
        Fixture f(6);
        f.showStar(f.ids[2]);
        f.press(Qt::Key_Return);
        f.history.clear();
        const QByteArray before = f.exported();
        QRandomGenerator random(3);
        const QList<int> keys { Qt::Key_Up, Qt::Key_Down, Qt::Key_Left, Qt::Key_Right,
            Qt::Key_Period, Qt::Key_0, Qt::Key_2, Qt::Key_4, Qt::Key_O, Qt::Key_B, Qt::Key_Space };
        f.showStar(f.ids[0]);
        for (int i = 0; i < 500; ++i) {
            if (i % 50 == 0)
                f.showStar(f.ids[i / 50 % 6]);
            f.press(keys[random.bounded(keys.size())]);
        }
        QVERIFY(f.exported() != before);
        int steps = 0;
        for (; f.history.canUndo(); ++steps)
            f.history.undo();
        QVERIFY(steps > 50);
        QCOMPARE(f.exported(), before);
        const auto labels = f.desk.project()->labels();
        QVERIFY_RESULT(labels);
        QCOMPARE(labels->size(), std::size_t { 1 }); // no draft is left over
        f.history.redo();
        QVERIFY(f.history.canUndo());
    }

    void withoutAProjectNothingIsLostSilently()
    {
        PageFixture fixture;
        ui::LabelDesk desk(fixture.spectra, nullptr);
        ui::ClassifyPage page(fixture.context, desk);
        page.resize(900, 600);
        page.show();
        page.onShown();
        QSignalSpy drawn(&page, &ui::ClassifyPage::drawn);
        fixture.selection.setSpectrum(fixture.spectra.standardId(4));
        QTRY_VERIFY(!drawn.isEmpty());
        const int before = page.standard();
        QTest::keyClick(&page.plot(), Qt::Key_Down);
        QVERIFY(page.standard() != before);
        QTest::keyClick(&page.plot(), Qt::Key_Space);
        QCOMPARE(fixture.selection.spectrum(), fixture.spectra.standardId(4));
        QVERIFY(!page.panel().quality(2).isEnabled());
    }

    void tracesAndPlatesShowOneRange()
    {
        Fixture f(2);
        f.showStar(f.ids[1]);
        ui::PlateView& plates = f.page->plates().view();
        QCOMPARE(plates.strips().size(), 3);
        QCOMPARE(plates.strips()[1].name, QString("star 1"));
        QCOMPARE(plates.strips()[0].name, QString("A0 V"));
        f.page->plot().setWavelengthRange(4005.0, 4020.0);
        QCOMPARE(plates.wavelengthRange(), (std::pair { 4005.0, 4020.0 }));
        plates.zoomBy(0.5);
        QCOMPARE(f.page->plot().wavelengthRange(), plates.wavelengthRange());
        // Another type at hand keeps what is looked at.
        f.press(Qt::Key_Down);
        QCOMPARE(plates.wavelengthRange(), f.page->plot().wavelengthRange());
        f.press(Qt::Key_P);
        QVERIFY(f.page->plates().isHidden());
    }

    void aFullDiskIsToldAndNothingGoesOn()
    {
        Fixture f(2);
        f.showStar(f.ids[0]);
        f.press(Qt::Key_2);
        {
            const FileSizeLimit full(1'000);
            f.press(Qt::Key_4);
            QCOMPARE(f.label().quality, std::optional(2));
            f.press(Qt::Key_Space);
            QCOMPARE(f.selection.spectrum(), f.ids[0]); // not left while it is not written
            QVERIFY(f.page->findChild<ui::NoticeBar*>()->text().contains("Not written"));
        }
        f.press(Qt::Key_4);
        f.press(Qt::Key_Space);
        QCOMPARE(f.selection.spectrum(), f.ids[1]);
        const auto labels = f.desk.project()->acceptedLabels();
        QVERIFY_RESULT(labels);
        QCOMPARE(labels->front().label.quality, std::optional(4));
    }

    void aProjectIsGoneOnWithWhereItEnded()
    {
        Fixture f(0);
        const auto file = m_files.path() / "second.txt";
        m_files.write("first.txt", "4000 1\n");
        m_files.write("second.txt", "4000 1\n");
        auto made = project::Project::create(f.folder / "two.maury");
        QVERIFY_RESULT(made);
        const std::vector<project::Star> stars { { 0, "a", {}, {}, {},
                                                     { (m_files.path() / "first.txt").string() } },
            { 0, "b", {}, {}, {}, { file.string() } } };
        const auto ids = made->addStars(stars);
        QVERIFY_RESULT(ids);
        project::Label typed;
        typed.type = "B2 V";
        QVERIFY_RESULT(made->beginSession("ben"));
        QVERIFY_RESULT(made->keepPlace(ids->back()));
        QVERIFY_RESULT(made->record(ids->back(), "ben", { {}, typed }));
        QVERIFY_RESULT(f.desk.setProject(*std::move(made), "ben", true));
        QCOMPARE(f.spectra.openedCount(), 2);
        const ui::SpectrumEntry* entry = f.spectra.entry(f.selection.spectrum());
        QVERIFY(entry != nullptr);
        QCOMPARE(entry->file, QString::fromStdString(file.string()));
        QCOMPARE(f.label().type, std::string("B2 V"));
        QCOMPARE(f.desk.progress(f.selection.spectrum()), ui::LabelDesk::Progress::Accepted);
    }

    void criteriaAreBands()
    {
        Fixture f(2);
        f.showStar(f.ids[1]);
        const auto& bands = f.page->plot().bands();
        for (const ui::CriterionBand& band : bands)
            QVERIFY(band.first < band.last);
        f.press(Qt::Key_K);
        QVERIFY(f.page->plot().bands().isEmpty());
    }

private:
    TemporaryFolder m_files;
};

QTEST_MAIN(TestClassifyPage)
#include "tst_classify_page.moc"
