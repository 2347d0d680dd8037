// maury-cli suspects: which labels of the stars that networks learn from are probably wrong.

#include "app/cli/csv_field.h"
#include "app/cli/interrupt.h"
#include "app/cli/judges.h"
#include "app/cli/report.h"
#include "app/cli/train_robust.h"
#include "core/explain/label_suspicion.h"
#include "core/mk/relabelled_atlas.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace maury::cli {
namespace {

using explain::LabelSuspicion;
using nlohmann::json;

struct Options {
    std::string atlas = "builtin";
    std::vector<double> fwhms;
    std::string labels;
    explain::SuspicionSettings settings;
    std::size_t top = 20;
    bool csv = false;
};

base::Result<robust::Library> openLabelled(const Options& options)
{
    auto libraries = openTrainingLibraries({ options.atlas }, options.fwhms);
    if (!libraries)
        return base::Unexpected(libraries.error());
    robust::Library library { libraries->front().atlas, libraries->front().fwhmAngstrom };
    if (options.labels.empty())
        return library;
    const auto types = typesByName(options.labels);
    if (!types)
        return base::Unexpected(types.error());
    auto labelled = mk::relabelled(*library.atlas, *types);
    if (!labelled)
        return base::failureIn(labelled.error(), options.labels);
    library.atlas = *std::move(labelled);
    return library;
}

json suspectJson(const LabelSuspicion& suspect)
{
    return { { "star", suspect.star }, { "label", suspect.label }, { "score", suspect.score },
        { "held_out_type", suspect.heldOutType },
        { "held_out_confidence", suspect.heldOutConfidence },
        { "wrong_share", suspect.wrongShare }, { "forgotten", suspect.forgotten } };
}

void printCsv(const std::vector<LabelSuspicion>& suspects)
{
    fmt::print("star,label,score,held_out_type,held_out_confidence,wrong_share,forgotten\n");
    for (const LabelSuspicion& one : suspects)
        fmt::print("{},{},{},{},{},{},{}\n", csvField(one.star), csvField(one.label),
            csvField(std::optional(one.score)), csvField(one.heldOutType),
            csvField(std::optional(one.heldOutConfidence)),
            csvField(std::optional(one.wrongShare)), csvField(std::optional(one.forgotten)));
}

void printText(const std::vector<LabelSuspicion>& suspects, std::size_t top)
{
    fmt::print("{:>5}  {:<14} {:<9} {:<9} {:>10} {:>12} {:>9}\n", "score", "star", "label",
        "unseen:", "confidence", "wrong epochs", "forgotten");
    for (std::size_t i = 0; i < std::min(top, suspects.size()); ++i) {
        const LabelSuspicion& one = suspects[i];
        fmt::print("{:>5.2f}  {:<14} {:<9} {:<9} {:>10.2f} {:>10.0f} % {:>9.1f}\n", one.score,
            one.star, one.label, one.heldOutType, one.heldOutConfidence, 100.0 * one.wrongShare,
            one.forgotten);
    }
}

int run(const CommonOptions& common, const Options& options)
{
    const Interrupt interrupt;
    const auto library = openLabelled(options);
    if (!library)
        return report(library.error());
    explain::SuspicionSettings settings = options.settings;
    settings.training.seed = common.seed;
    settings.training.threads = common.threads;
    if (const auto valid = robust::validate(settings.training); !valid)
        return report(valid.error());
    const auto backend = train::createBackend("cpu", common.threads);
    if (!backend)
        return report(backend.error());
    int shown = -1;
    const auto suspects = explain::suspectLabels(
        *library, settings, **backend,
        [&](int fold, double) {
            if (std::exchange(shown, fold) != fold)
                notice(fmt::format("fold {}/{}: training without its stars", fold + 1,
                    settings.folds));
        },
        interrupt.token());
    if (!suspects)
        return report(suspects.error());
    if (common.json) {
        json list = json::array();
        for (const LabelSuspicion& suspect : *suspects)
            list.push_back(suspectJson(suspect));
        printJson({ { "atlas", library->atlas->name() }, { "folds", settings.folds },
            { "stars", suspects->size() }, { "suspects", std::move(list) } });
    } else if (options.csv) {
        printCsv(*suspects);
    } else {
        printText(*suspects, options.top);
    }
    return kDone;
}

} // namespace

void addSuspects(CLI::App& app, CommonOptions& common, Action& action)
{
    CLI::App* verb = app.add_subcommand("suspects",
        "which labels of an atlas are probably wrong: networks that did not see a star contradict "
        "its label, and those that did learn it late or forget it");
    addCommonOptions(*verb, common);
    const auto options = std::make_shared<Options>();
    verb->add_option("--atlas", options->atlas, "builtin or a folder of standards")
        ->capture_default_str();
    verb->add_option("--labels", options->labels,
        "other types for its standards: CSV with the columns star (their name) and type");
    verb->add_option("--native-fwhm", options->fwhms, "its resolution in angstrom (default: by its name)")
        ->expected(1);
    explain::SuspicionSettings& settings = options->settings;
    verb->add_option("--folds", settings.folds, "parts that the stars are divided into")
        ->capture_default_str();
    verb->add_option("--steps", settings.training.steps, "batches of each network")
        ->capture_default_str();
    verb->add_option("--warm-up", settings.training.warmUpSteps,
            "steps over which the learning rate rises")
        ->capture_default_str();
    verb->add_option("--batch", settings.training.batchSize, "fresh variations a batch")
        ->capture_default_str();
    verb->add_option("--hidden", settings.training.hidden, "widths of the hidden layers")
        ->delimiter(',')
        ->capture_default_str();
    verb->add_option("--top", options->top, "so many in the text")->capture_default_str();
    verb->add_flag("--csv", options->csv, "all of them, one line each")->excludes("--json");
    verb->callback([&common, &action, options] {
        action = [&common, options] { return run(common, *options); };
    });
}

} // namespace maury::cli
