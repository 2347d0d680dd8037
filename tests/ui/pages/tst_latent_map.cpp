#include "ui/pages/latent_map_panel.h"

#include "core/gon/gon_sources.h"
#include "core/gon/store_source.h"
#include "core/gon/tsne.h"
#include "tests/support/store_files.h"
#include "tests/ui/support/page_fixture.h"
#include "tests/ui/support/ui_test.h"
#include "ui/bridge/latent_mapper.h"
#include "ui/bridge/star_reconstructor.h"
#include "ui/models/trace.h"
#include "ui/plots/spectrum_plot.h"

#include <QComboBox>
#include <QSignalSpy>
#include <QSlider>

#include <cmath>

using namespace maury;

namespace {

/// The map of the twelve standards of the tiny atlas, with principal components for a network.
struct Bench : test::PageFixture {
    ui::LatentMapPanel panel { context };
    ui::GonModels models;

    Bench()
    {
        gon::GonConfig config;
        config.decoder.latent = 3;
        config.threads = 1;
        models.model = std::make_shared<const gon::GonModel>(
            gon::principalComponentModel(config, gon::atlasData(*workspace.atlas(), {}, 5, 1).value())
                .value());
        panel.setStars([this] {
            ui::MapStars stars;
            stars.atlas = workspace.atlas();
            for (std::size_t row = 0; row < stars.atlas->standards().size(); ++row)
                stars.ids.push_back(spectra.standardId(row));
            return stars;
        });
        panel.resize(900, 500);
        panel.show();
        selection.setSpectrum(spectra.standardId(4));
    }
    [[nodiscard]] bool map()
    {
        QSignalSpy mapped(&panel, &ui::LatentMapPanel::mapped);
        panel.setModels(models);
        return (panel.stars() != nullptr || mapped.wait(30'000)) && panel.stars() != nullptr;
    }
    [[nodiscard]] QWidget* canvas() { return panel.map().findChild<QWidget*>(); }
    [[nodiscard]] QPoint placeOf(int row)
    {
        (void)panel.map().timeReplot(); // lays the axes out
        return panel.map().placeOf(panel.map().points()[row]).toPoint();
    }
};

} // namespace

class TestLatentMap : public test::UiTest {
    Q_OBJECT
private slots:
    // The numbers are those of core/gon: principal axes of the codes in the metric of spectra.
    void theMapIsOfTheCodes()
    {
        Bench bench;
        QVERIFY(bench.map());
        const auto set = gon::standardsSet(*bench.workspace.atlas(), 5000.0);
        const gon::LatentInference inference(bench.models.model, 1);
        const auto encoding = inference.encode(*set, { gon::kMapIterations, false, true });
        QVERIFY_RESULT(encoding);
        const auto plane = gon::principalMap(gon::metricCodes(inference, encoding->codes));
        QCOMPARE(bench.panel.map().points().size(), qsizetype(12));
        for (int row = 0; row < 12; ++row) {
            const QPointF point = bench.panel.map().points()[row];
            QVERIFY(std::abs(point.x() - static_cast<double>(plane.points(row, 0))) < 1e-4);
            QVERIFY(std::abs(point.y() - static_cast<double>(plane.points(row, 1))) < 1e-4);
        }
        QCOMPARE(bench.panel.map().star(), 4);
        QCOMPARE(bench.panel.map().table().rows(), 12);
    }

    void aClickSelectsTheStar()
    {
        Bench bench;
        QVERIFY(bench.map());
        QTest::mouseClick(bench.canvas(), Qt::LeftButton, {}, bench.placeOf(9));
        QCOMPARE(bench.selection.spectrum(), bench.spectra.standardId(9));
        QCOMPARE(bench.panel.map().star(), 9);
        QTest::keyClick(&bench.panel.map(), Qt::Key_Right);
        QVERIFY(bench.panel.map().points()[bench.panel.map().star()].x()
            >= bench.panel.map().points()[9].x());
    }

    void aLassoIsTheSharedSelection()
    {
        Bench bench;
        QVERIFY(bench.map());
        bench.panel.setDrag(ui::LatentMapPlot::Drag::Lasso);
        // Around all: along the edge of the axes.
        const QPoint star = bench.placeOf(4);
        const QRect all = bench.canvas()->rect().adjusted(60, 12, -12, -50);
        QTest::mousePress(bench.canvas(), Qt::LeftButton, {}, all.topLeft());
        for (const QPoint& corner : { all.topRight(), all.bottomRight(), all.bottomLeft() })
            QTest::mouseMove(bench.canvas(), corner);
        QTest::mouseRelease(bench.canvas(), Qt::LeftButton, {}, all.bottomLeft());
        QVERIFY(bench.selection.group().size() > 6);
        // Around one star.
        QTest::mousePress(bench.canvas(), Qt::LeftButton, {}, star + QPoint(-6, -6));
        for (const QPoint& corner : { QPoint(6, -6), QPoint(6, 6), QPoint(-6, 6) })
            QTest::mouseMove(bench.canvas(), star + corner);
        QTest::mouseRelease(bench.canvas(), Qt::LeftButton, {}, star + QPoint(-6, 6));
        QVERIFY(bench.selection.group().contains(bench.spectra.standardId(4)));
        QVERIFY(bench.selection.group().size() < 6);
        QCOMPARE(bench.panel.map().chosen().size(), bench.selection.group().size());
        bench.selection.setGroup({}); // another view lets go
        QVERIFY(bench.panel.map().chosen().isEmpty());
    }

    void twinsAreNearestInTheSpectrum()
    {
        Bench bench;
        QVERIFY(bench.map());
        const ui::PlotTable& twins = bench.panel.twins().table();
        QCOMPARE(twins.rows(), 11);
        const QVector<double>& distances = twins.columns[2].numbers;
        QVERIFY(std::is_sorted(distances.begin(), distances.end()));
        // The components of noise-free standards: the distance is the rms of the difference.
        bench.panel.showTwin(10);
        const ui::Trace& difference = bench.panel.spectrum().residual();
        double squares = 0.0;
        for (const double each : difference.flux)
            squares += each * each;
        const double rms = std::sqrt(squares / static_cast<double>(difference.flux.size()));
        QVERIFY2(std::abs(rms - distances[10]) < 0.35 * rms,
            qPrintable(QStringLiteral("%1 %2").arg(rms).arg(distances[10])));
    }

    void anOddStarIsSelected()
    {
        Bench bench;
        QVERIFY(bench.map());
        const ui::PlotTable& odd = bench.panel.odd().table();
        QCOMPARE(odd.rows(), 12);
        const QVector<double>& scores = odd.columns[2].numbers;
        QVERIFY(std::is_sorted(scores.rbegin(), scores.rend()));
        bench.panel.chooseOdd(0);
        const auto* entry = bench.spectra.entry(bench.selection.spectrum());
        QCOMPARE(entry->name, odd.columns[0].texts[0]);
    }

    void neighboursAreLaidOutAndRunsCanBeCancelled()
    {
        Bench bench;
        QVERIFY(bench.map());
        QSignalSpy laid(&bench.panel, &ui::LatentMapPanel::laidOut);
        bench.panel.setLayoutKind(ui::LatentMapPanel::Layout::Tsne);
        QVERIFY(laid.wait(30'000));
        gon::TsneOptions options;
        options.iterations = ui::LatentMapper::kTsneIterations;
        options.threads = 1;
        const auto points = gon::tsne(bench.panel.stars()->metric, options);
        QVERIFY_RESULT(points);
        QCOMPARE(bench.panel.map().points()[3],
            QPointF(static_cast<double>((*points)(3, 0)), static_cast<double>((*points)(3, 1))));
        bench.panel.setLayoutKind(ui::LatentMapPanel::Layout::Principal);
        QCOMPARE(laid.size(), 2);
        bench.panel.setLayoutKind(ui::LatentMapPanel::Layout::Tsne);
        QVERIFY(bench.status.currentJob() != nullptr);
        bench.status.currentJob()->cancel();
        QVERIFY(!bench.panel.isBusy());
        QVERIFY(bench.status.currentJob() == nullptr);
    }

    void coloursFollowTheirMeaning()
    {
        Bench bench;
        QVERIFY(bench.map());
        const auto& stars = *bench.panel.stars();
        const auto luminosity = ui::mapPaint(stars, ui::MapColour::Luminosity);
        QCOMPARE(luminosity.values.mid(0, 3), QVector<double>({ 0.0, 1.0, 2.0 }));
        const auto type = ui::mapPaint(stars, ui::MapColour::Type);
        QCOMPARE(type.values.first(), 20.0); // A0
        QVERIFY(!ui::isKnown(stars, ui::MapColour::SignalToNoise)); // standards have none
        QVERIFY(!ui::isKnown(stars, ui::MapColour::Survey));
        const auto score = ui::mapPaint(stars, ui::MapColour::Score);
        for (const double share : score.values)
            QVERIFY(share >= 0.25 && share <= 1.0);
        bench.panel.setColour(ui::MapColour::Score);
        QVERIFY(!bench.panel.grab().isNull());
    }

    void aWalkPaintsTheSpectrumOfThePlace()
    {
        Bench bench;
        QVERIFY(bench.map());
        bench.panel.setDrag(ui::LatentMapPlot::Drag::Walk);
        const QPoint star = bench.placeOf(9);
        QTest::mousePress(bench.canvas(), Qt::LeftButton, {}, bench.placeOf(4));
        QTest::mouseMove(bench.canvas(), star + QPoint(8, 0));
        QTest::mouseMove(bench.canvas(), star);
        QTest::mouseRelease(bench.canvas(), Qt::LeftButton, {}, star);
        // Within the pixel of a star the spectrum is its own.
        const ui::Trace& shown = bench.panel.spectrum().star();
        const gon::LatentInference inference(bench.models.model, 1);
        const gon::Matrix own
            = inference.decode(bench.panel.stars()->encoding.codes.row(9));
        QCOMPARE(shown.flux.size(), qsizetype(64));
        for (Eigen::Index p = 0; p < 64; ++p)
            QVERIFY(std::abs(shown.flux[p] - static_cast<double>(own(0, p))) < 0.02);
        QVERIFY(!bench.panel.caption().startsWith("⚠"));
        QCOMPARE(bench.selection.spectrum(), bench.spectra.standardId(4)); // a walk selects nothing
    }

    // On the pixels of the store; a star that is chosen comes to the list of stars.
    void theSpectraOfAStoreAreMapped()
    {
        const test::TemporaryFolder folder;
        test::writeGriddedStore(folder / "s.h5", 30);
        const auto store = store::Store::open(folder / "s.h5").value();
        const auto rows = ui::rowsToLearn(*store);
        QCOMPARE(rows.size(), std::size_t(30));
        gon::GonData data;
        data.train = gon::storeSet(*store, rows).value();
        gon::GonConfig config;
        config.decoder.latent = 3;
        config.threads = 1;
        const auto components = gon::principalComponentModel(config, data);
        QVERIFY_RESULT(components);
        Bench bench;
        bench.models.model = std::make_shared<const gon::GonModel>(*components);
        bench.panel.setStars([store] {
            ui::MapStars stars;
            stars.store = store;
            return stars;
        });
        QVERIFY(bench.map());
        const ui::MappedStars& stars = *bench.panel.stars();
        QVERIFY(stars.ids.size() > 10);
        QVERIFY(ui::isKnown(stars, ui::MapColour::Survey));
        const int before = bench.spectra.openedCount();
        bench.panel.chooseOdd(0);
        QTRY_COMPARE(bench.spectra.openedCount(), before + 1);
        QTRY_VERIFY(bench.panel.storeRowOf(bench.selection.spectrum()).has_value());
        const std::uint64_t row = *bench.panel.storeRowOf(bench.selection.spectrum());
        QVERIFY(bench.panel.map().star() >= 0);
        QCOMPARE(stars.storeRows[static_cast<std::size_t>(bench.panel.map().star())], row);
        bench.panel.chooseOdd(0); // it is listed already
        QCOMPARE(bench.spectra.openedCount(), before + 1);

        ui::StarReconstructor reconstructor;
        std::shared_ptr<const ui::StarReconstruction> made;
        connect(&reconstructor, &ui::StarReconstructor::made, this,
            [&made](const auto& star) { made = star; });
        ui::ReconstructionRequest request;
        request.spectrum = store->spectrum(row).value();
        request.store = store;
        request.storeRow = row;
        request.models = bench.models;
        reconstructor.request(request);
        QTRY_VERIFY(made != nullptr);
        QVERIFY(!made->error);
        const gon::LatentInference inference(bench.models.model, 1);
        const auto own = inference.impute(
            gon::subset(data.train, { static_cast<std::size_t>(row) }), {});
        QVERIFY_RESULT(own);
        QVERIFY((own->flux - made->made.flux).cwiseAbs().maxCoeff() < 1e-4F);
    }

    void theSliderLeadsFromStandardToStandard()
    {
        Bench bench;
        QVERIFY(bench.map());
        QVERIFY(bench.panel.morphBox().count() >= 3);
        QSlider& slider = bench.panel.morphSlider();
        slider.setValue(slider.maximum());
        const auto& reference = bench.models.model->reference;
        const auto nodes = gon::morphNodes(reference, gon::MorphAxis::Temperature, 5.0);
        QVERIFY(nodes.size() >= 2);
        const QString last = QString::fromStdString(reference.types[nodes.back().row]);
        QVERIFY2(bench.panel.caption().contains(last), qPrintable(bench.panel.caption()));
        const gon::LatentInference inference(bench.models.model, 1);
        const gon::Matrix own
            = inference.decode(reference.codes.row(static_cast<Eigen::Index>(nodes.back().row)));
        QVERIFY(std::abs(bench.panel.spectrum().star().flux[30] - static_cast<double>(own(0, 30)))
            < 1e-5);
        slider.setValue(slider.maximum() / 7);
        QVERIFY(!bench.panel.caption().isEmpty());
    }
};

QTEST_MAIN(TestLatentMap)
#include "tst_latent_map.moc"
