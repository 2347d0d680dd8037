#include "ui/pages/latent_page.h"

#include "tests/ui/support/page_fixture.h"
#include "tests/ui/support/ui_test.h"
#include "ui/pages/latent_settings.h"
#include "ui/pages/notice_bar.h"
#include "ui/pages/parameter_row.h"
#include "ui/pages/reconstruction_panel.h"
#include "ui/pages/view_switch.h"
#include "ui/plots/gon_curves.h"
#include "ui/plots/reconstruction_plot.h"

#include <QAction>
#include <QCheckBox>
#include <QComboBox>
#include <QPushButton>
#include <QSignalSpy>
#include <QSlider>
#include <QToolButton>

#include <cmath>

using namespace maury;
using State = ui::TrainingSession::State;

namespace {

constexpr int kSteps = 40;

/// The page on an atlas of sixty-four pixels, with settings that train in a moment.
struct Bench : test::PageFixture {
    ui::LatentPage page { context };

    Bench()
    {
        gon::GonConfig config;
        config.decoder.latent = 4;
        config.decoder.hidden = { 16 };
        config.steps = kSteps;
        config.batchSize = 16;
        config.threads = 1;
        page.settings().setConfig(config);
        page.resize(900, 600);
        page.show();
        selection.setSpectrum(spectra.standardId(4));
    }

    /// Trains by the button of the empty page.
    [[nodiscard]] bool train()
    {
        QSignalSpy changed(&page, &ui::LatentPage::modelsChanged);
        page.findChild<QPushButton*>()->click();
        return changed.wait(60'000);
    }
    [[nodiscard]] QAction* action(const QString& text) const
    {
        for (QAction* each : page.pageActions())
            if (each->text() == text)
                return each;
        return nullptr;
    }
    [[nodiscard]] bool waitForStar()
    {
        return page.star().reconstruction() != nullptr
            || QSignalSpy(&page.star(), &ui::ReconstructionPanel::reconstructed).wait(20'000);
    }
};

/// Chooses the line of a box that has this data, by keys.
template <typename Value> void chooseByKeys(QComboBox& box, Value value)
{
    const int wanted = box.findData(static_cast<int>(value));
    while (box.currentIndex() < wanted)
        QTest::keyClick(&box, Qt::Key_Down);
    while (box.currentIndex() > wanted)
        QTest::keyClick(&box, Qt::Key_Up);
}

/// Draws the brush over wavelengths, as a hand does.
void drawBrush(ui::ReconstructionPlot& plot, double from, double to)
{
    QWidget* canvas = plot.findChild<QWidget*>();
    const QPoint begin = plot.placeOf(from).toPoint();
    const QPoint end = plot.placeOf(to).toPoint();
    QTest::mousePress(canvas, Qt::LeftButton, {}, begin);
    QTest::mouseMove(canvas, (begin + end) / 2);
    QTest::mouseMove(canvas, end);
    QTest::mouseRelease(canvas, Qt::LeftButton, {}, end);
}

} // namespace

class TestLatentPage : public test::UiTest {
    Q_OBJECT
private slots:
    void theEmptyPageTrains()
    {
        Bench bench;
        QSignalSpy states(&bench.page.session(), &ui::GonSession::stateChanged);
        QVERIFY(bench.train());
        QVERIFY(states.size() >= 2);
        QCOMPARE(bench.page.curves().epochs(), kSteps / gon::kStepsPerEpoch);
        QCOMPARE(bench.page.curves().table().rows(), kSteps / gon::kStepsPerEpoch);
        QCOMPARE(bench.page.models().model->latent(), std::size_t(4));
        QVERIFY(bench.page.models().baseline != nullptr);
        QCOMPARE(bench.page.views().current(), QStringLiteral("star"));
        QVERIFY(bench.waitForStar());
        QVERIFY(bench.page.star().figures().contains("χ²/dof"));
    }

    // The numbers of the page are those of the command line: gon impute on the atlas.
    void theStarIsWhatTheModelMakesOfIt()
    {
        Bench bench;
        QVERIFY(bench.train());
        QVERIFY(bench.waitForStar());
        const auto* star = bench.page.star().reconstruction();
        QVERIFY(star != nullptr);
        const auto set = gon::standardsSet(*bench.workspace.atlas(), 5000.0);
        QVERIFY_RESULT(set);
        const gon::LatentInference inference(bench.page.models().model, 1);
        const auto made = inference.impute(*set, {});
        QVERIFY_RESULT(made);
        QVERIFY((made->flux.row(4) - star->made.flux.row(0)).cwiseAbs().maxCoeff() < 1e-5F);
        const ui::PlotTable table = bench.page.star().plot().table();
        QCOMPARE(table.rows(), 64);
        QVERIFY(std::abs(table.columns[3].numbers[20] - static_cast<double>(made->flux(4, 20)))
            < 1e-5);
    }

    void theBrushHidesAndTheModelRepairs()
    {
        Bench bench;
        QVERIFY(bench.train());
        QVERIFY(bench.waitForStar());
        ui::ReconstructionPanel& star = bench.page.star();
        (void)star.plot().timeReplot(); // lays the axes out
        drawBrush(star.plot(), 4010.0, 4014.0);
        QCOMPARE(star.hidden().size(), std::size_t(1));
        QVERIFY(std::abs(star.hidden().front().firstAngstrom - 4010.0) < 0.2);
        QVERIFY(std::abs(star.hidden().front().lastAngstrom - 4014.0) < 0.2);
        QTRY_VERIFY(star.reconstruction()->repair
            && star.reconstruction()->request.hidden == star.hidden());
        const ui::RepairError& error = *star.reconstruction()->repair;
        QVERIFY(error.pixels >= 7 && error.pixels <= 10);
        QVERIFY(error.baselineRms);
        // Hidden is hidden: what the model does not see has no say in χ².
        const gon::Encoding& encoding = star.reconstruction()->made.encoding;
        QCOMPARE(encoding.dof.front(), 64.0 - static_cast<double>(error.pixels) - 4.0);
        QVERIFY(star.figures().contains(QString::number(error.pixels)));

        drawBrush(star.plot(), 4020.0, 4022.0);
        QCOMPARE(star.hidden().size(), std::size_t(2));
        bench.history.undo();
        QCOMPARE(star.hidden().size(), std::size_t(1));
        bench.history.redo();
        QCOMPARE(star.hidden().size(), std::size_t(2));
        for (QToolButton* button : star.findChildren<QToolButton*>())
            if (button->text() == "Show all")
                button->click();
        QVERIFY(star.hidden().empty());
        bench.history.undo();
        QCOMPARE(star.hidden().size(), std::size_t(2));
        // Nothing of one star leaks to the next.
        bench.selection.setSpectrum(bench.spectra.standardId(7));
        QVERIFY(star.hidden().empty());
        bench.history.undo();
        QCOMPARE(bench.selection.spectrum(), bench.spectra.standardId(4));
    }

    void aRunWaitsAndGoesOnAndTakesNewRates()
    {
        Bench bench;
        gon::GonConfig config = bench.page.settings().config();
        config.steps = 100'000;
        bench.page.settings().setConfig(config);
        bench.page.findChild<QPushButton*>()->click();
        QTRY_VERIFY(bench.page.curves().epochs() > 0);
        QVERIFY(bench.page.settings().row("latent").isLocked());
        QVERIFY(!bench.page.settings().row("lr").isLocked());
        bench.action("&Pause")->trigger();
        QTRY_COMPARE(bench.page.session().state(), State::Paused);
        bench.page.settings().row("lr").field().setValue(5e-4);
        bench.action("Go &on")->trigger();
        QTRY_COMPARE(bench.page.curves().marks().size(), 1);
        QCOMPARE(bench.page.curves().marks().front().after, 5e-4);
        bench.action("S&top")->trigger();
        QTRY_COMPARE(bench.page.session().state(), State::Idle);
        QVERIFY(bench.page.models().model != nullptr);
        QVERIFY(bench.page.session().result()->report.stopped);
        QVERIFY(!bench.page.settings().row("latent").isLocked());
    }

    // Every kind of network that gon train knows: what is chosen is what is trained.
    void choicesReachTheTrainer_data()
    {
        using Decoder = gon::DecoderKind;
        using Inference = gon::InferenceKind;
        QTest::addColumn<int>("decoder");
        QTest::addColumn<int>("inference");
        QTest::addColumn<bool>("variational");
        const auto add = [](const char* name, Decoder decoder, Inference inference, bool variational) {
            QTest::newRow(name) << static_cast<int>(decoder) << static_cast<int>(inference)
                                << variational;
        };
        add("one-step", Decoder::Dense, Inference::OneStep, false);
        add("detached", Decoder::Dense, Inference::Detached, false);
        add("learned", Decoder::Dense, Inference::LearnedStep, false);
        add("autoencoder", Decoder::Dense, Inference::Encoder, false);
        add("variational", Decoder::Dense, Inference::GaussNewton, true);
        add("siren", Decoder::Siren, Inference::OneStep, false);
        add("fourier", Decoder::Fourier, Inference::GaussNewton, false);
    }

    void choicesReachTheTrainer()
    {
        QFETCH(int, decoder);
        QFETCH(int, inference);
        QFETCH(bool, variational);
        Bench bench;
        ui::LatentSettings& settings = bench.page.settings();
        chooseByKeys(settings.decoderBox(), decoder);
        chooseByKeys(settings.inferenceBox(), inference);
        if (variational)
            QTest::keyClick(&settings.variationalBox(), Qt::Key_Space);
        settings.backendBox().setCurrentIndex(settings.backendBox().findData("reference"));
        QTest::keyClick(&settings.row("latent").slider(), Qt::Key_PageUp);
        const int latent = settings.config().decoder.latent;
        QVERIFY(latent > 4);
        QVERIFY(bench.train());
        const auto& result = *bench.page.session().result();
        const gon::GonModel& model = *bench.page.models().model;
        QCOMPARE(static_cast<int>(model.decoder.kind), decoder);
        QCOMPARE(static_cast<int>(model.inference), inference);
        QCOMPARE(model.latent(), static_cast<std::size_t>(latent));
        QCOMPARE(model.extra.posteriorMean.weights.size() > 0, variational);
        QCOMPARE(result.report.backend, std::string("reference"));
        // What nobody has touched follows the kind, what was set stays.
        const auto defaults = gon::defaultsFor(model.inference, model.decoder.kind);
        QCOMPARE(result.request.config.learningRate, defaults.learningRate);
        QVERIFY(model.decoder.activation == defaults.decoder.activation);
        QCOMPARE(model.decoder.hidden, std::vector<int> { 16 });
    }

    void choicesThatDoNotGoTogetherAreToldBeforeARun()
    {
        Bench bench;
        ui::LatentSettings& settings = bench.page.settings();
        QVERIFY(bench.action("&Train")->isEnabled());
        QVERIFY(settings.row("step-size").isLocked());
        chooseByKeys(settings.decoderBox(), gon::DecoderKind::Siren);
        chooseByKeys(settings.inferenceBox(), gon::InferenceKind::LearnedStep);
        QVERIFY(!settings.row("step-size").isLocked());
        QVERIFY(bench.action("&Train")->isEnabled());
        chooseByKeys(settings.inferenceBox(), gon::InferenceKind::Encoder);
        QVERIFY(!settings.obstacle().isEmpty());
        QVERIFY(!bench.action("&Train")->isEnabled());
        QCOMPARE(bench.action("&Train")->toolTip(), settings.obstacle());
        bench.page.findChild<QPushButton*>()->click(); // of the empty page
        QTRY_VERIFY(bench.page.notice().isVisible());
        QCOMPARE(bench.page.notice().text(), settings.obstacle());
        QVERIFY(!bench.page.session().active());

        // One undo for each line of the box, or fewer where they followed each other quickly.
        while (bench.history.canUndo()
            && settings.config().inference != gon::InferenceKind::GaussNewton)
            bench.history.undo();
        QVERIFY(settings.config().inference == gon::InferenceKind::GaussNewton);
        QVERIFY(settings.config().decoder.kind == gon::DecoderKind::Siren);
        QVERIFY(bench.action("&Train")->isEnabled());
        bench.history.undo();
        QVERIFY(settings.config().decoder.kind == gon::DecoderKind::Dense);
        QCOMPARE(settings.decoderBox().currentIndex(), 0);
        bench.history.redo();
        QVERIFY(settings.config().decoder.kind == gon::DecoderKind::Siren);
        QCOMPARE(settings.config().learningRate, 1e-4);

        chooseByKeys(settings.sourceBox(), ui::LatentSettings::Source::Opened);
        bench.history.undo();
        QVERIFY(settings.source() == ui::LatentSettings::Source::Standards);
    }

    // A rate that is far too high in mid-run: the reason is told, and what was good is shown.
    void aRunThatDivergesKeepsItsLastCheckpoint()
    {
        Bench bench;
        gon::GonConfig config = bench.page.settings().config();
        config.steps = 100'000;
        bench.page.settings().setConfig(config);
        bench.page.findChild<QPushButton*>()->click();
        QTRY_VERIFY(bench.page.curves().epochs() > 0);
        bench.page.settings().row("lr").field().setValue(10.0);
        QTRY_COMPARE_WITH_TIMEOUT(bench.page.session().state(), State::Idle, 60'000);
        const ui::GonResultPtr kept = bench.page.session().result();
        QVERIFY(kept != nullptr && kept->failure);
        QVERIFY(kept->failure->code == base::ErrorCode::TrainingDiverged);
        QVERIFY(bench.page.notice().isVisible());
        QVERIFY(bench.page.notice().text().contains("last checkpoint"));
        QCOMPARE(bench.page.models().model, kept->models.model);
        QVERIFY(kept->models.model->parameters.layers.front().weights.allFinite());
        QCOMPARE(bench.page.views().current(), QStringLiteral("star"));
        QVERIFY(bench.waitForStar());
        QVERIFY(bench.action("&Train")->isEnabled());
    }

    void badSettingsAreToldAndNothingIsLost()
    {
        Bench bench;
        QVERIFY(bench.train());
        const auto before = bench.page.models().model;
        gon::GonConfig config = bench.page.settings().config();
        config.decoder.latent = 80; // more than there are pixels
        bench.page.settings().setConfig(config);
        bench.page.train();
        QTRY_VERIFY(bench.page.notice().isVisible());
        QVERIFY(!bench.page.notice().text().isEmpty());
        QCOMPARE(bench.page.models().model, before);
    }

    void aModelIsSavedAndOpened()
    {
        const test::TemporaryFolder folder;
        const auto file = QString::fromStdString((folder / "gon.h5").string());
        Bench bench;
        QVERIFY(bench.train());
        bench.page.saveModel(file);
        QVERIFY(ui::isGonFile(file));
        Bench other;
        QSignalSpy changed(&other.page, &ui::LatentPage::modelsChanged);
        other.page.openModel(file);
        QVERIFY(changed.wait(60'000));
        QCOMPARE(other.page.models().name, QStringLiteral("gon.h5"));
        QVERIFY(other.waitForStar());
        QVERIFY(bench.waitForStar());
        QVERIFY((other.page.star().reconstruction()->made.flux
                    - bench.page.star().reconstruction()->made.flux)
                    .cwiseAbs()
                    .maxCoeff()
            < 1e-6F);
        other.page.openModel(QString::fromStdString((folder / "none.h5").string()));
        QTRY_VERIFY(other.page.notice().text().contains("none.h5"));
        QVERIFY(other.page.models().model != nullptr);
    }
};

QTEST_MAIN(TestLatentPage)
#include "tst_latent_page.moc"
