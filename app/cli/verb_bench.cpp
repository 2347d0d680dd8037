#include "app/cli/bench.h"

namespace maury::cli {
namespace {

constexpr AddVerb kBenches[]
    = { addBenchAugment, addBenchGon, addBenchResample, addBenchTrain };

} // namespace

void addBench(CLI::App& app, CommonOptions& common, Action& action)
{
    CLI::App* verb = app.add_subcommand("bench", "measure speed: medians of repeated runs");
    verb->require_subcommand(1);
    for (const AddVerb addOne : kBenches)
        addOne(*verb, common, action);
}

} // namespace maury::cli
