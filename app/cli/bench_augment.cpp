#include "app/cli/bench.h"
#include "app/cli/bench_environment.h"
#include "app/cli/report.h"
#include "core/base/thread_team.h"
#include "core/dataset/augmentation.h"
#include "core/train/backend.h"

#include <fmt/format.h>

#include <chrono>
#include <cmath>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace maury::cli {
namespace {

constexpr int kRepeats = 31;
constexpr int kSpectraPerRun = 400;
constexpr std::size_t kDeviceSpectra = 20'000; ///< as many as keep a GPU busy

struct Options {
    std::string backend = "cpu";
    std::string noise = "both";
    std::size_t pixels = 1600;
};

// A rectified spectrum: continuum 1, lines of various depths.
std::vector<float> rectifiedSpectrum(std::size_t pixels)
{
    std::vector<float> flux(pixels);
    for (std::size_t i = 0; i < pixels; ++i) {
        const double x = std::remainder(static_cast<double>(i), 47.0) / 1.5;
        const double depth = 0.4 + 0.4 * std::sin(static_cast<double>(i / 47));
        flux[i] = static_cast<float>(1.0 - depth * std::exp(-0.5 * x * x));
    }
    return flux;
}

// Median CPU time of one variation on one of `threads` busy threads, µs.
double perSpectrum(const dataset::AugmentationSettings& settings, std::size_t pixels, int threads)
{
    const spectrum::WavelengthGrid grid { 3800.0, 0.5, pixels };
    const auto flux = rectifiedSpectrum(pixels);
    const dataset::Augmenter augmenter(grid, settings, 1);
    const auto size = static_cast<std::size_t>(threads);
    std::vector<double> spent(size);
    std::vector<double> runs;
    base::ThreadTeam team(threads);
    for (int repeat = 0; repeat < kRepeats; ++repeat) {
        team.run([&](int member) {
            std::vector<float> out(pixels);
            const auto first = static_cast<std::uint64_t>(member) * kSpectraPerRun;
            const double start = threadMicroseconds();
            for (std::uint64_t i = 0; i < kSpectraPerRun; ++i)
                augmenter.apply(flux, static_cast<std::uint32_t>(repeat), first + i, out);
            spent[static_cast<std::size_t>(member)] = threadMicroseconds() - start;
        });
        for (const double time : spent)
            runs.push_back(time / kSpectraPerRun);
    }
    return median(runs);
}

/// A device that makes the variations of a whole set at once, as runs with --fresh do.
class DeviceAugmenter {
public:
    static base::Result<DeviceAugmenter> make(std::size_t pixels)
    {
        auto backend = train::createBackend("cuda", 0);
        if (!backend)
            return base::Unexpected(backend.error());
        DeviceAugmenter device(pixels, *std::move(backend));
        const nn::NetworkSpec spec { static_cast<int>(pixels), { 8 }, nn::Activation::GeluTanh, 2,
            2 };
        if (const auto loaded = device.m_backend->load(spec, nn::zeroParameters<float>(spec), {});
            !loaded)
            return base::Unexpected(loaded.error());
        const train::LabelledSamples set { device.m_samples.data(), device.m_labels,
            device.m_labels };
        if (const auto kept = device.m_backend->keep(std::span(&set, 1)); !kept)
            return base::Unexpected(kept.error());
        return device;
    }

    /// Median time of one variation, µs, by a steady clock around the device's work.
    base::Result<double> perSpectrum(const dataset::AugmentationSettings& settings)
    {
        std::vector<double> runs;
        for (int repeat = -1; repeat < kRepeats; ++repeat) { // the first one warms up
            const auto start = std::chrono::steady_clock::now();
            const auto made = m_backend->makeFresh({ m_samples.data(), m_standards, m_standardOf,
                { 3800.0, 0.5, m_pixels }, settings, 1, static_cast<std::uint32_t>(repeat + 1) });
            if (!made)
                return base::Unexpected(made.error());
            if (!*made)
                return base::failure(base::ErrorCode::OptionInvalid, "--pixels",
                    fmt::format("{}", m_pixels), "as many as a block's shared memory holds");
            const std::chrono::duration<double, std::micro> spent
                = std::chrono::steady_clock::now() - start;
            if (repeat >= 0)
                runs.push_back(spent.count() / static_cast<double>(kDeviceSpectra));
        }
        return median(runs);
    }

private:
    DeviceAugmenter(std::size_t pixels, std::unique_ptr<train::Backend> backend)
        : m_pixels(pixels)
        , m_standards(rectifiedSpectrum(pixels))
        , m_standardOf(kDeviceSpectra, 0)
        , m_samples(kDeviceSpectra * pixels)
        , m_labels(kDeviceSpectra, 0)
        , m_backend(std::move(backend))
    {
    }

    std::size_t m_pixels;
    std::vector<float> m_standards;
    std::vector<std::uint32_t> m_standardOf;
    std::vector<float> m_samples;
    std::vector<std::uint16_t> m_labels;
    std::unique_ptr<train::Backend> m_backend;
};

dataset::AugmentationSettings noiseOnly(dataset::AugmentationSettings settings)
{
    dataset::AugmentationSettings noise;
    noise.registrationSigmaAngstrom = noise.registrationLinearSigma = 0.0;
    noise.dopplerSigmaKms = noise.broadeningSigmaPixels = 0.0;
    noise.continuumSigma0 = noise.continuumSigma1 = noise.continuumSigma2 = 0.0;
    noise.gain = settings.gain;
    noise.noise = settings.noise;
    return noise;
}

using PerSpectrum = std::function<base::Result<double>(const dataset::AugmentationSettings&)>;

base::Result<nlohmann::json> measure(const Options& options, const PerSpectrum& time)
{
    nlohmann::json document { { "per_spectrum_us", nullptr },
        { "per_spectrum_us_gaussian", nullptr }, { "noise_only_us", nullptr },
        { "noise_only_us_gaussian", nullptr } };
    for (const auto& [law, suffix] : { std::pair { dataset::NoiseLaw::Poisson, "" },
             { dataset::NoiseLaw::Gaussian, "_gaussian" } }) {
        if (options.noise != "both" && options.noise != toString(law))
            continue;
        dataset::AugmentationSettings settings;
        settings.noise = law;
        const auto all = time(settings);
        const auto noise = time(noiseOnly(settings));
        for (const auto* result : { &all, &noise })
            if (!*result)
                return base::Unexpected(result->error());
        document[std::string("per_spectrum_us") + suffix] = *all;
        document[std::string("noise_only_us") + suffix] = *noise;
    }
    return document;
}

int run(const CommonOptions& common, const Options& options)
{
    const int threads = common.threads == 0 ? base::defaultThreadCount() : common.threads;
    const bool onDevice = options.backend == "cuda";
    PerSpectrum time = [&](const dataset::AugmentationSettings& settings) {
        return base::Result<double>(perSpectrum(settings, options.pixels, threads));
    };
    std::shared_ptr<DeviceAugmenter> device;
    if (onDevice) {
        auto made = DeviceAugmenter::make(options.pixels);
        if (!made)
            return report(made.error());
        device = std::make_shared<DeviceAugmenter>(*std::move(made));
        time = [&](const dataset::AugmentationSettings& settings) {
            return device->perSpectrum(settings);
        };
    }
    auto measured = measure(options, time);
    if (!measured)
        return report(measured.error());
    nlohmann::json document = *std::move(measured);
    if (!common.json) {
        for (const auto& [name, value] : document.items())
            if (value.is_number())
                fmt::print("{:<26} {:.3f}\n", name, value.get<double>());
        return kDone;
    }
    document.update({ { "backend", options.backend }, { "threads", onDevice ? 1 : threads },
        { "pixels", options.pixels }, { "repeats", kRepeats },
        { "spectra_per_run", onDevice ? kDeviceSpectra : std::size_t { kSpectraPerRun } },
        { "clock",
            onDevice ? "steady clock around the device's work, median of runs"
                     : "CPU time of the thread, median of runs" },
        { "environment", benchEnvironment() } });
    printJson(document);
    return kDone;
}

} // namespace

void addBenchAugment(CLI::App& bench, CommonOptions& common, Action& action)
{
    CLI::App* verb = bench.add_subcommand(
        "augment", "time of one variation with all five augmentations, per core or on a GPU");
    addCommonOptions(*verb, common);
    const auto options = std::make_shared<Options>();
    verb->add_option("--backend", options->backend, "cpu or cuda")
        ->check(CLI::IsMember({ "cpu", "cuda" }))
        ->capture_default_str();
    verb->add_option("--noise", options->noise, "poisson, gaussian or both")
        ->check(CLI::IsMember({ "poisson", "gaussian", "both" }))
        ->capture_default_str();
    constexpr std::size_t kMostPixels = 1'000'000;
    verb->add_option("--pixels", options->pixels, "length of the spectrum")
        ->check(CLI::Range(std::size_t { 1 }, kMostPixels))
        ->capture_default_str();
    verb->callback([&common, &action, options] {
        action = [&common, options] { return run(common, *options); };
    });
}

} // namespace maury::cli
