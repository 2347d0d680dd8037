#include "ui/models/run_estimator.h"

#include "core/base/thread_team.h"
#include "core/mk/class_scheme.h"
#include "core/train/backend.h"

#include <algorithm>
#include <cmath>

namespace maury::ui {
namespace {

// Guesses until a run was measured, on purpose below what AVX-512 reaches (140e9 a thread).
constexpr double kCpuRatePerThread = 40e9;
constexpr double kReferenceRate = 10e9;
constexpr double kCudaRate = 5e12;
constexpr double kThreadSecondsPerVariation = 30e-6;

constexpr double kFitShare = 0.1; // of the training set is scored after each epoch

nn::NetworkSpec specOf(const train::TrainingConfig& config, const RunData& data)
{
    return { data.pixels, config.hidden, config.activation, data.classes, mk::kLuminosityGroups };
}

double guessedRate(const std::string& backend, int threads)
{
    if (backend == "reference")
        return kReferenceRate;
    return backend == "cuda" ? kCudaRate : kCpuRatePerThread * threads;
}

double samples(std::int64_t standards, int perSpectrum)
{
    return static_cast<double>(standards) * std::max(1, perSpectrum);
}

std::int64_t standards(std::int64_t samples, int perSpectrum)
{
    return samples / std::max(1, perSpectrum);
}

} // namespace

RunEstimator::RunEstimator()
    : m_automatic("cpu")
    , m_threads(base::defaultThreadCount())
{
    for (const auto& backend : train::listBackends())
        if (backend.name == "cuda" && backend.available)
            m_automatic = backend.name;
}

std::string RunEstimator::resolved(const std::string& backend) const
{
    return backend == "auto" ? m_automatic : backend;
}

void RunEstimator::setAtlas(const std::string& source, const mk::Atlas& atlas)
{
    // Borrowed for the call: selectClasses() takes shared pointers.
    const mk::AtlasPtr borrowed(std::shared_ptr<const void> {}, &atlas);
    const auto scheme = mk::selectClasses(std::span(&borrowed, 1));
    if (!scheme)
        return;
    const auto count = std::ssize(mk::labelStandards(atlas, *scheme).rows);
    m_data[{ source, source }]
        = { count, count, static_cast<int>(scheme->size()), static_cast<int>(atlas.grid().pixels) };
}

void RunEstimator::learn(
    const RunRequest& request, const train::RunStarted& run, double preparationSeconds)
{
    const RunData data { standards(run.trainSamples, request.config.perSpectrumTrain),
        standards(run.testSamples, request.config.perSpectrumTest),
        static_cast<int>(run.classes.size()), run.pixels };
    m_data[{ request.trainAtlas, request.testSource() }] = data;
    m_backend = run.backend;
    if (request.config.backend == "auto")
        m_automatic = run.backend;
    m_operationsPerSample = specOf(request.config, data).trainingOperations();
    const auto variations = static_cast<double>(run.trainSamples + run.testSamples);
    if (preparationSeconds > 0.0 && variations > 0.0)
        m_secondsPerVariation = preparationSeconds / variations;
}

void RunEstimator::learn(const train::EpochDone& epoch)
{
    if (!m_backend.empty() && std::isfinite(epoch.samplesPerSecond) && epoch.samplesPerSecond > 0.0)
        m_rates[m_backend] = epoch.samplesPerSecond * m_operationsPerSample;
}

RunEstimate RunEstimator::estimate(const RunRequest& request) const
{
    const auto& config = request.config;
    RunEstimate estimate;
    const auto known = m_data.find({ request.trainAtlas, request.testSource() });
    estimate.dataKnown = known != m_data.end();
    if (estimate.dataKnown)
        estimate.data = known->second;
    const nn::NetworkSpec spec = specOf(config, estimate.data);
    estimate.parameters = spec.parameterCount();
    estimate.backend = resolved(config.backend);
    const int threads = config.threads > 0 ? config.threads : m_threads;
    const auto measured = m_rates.find(estimate.backend);
    estimate.measured = measured != m_rates.end();
    estimate.rate = estimate.measured ? measured->second : guessedRate(estimate.backend, threads);

    const double train = samples(estimate.data.trainStandards, config.perSpectrumTrain);
    const double test = samples(estimate.data.testStandards, config.perSpectrumTest);
    const double operations
        = train * spec.trainingOperations() + (test + kFitShare * train) * spec.forwardOperations();
    const double variations
        = train + test + (config.freshEveryEpoch ? train * (config.epochs - 1) : 0.0);
    estimate.seconds = config.epochs * operations / estimate.rate
        + variations * m_secondsPerVariation.value_or(kThreadSecondsPerVariation / threads);
    return estimate;
}

} // namespace maury::ui
