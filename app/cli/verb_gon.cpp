#include "app/cli/gon.h"

namespace maury::cli {
namespace {

constexpr AddVerb kVerbs[] = { addGonTrain, addGonEncode, addGonReconstruct, addGonImpute,
    addGonScore, addGonVelocity, addGonSample, addGonMap, addGonTwins, addGonMorph,
    addGonTransfer };

} // namespace

void addGon(CLI::App& app, CommonOptions& common, Action& action)
{
    CLI::App* verb = app.add_subcommand(
        "gon", "Gradient Origin Networks: reconstruct, repair and map spectra");
    verb->require_subcommand(1);
    for (const AddVerb addOne : kVerbs)
        addOne(*verb, common, action);
}

} // namespace maury::cli
