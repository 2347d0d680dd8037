#include "tests/ui/support/run_fixture.h"

#include "ui/pages/run_settings_panel.h"

#include <QTest>

namespace maury::test {
namespace {

constexpr int kPatience = 60'000; // milliseconds

} // namespace

ui::RunRequest smallRun(int epochs)
{
    ui::RunRequest request;
    request.config.hidden = { 16 };
    request.config.perSpectrumTrain = 20;
    request.config.perSpectrumTest = 5;
    request.config.batchSize = 24;
    request.config.epochs = epochs;
    request.config.backend = "reference";
    request.config.live.learningRate = 0.1;
    return request;
}

ui::RunRequest smallRobustRun()
{
    ui::RunRequest request;
    request.protocol = ui::Protocol::Robust;
    request.robust.calibrationFolds = 0;
    robust::RobustConfig& config = request.robust.config;
    config.hidden = { 12 };
    config.steps = 3 * robust::kStepsPerEpoch;
    config.warmUpSteps = 10;
    config.batchSize = 16;
    config.heldOut = 24;
    config.threads = 2;
    return request;
}

RunFixture::RunFixture()
    : page(std::make_unique<ui::TrainPage>(context, session, ui::RunStore(folder.path())))
{
    page->settings().setRequest(smallRun(6));
    QObject::connect(&session, &ui::TrainingSession::stepsDone, &session,
        [this](const std::vector<ui::StepPoint>& points) {
            for (const auto& point : points)
                steps += point.steps;
        });
    QObject::connect(&session, &ui::TrainingSession::settingChanged, &session,
        [this](const train::SettingChanged& change) { changes.push_back(change); });
}

void RunFixture::startEndless()
{
    page->settings().setRequest(smallRun(100'000));
    page->start();
}

bool RunFixture::startAndHold()
{
    steps = 0;
    page->singleBatch();
    return QTest::qWaitFor([this] { return steps == 1; }, kPatience);
}

bool RunFixture::finish()
{
    session.resume();
    return QTest::qWaitFor([this] { return !session.active(); }, kPatience);
}

} // namespace maury::test
