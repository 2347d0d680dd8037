#include "core/mk/atlas_export.h"
#include "app/cli/atlas_subverbs.h"
#include "app/cli/report.h"

#include <fmt/core.h>

#include <memory>

namespace maury::cli {
namespace {

struct Options {
    std::string atlas = "builtin";
    std::string out;
};

int run(const CommonOptions& common, const Options& options)
{
    const auto atlas = mk::openAtlas(options.atlas);
    if (!atlas)
        return report(atlas.error());
    for (const std::string& warning : (*atlas)->warnings())
        notice(warning);
    if (const auto written = mk::writeAtlasFolder(**atlas, options.out); !written)
        return report(written.error());
    const std::size_t spectra = (*atlas)->standards().size();
    if (common.json)
        printJson({ { "name", (*atlas)->name() }, { "spectra", spectra }, { "out", options.out } });
    else
        fmt::print("{} spectra written to {}\n", spectra, options.out);
    return kDone;
}

} // namespace

void addAtlasExport(CLI::App& atlas, CommonOptions& common, Action& action)
{
    CLI::App* verb
        = atlas.add_subcommand("export", "write a library as text files in MKCLASS naming");
    addCommonOptions(*verb, common);
    auto options = std::make_shared<Options>();
    verb->add_option("--atlas", options->atlas, "builtin, or a folder of standards")
        ->capture_default_str();
    verb->add_option("--out", options->out, "folder to write to; made if missing")->required();
    verb->callback([&common, &action, options] {
        action = [&common, options] { return run(common, *options); };
    });
}

} // namespace maury::cli
