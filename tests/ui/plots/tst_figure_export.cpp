#include "ui/plots/figure_export.h"

#include "tests/ui/support/page_fixture.h"
#include "tests/ui/support/ui_test.h"
#include "ui/bridge/status_reporter.h"
#include "ui/models/confusion_model.h"
#include "ui/pages/evaluate_page.h"
#include "ui/pages/spectra_page.h"
#include "ui/pages/train_page.h"
#include "ui/plots/confusion_plot.h"
#include "ui/plots/figure_dialog.h"
#include "ui/plots/spectrum_plot.h"
#include "ui/plots/training_curves.h"

#include <QAction>
#include <QApplication>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QFile>
#include <QImage>
#include <QMenu>
#include <QPalette>
#include <QSettings>
#include <QSignalSpy>
#include <QXmlStreamReader>

#include <cmath>

#include <qcustomplot.h>

using namespace maury;

namespace {

constexpr int kClasses = 31;

/// 31 classes of 20 samples, 18 right and two one class too late.
train::HeadMetrics neighboursMixedUp()
{
    std::vector<std::vector<std::int64_t>> counts(kClasses, std::vector<std::int64_t>(kClasses, 0));
    std::vector<std::string> names;
    for (std::size_t truth = 0; truth < kClasses; ++truth) {
        counts[truth][truth] = 18;
        counts[truth][std::min<std::size_t>(truth + 1, kClasses - 1)] += 2;
        names.push_back("C" + std::to_string(truth));
    }
    return train::scoreConfusion(counts, names);
}

ui::Trace wave(const QString& name, double level)
{
    ui::Trace trace;
    trace.name = name;
    for (int i = 0; i < 200; ++i) {
        trace.wavelength << 3800.0 + 4.0 * i;
        trace.flux << level + 0.1 * std::sin(i / 7.0);
    }
    return trace;
}

QPalette darkPalette()
{
    QPalette palette;
    for (const auto ground : { QPalette::Window, QPalette::Base })
        palette.setColor(ground, QColor(0x17, 0x19, 0x1d));
    for (const auto text : { QPalette::WindowText, QPalette::Text })
        palette.setColor(text, QColor(0xe8, 0xea, 0xed));
    return palette;
}

void fill(ui::SpectrumPlot& plot)
{
    plot.setAccessibleName("Spectrum");
    plot.setAxisTexts("Wavelength (Å)", "Flux");
    plot.setCurves(wave("HD 1", 1.0), { wave("A0 V", 0.9), {} }, wave("", 0.1));
    plot.setMarkers({ { 4340.5, "Hγ & <friends>", 10.0 } });
}

QByteArray contents(const QString& name)
{
    QFile file(name);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// The fields of a CSV: quoted ones may hold commas and doubled quotes.
QList<QStringList> fields(const QString& csv)
{
    QList<QStringList> rows { QStringList { QString() } };
    bool quoted = false;
    for (const QChar letter : csv) {
        if (letter == '"')
            quoted = !quoted;
        else if (letter == ',' && !quoted)
            rows.last().append(QString());
        else if (letter == '\n' && !quoted)
            rows.append(QStringList { QString() });
        else
            rows.last().last().append(letter);
    }
    rows.removeLast(); // after the last line end
    return rows;
}

} // namespace

class tst_FigureExport : public test::UiTest {
    Q_OBJECT
private slots:
    void initTestCase()
    {
        QCoreApplication::setOrganizationName("maury-tests");
        QSettings::setDefaultFormat(QSettings::IniFormat);
        QSettings::setPath(QSettings::IniFormat, QSettings::UserScope,
            QString::fromStdString(m_folder.path().string()));
    }

    void pngHasItsSizeAndWhiteCornersInADarkWindow()
    {
        ui::ConfusionModel model;
        model.setMetrics(neighboursMixedUp());
        ui::ConfusionPlot matrix(model);
        ui::SpectrumPlot spectrum;
        fill(spectrum);
        for (ui::PlotBase* plot :
            { static_cast<ui::PlotBase*>(&matrix), static_cast<ui::PlotBase*>(&spectrum) }) {
            plot->setPalette(darkPalette());
            plot->resize(500, 400);
            plot->show();
            QVERIFY(QTest::qWaitForWindowExposed(plot));
            QCoreApplication::processEvents();
            const QImage before = plot->grab().toImage();
            const QString file = path("figure.png");
            QVERIFY_RESULT(plot->writeFigure(file, { 127.0, 76.2, 200 }));
            const QImage image(file);
            QCOMPARE(image.size(), QSize(1000, 600));
            QCOMPARE(std::lround(image.dotsPerMeterX() * 0.0254), 200);
            for (const QPoint corner :
                { QPoint(0, 0), QPoint(999, 0), QPoint(0, 599), QPoint(999, 599) })
                QCOMPARE(image.pixelColor(corner), QColor(Qt::white));
            int dark = 0;
            for (int y = 0; y < 600; ++y)
                for (int x = 0; x < 1000; ++x)
                    dark += image.pixelColor(x, y).lightness() < 64 ? 1 : 0;
            QVERIFY2(dark > 1000 && dark < 200'000, qPrintable(QString::number(dark)));
            // The screen is as it was.
            QTRY_COMPARE(plot->grab().toImage(), before);
        }
    }

    void svgParsesAndKeepsItsSize()
    {
        ui::SpectrumPlot plot;
        fill(plot);
        const QString file = path("figure.SVG");
        QVERIFY_RESULT(plot.writeFigure(file, { 127.0, 76.2, 300 }));
        QXmlStreamReader xml(contents(file));
        QString width;
        QStringList texts;
        int lines = 0;
        while (!xml.atEnd()) {
            xml.readNext();
            if (!xml.isStartElement())
                continue;
            if (xml.name() == u"svg")
                width = xml.attributes().value("width").toString();
            lines += xml.name() == u"polyline" || xml.name() == u"path" ? 1 : 0;
            if (xml.name() == u"text")
                texts << xml.readElementText();
        }
        QVERIFY2(!xml.hasError(), qPrintable(xml.errorString()));
        QVERIFY2(width.startsWith("127") && width.endsWith("mm"), qPrintable(width));
        QVERIFY(lines > 10);
        const QString all = texts.join(QString()); // letters of other fonts stand apart
        // The names that stand beside the plot on the screen, axes with units, escaped letters.
        for (const char* text : { "HD 1", "standard A0 V", "Wavelength (Å)", "Hγ & <friends>" })
            QVERIFY2(all.contains(QString::fromUtf8(text)), qPrintable(all));
    }

    void everyPointOfACurveIsInTheFile()
    {
        ui::Trace noisy;
        for (int i = 0; i < 5000; ++i) {
            noisy.wavelength << 3800.0 + 0.16 * i;
            noisy.flux << 1.0 + 0.1 * ((i * 7) % 13);
        }
        ui::SpectrumPlot plot;
        plot.setCurves(noisy, {}, {});
        const QString file = path("noisy.svg");
        QVERIFY_RESULT(plot.writeFigure(file, { 50.0, 40.0, 300 }));
        QXmlStreamReader xml(contents(file));
        qsizetype most = 0;
        while (!xml.atEnd())
            if (xml.readNext() == QXmlStreamReader::StartElement && xml.name() == u"polyline")
                most = std::max(most, xml.attributes().value("points").count(','));
        QCOMPARE(most, 5000);
        const auto& canvas = *plot.findChild<QCustomPlot*>();
        for (int i = 0; i < canvas.graphCount(); ++i)
            QVERIFY(canvas.graph(i)->adaptiveSampling()); // the screen is thinned as before
    }

    void zoomedCurvesAreCoveredOutsideTheAxesOfAnSvg()
    {
        ui::SpectrumPlot plot;
        fill(plot);
        plot.setWavelengthRange(4000.0, 4100.0);
        auto& canvas = *plot.findChild<QCustomPlot*>();
        const auto layers = canvas.layerCount();
        const QString file = path("zoomed.svg");
        QVERIFY_RESULT(plot.writeFigure(file, {}));
        QVERIFY(contents(file).contains("#ffffff"));
        QCOMPARE(canvas.layerCount(), layers); // the cover is gone
    }

    void pdfIsAPdf()
    {
        ui::TrainingCurves plot;
        const QString file = path("figure.pdf");
        QVERIFY_RESULT(plot.writeFigure(file, { 127.0, 76.2, 300 }));
        const QByteArray bytes = contents(file);
        QVERIFY(bytes.startsWith("%PDF"));
        QVERIFY(bytes.trimmed().endsWith("%%EOF"));
        QVERIFY(bytes.contains("/MediaBox [0 0 360")); // 127 mm = 360 points
    }

    void whatCannotBeWrittenSaysWhy()
    {
        ui::TrainingCurves plot;
        const auto nowhere = plot.writeFigure(path("none/figure.pdf"), {});
        QVERIFY(!nowhere);
        QCOMPARE(nowhere.error().code, base::ErrorCode::WriteFailed);
        const auto other = plot.writeFigure(path("figure.bmp"), {});
        QVERIFY(!other);
        QCOMPARE(other.error().code, base::ErrorCode::OptionInvalid);
        const auto huge = plot.writeFigure(path("huge.png"), { 1000.0, 1000.0, 1200 });
        QVERIFY(!huge);
        QVERIFY(!QFile::exists(path("huge.png")));
    }

    void spectrumTableHoldsWhatIsDrawn()
    {
        ui::SpectrumPlot plot;
        QVERIFY(plot.table().isEmpty());
        fill(plot);
        const auto rows = fields(ui::csvText(plot.table()));
        QCOMPARE(rows.size(), 201);
        QCOMPARE(rows[0].size(), 4);
        QCOMPARE(rows[0][0], QStringLiteral("Wavelength (Å)"));
        QVERIFY(rows[0][1].contains("HD 1") && rows[0][2].contains("A0 V"));
        for (int i = 0; i < 200; ++i) {
            QCOMPARE(rows[i + 1][0].toDouble(), plot.star().wavelength[i]);
            QCOMPARE(rows[i + 1][1].toDouble(), plot.star().flux[i]);
            QCOMPARE(rows[i + 1][2].toDouble(), plot.standard(0).flux[i]);
            QCOMPARE(rows[i + 1][3].toDouble(), plot.residual().flux[i]);
        }
        ui::Trace other = wave("K0 III", 1.0);
        for (double& wavelength : other.wavelength)
            wavelength += 1.0;
        plot.setCurves(wave("HD 1", 1.0), { other, {} }, {});
        const auto table = plot.table();
        QCOMPARE(table.columns.size(), 4U); // its own wavelengths
        QCOMPARE(table.columns[2].numbers, other.wavelength);
    }

    void matrixTableHoldsTheCounts()
    {
        ui::ConfusionModel model;
        model.setMetrics(neighboursMixedUp());
        const ui::ConfusionPlot plot(model);
        const auto rows = fields(ui::csvText(plot.table()));
        QCOMPARE(rows.size(), kClasses + 1);
        for (int truth = 0; truth < kClasses; ++truth) {
            QCOMPARE(rows[truth + 1][0], model.classes()[truth]);
            for (int predicted = 0; predicted < kClasses; ++predicted)
                QCOMPARE(
                    rows[truth + 1][predicted + 1].toLongLong(), model.count(truth, predicted));
        }
    }

    void curvesTableHoldsEpochsBatchesAndChanges()
    {
        ui::TrainingCurves plot;
        plot.begin(3);
        ui::EpochRow row;
        row.trainLoss = 0.75;
        row.testAccuracyLc = 0.5;
        row.testLoss = std::nan("");
        plot.addEpoch(row, true);
        ui::StepPoint step;
        step.position = 0.25;
        step.loss = 1.5;
        plot.addSteps({ step, step });
        plot.addChange("learning_rate", "Learning rate", 0.5, 0.1, 0.01);
        const auto rows = fields(ui::csvText(plot.table()));
        QCOMPARE(rows.size(), 3); // two batches are the longest column
        const auto cell = [&rows](const QString& heading, int line) {
            return rows[line + 1][rows[0].indexOf(heading)];
        };
        QVERIFY(rows[0].contains("Epoch"));
        QCOMPARE(cell("Epoch", 0), "1");
        QCOMPARE(cell("Batch loss", 1), "1.5");
        QCOMPARE(cell("Value after", 0), "0.01");
        QCOMPARE(cell("Epoch", 1), "");
        QVERIFY(rows[1].contains("0.75"));
    }

    void theKeyboardOpensTheMenu()
    {
        ui::StatusReporter status;
        QSignalSpy messages(&status, &ui::StatusReporter::messageShown);
        ui::TrainingCurves plot;
        plot.reportTo(status);
        plot.show();
        QVERIFY(QTest::qWaitForWindowExposed(&plot));
        const auto menus = [&plot] {
            int open = 0;
            for (const QMenu* menu : plot.findChildren<QMenu*>())
                open += menu->isVisible() ? 1 : 0;
            return open;
        };
        QTest::keyClick(&plot, Qt::Key_Menu);
        QCOMPARE(menus(), 1);
        QTest::keyClick(QApplication::activePopupWidget(), Qt::Key_Escape);
        QCOMPARE(menus(), 0);
        QTest::keyClick(&plot, Qt::Key_F10, Qt::ShiftModifier);
        QCOMPARE(menus(), 1);
        QTest::keyClick(QApplication::activePopupWidget(), Qt::Key_Escape);
        QCOMPARE(plot.actions().size(), 4);
        for (const QAction* action : plot.actions())
            QVERIFY(!action->text().isEmpty() && !action->statusTip().isEmpty());
    }

    void everyPlotOfThePagesIsNamedAndReports()
    {
        test::PageFixture f;
        ui::SpectraPage spectra(f.context);
        ui::TrainPage train(f.context, f.session, ui::RunStore(m_folder.path()));
        ui::EvaluatePage evaluate(f.context, f.session);
        for (ui::Page* page : { static_cast<ui::Page*>(&spectra), static_cast<ui::Page*>(&train),
                 static_cast<ui::Page*>(&evaluate) }) {
            auto plots = page->findChildren<ui::PlotBase*>();
            if (page->inspector() != nullptr)
                plots += page->inspector()->findChildren<ui::PlotBase*>();
            QVERIFY(!plots.isEmpty());
            for (const ui::PlotBase* plot : std::as_const(plots)) {
                QVERIFY2(!plot->accessibleName().isEmpty(), qPrintable(page->identifier()));
                QVERIFY2(plot->hasReporter(), qPrintable(plot->accessibleName()));
            }
        }
    }

    void theDialogKeepsItsSize()
    {
        {
            ui::FigureDialog dialog;
            QCOMPARE(dialog.settings().widthMm, 160.0);
            auto fields = dialog.findChildren<QDoubleSpinBox*>();
            QCOMPARE(fields.size(), 2);
            fields[0]->setValue(80.0);
            dialog.accept();
        }
        ui::FigureDialog dialog;
        QCOMPARE(dialog.settings().widthMm, 80.0);
        // In pixels at 300 per inch: 80 mm are 945.
        dialog.findChildren<QComboBox*>()[1]->setCurrentIndex(1);
        QCOMPARE(dialog.findChildren<QDoubleSpinBox*>()[0]->value(), 945.0);
        dialog.findChildren<QDoubleSpinBox*>()[0]->setValue(1200.0);
        QCOMPARE(ui::figurePixels(dialog.settings()).width(), 1200);
    }

private:
    [[nodiscard]] QString path(const std::string& name) const
    {
        return QString::fromStdString((m_folder / name).string());
    }

    test::TemporaryFolder m_folder;
};

QTEST_MAIN(tst_FigureExport)
#include "tst_figure_export.moc"
