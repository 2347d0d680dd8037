#include "tests/ui/support/ui_test.h"
#include "ui/pages/notice_bar.h"
#include "ui/plots/plate_view.h"
#include "ui/plots/spectrum_plot.h"

#include <QApplication>
#include <QImage>
#include <QLabel>

#include <cmath>

using namespace maury;

namespace {

constexpr int kScale = 2;

/// Flux that changes from every pixel of the screen to the next.
ui::Trace fineTrace()
{
    ui::Trace trace;
    trace.name = "star";
    for (int i = 0; i < 20'000; ++i) {
        trace.wavelength.append(4000.0 + 0.005 * i);
        trace.flux.append(0.6 + 0.4 * std::sin(0.9 * i));
    }
    return trace;
}

/// Pairs of device pixels below one logical pixel that differ, in the middle row of a picture.
int differingPairs(const QImage& picture)
{
    int pairs = 0;
    for (int x = 0; x + 1 < picture.width(); x += kScale)
        for (const int y : { picture.height() / 4, picture.height() / 2 })
            pairs += picture.pixel(x, y) != picture.pixel(x + 1, y) ? 1 : 0;
    return pairs;
}

} // namespace

/// On a screen with two pixels for one.
class TestHighDpi : public test::UiTest {
    Q_OBJECT
private slots:
    void platesUseEveryPixelOfTheScreen()
    {
        ui::PlateView view;
        view.resize(600, 200);
        view.setStrips({ fineTrace() });
        view.show();
        QVERIFY(QTest::qWaitForWindowExposed(&view));
        (void)view.timeReplot();
        const QImage picture = view.grab().toImage();
        QCOMPARE(picture.devicePixelRatio(), double(kScale));
        QCOMPARE(picture.width(), kScale * 600);
        QVERIFY2(
            differingPairs(picture) > 100, qPrintable(QString::number(differingPairs(picture))));
    }

    void curvesAreSharp()
    {
        ui::SpectrumPlot plot;
        plot.resize(600, 300);
        plot.setCurves(fineTrace(), {}, {});
        plot.show();
        QVERIFY(QTest::qWaitForWindowExposed(&plot));
        (void)plot.timeReplot();
        const QImage picture = plot.grab().toImage();
        QCOMPARE(picture.width(), kScale * 600);
        QVERIFY(differingPairs(picture) > 100);
    }

    void symbolsAreSharp()
    {
        ui::NoticeBar bar;
        bar.showWarning("text");
        const auto labels = bar.findChildren<QLabel*>();
        bool seen = false;
        for (const QLabel* label : labels)
            if (const QPixmap symbol = label->pixmap(); !symbol.isNull()) {
                QCOMPARE(symbol.devicePixelRatio(), double(kScale));
                seen = true;
            }
        QVERIFY(seen);
    }
};

int main(int argc, char** argv)
{
    qputenv("QT_SCALE_FACTOR", QByteArray::number(kScale)); // before there is an application
    QApplication application(argc, argv);
    TestHighDpi test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_high_dpi.moc"
