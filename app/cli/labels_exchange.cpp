// maury-cli labels list, import, export: what is in a project, and what goes into and out of it.

#include "app/cli/json_value.h"
#include "app/cli/labels.h"
#include "app/cli/report.h"
#include "core/project/label_exchange.h"

#include <fmt/core.h>

#include <memory>

namespace maury::cli {
namespace {

using project::Project;
using project::SignedLabel;

struct Options {
    std::string project;
    std::string file;
    std::string classifier;
    project::ImportOptions import;
};

nlohmann::json jsonOf(const SignedLabel& each)
{
    const project::Label& label = each.label;
    return { { "star", each.star }, { "classifier", each.classifier }, { "type", label.type },
        { "quality", orNull(label.quality) }, { "flags", toString(label.flags) },
        { "notes", label.notes }, { "seconds", label.seconds }, { "atlas", label.atlas },
        { "model", label.model }, { "program", label.program }, { "time_utc", label.timeUtc } };
}

base::Result<std::vector<SignedLabel>> chosenLabels(const Options& options)
{
    const auto opened = Project::open(options.project, Project::Access::ReadOnly);
    if (!opened)
        return base::Unexpected(opened.error());
    auto labels = opened->acceptedLabels();
    if (labels && !options.classifier.empty())
        std::erase_if(*labels,
            [&](const SignedLabel& each) { return each.classifier != options.classifier; });
    return labels;
}

/// The training runs that were made while the project was open.
base::Result<nlohmann::json> runsOf(const std::string& project)
{
    const auto opened = Project::open(project, Project::Access::ReadOnly);
    if (!opened)
        return base::Unexpected(opened.error());
    const auto runs = opened->runs();
    if (!runs)
        return base::Unexpected(runs.error());
    nlohmann::json rows = nlohmann::json::array();
    for (const project::Run& run : *runs) {
        const auto summary = nlohmann::json::parse(run.summary, nullptr, false);
        rows.push_back({ { "time_utc", run.timeUtc },
            { "summary", summary.is_discarded() ? nlohmann::json(run.summary) : summary } });
    }
    return rows;
}

int list(const CommonOptions& common, const Options& options)
{
    const auto labels = chosenLabels(options);
    if (!labels)
        return report(labels.error());
    const auto runs = runsOf(options.project);
    if (!runs)
        return report(runs.error());
    nlohmann::json rows = nlohmann::json::array();
    for (const SignedLabel& each : *labels) {
        if (common.json)
            rows.push_back(jsonOf(each));
        else
            fmt::print("{:<20}  {:<12}  {:<10}  {:<9}  {}\n", each.star, each.classifier,
                each.label.type,
                each.label.quality ? project::qualityWord(*each.label.quality) : "",
                toString(each.label.flags));
    }
    if (common.json)
        printJson({ { "project", options.project }, { "labels", rows }, { "runs", *runs } });
    return kDone;
}

int exportLabels(const CommonOptions& common, const Options& options)
{
    const auto labels = chosenLabels(options);
    if (!labels)
        return report(labels.error());
    if (auto written = project::writeLabels(options.file, *labels); !written)
        return report(written.error());
    if (common.json)
        printJson({ { "file", options.file }, { "labels", labels->size() } });
    else
        fmt::print("{} labels: {}\n", labels->size(), options.file);
    return kDone;
}

int import(const CommonOptions& common, const Options& options)
{
    const std::string own = std::filesystem::path(options.file).stem().string();
    auto labels
        = project::readLabels(options.file, options.classifier.empty() ? own : options.classifier);
    if (!labels)
        return report(labels.error());
    auto opened = Project::openOrCreate(options.project);
    if (!opened)
        return report(opened.error());
    const auto done = project::importLabels(*opened, std::move(*labels), options.import);
    if (!done) {
        notice("--add-stars adds unknown stars, --skip-unusable leaves rows out");
        return report(done.error());
    }
    nlohmann::json skipped = nlohmann::json::array();
    for (const auto& row : done->skipped) {
        notice(fmt::format("{}: line {}: left out: {}", options.file, row.line, row.reason));
        skipped.push_back({ { "line", row.line }, { "reason", row.reason } });
    }
    if (common.json)
        printJson({ { "project", options.project }, { "added", done->count.added },
            { "changed", done->count.changed }, { "unchanged", done->count.unchanged },
            { "new_stars", done->newStars }, { "skipped", skipped } });
    else
        fmt::print("{} labels added, {} changed, {} unchanged, {} left out; {} new stars\n",
            done->count.added, done->count.changed, done->count.unchanged, done->skipped.size(),
            done->newStars);
    return kDone;
}

CLI::Option* addProject(CLI::App& verb, Options& options)
{
    return verb.add_option("--project", options.project, "the project")->required();
}

template <typename Run>
void onSelection(CLI::App& verb, CommonOptions& common, Action& action,
    const std::shared_ptr<Options>& options, Run run)
{
    addCommonOptions(verb, common);
    verb.callback([&common, &action, options, run] {
        action = [&common, options, run] { return run(common, *options); };
    });
}

} // namespace

void addLabelsList(CLI::App& labels, CommonOptions& common, Action& action)
{
    CLI::App* verb = labels.add_subcommand("list", "the labels of a project");
    auto options = std::make_shared<Options>();
    addProject(*verb, *options);
    verb->add_option("--classifier", options->classifier, "only of this person");
    onSelection(*verb, common, action, options, list);
}

void addLabelsExport(CLI::App& labels, CommonOptions& common, Action& action)
{
    CLI::App* verb = labels.add_subcommand("export", "write the labels of a project to a table");
    auto options = std::make_shared<Options>();
    addProject(*verb, *options);
    verb->add_option("--out", options->file, "file to write: .csv, .ecsv or .fits")->required();
    verb->add_option("--classifier", options->classifier, "only of this person");
    onSelection(*verb, common, action, options, exportLabels);
}

void addLabelsImport(CLI::App& labels, CommonOptions& common, Action& action)
{
    CLI::App* verb = labels.add_subcommand(
        "import", "take labels from CSV or ECSV (columns star, type, …) into a project");
    auto options = std::make_shared<Options>();
    verb->add_option("FILE", options->file, "the labels")->required();
    addProject(*verb, *options)->description("the project; made when there is none");
    verb->add_option("--classifier", options->classifier,
        "whose labels they are where the file does not say; otherwise called like the file");
    verb->add_flag("--add-stars", options->import.addStars, "add stars that the project lacks");
    verb->add_flag("--skip-unusable", options->import.skipUnusable,
        "leave out rows with unknown types, stars or flags instead of refusing the file");
    onSelection(*verb, common, action, options, import);
}

} // namespace maury::cli
