// The Spectra page and files: which of their spectra is shown, the continua, export.

#include "core/io/fits_file.h"
#include "tests/support/star_atlas.h"
#include "tests/support/survey_files.h"
#include "tests/ui/support/ui_test.h"
#include "ui/bridge/edit_history.h"
#include "ui/bridge/status_reporter.h"
#include "ui/models/spectrum_export.h"
#include "ui/models/spectrum_list_model.h"
#include "ui/models/workspace.h"
#include "ui/pages/continuum_group.h"
#include "ui/pages/file_choice.h"
#include "ui/pages/parameter_row.h"
#include "ui/pages/preparation_panel.h"
#include "ui/pages/spectra_page.h"

#include <QCheckBox>
#include <QComboBox>
#include <QPlainTextEdit>
#include <QSignalSpy>
#include <QSlider>
#include <QTemporaryDir>

#include <cmath>
#include <memory>

using namespace maury;
using preprocess::ContinuumMethod;

namespace {

/// A page with all that it needs and an atlas of A0, G2, K0 (Ia, III, V).
struct Bench {
    ui::Workspace workspace;
    ui::SpectrumListModel spectra;
    ui::Selection selection;
    ui::StatusReporter status;
    ui::EditHistory history;
    ui::SpectraPage page { ui::PageContext { workspace, spectra, selection, status, &history } };
    ui::SpectrumPlot& plot = *page.findChild<ui::SpectrumPlot*>();
    ui::PreparationPanel& preparation = *page.inspector()->findChild<ui::PreparationPanel*>();
    ui::FileChoice& choice = preparation.fileChoice();

    Bench()
    {
        workspace.setAtlas(test::starAtlas({ 16.0, 31.0, 34.0 }));
        spectra.setAtlas(workspace.atlas());
        page.resize(900, 600);
        page.show();
    }
    void show(const std::filesystem::path& file)
    {
        const auto read = io::readSpectrum(file);
        EXPECTS(read.has_value());
        selection.setSpectrum(spectra.addSpectrum(*read));
    }
    [[nodiscard]] QString steps() const { return preparation.steps().toPlainText(); }
};

void choose(QComboBox& box, int at)
{
    box.setCurrentIndex(at);
    emit box.activated(at);
}

} // namespace

class TestSpectrumFiles : public test::UiTest {
    Q_OBJECT
private slots:
    void continuaAreChosen()
    {
        Bench bench;
        auto star = std::make_shared<spectrum::Spectrum>(
            test::observeStar(31.0, 5.0, { .signalToNoise = 200.0 }));
        star->segments[0].rectified = false;
        bench.selection.setSpectrum(bench.spectra.addSpectrum(star));
        QTRY_VERIFY(bench.steps().contains("upper envelope"));
        ui::ContinuumGroup& continuum = bench.preparation.continuum();
        QVERIFY(!continuum.width().isVisibleTo(&continuum));
        const auto pick = [&continuum](ContinuumMethod method) {
            choose(continuum.method(), continuum.method().findData(static_cast<int>(method)));
        };
        pick(ContinuumMethod::Chebyshev);
        QTRY_VERIFY(bench.steps().contains("Chebyshev polynomial of degree 2"));
        continuum.degree().slider().setValue(continuum.degree().slider().maximum());
        QTRY_VERIFY(bench.steps().contains("Chebyshev polynomial of degree 12"));
        pick(ContinuumMethod::Median);
        QTRY_VERIFY(bench.steps().contains("running median over 100 Å"));
        QVERIFY(continuum.width().isVisibleTo(&continuum));
        QVERIFY(!continuum.degree().isVisibleTo(&continuum));
        for (const ContinuumMethod method : preprocess::continuumMethods()) {
            pick(method);
            QTRY_VERIFY(bench.preparation.settings().continuum.method == method);
            QTRY_VERIFY(!bench.plot.star().isEmpty());
        }
        while (bench.history.canUndo())
            bench.history.undo();
        QTRY_VERIFY(bench.steps().contains("upper envelope"));
        QCOMPARE(continuum.method().currentIndex(), 0);
    }

    void visitsOfAFile()
    {
        const test::TemporaryFolder folder;
        auto hdus = test::apStar(3);
        for (std::size_t i = 0; i < test::kApStarPixels; ++i)
            hdus[1].pixels[2 * test::kApStarPixels + i] = 7.0;
        Bench bench;
        bench.show(folder.write("a.fits", test::fitsBytes(hdus)));
        QVERIFY(bench.choice.isVisibleTo(&bench.preparation));
        QCOMPARE(bench.choice.rowBox().count(), 3);
        QTRY_VERIFY(!bench.plot.star().isEmpty());
        choose(bench.choice.rowBox(), 2);
        QTRY_COMPARE(bench.plot.star().flux[10], 7.0);
        QCOMPARE(bench.choice.rowBox().currentIndex(), 2);
        bench.history.undo();
        QTRY_VERIFY(!bench.plot.star().isEmpty() && bench.plot.star().flux[10] != 7.0);
        QCOMPARE(bench.choice.rowBox().currentIndex(), 0);
    }

    void segmentsAndTheNormalisedSpectrum()
    {
        const test::TemporaryFolder folder;
        io::SpectrumFiles files;
        for (const int camera : { 1, 3 })
            files.push_back(folder.write("140101000101001" + std::to_string(camera) + ".fits",
                test::fitsBytes(test::galahCamera(camera))));
        Bench bench;
        const auto star = io::readSpectrumFiles(files);
        QVERIFY_RESULT(star);
        bench.selection.setSpectrum(bench.spectra.addSpectrum(*star));
        QTRY_VERIFY(!bench.plot.star().isEmpty());
        QCOMPARE(bench.choice.segmentBox().count(), 3);
        QCOMPARE(bench.plot.star().wavelength.size(), 2 * 128 + 1);
        choose(bench.choice.segmentBox(), 2);
        QTRY_COMPARE(bench.plot.star().wavelength.size(), 128);
        QVERIFY(bench.plot.star().wavelength[0] > 6000.0);
        bench.choice.normalisedBox().click();
        QTRY_VERIFY(bench.spectra.entry(bench.selection.spectrum())->spectrum->segments[0].frame
            == spectrum::Frame::Rest);
        QVERIFY(bench.choice.normalisedBox().isChecked());
        // Another star begins anew.
        bench.selection.setSpectrum(bench.spectra.standardId(5));
        QVERIFY(!bench.choice.isVisibleTo(&bench.preparation));
        QVERIFY(!bench.choice.segment());
    }

    void whatIsShownIsWritten()
    {
        const QTemporaryDir folder;
        Bench bench;
        bench.selection.setSpectrum(
            bench.spectra.addSpectrum(std::make_shared<spectrum::Spectrum>(
                test::observeStar(31.0, 5.0, { .signalToNoise = 200.0 }))));
        QTRY_VERIFY(!bench.plot.residual().isEmpty());
        for (const char* name : { "a.fits", "a.ecsv", "a.csv" }) {
            const QString file = folder.filePath(name);
            QVERIFY(bench.page.writeShown(file));
            const auto read = io::readSpectrum(file.toStdString());
            QVERIFY_RESULT(read);
            const auto& segment = (*read)->segments.at(0);
            QVERIFY(segment.medium == spectrum::Medium::Air);
            QCOMPARE(segment.pixels(), bench.workspace.atlas()->grid().pixels);
            for (std::size_t i = 0; i < segment.pixels(); i += 100)
                if (segment.isGood(i))
                    QVERIFY(std::abs(segment.flux[i]
                                - bench.plot.star().flux[static_cast<qsizetype>(i)])
                        < 1e-6);
        }
        QSignalSpy told(&bench.status, &ui::StatusReporter::messageShown);
        QVERIFY(!bench.page.writeShown(folder.filePath("a.xyz")));
        QVERIFY(!bench.page.writeShown("/nowhere/a.fits"));
        QCOMPARE(told.size(), 2);
    }

    void tablesKeepTheirUnits()
    {
        ui::PlotTable table;
        table.add("Wavelength (Å, air)", QVector<double> { 4000.0, 4001.0 });
        table.add("Flux", QVector<double> { 1.5 });
        table.add("Étoile", QStringList { "HD 1", "x" });
        const io::TableToWrite made = ui::tableExport(table, "The spectrum");
        QCOMPARE(made.name, std::string("the_spectrum"));
        QCOMPARE(made.columns[0].name, std::string("wavelength"));
        QCOMPARE(made.columns[0].unit, std::string("Angstrom"));
        QVERIFY(std::isnan(made.columns[1].values.at(1)));
        QCOMPARE(made.columns[2].name, std::string("etoile"));
        const QTemporaryDir folder;
        for (const char* name : { "t.fits", "t.ecsv", "t.csv" })
            QVERIFY_RESULT(io::writeTable(folder.filePath(name).toStdString(), made));
        auto fits = io::FitsFile::open(folder.filePath("t.fits").toStdString());
        QVERIFY_RESULT(fits);
        QVERIFY_RESULT(fits->moveTo(2));
        const auto columns = fits->columns();
        QCOMPARE(fits->readText((*columns)[2], 0), std::string("HD 1"));
        QCOMPARE((*columns)[0].unit, std::string("Angstrom"));
    }
};

QTEST_MAIN(TestSpectrumFiles)
#include "tst_spectrum_files.moc"
