#include "app/cli/bench.h"
#include "app/cli/bench_environment.h"
#include "app/cli/report.h"
#include "core/base/thread_team.h"
#include "core/dataset/augmentation.h"

#include <fmt/format.h>

#include <cmath>
#include <memory>
#include <string>
#include <vector>

namespace maury::cli {
namespace {

constexpr int kRepeats = 31;
constexpr int kSpectraPerRun = 400;

struct Options {
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

int run(const CommonOptions& common, const Options& options)
{
    const int threads = common.threads == 0 ? base::defaultThreadCount() : common.threads;
    nlohmann::json document { { "per_spectrum_us", nullptr },
        { "per_spectrum_us_gaussian", nullptr }, { "noise_only_us", nullptr },
        { "noise_only_us_gaussian", nullptr } };
    for (const auto& [law, suffix] : { std::pair { dataset::NoiseLaw::Poisson, "" },
             { dataset::NoiseLaw::Gaussian, "_gaussian" } }) {
        if (options.noise != "both" && options.noise != toString(law))
            continue;
        dataset::AugmentationSettings settings;
        settings.noise = law;
        document[std::string("per_spectrum_us") + suffix]
            = perSpectrum(settings, options.pixels, threads);
        document[std::string("noise_only_us") + suffix]
            = perSpectrum(noiseOnly(settings), options.pixels, threads);
    }
    if (!common.json) {
        for (const auto& [name, value] : document.items())
            if (value.is_number())
                fmt::print("{:<26} {:.2f}\n", name, value.get<double>());
        return kDone;
    }
    document.update({ { "threads", threads }, { "pixels", options.pixels }, { "repeats", kRepeats },
        { "spectra_per_run", kSpectraPerRun },
        { "clock", "CPU time of the thread, median of runs" },
        { "environment", benchEnvironment() } });
    printJson(document);
    return kDone;
}

} // namespace

void addBenchAugment(CLI::App& bench, CommonOptions& common, Action& action)
{
    CLI::App* verb = bench.add_subcommand(
        "augment", "time of one variation with all five augmentations, per core");
    addCommonOptions(*verb, common);
    const auto options = std::make_shared<Options>();
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
