#include "app/gui/bench_scrub.h"

#include "app/gui/main_window.h"
#include "app/gui/workbench.h"
#include "core/train/training_data.h"
#include "ui/pages/time_machine.h"
#include "ui/pages/train_page.h"
#include "ui/pages/view_switch.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QSlider>
#include <QTemporaryDir>

#include <algorithm>
#include <vector>

namespace maury::gui {

namespace {

constexpr int kEpochs = 16;
constexpr int kPerSpectrum = 20;
constexpr qint64 kPatienceMs = 10'000;

struct Trained {
    train::TrainingReport report;
    dataset::SampleSetPtr test;
};

base::Result<Trained> trainPaper(const mk::AtlasPtr& atlas, const QString& checkpoint)
{
    train::TrainingConfig config;
    config.epochs = kEpochs;
    config.perSpectrumTrain = kPerSpectrum;
    config.checkpoint = checkpoint.toStdString();
    const auto prepared = train::prepareTrainingData({ atlas }, {}, config);
    if (!prepared)
        return base::Unexpected(prepared.error());
    const auto backend = train::createBackend("cpu", 0);
    if (!backend)
        return base::Unexpected(backend.error());
    train::TrainingControl control;
    auto report = train::Trainer::run(
        config, prepared->data, **backend, control, [](const train::TrainingEvent&) { }, {});
    if (!report)
        return base::Unexpected(report.error());
    return Trained { *std::move(report), prepared->data.test };
}

/// Milliseconds from moving the slider until the epoch is on the screen.
double scrubTo(ui::TimeMachine& machine, int index)
{
    QElapsedTimer clock;
    clock.start();
    machine.slider().setValue(index);
    while ((!machine.view() || machine.view()->epoch != machine.epoch())
        && clock.elapsed() < kPatienceMs)
        QCoreApplication::processEvents(QEventLoop::AllEvents | QEventLoop::WaitForMoreEvents, 5);
    machine.repaint();
    return static_cast<double>(clock.nsecsElapsed()) / 1e6;
}

} // namespace

void benchScrub(Workbench& workbench, const BenchDone& done)
{
    const QTemporaryDir folder;
    const QString file = folder.filePath(QStringLiteral("run.h5"));
    const auto trained = trainPaper(workbench.workspace().atlas(), file);
    if (!trained) {
        done(base::Unexpected(trained.error()));
        return;
    }
    auto& page = *workbench.window().findChild<ui::TrainPage*>();
    workbench.window().showPage(page.identifier());
    page.views().setCurrent(QStringLiteral("time"));
    ui::TimeMachine& machine = page.timeMachine();
    machine.beginRun(file.toStdString());
    for (const train::EpochDone& epoch : trained->report.history)
        machine.addEpoch(epoch);
    machine.setTestSet(trained->test);
    machine.refresh();
    std::vector<double> times;
    for (int index = kEpochs - 2; index >= 0; --index)
        times.push_back(scrubTo(machine, index));
    std::sort(times.begin(), times.end());
    done(QJsonObject { { "scrub_ms", times[times.size() / 2] }, { "scrub_ms_longest", times.back() },
        { "epochs", kEpochs },
        { "standards", static_cast<int>(trained->test->standardNames.size()) } });
}

} // namespace maury::gui
