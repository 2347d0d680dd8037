// maury-cli labels merge: where two classifiers agree, and what they should look at again.

#include "app/cli/json_value.h"
#include "app/cli/label_source.h"
#include "app/cli/labels.h"
#include "app/cli/report.h"
#include "core/io/spectrum_writer.h"
#include "core/project/agreement.h"

#include <fmt/core.h>

#include <cmath>
#include <memory>

namespace maury::cli {
namespace {

using project::Agreement;
using project::Comparison;
using project::Disagreement;

struct Options {
    std::vector<std::string> files;
    std::string first;
    std::string second;
    std::string out;
};

nlohmann::json jsonOf(const Agreement& agreement)
{
    return { { "stars", agreement.stars }, { "identical", orNull(agreement.identical) },
        { "within_one", orNull(agreement.withinOne) }, { "bias", orNull(agreement.bias) },
        { "weighted_kappa", orNull(agreement.weightedKappa) } };
}

nlohmann::json jsonOf(
    const Comparison& comparison, const std::string& first, const std::string& second)
{
    nlohmann::json queue = nlohmann::json::array();
    for (const Disagreement& each : comparison.queue)
        queue.push_back({ { "star", each.star }, { "first", each.first.type },
            { "second", each.second.type }, { "code_difference", orNull(each.codeDifference) },
            { "luminosity_difference", orNull(each.luminosityDifference) },
            { "first_flags", toString(each.first.flags) },
            { "second_flags", toString(each.second.flags) } });
    return { { "first", first }, { "second", second }, { "both", comparison.both },
        { "only_first", comparison.onlyFirst }, { "only_second", comparison.onlySecond },
        { "agreement",
            { { "spectral_class", jsonOf(comparison.spectralClass) },
                { "luminosity", jsonOf(comparison.luminosity) } } },
        { "weighted_kappa",
            { { "spectral_class", orNull(comparison.spectralClass.weightedKappa) },
                { "luminosity", orNull(comparison.luminosity.weightedKappa) } } },
        { "disagreements", queue } };
}

std::string percent(const std::optional<double>& fraction)
{
    return fraction ? fmt::format("{:.1f} %", 100.0 * *fraction) : "n/a";
}

std::string number(const std::optional<double>& value)
{
    return value ? fmt::format("{:.3f}", *value) : "n/a";
}

void print(const Comparison& comparison)
{
    fmt::print("stars: {} by both, {} by the first alone, {} by the second alone\n",
        comparison.both, comparison.onlyFirst, comparison.onlySecond);
    for (const auto& [name, agreement] : { std::pair { "spectral class", comparison.spectralClass },
             std::pair { "luminosity", comparison.luminosity } })
        fmt::print("{:<14}  {} stars: {} identical, {} within one, kappa {}, bias {}\n", name,
            agreement.stars, percent(agreement.identical), percent(agreement.withinOne),
            number(agreement.weightedKappa), number(agreement.bias));
    for (const Disagreement& each : comparison.queue)
        fmt::print("{:<20}  {:<10}  {:<10}  {}\n", each.star, each.first.type, each.second.type,
            number(each.codeDifference));
}

base::Result<void> writeQueue(const std::string& file, const Comparison& comparison)
{
    io::TableToWrite table { "QUEUE",
        { { "star" }, { "first_type" }, { "second_type" }, { "code_difference" },
            { "luminosity_difference" }, { "first_flags" }, { "second_flags" }, { "first_notes" },
            { "second_notes" } },
        {} };
    for (const Disagreement& each : comparison.queue) {
        int column = 0;
        const auto text = [&](const std::string& value) {
            table.columns[static_cast<std::size_t>(column++)].texts.push_back(value);
        };
        const auto real = [&](const std::optional<double>& value) {
            table.columns[static_cast<std::size_t>(column++)].values.push_back(
                value.value_or(std::nan("")));
        };
        text(each.star);
        text(each.first.type);
        text(each.second.type);
        real(each.codeDifference);
        real(each.luminosityDifference);
        text(toString(each.first.flags));
        text(toString(each.second.flags));
        text(each.first.notes);
        text(each.second.notes);
    }
    return io::writeTable(file, table);
}

std::string nameOf(const std::vector<project::SignedLabel>& labels, const std::string& file)
{
    return labels.empty() ? file : labels.front().classifier;
}

int run(const CommonOptions& common, const Options& options)
{
    const auto first = labelsOf(options.files.front(), options.first, "--first");
    if (!first)
        return report(first.error());
    const auto second = labelsOf(options.files.back(), options.second, "--second");
    if (!second)
        return report(second.error());
    const Comparison comparison = project::compareLabels(*first, *second);
    if (!options.out.empty())
        if (auto written = writeQueue(options.out, comparison); !written)
            return report(written.error());
    if (common.json)
        printJson(jsonOf(comparison, nameOf(*first, options.files.front()),
            nameOf(*second, options.files.back())));
    else
        print(comparison);
    return kDone;
}

} // namespace

void addLabelsMerge(CLI::App& labels, CommonOptions& common, Action& action)
{
    CLI::App* verb = labels.add_subcommand("merge",
        "compare two classifiers: agreement, weighted kappa, and the stars to look at again");
    addCommonOptions(*verb, common);
    auto options = std::make_shared<Options>();
    verb->add_option("FILES", options->files,
            "two files of labels or projects, or one that holds both classifiers")
        ->required()
        ->expected(1, 2);
    verb->add_option("--first", options->first, "classifier in the first file");
    verb->add_option("--second", options->second, "classifier in the second file");
    verb->add_option("--out", options->out, "the stars to look at again: .csv, .ecsv or .fits");
    verb->callback([&common, &action, options] {
        action = [&common, options] { return run(common, *options); };
    });
}

} // namespace maury::cli
