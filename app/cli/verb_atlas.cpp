#include "app/cli/atlas_subverbs.h"
#include "app/cli/report.h"
#include "app/cli/verb.h"
#include "core/base/resource_paths.h"
#include "core/base/thread_team.h"
#include "core/mk/atlas_file.h"
#include "core/mk/synthetic/synthetic_atlas.h"

#include <chrono>

namespace maury::cli {
namespace {

struct ComputeOptions {
    std::string out;
    std::string tables;
};

int compute(const CommonOptions& common, const ComputeOptions& options)
{
    const auto start = std::chrono::steady_clock::now();
    mk::synthetic::AtlasOptions settings;
    settings.threads = common.threads > 0 ? common.threads : base::defaultThreadCount();
    settings.tables = options.tables.empty() ? base::shareFolder() / "synthetic"
                                             : std::filesystem::path(options.tables);
    int lastTenth = 0;
    const auto progress = [&lastTenth](double fraction) {
        const int tenth = static_cast<int>(10.0 * fraction);
        if (tenth > lastTenth)
            notice("atlas: " + std::to_string(10 * tenth) + " %");
        lastTenth = tenth;
    };
    const auto computed = mk::synthetic::computeSyntheticAtlas(settings, {}, progress);
    if (!computed)
        return report(computed.error());
    if (auto written = mk::writeAtlas(
            *computed->atlas, computed->provenance, computed->inputsSha256, options.out);
        !written)
        return report(written.error());
    const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
    const std::size_t spectra = computed->atlas->standards().size();
    if (common.json)
        printJson({ { "spectra", spectra }, { "seconds", seconds.count() },
            { "threads", settings.threads } });
    else
        std::printf("%zu spectra in %.1f s on %d threads: %s\n", spectra, seconds.count(),
            settings.threads, options.out.c_str());
    return kDone;
}

void addCompute(CLI::App& atlas, CommonOptions& common, Action& action)
{
    CLI::App* verb = atlas.add_subcommand("compute", "compute the built-in synthetic atlas");
    addCommonOptions(*verb, common);
    auto options = std::make_shared<ComputeOptions>();
    verb->add_option("--out", options->out, "file to write (HDF5)")->required();
    verb->add_option(
        "--tables", options->tables, "folder of the atomic data, if not the installed");
    verb->callback([&common, &action, options] {
        action = [&common, options] { return compute(common, *options); };
    });
}

} // namespace

void addAtlas(CLI::App& app, CommonOptions& common, Action& action)
{
    CLI::App* verb = app.add_subcommand("atlas", "libraries of standard spectra");
    verb->require_subcommand(1);
    addAtlasInfo(*verb, common, action);
    addAtlasExport(*verb, common, action);
    addCompute(*verb, common, action);
}

} // namespace maury::cli
