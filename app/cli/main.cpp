// maury-cli: everything the window computes, for scripts and clusters. One file per verb.

#include "app/cli/explain.h"
#include "app/cli/gon.h"
#include "app/cli/judges.h"
#include "app/cli/labels.h"
#include "app/cli/report.h"
#include "app/cli/verb.h"

#include <csignal>
#include <exception>

namespace maury::cli {

void addCommonOptions(CLI::App& verb, CommonOptions& common)
{
    verb.add_flag("--json", common.json, "one JSON document on stdout, nothing else there");
    verb.add_option("--seed", common.seed, "makes every random choice repeatable")
        ->capture_default_str();
    verb.add_option("--threads", common.threads, "limit of threads; 0 = the machine's")
        ->check(CLI::Range(0, 1024))
        ->capture_default_str();
}

namespace {

constexpr AddVerb kVerbs[] = {
    addAtlas,
    addAugment,
    addBackends,
    addBench,
    addClassify,
    addConvert,
    addEvaluate,
    addExplain,
    addExport,
    addGon,
    addInspect,
    addJudges,
    addLabels,
    addLines,
    addRectify,
    addResample,
    addSuspects,
    addTrain,
};

int run(int argc, char** argv)
{
    CLI::App app("Maury: MK spectral classification from the command line", "maury-cli");
    app.set_version_flag("--version", "maury-cli " MAURY_VERSION);
    app.require_subcommand(1);
    CommonOptions common;
    Action action;
    for (const AddVerb addVerb : kVerbs)
        addVerb(app, common, action);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        const bool noVerb = app.get_subcommands().empty();
        if (noVerb && argc > 1 && argv[1][0] != '-')
            notice(std::string("maury-cli: no verb is called ") + argv[1]);
        return app.exit(error) == 0 ? kDone : kWrongUsage;
    }
    return action();
}

} // namespace
} // namespace maury::cli

int main(int argc, char** argv)
{
    // Beyond a limit on file sizes (ulimit -f) a write fails like one on a full disk, instead of
    // ending the program.
    std::signal(SIGXFSZ, SIG_IGN);
    try {
        return maury::cli::run(argc, argv);
    } catch (const std::exception& error) {
        std::fprintf(stderr, "maury-cli: unexpected: %s\n", error.what());
        return maury::cli::kFailed;
    }
}
