#include "app/gui/bench_render.h"

#include "core/dataset/variation_bands.h"
#include "ui/models/confusion_model.h"
#include "ui/plots/confusion_plot.h"
#include "ui/plots/spectrum_plot.h"
#include "ui/plots/training_curves.h"

#include <QCoreApplication>
#include <QElapsedTimer>

#include <algorithm>
#include <array>
#include <cmath>
#include <ctime>
#include <string>
#include <vector>

namespace maury::gui {

namespace {

constexpr std::size_t kRepeats = 51;
constexpr QSize kPlotSize { 1000, 480 };
constexpr int kVariations = 300;
constexpr int kEpochs = 250;
constexpr int kUpdatesPerSecond = 30; ///< the feed's limit
constexpr int kStepsPerUpdate = 8;
constexpr int kSecondsOfCurves = 5;

/// Pans and zooms in turn.
double variationsFrameMs(const mk::Atlas& atlas)
{
    const auto& grid = atlas.grid();
    const auto row = atlas.flux().row(atlas.flux().rows() / 2);
    const std::vector<float> flux(row.begin(), row.end());
    const dataset::Augmenter augmenter(grid, {}, 1);
    std::vector<float> one(flux.size());
    augmenter.apply(flux, 0, 0, one);
    const std::vector<std::uint8_t> good(flux.size(), 1);
    ui::SpectrumPlot plot;
    plot.resize(kPlotSize);
    plot.show();
    plot.setCurves(
        ui::standardTrace(atlas, static_cast<std::size_t>(atlas.flux().rows() / 2)), {}, {});
    plot.setVariations(
        ui::variationTrace(grid, dataset::variationBands(flux, augmenter, kVariations), one, good));
    return medianMs([&plot, &grid](int i) {
        const double width = (grid.lastAngstrom() - grid.firstAngstrom) * (i % 2 == 0 ? 1.0 : 0.6);
        plot.setWavelengthRange(grid.firstAngstrom + i, grid.firstAngstrom + i + width);
        (void)plot.timeReplot();
    });
}

ui::EpochRow epochRow(int epoch)
{
    ui::EpochRow row;
    const double loss = 3.0 * std::exp(-epoch / 60.0) + 0.1;
    row.epoch = epoch;
    row.learningRate = 0.01;
    row.trainLoss = row.trainLossSc = row.trainLossLc = loss;
    row.testLoss = row.testLossSc = row.testLossLc = 1.1 * loss;
    row.trainAccuracySc = row.trainAccuracyLc = 1.0 - loss / 4.0;
    row.testAccuracySc = row.testAccuracyLc = 1.0 - loss / 3.5;
    return row;
}

/// Milliseconds of the processor for a second of deliveries at the end of a run of kEpochs: batches
/// kUpdatesPerSecond times, an epoch once.
double curvesSecondMs()
{
    ui::TrainingCurves curves;
    curves.resize(kPlotSize);
    curves.show();
    curves.begin(kEpochs);
    std::vector<ui::StepPoint> steps(kStepsPerUpdate);
    const auto addSteps = [&curves, &steps](double position) {
        for (std::size_t i = 0; i < steps.size(); ++i) {
            const double at = position + static_cast<double>(i) / 1000.0;
            const double loss = 3.0 * std::exp(-at / 60.0) + 0.1 + 0.05 * std::sin(at * 777.0);
            steps[i] = { at, loss, loss, loss, 0.9, 0.95, loss * 0.9, loss * 1.1, 0.01, 4 };
        }
        curves.addSteps(steps);
    };
    const auto addEpoch = [&curves](int epoch) { curves.addEpoch(epochRow(epoch), epoch == 200); };
    const int last = kEpochs - kSecondsOfCurves;
    for (int epoch = 0; epoch < last; ++epoch) {
        addSteps(epoch);
        addEpoch(epoch);
    }
    curves.refresh();
    QCoreApplication::processEvents();
    const std::clock_t start = std::clock();
    for (int epoch = last; epoch < kEpochs; ++epoch) {
        for (int update = 0; update < kUpdatesPerSecond; ++update) {
            addSteps(epoch + update / static_cast<double>(kUpdatesPerSecond));
            if (update == kUpdatesPerSecond - 1)
                addEpoch(epoch);
            curves.refresh();
            QCoreApplication::processEvents();
        }
    }
    return 1000.0 * static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC / kSecondsOfCurves;
}

/// Counts as after an epoch: most on the diagonal, some beside it. The names of the classes change
/// with the epoch, so that the model is reset, which costs most.
train::HeadMetrics spreadCounts(std::size_t classes, std::size_t epoch)
{
    std::vector<std::vector<std::int64_t>> counts(classes, std::vector<std::int64_t>(classes, 0));
    std::vector<std::string> names;
    for (std::size_t truth = 0; truth < classes; ++truth) {
        names.push_back(std::to_string(truth) + (epoch % 2 == 0 ? "a" : "b"));
        for (std::size_t sample = 0; sample < 100; ++sample) {
            const std::size_t off = sample < 90 ? 0 : (sample * (epoch + truth + 3)) % classes;
            ++counts[truth][(truth + off) % classes];
        }
    }
    return train::scoreConfusion(std::move(counts), names);
}

/// From new counts to a painted matrix of the size that the page gives it.
double matrixUpdateMs()
{
    constexpr std::size_t kClasses = 31;
    constexpr QSize kMatrixSize { 640, 560 };
    const std::array epochs { spreadCounts(kClasses, 0), spreadCounts(kClasses, 1) };
    ui::ConfusionModel model;
    ui::ConfusionPlot plot(model);
    plot.resize(kMatrixSize);
    plot.show();
    return medianMs([&](int i) {
        model.setMetrics(epochs.at(static_cast<std::size_t>(i) % epochs.size()));
        (void)plot.timeReplot();
    });
}

} // namespace

double medianMs(const std::function<void(int)>& act)
{
    std::vector<double> times;
    for (std::size_t i = 0; i < kRepeats; ++i) {
        QElapsedTimer clock;
        clock.start();
        act(static_cast<int>(i));
        times.push_back(static_cast<double>(clock.nsecsElapsed()) / 1e6);
    }
    std::nth_element(times.begin(), times.begin() + kRepeats / 2, times.end());
    return times[kRepeats / 2];
}

QJsonObject benchRender(const mk::Atlas& atlas)
{
    return { { "variations_frame_ms", variationsFrameMs(atlas) },
        { "matrix_update_ms", matrixUpdateMs() },
        { "curves_core_share", curvesSecondMs() / 1000.0 } };
}

} // namespace maury::gui
