#include "tests/support/test_data.h"
#include "tests/ui/support/page_fixture.h"
#include "tests/ui/support/ui_test.h"
#include "ui/pages/atlas_sheet.h"
#include "ui/pages/plate_panel.h"
#include "ui/plots/plate_strips.h"
#include "ui/plots/plate_view.h"

#include <QCheckBox>
#include <QComboBox>
#include <QImage>
#include <QSignalSpy>

#include <cmath>

using namespace maury;
using namespace maury::ui;

namespace {

/// Flux 1 from 4000 to 4100 Å with a line at 4050 Å and a gap from 4080 Å.
Trace traceWithLine()
{
    Trace trace;
    trace.name = "star";
    for (int i = 0; i <= 200; ++i) {
        const double wavelength = 4000.0 + 0.5 * i;
        const double distance = (wavelength - 4050.0) / 2.0;
        trace.wavelength.append(wavelength);
        trace.flux.append(
            wavelength > 4080.0 ? std::nan("") : 1.0 - 0.9 * std::exp(-0.5 * distance * distance));
    }
    return trace;
}

} // namespace

class TestPlateView : public test::UiTest {
    Q_OBJECT
private slots:
    void linesAreLightOnTheNegativeAndDarkOnThePositive()
    {
        PlateStyle style;
        const QImage negative = PlateStrips::exposed(traceWithLine(), 4000.0, 4100.0, 100, style);
        QCOMPARE(negative.width(), 100);
        QVERIFY(negative.pixelColor(50, 0).lightness() > 200);
        QVERIFY(negative.pixelColor(20, 0).lightness() < 20);
        QCOMPARE(negative.pixelColor(90, 0).alpha(), 0); // no data
        style.negative = false;
        const QImage positive = PlateStrips::exposed(traceWithLine(), 4000.0, 4100.0, 100, style);
        QVERIFY(positive.pixelColor(50, 0).lightness() < 55);
        QVERIFY(positive.pixelColor(20, 0).lightness() > 235);
        QCOMPARE(positive.pixelColor(20, 0).saturation(), 0);
        style.colour = true;
        const QColor violet
            = PlateStrips::exposed(traceWithLine(), 4000.0, 4100.0, 100, style).pixelColor(20, 0);
        QVERIFY(violet.blue() > violet.red() && violet.red() > violet.green());
    }

    void zoomingShowsMoreThanThePixelsOfTheSpectrum()
    {
        // Between two pixels of the spectrum the strip goes on smoothly.
        const QImage zoomed = PlateStrips::exposed(traceWithLine(), 4049.0, 4051.0, 200, {});
        for (int column = 1; column < zoomed.width(); ++column) {
            const int step = zoomed.pixelColor(column, 0).lightness()
                - zoomed.pixelColor(column - 1, 0).lightness();
            QVERIFY2(std::abs(step) < 4, qPrintable(QString::number(step)));
        }
    }

    void thePlateHasItsScale()
    {
        PlatePanel panel;
        panel.resize(800, 300);
        panel.show();
        panel.view().setStrips({ traceWithLine(), traceWithLine() });
        QCOMPARE(panel.view().wavelengthRange(), (std::pair { 4000.0, 4100.0 }));
        QSignalSpy led(&panel.view(), &PlateView::rangeShown);
        panel.view().setWavelengthRange(4020.0, 4060.0); // follows without leading
        QVERIFY(led.isEmpty());
        panel.view().zoomBy(0.5);
        QCOMPARE(led.size(), 1);
        panel.box(&PlateStyle::plateScale).click();
        QVERIFY(panel.view().style().plateScale);
        (void)panel.view().timeReplot();
        const auto [first, last] = panel.view().wavelengthRange();
        const double millimetres = (800 - 100) / (panel.logicalDpiX() / 25.4);
        QVERIFY(std::abs((last - first) / millimetres - kPlateScale) < 5.0);
        QCOMPARE(0.5 * (first + last), 4050.0);
    }

    void namesStandAboveAndBelow()
    {
        PlateView view;
        view.resize(800, 200);
        view.show();
        view.setStrips({ traceWithLine() });
        view.setMarkers(
            { { 4050.0, "Hδ", 2.0 }, { 4051.0, "He I", 1.0 }, { 4200.0, "Fe I", 1.0 } });
        (void)view.timeReplot();
        QCOMPARE(view.shownLineNames(), (QStringList { "Hδ", "He I" }));
    }

    void aSheetHoldsAWholeSequenceAndIsExported()
    {
        test::PageFixture fixture;
        AtlasSheet sheet(fixture.workspace.atlas(), nullptr, fixture.status);
        sheet.show();
        QCOMPARE(sheet.sequences().count(), 3 + 4); // luminosities V III Ia, classes A0 … A3
        QCOMPARE(sheet.plates().view().strips().size(), 4);
        QCOMPARE(sheet.plates().view().strips().first().name, QString("A0 V"));
        sheet.sequences().setCurrentIndex(3);
        QCOMPARE(sheet.plates().view().strips().size(), 3);
        QCOMPARE(sheet.plates().view().strips().last().name, QString("A0 V"));
        const test::TemporaryFolder folder;
        for (const char* name : { "sheet.pdf", "sheet.svg", "sheet.png" }) {
            const auto file = folder / name;
            QVERIFY_RESULT(
                sheet.plates().view().writeFigure(QString::fromStdString(file.string()), {}));
            QVERIFY(std::filesystem::file_size(file) > 2000);
        }
        const QImage picture(QString::fromStdString((folder / "sheet.png").string()));
        int dark = 0;
        for (int y = 0; y < picture.height(); y += 7)
            for (int x = 0; x < picture.width(); x += 7)
                dark += picture.pixelColor(x, y).lightness() < 60 ? 1 : 0;
        QVERIFY(dark > 1000); // the strips of the negative
    }
};

QTEST_MAIN(TestPlateView)
#include "tst_plate_view.moc"
