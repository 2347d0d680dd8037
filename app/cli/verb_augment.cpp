#include "app/cli/atlas_options.h"
#include "app/cli/augment_bands.h"
#include "app/cli/augmentation_options.h"
#include "app/cli/report.h"
#include "app/cli/verb.h"
#include "core/base/thread_team.h"
#include "core/dataset/sample_set.h"

#include <fmt/format.h>

#include <chrono>
#include <memory>
#include <string>
#include <vector>

namespace maury::cli {
namespace {

using Clock = std::chrono::steady_clock;

struct Options {
    std::vector<std::string> atlases;
    std::string test;
    std::string out;
    std::string bands;
    dataset::BuildOptions build;
};

double secondsSince(Clock::time_point start)
{
    return std::chrono::duration<double>(Clock::now() - start).count();
}

base::Result<std::vector<mk::AtlasPtr>> openAtlases(const std::vector<std::string>& names)
{
    std::vector<mk::AtlasPtr> atlases;
    for (const std::string& name : names) {
        auto atlas = openAtlasWithWarnings(name);
        if (!atlas)
            return base::Unexpected(atlas.error());
        atlases.push_back(*std::move(atlas));
    }
    return atlases;
}

base::Result<dataset::SampleSetPtr> buildSet(const Options& options)
{
    const auto atlases = openAtlases(options.atlases);
    if (!atlases)
        return base::Unexpected(atlases.error());
    const auto tests = openAtlases(
        options.test.empty() ? std::vector<std::string>() : std::vector { options.test });
    if (!tests)
        return base::Unexpected(tests.error());
    const auto scheme = mk::selectClasses(*atlases, *tests);
    if (!scheme)
        return base::Unexpected(scheme.error());
    return dataset::buildSampleSet(*atlases, *scheme, options.build);
}

nlohmann::json result(const Options& options, const dataset::SampleSet& set,
    const std::string& sha256, double buildSeconds, double seconds)
{
    return { { "atlases", options.atlases },
        { "test", options.test.empty() ? nlohmann::json() : nlohmann::json(options.test) },
        { "classes", set.scheme.names }, { "standards", set.standardNames.size() },
        { "per_spectrum", options.build.perSpectrum }, { "samples", set.size() },
        { "pixels", set.grid.pixels }, { "seed", options.build.seed },
        { "threads", options.build.threads }, { "description", set.description },
        { "out", options.out }, { "sha256", sha256 }, { "build_seconds", buildSeconds },
        { "seconds", seconds } };
}

int run(const CommonOptions& common, Options options)
{
    options.build.seed = common.seed;
    options.build.threads = common.threads == 0 ? base::defaultThreadCount() : common.threads;
    // Before any file is opened: a wrong setting is the first thing to say.
    if (const auto valid = dataset::validate(options.build); !valid)
        return report(asOption(valid.error()));
    if (!options.bands.empty())
        return runBands(common,
            { options.bands, options.atlases.front(), options.build.perSpectrum,
                options.build.augmentation, options.out });
    const auto start = Clock::now();
    const auto set = buildSet(options);
    if (!set)
        return report(asOption(set.error()));
    const double buildSeconds = secondsSince(start);
    notice(fmt::format(
        "{} samples made in {:.2f} s; writing {}", (*set)->size(), buildSeconds, options.out));
    const auto written = dataset::writeSampleSet(**set, options.out);
    if (!written)
        return report(written.error());
    const double seconds = secondsSince(start);
    if (common.json)
        printJson(result(options, **set, *written, buildSeconds, seconds));
    else
        fmt::print("{}\n{} samples of {} pixels in {:.2f} s: {}\n", (*set)->description,
            (*set)->size(), (*set)->grid.pixels, seconds, options.out);
    return kDone;
}

} // namespace

void addAugment(CLI::App& app, CommonOptions& common, Action& action)
{
    CLI::App* verb
        = app.add_subcommand("augment", "make variations of standards and store them as a set");
    addCommonOptions(*verb, common);
    const auto options = std::make_shared<Options>();
    verb->add_option("--atlas", options->atlases,
            "builtin, or a folder of standards; may be given several times")
        ->required()
        ->allow_extra_args(false);
    verb->add_option("--test", options->test,
        "an atlas that must have a standard of every class kept (it is not augmented)");
    verb->add_option("--per-spectrum", options->build.perSpectrum,
            "variations of each standard; 0 = the standards unchanged")
        ->capture_default_str();
    verb->add_option("--bands", options->bands,
        "instead of a set: a CSV file with the percentiles 2.5, 16, 50, 84 and 97.5 of the variations "
        "of this spectrum (a file, or a standard by its name), as the window draws them");
    verb->add_option("--out", options->out, "the HDF5 file (with --bands: CSV file) to write")
        ->required();
    options->build.edges = dataset::EdgePixels::AsRead; // the same set as train --atlas makes
    addEdgesOption(*verb, options->build.edges, "OPTIONS");
    addAugmentationOptions(*verb, options->build.augmentation);
    verb->callback([&common, &action, options] {
        action = [&common, options] { return run(common, *options); };
    });
}

} // namespace maury::cli
