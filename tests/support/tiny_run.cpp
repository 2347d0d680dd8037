#include "tests/support/tiny_run.h"

#include "core/train/cpu_backend.h"
#include "tests/support/tiny_samples.h"

namespace maury::test {

using namespace maury::train;

TrainingConfig tinyConfig()
{
    TrainingConfig config;
    config.hidden = { 32, 16 };
    config.batchSize = 25;
    config.epochs = 8;
    config.live.learningRate = 0.1;
    config.initialisation = nn::Initialisation::He;
    config.threads = 2;
    return config;
}

TrainingData tinyData()
{
    return { tinySamples(240, 1), tinySamples(60, 2), {} };
}

Outcome runTiny(const TrainingConfig& config, bool resume,
    const std::function<void(const TrainingEvent&, TrainingControl&)>& react, std::stop_token stop)
{
    const auto backend = createCpuBackend(config.threads);
    TrainingControl control;
    std::vector<TrainingEvent> events;
    const TrainingObserver observer = [&](const TrainingEvent& event) {
        events.push_back(event);
        if (react)
            react(event, control);
    };
    auto report = (resume ? Trainer::resume : Trainer::run)(
        config, tinyData(), *backend, control, observer, stop);
    return { std::move(report), std::move(events) };
}

namespace {

bool sameLayer(const auto& a, const auto& b)
{
    return a.weights.rows() == b.weights.rows() && a.weights.cols() == b.weights.cols()
        && a.weights == b.weights && a.biases == b.biases;
}

} // namespace

bool sameNumbers(const nn::Parameters& a, const nn::Parameters& b)
{
    bool same = sameLayer(a.sc, b.sc) && sameLayer(a.lc, b.lc) && a.hidden.size() == b.hidden.size();
    for (std::size_t i = 0; same && i < a.hidden.size(); ++i)
        same = sameLayer(a.hidden[i], b.hidden[i]);
    return same;
}

} // namespace maury::test
