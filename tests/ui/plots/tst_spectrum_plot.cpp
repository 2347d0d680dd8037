#include "ui/plots/spectrum_plot.h"

#include "tests/ui/support/ui_test.h"

#include <QSignalSpy>
#include <QWheelEvent>

#include <cmath>

#include <qcustomplot.h>

using namespace maury;

namespace {

ui::Trace line(double first, double last, double level)
{
    ui::Trace trace;
    trace.name = "A0 V";
    for (int i = 0; i <= 400; ++i) {
        trace.wavelength << first + (last - first) * i / 400.0;
        trace.flux << level + 0.1 * std::sin(i / 7.0);
    }
    return trace;
}

QCustomPlot& canvas(ui::SpectrumPlot& plot)
{
    return *plot.findChild<QCustomPlot*>();
}

void show(ui::SpectrumPlot& plot)
{
    plot.resize(800, 500);
    plot.show();
    QVERIFY(QTest::qWaitForWindowExposed(&plot));
    canvas(plot).replot();
}

} // namespace

class TestSpectrumPlot : public test::UiTest {
    Q_OBJECT
private slots:
    void zoomSurvivesNewData()
    {
        ui::SpectrumPlot plot;
        plot.setCurves(line(3800, 4600, 1.0), { line(3800, 4600, 0.9), {} }, line(3800, 4600, 0.0));
        QCOMPARE(plot.wavelengthRange(), std::pair(3800.0, 4600.0));
        plot.setCurves(line(3900, 4500, 1.0), {}, {});
        QCOMPARE(plot.wavelengthRange(), std::pair(3900.0, 4500.0));
        plot.setWavelengthRange(4200, 4300);
        QVERIFY(plot.isZoomed());
        plot.setCurves(line(3800, 4600, 2.0), {}, line(3800, 4600, 0.0));
        QCOMPARE(plot.wavelengthRange(), std::pair(4200.0, 4300.0));
        plot.ensureOverlap(3800, 4600);
        QVERIFY(plot.isZoomed());
        plot.ensureOverlap(5000, 6000);
        QVERIFY(!plot.isZoomed());
        QCOMPARE(plot.wavelengthRange(), std::pair(3800.0, 4600.0));
    }

    // Spectrum, evidence and residual.
    void allPanelsShareTheirWavelengths()
    {
        ui::SpectrumPlot plot;
        plot.setCurves(line(3800, 4600, 1.0), {}, line(3800, 4600, 0.0));
        const auto panels = canvas(plot).axisRects();
        QCOMPARE(panels.size(), 3);
        for (QCPAxisRect* panel : panels) {
            panel->axis(QCPAxis::atBottom)->setRange(4000, 4100);
            QCOMPARE(plot.wavelengthRange(), std::pair(4000.0, 4100.0));
            plot.resetZoom();
            for (const QCPAxisRect* other : panels)
                QCOMPARE(other->axis(QCPAxis::atBottom)->range().upper, 4600.0);
        }
    }

    void evidenceHasAPanelOnlyWhileThereIsSome()
    {
        ui::SpectrumPlot plot;
        plot.setCurves(line(3800, 4600, 1.0), {}, {});
        const QCPAxisRect& panel = *canvas(plot).axisRects().at(1);
        QVERIFY(!panel.visible());
        ui::EvidenceTrace evidence;
        evidence.answer = "B2";
        evidence.wavelength = { 4001.0, 4003.0, 4005.0 };
        evidence.contribution = { 0.5, -2.0, 0.0 };
        plot.setEvidence(evidence);
        QVERIFY(panel.visible());
        const QCPRange range = panel.axis(QCPAxis::atLeft)->range();
        QVERIFY(range.upper > 2.0 && range.lower < -2.0);
        QCOMPARE(range.upper, -range.lower); // zero in the middle
        plot.setEvidence({});
        QVERIFY(!panel.visible());
    }

    void theWheelZoomsWavelengthsAndWithControlFlux()
    {
        ui::SpectrumPlot plot;
        plot.setCurves(line(3800, 4600, 1.0), {}, {});
        show(plot);
        const auto wheel = [&plot](Qt::KeyboardModifiers modifiers) {
            const QPointF place = canvas(plot).axisRect(0)->center();
            QWheelEvent event(place, canvas(plot).mapToGlobal(place), {}, { 0, 120 }, Qt::NoButton,
                modifiers, Qt::NoScrollPhase, false);
            QCoreApplication::sendEvent(&canvas(plot), &event);
        };
        const QCPAxis* flux = canvas(plot).axisRect(0)->axis(QCPAxis::atLeft);
        const double before = flux->range().size();
        wheel(Qt::NoModifier);
        const auto [first, last] = plot.wavelengthRange();
        QVERIFY(last - first < 790.0);
        QCOMPARE(flux->range().size(), before);
        wheel(Qt::ControlModifier);
        QCOMPARE(plot.wavelengthRange(), std::pair(first, last));
        QVERIFY(flux->range().size() < 0.99 * before);
        plot.resetZoom();
        QCOMPARE(flux->range().size(), before);
    }

    void aCosmicRayDoesNotFlattenTheSpectrum()
    {
        ui::Trace star;
        for (int i = 0; i < 4000; ++i) {
            star.wavelength << 4000.0 + i;
            star.flux << (i == 1000 ? 1e6 : i == 2000 ? std::nan("") : 1.0 + 0.1 * (i % 5));
        }
        ui::SpectrumPlot plot;
        plot.setCurves(star, {}, {});
        QVERIFY(canvas(plot).axisRect(0)->axis(QCPAxis::atLeft)->range().upper < 3.0);
    }

    void markerNamesNeverTouchAndTheImportantOnesWin()
    {
        ui::SpectrumPlot plot;
        plot.setCurves(line(3800, 4600, 1.0), {}, {});
        QVector<ui::LineMarker> markers { { 4340.5, "Hγ", 10.0 }, { 4101.7, "Hδ", 10.0 } };
        for (int i = 0; i < 200; ++i)
            markers << ui::LineMarker { 3800.0 + 4.0 * i, QString("Fe I %1").arg(i), 1.0 };
        plot.setMarkers(markers);
        show(plot);
        const QStringList wide = plot.shownMarkerNames();
        QVERIFY(wide.contains("Hγ") && wide.contains("Hδ"));
        QVERIFY(wide.size() > 5 && wide.size() < 40);
        plot.setWavelengthRange(4335, 4345);
        canvas(plot).replot();
        QVERIFY(plot.shownMarkerNames().contains("Hγ"));
        QVERIFY(!plot.shownMarkerNames().contains("Hδ"));
    }

    void theReadoutNamesStarStandardAndResidual()
    {
        ui::SpectrumPlot plot;
        plot.setCurves(line(3800, 4600, 1.0), { line(3800, 4600, 0.9), {} }, line(3800, 4600, 0.0));
        show(plot);
        QSignalSpy readouts(&plot, &ui::SpectrumPlot::readoutChanged);
        QTest::mouseMove(&canvas(plot), canvas(plot).axisRect(0)->center());
        QTRY_VERIFY(!readouts.isEmpty());
        const QString text = readouts.last().first().toString();
        QVERIFY2(text.contains("Å") && text.contains("A0 V") && text.contains("residual"),
            qPrintable(text));
        QEvent leave(QEvent::Leave);
        QCoreApplication::sendEvent(&canvas(plot), &leave);
        QVERIFY(readouts.last().first().toString().isEmpty());
    }
};

QTEST_MAIN(TestSpectrumPlot)
#include "tst_spectrum_plot.moc"
