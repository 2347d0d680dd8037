#include "ui/pages/spectra_page.h"

#include "core/preprocess/doppler.h"
#include "core/spectrum/air_vacuum.h"
#include "tests/support/star_atlas.h"
#include "tests/support/untrained_model.h"
#include "tests/ui/support/ui_test.h"
#include "ui/bridge/edit_history.h"
#include "ui/bridge/status_reporter.h"
#include "ui/models/spectrum_list_model.h"
#include "ui/models/workspace.h"
#include "ui/pages/answer_header.h"
#include "ui/pages/compare_panel.h"
#include "ui/pages/empty_state.h"
#include "ui/pages/parameter_row.h"
#include "ui/pages/preparation_panel.h"
#include "ui/pages/variation_panel.h"
#include "ui/plots/class_probability_plot.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QSlider>
#include <QTemporaryDir>

#include <cmath>
#include <memory>

using namespace maury;

namespace {

spectrum::SpectrumPtr observed(const std::string& name, const test::Observation& observation)
{
    auto made = std::make_shared<spectrum::Spectrum>(test::observeStar(31.0, 5.0, observation));
    made->object = name;
    return made;
}

/// A page with all that it needs and an atlas of A0, G2, K0 (Ia, III, V): rows 0 … 8.
struct Bench {
    ui::Workspace workspace;
    ui::SpectrumListModel spectra;
    ui::Selection selection;
    ui::StatusReporter status;
    ui::EditHistory history;
    ui::SpectraPage page { ui::PageContext { workspace, spectra, selection, status, &history } };
    ui::SpectrumPlot& plot = *page.findChild<ui::SpectrumPlot*>();
    ui::AnswerHeader& header = *page.findChild<ui::AnswerHeader*>();
    ui::ComparePanel& panel = *page.inspector()->findChild<ui::ComparePanel*>();
    ui::PreparationPanel& preparation = *page.inspector()->findChild<ui::PreparationPanel*>();
    ui::VariationPanel& variations = *page.inspector()->findChild<ui::VariationPanel*>();

    Bench()
    {
        workspace.setAtlas(test::starAtlas({ 16.0, 31.0, 34.0 }));
        spectra.setAtlas(workspace.atlas());
        page.resize(900, 600);
        page.show();
    }
    [[nodiscard]] QStringList drawn() const
    {
        QStringList names;
        for (int slot = 0; slot < ui::SpectrumPlot::kStandards; ++slot)
            if (!plot.standard(slot).isEmpty())
                names << plot.standard(slot).name;
        return names;
    }
};

} // namespace

class TestSpectraPage : public test::UiTest {
    Q_OBJECT
private slots:
    void emptyUntilSomethingIsSelected()
    {
        Bench bench;
        auto& empty = *bench.page.findChild<ui::EmptyState*>();
        QVERIFY(empty.isVisible());
        QSignalSpy asked(&bench.page, &ui::SpectraPage::openRequested);
        emit empty.activated();
        QCOMPARE(asked.size(), 1);
        bench.selection.setSpectrum(bench.spectra.standardId(5));
        QVERIFY(!empty.isVisible());
    }

    void aStandardIsComparedWithItsNeighbours()
    {
        Bench bench;
        bench.selection.setSpectrum(bench.spectra.standardId(5));
        QTRY_COMPARE(bench.drawn().size(), 1);
        QVERIFY2(bench.drawn().first() != "G2 V", "it must not be its own nearest standard");
        QVERIFY(!bench.plot.residual().isEmpty());
        QCOMPARE(bench.plot.star().wavelength.size(), 1600);
    }

    void theNearestStandardOfAStarIsDrawnAndSelected()
    {
        Bench bench;
        const auto id = bench.spectra.addSpectrum(observed("HD 1", { .signalToNoise = 200.0 }));
        bench.selection.setSpectrum(id);
        QTRY_COMPARE(bench.drawn(), QStringList { "G2 V" });
        QCOMPARE(bench.selection.standards(), QList<int> { 5 });
        double largest = 0.0;
        for (const double residual : bench.plot.residual().flux)
            largest = std::isfinite(residual) ? std::max(largest, std::abs(residual)) : largest;
        QVERIFY2(largest < 0.1, qPrintable(QString::number(largest)));
    }

    void chosenStandardsReplaceTheNearest()
    {
        Bench bench;
        bench.selection.setSpectrum(bench.spectra.addSpectrum(observed("HD 1", {})));
        QTRY_COMPARE(bench.drawn(), QStringList { "G2 V" });
        bench.panel.stepClass(1);
        QTRY_COMPARE(bench.drawn(), QStringList { "K0 V" });
        bench.panel.stepLuminosity(-1);
        QTRY_COMPARE(bench.drawn(), QStringList { "K0 III" });
        QCOMPARE(bench.selection.standards(), QList<int> { 7 });
        // Another view asks for two of its own.
        bench.selection.setStandards({ 0, 5 });
        QTRY_COMPARE(bench.drawn(), QStringList({ "A0 Ia", "G2 V" }));
    }

    void nothingOfOneStarLeaksToTheNext()
    {
        Bench bench;
        const auto first = bench.spectra.addSpectrum(observed("HD 1", {}));
        const auto second = bench.spectra.addSpectrum(observed("HD 2", {}));
        bench.selection.setSpectrum(first);
        QTRY_COMPARE(bench.drawn(), QStringList { "G2 V" });
        bench.panel.toggleRectify();
        bench.panel.chooseStandard(0);
        QTRY_COMPARE(bench.drawn(), QStringList { "A0 Ia" });
        bench.selection.setSpectrum(second);
        QVERIFY2(bench.plot.star().isEmpty(), "the star before must not stand under a new name");
        QVERIFY(bench.drawn().isEmpty());
        QVERIFY(bench.panel.settings().rectify && bench.panel.settings().nearest);
        QTRY_COMPARE(bench.drawn(), QStringList { "G2 V" });
    }

    void quickStepsShowTheLastStarOnly()
    {
        Bench bench;
        for (std::size_t row = 0; row < 9; ++row)
            bench.selection.setSpectrum(bench.spectra.standardId(row));
        QTRY_COMPARE(bench.drawn().size(), 1);
        QTest::qWait(50); // late answers would arrive now
        const auto last = ui::standardTrace(*bench.workspace.atlas(), 8);
        for (qsizetype pixel = 100; pixel < 1500; pixel += 100)
            QVERIFY(std::abs(bench.plot.star().flux[pixel] - last.flux[pixel]) < 0.05);
    }

    void aFailedFileSaysWhy()
    {
        Bench bench;
        const auto id = bench.spectra.addFiles({ "/x/bad.fits" }).first();
        bench.selection.setSpectrum(id);
        QVERIFY(bench.plot.star().isEmpty());
        bench.spectra.setFailure(
            id, { base::ErrorCode::FileTruncated, "bad.fits", "12 bytes", "2880", {} });
        QVERIFY(bench.header.verdict().contains("ends too early"));
        const auto& notices = *bench.page.inspector()->findChild<QPlainTextEdit*>();
        QVERIFY(notices.toPlainText().contains("12 bytes"));
    }

    void aSpectrumThatDoesNotCoverTheAtlasIsShownAsInTheFile()
    {
        Bench bench;
        const auto id = bench.spectra.addSpectrum(
            observed("red", { .firstAngstrom = 6000.0, .lastAngstrom = 7000.0 }));
        bench.selection.setSpectrum(id);
        QTRY_VERIFY(!bench.plot.star().isEmpty());
        QCOMPARE(bench.plot.star().wavelength.first(), 6000.0);
        QVERIFY(bench.drawn().isEmpty());
        QVERIFY(bench.plot.residual().isEmpty());
        QVERIFY(!bench.header.verdict().isEmpty());
    }

    void theSelectedLineRemovedLeavesAnEmptyPage()
    {
        Bench bench;
        const auto id = bench.spectra.addSpectrum(observed("HD 1", {}));
        bench.selection.setSpectrum(id);
        QTRY_VERIFY(!bench.plot.star().isEmpty());
        bench.spectra.removeOpened({ id });
        QVERIFY(bench.page.findChild<ui::EmptyState*>()->isVisible());
        QVERIFY(bench.plot.star().isEmpty());
    }

    void thePreparationFollowsItsControls()
    {
        Bench bench;
        bench.selection.setSpectrum(bench.spectra.addSpectrum(
            observed("HD 1", { .velocityKms = 120.0, .frame = spectrum::Frame::Barycentric })));
        const auto steps = [&bench] { return bench.preparation.steps().toPlainText(); };
        QTRY_VERIFY(steps().contains("Velocity of 1"));
        QVERIFY(steps().startsWith("1. Wavelengths are in air"));
        const QString found = steps();

        bench.preparation.givenVelocity().click();
        QTRY_VERIFY(steps().contains("Velocity of 0.0 km/s"));
        bench.preparation.velocity().slider().setValue(
            bench.preparation.velocity().slider().maximum());
        QTRY_VERIFY(steps().contains("Velocity of 1000.0 km/s"));
        const auto& plot = bench.plot.star();
        QVERIFY(!plot.isEmpty());
        bench.preparation.medium().setCurrentIndex(bench.preparation.medium().findText("Vacuum"));
        emit bench.preparation.medium().activated(bench.preparation.medium().currentIndex());
        QTRY_VERIFY(steps().startsWith("1. Wavelengths from vacuum to air"));

        while (bench.history.canUndo())
            bench.history.undo();
        QTRY_COMPARE(steps(), found);
        QVERIFY(!bench.preparation.givenVelocity().isChecked());
    }

    void savedStepsAreUsedOnAnotherStar()
    {
        const QTemporaryDir folder;
        const QString file = folder.filePath("recipe.json");
        Bench bench;
        bench.selection.setSpectrum(bench.spectra.addSpectrum(
            observed("HD 1", { .velocityKms = 120.0, .frame = spectrum::Frame::Barycentric })));
        const auto steps = [&bench] { return bench.preparation.steps().toPlainText(); };
        QTRY_VERIFY(steps().contains("Velocity of 1"));
        const QString first = steps();
        QVERIFY(bench.preparation.saveRecipeFile(file));

        bench.selection.setSpectrum(bench.spectra.addSpectrum(observed("HD 2", {})));
        QTRY_VERIFY(!steps().isEmpty() && !steps().contains("Velocity"));
        QVERIFY(bench.preparation.useRecipeFile(file));
        QTRY_COMPARE(steps(), first);
        QVERIFY(!bench.preparation.medium().isEnabled());

        QSignalSpy told(&bench.status, &ui::StatusReporter::messageShown);
        QVERIFY(!bench.preparation.useRecipeFile(folder.filePath("nothing.json")));
        QVERIFY(!bench.preparation.saveRecipeFile(folder.filePath("no/such/recipe.json")));
        QCOMPARE(told.size(), 2);
        QCOMPARE(steps(), first);
    }

    void variationsFollowTheSliders()
    {
        Bench bench;
        bench.selection.setSpectrum(bench.spectra.standardId(5));
        QTRY_COMPARE(bench.drawn().size(), 1);
        QVERIFY(bench.plot.variations().isEmpty());
        bench.variations.shown().setChecked(true);
        QTRY_VERIFY(!bench.plot.variations().isEmpty());
        const auto widthNow = [&bench] {
            const auto& bands = bench.plot.variations().percentiles;
            return bands.back()[800] - bands.front()[800];
        };
        const double paper = widthNow();
        QVERIFY(paper > 0.01); // the noise alone: 4 sigma of 1.4 %
        bench.variations.row("gain").slider().setValue(0);
        QCOMPARE(bench.variations.settings().augmentation.gain, 10.0);
        QTRY_VERIFY2(widthNow() > 5.0 * paper, qPrintable(QString::number(widthNow())));
        const auto one = bench.plot.variations().highlighted.flux;
        bench.variations.row("highlighted").field().setValue(7);
        QTRY_VERIFY(bench.plot.variations().highlighted.flux != one);
        bench.variations.shown().setChecked(false);
        QVERIFY(bench.plot.variations().isEmpty());
    }

    void variationsAreThoseOfTheShownStar()
    {
        Bench bench;
        bench.selection.setSpectrum(bench.spectra.standardId(5));
        bench.variations.shown().setChecked(true);
        QTRY_VERIFY(!bench.plot.variations().isEmpty());
        bench.selection.setSpectrum(bench.spectra.standardId(0));
        QVERIFY2(bench.plot.variations().isEmpty(), "those of the star before must go");
        QTRY_VERIFY(!bench.plot.variations().isEmpty());
        const auto star = ui::standardTrace(*bench.workspace.atlas(), 0);
        for (qsizetype pixel = 100; pixel < 1500; pixel += 100)
            QVERIFY(
                std::abs(bench.plot.variations().percentiles[2][pixel] - star.flux[pixel]) < 0.02);
    }

    void undoBringsBackWhatWasSet()
    {
        Bench bench;
        const auto first = bench.spectra.addSpectrum(observed("HD 1", {}));
        const auto second = bench.spectra.addSpectrum(observed("HD 2", {}));
        bench.selection.setSpectrum(first);
        QTRY_COMPARE(bench.drawn(), QStringList { "G2 V" });
        bench.panel.chooseStandard(0);
        bench.variations.row("gain").field().setValue(100.0);
        bench.selection.setSpectrum(second);
        QCOMPARE(bench.history.count(), 2);
        bench.history.undo();
        QCOMPARE(bench.variations.settings().augmentation.gain, 5000.0);
        QCOMPARE(bench.variations.row("gain").value(), 5000.0);
        bench.history.undo();
        QCOMPARE(bench.selection.spectrum(), first); // the star that it was done to
        QVERIFY(bench.panel.settings().nearest);
        QTRY_COMPARE(bench.drawn(), QStringList { "G2 V" });
        bench.history.redo();
        QTRY_COMPARE(bench.drawn(), QStringList { "A0 Ia" });
        bench.history.redo();
        QCOMPARE(bench.variations.settings().augmentation.gain, 100.0);
    }

    void aDraggedSliderIsOneChange()
    {
        Bench bench;
        bench.selection.setSpectrum(bench.spectra.standardId(5));
        QSlider& slider = bench.variations.row("doppler-sigma").slider();
        for (int position = 1; position < 30; ++position)
            slider.setValue(position);
        QCOMPARE(bench.history.count(), 1);
        bench.history.undo();
        QCOMPARE(bench.variations.settings().augmentation.dopplerSigmaKms, 1.0);
        QVERIFY(!bench.history.canUndo());
    }

    void theSigmasGoToTheTrainPage()
    {
        Bench bench;
        QSignalSpy asked(&bench.page, &ui::SpectraPage::trainRequested);
        bench.variations.row("gain").field().setValue(100.0);
        bench.variations.findChild<QPushButton*>()->click();
        QCOMPARE(asked.size(), 1);
        QCOMPARE(asked.first().first().value<dataset::AugmentationSettings>().gain, 100.0);
    }

    // In the file the lines stand where the star's velocity has moved them, in its medium; what is
    // compared with standards is at rest.
    void linesFollowADraggedVelocity()
    {
        Bench bench;
        mk::LineList list;
        for (const double wavelength : { 3933.66, 4101.73, 4340.46 }) {
            mk::SpectralLine line;
            line.wavelengthAngstrom = wavelength;
            line.species = "Fe I";
            line.fromDecimal = 0.0;
            line.toDecimal = 69.0;
            list.lines.push_back(line);
        }
        bench.workspace.setLines(std::make_shared<const mk::LineList>(list));
        test::Observation observation;
        observation.medium = spectrum::Medium::Vacuum;
        bench.selection.setSpectrum(bench.spectra.addSpectrum(observed("star", observation)));
        QTRY_VERIFY(!bench.drawn().isEmpty());
        QCOMPARE(bench.plot.markerPlaces(), (QVector<double> { 3933.66, 4101.73, 4340.46 }));
        bench.panel.check(&ui::CompareSettings::asInFile).click();
        QTRY_VERIFY(bench.drawn().isEmpty());
        QCOMPARE(bench.plot.markerPlaces()[1], spectrum::vacuumFromAir(4101.73));
        bench.preparation.givenVelocity().click();
        QSlider& slider = bench.preparation.velocity().slider();
        for (const int step : { 0, 5, 10 }) {
            slider.setValue(slider.minimum() + (slider.maximum() - slider.minimum()) * step / 10);
            const double velocity = bench.preparation.velocity().value();
            QCOMPARE(*bench.preparation.settings().velocityKms, velocity);
            // At once, without waiting for the star.
            QCOMPARE(bench.plot.markerPlaces()[2],
                preprocess::dopplerFactor(velocity) * spectrum::vacuumFromAir(4340.46));
        }
        bench.panel.check(&ui::CompareSettings::asInFile).click();
        QTRY_VERIFY(!bench.drawn().isEmpty());
        QCOMPARE(bench.plot.markerPlaces()[0], 3933.66);
    }

    void probabilitiesAreThoseOfTheModel()
    {
        Bench bench;
        auto& plot = *bench.page.inspector()->findChild<ui::ClassProbabilityPlot*>();
        bench.selection.setSpectrum(bench.spectra.standardId(5));
        QTRY_COMPARE(bench.drawn().size(), 1);
        QVERIFY2(plot.spectral().isEmpty(), "without a model there are none");
        const auto model = test::untrainedModel(bench.workspace.atlas());
        bench.workspace.setModel(std::make_shared<const train::Model>(model), "untrained");
        QTRY_COMPARE(plot.spectral().size(), 3);
        QCOMPARE(plot.luminosity().size(), 3);
        double sum = 0.0;
        for (const double value : plot.spectral())
            sum += value;
        QVERIFY(std::abs(sum - 1.0) < 1e-5);
        auto classifier = classify::Classifier::create(model, bench.workspace.atlas());
        QVERIFY(classifier.has_value());
        const auto answer
            = classifier->classify(*bench.spectra.entry(bench.spectra.standardId(5))->spectrum);
        QVERIFY(answer.has_value());
        for (qsizetype i = 0; i < 3; ++i)
            QCOMPARE(plot.spectral()[i],
                static_cast<double>(answer->scProbabilities[static_cast<std::size_t>(i)]));
    }

    void anotherAtlasWhileAnalysing()
    {
        Bench bench;
        bench.selection.setSpectrum(bench.spectra.addSpectrum(observed("HD 1", {})));
        bench.workspace.setAtlas(test::starAtlas({ 31.0 }));
        bench.spectra.setAtlas(bench.workspace.atlas());
        QTRY_COMPARE(bench.drawn(), QStringList { "G2 V" });
        QCOMPARE(bench.selection.standards(), QList<int> { 2 });
    }
};

QTEST_MAIN(TestSpectraPage)
#include "tst_spectra_page.moc"
