#include "tests/ui/support/ui_test.h"
#include "ui/models/confusion_model.h"
#include "ui/plots/confusion_plot.h"
#include "ui/plots/reliability_plot.h"
#include "ui/plots/scatter_plot.h"

#include <QFontMetrics>
#include <QSignalSpy>

#include <cmath>

#include <qcustomplot.h>

using namespace maury;

namespace {

constexpr std::size_t kClasses = 31;

QStringList classNames()
{
    QStringList names;
    for (std::size_t i = 0; i < kClasses; ++i)
        names.append(QStringLiteral("B%1.5").arg(i % 10));
    return names;
}

train::HeadMetrics diagonal()
{
    std::vector<std::vector<std::int64_t>> counts(kClasses, std::vector<std::int64_t>(kClasses, 0));
    std::vector<std::string> names;
    for (std::size_t i = 0; i < kClasses; ++i) {
        counts[i][i] = 20;
        names.push_back(classNames()[static_cast<qsizetype>(i)].toStdString());
    }
    return train::scoreConfusion(counts, names);
}

const std::vector<ui::ScatterPoint> kPoints { { 0, 0, 0, 40 }, { 0, 0, 2, 60 }, { 4, 7, 1, 1 },
    { 20, 19, 2, 5 } };

QCustomPlot& canvas(QWidget& plot)
{
    return *plot.findChild<QCustomPlot*>();
}

void show(QWidget& plot, QSize size)
{
    plot.resize(size);
    plot.show();
    QVERIFY(QTest::qWaitForWindowExposed(&plot));
    canvas(plot).replot(); // labels find their room …
    canvas(plot).replot(); // … and stand there
}

/// The labels of an axis stand further apart than they are long.
void labelsDoNotTouch(const QCPAxis& axis, bool across, const QFont& font)
{
    const QFontMetrics metrics(font);
    const auto& ticks = axis.ticker().staticCast<QCPAxisTickerText>()->ticks();
    QVERIFY(ticks.size() >= 4);
    double before = std::nan("");
    for (auto tick = ticks.cbegin(); tick != ticks.cend(); ++tick) {
        const double place = axis.coordToPixel(tick.key());
        const int length = across ? metrics.horizontalAdvance(tick.value()) : metrics.ascent();
        if (std::isfinite(before))
            QVERIFY(std::abs(place - before) > length);
        before = place;
    }
}

} // namespace

class tst_ClassPlots : public test::UiTest {
    Q_OBJECT
private slots:
    void thirtyOneClassesAreLegibleWhenSmall()
    {
        ui::ConfusionModel model;
        model.setMetrics(diagonal());
        ui::ConfusionPlot matrix(model);
        ui::ScatterPlot scatter;
        scatter.setPoints(classNames(), kPoints);
        for (QWidget* plot : { static_cast<QWidget*>(&matrix), static_cast<QWidget*>(&scatter) })
            for (const QSize size : { QSize(300, 230), QSize(470, 400), QSize(1000, 800) }) {
                show(*plot, size);
                const QCPAxisRect& rect = *canvas(*plot).axisRect();
                labelsDoNotTouch(*rect.axis(QCPAxis::atBottom), true, plot->font());
                labelsDoNotTouch(*rect.axis(QCPAxis::atLeft), false, plot->font());
                QVERIFY(rect.width() > size.width() / 3);
                QVERIFY(rect.height() > size.height() / 2);
            }
    }

    void theMatrixFramesChosenAndStarCell()
    {
        ui::ConfusionModel model;
        model.setMetrics(diagonal());
        ui::ConfusionPlot matrix(model);
        show(matrix, { 500, 400 });
        const auto framed = [&matrix] {
            int frames = 0;
            for (int i = 0; i < canvas(matrix).itemCount(); ++i)
                frames += qobject_cast<QCPItemRect*>(canvas(matrix).item(i)) != nullptr
                        && canvas(matrix).item(i)->visible()
                    ? 1
                    : 0;
            return frames;
        };
        QCOMPARE(framed(), 0);
        matrix.setStarCell(3, 4);
        QCOMPARE(framed(), 1);
        QCOMPARE(matrix.starCell(), QPoint(4, 3));
        matrix.setChosenCell(3, 3);
        QCOMPARE(framed(), 2);
        matrix.setStarCell(-1, -1);
        QCOMPARE(framed(), 1);
        train::HeadMetrics fewer = train::scoreConfusion({ { 1 } }, { "A0" });
        matrix.setStarCell(3, 4);
        model.setMetrics(fewer); // the cells are gone
        QCOMPARE(framed(), 0);
    }

    void aClickOnABubbleChoosesIt()
    {
        ui::ScatterPlot scatter;
        scatter.setPoints(classNames(), kPoints);
        show(scatter, { 700, 600 });
        QSignalSpy clicked(&scatter, &ui::ScatterPlot::pointClicked);
        for (const auto& point : kPoints) {
            QTest::mouseClick(
                &canvas(scatter), Qt::LeftButton, Qt::NoModifier, scatter.placeOf(point).toPoint());
            QCOMPARE(clicked.size(), 1);
            const auto said = clicked.takeFirst();
            QCOMPARE(said[0].toInt(), point.truth);
            QCOMPARE(said[1].toInt(), point.predicted);
            QCOMPARE(said[2].toInt(), point.luminosity);
            QCOMPARE(scatter.points()[static_cast<std::size_t>(scatter.chosenPoint())], point);
        }
        // Between bubbles there is nothing to choose.
        QTest::mouseClick(&canvas(scatter), Qt::LeftButton, Qt::NoModifier,
            scatter.placeOf({ 25, 5, 1, 1 }).toPoint());
        QCOMPARE(clicked.size(), 0);
    }

    void theKeysGoFromBubbleToBubble()
    {
        ui::ScatterPlot scatter;
        scatter.setPoints(classNames(), kPoints);
        show(scatter, { 500, 400 });
        QSignalSpy clicked(&scatter, &ui::ScatterPlot::pointClicked);
        for (int i = 0; i < 6; ++i)
            QTest::keyClick(&scatter, Qt::Key_Right);
        QCOMPARE(clicked.size(), 4); // and stays on the last one
        QCOMPARE(scatter.chosenPoint(), 3);
        QTest::keyClick(&scatter, Qt::Key_Left);
        QCOMPARE(scatter.chosenPoint(), 2);
        QCOMPARE(clicked.last()[2].toInt(), 1);
    }

    void aWholeCellHasNoRing()
    {
        ui::ScatterPlot scatter;
        scatter.setPoints(classNames(), kPoints);
        scatter.setChosenCell({ ui::Head::Spectral, 4, 7, 1 });
        QCOMPARE(scatter.chosenPoint(), 2);
        scatter.setChosenCell({ ui::Head::Spectral, 4, 7, {} });
        QCOMPARE(scatter.chosenPoint(), -1);
        scatter.setChosenCell({ ui::Head::Luminosity, 4, 7, 1 });
        QCOMPARE(scatter.chosenPoint(), -1);
    }

    void reliabilityStandsInPictureTableAndReadout()
    {
        ui::ReliabilityPlot plot;
        QVERIFY(plot.table().isEmpty());
        show(plot, { 420, 320 });
        const QImage nothing = plot.grab().toImage();
        // Of four answers near 0.65 two were right, of six near 0.95 all.
        const std::vector<float> given { 0.62F, 0.64F, 0.66F, 0.68F, 0.95F, 0.95F, 0.95F, 0.95F,
            0.95F, 0.95F };
        const std::vector<std::uint8_t> right { 1, 0, 1, 0, 1, 1, 1, 1, 1, 1 };
        plot.setReliability(classify::reliabilityOf(given, right), std::nullopt);
        const auto table = plot.table();
        QCOMPARE(table.rows(), 10);
        QCOMPARE(table.columns[0].texts[6], "spectral class");
        QCOMPARE(table.columns[1].numbers[6], 0.6);
        QCOMPARE(table.columns[3].numbers[6], 4.0);
        QVERIFY(std::abs(table.columns[4].numbers[6] - 0.65) < 1e-6);
        QCOMPARE(table.columns[5].numbers[6], 0.5);
        QCOMPARE(table.columns[5].numbers[9], 1.0);
        QVERIFY(std::isnan(table.columns[5].numbers[0]));
        QTRY_VERIFY(plot.grab().toImage() != nothing);

        auto* canvas = plot.findChild<QCustomPlot*>();
        const QSignalSpy readouts(&plot, &ui::ReliabilityPlot::readoutChanged);
        const QPointF place(
            canvas->xAxis->coordToPixel(65.0) + 1.0, canvas->yAxis->coordToPixel(50.0) - 1.0);
        QTest::mouseMove(canvas, place.toPoint());
        QTRY_VERIFY(!readouts.isEmpty());
        QCOMPARE(readouts.last()[0].toString(),
            "spectral class: of 4 answers with 65 % on average 50 % were right");
    }

    void theScattersTableHoldsItsBubbles()
    {
        ui::ScatterPlot scatter;
        QVERIFY(scatter.table().isEmpty());
        scatter.setPoints(classNames(), kPoints);
        const auto table = scatter.table();
        QCOMPARE(table.rows(), 4);
        QCOMPARE(table.columns[0].texts[2], classNames()[4]);
        QCOMPARE(table.columns[1].texts[2], classNames()[7]);
        QCOMPARE(table.columns[2].texts[2], "III");
        QCOMPARE(table.columns[3].numbers, (QVector<double> { 40, 60, 1, 5 }));
    }
};

QTEST_MAIN(tst_ClassPlots)
#include "tst_class_plots.moc"
