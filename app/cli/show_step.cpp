#include "app/cli/show_step.h"

#include "app/cli/report.h"
#include "core/train/step_stages.h"

#include <fmt/format.h>

namespace maury::cli {
namespace {

using train::StepStage;

/// "Z_{SC}" is for screens; a terminal reads "Z_SC".
std::string plain(std::string text)
{
    std::erase_if(text, [](char letter) { return letter == '{' || letter == '}'; });
    return text;
}

base::Result<train::StepChoice> chosen(
    const train::StepTrace& trace, const ShowStepOptions& options)
{
    if (options.sample < 1 || options.sample > trace.samples())
        return base::failure(base::ErrorCode::OptionInvalid, "--step-sample",
            std::to_string(options.sample), fmt::format("1 to {}", trace.samples()));
    train::StepChoice choice = train::busiestUnits(trace, options.sample - 1);
    if (options.units.empty())
        return choice;
    if (options.units.size() != choice.units.size())
        return base::failure(base::ErrorCode::OptionInvalid, "--step-units",
            fmt::format("{} units", options.units.size()),
            fmt::format("one for each of {} hidden layers", choice.units.size()));
    for (std::size_t layer = 0; layer < choice.units.size(); ++layer) {
        const int unit = options.units[layer];
        if (unit < 1 || unit > trace.spec.hidden[layer])
            return base::failure(base::ErrorCode::OptionInvalid, "--step-units",
                std::to_string(unit), fmt::format("1 to {}", trace.spec.hidden[layer]));
        choice.units[layer] = unit - 1;
    }
    return choice;
}

nlohmann::json stageJson(const StepStage& stage)
{
    nlohmann::json json { { "stage", toString(stage.kind) }, { "layer", toString(stage.layer) },
        { "formula", plain(stage.formula) }, { "shapes", nlohmann::json::array() },
        { "rows", nlohmann::json::array() }, { "results", nlohmann::json::array() } };
    for (const auto& shape : stage.shapes)
        json["shapes"].push_back(
            { { "symbol", plain(shape.symbol) }, { "shape", { shape.rows, shape.columns } } });
    for (const std::string& column : stage.columns)
        json["columns"].push_back(plain(column));
    for (const auto& row : stage.rows)
        json["rows"].push_back(
            { { "label", row.label }, { "numbers", row.numbers }, { "chosen", row.marked } });
    for (const auto& result : stage.results)
        json["results"].push_back(
            { { "symbol", plain(result.symbol) }, { "of", result.of }, { "value", result.value } });
    return json;
}

nlohmann::json stepJson(const train::StepTrace& trace, const train::StepChoice& choice)
{
    nlohmann::json json { { "epoch", trace.epoch + 1 }, { "batch", trace.step + 1 },
        { "samples", trace.samples() }, { "loss", trace.loss }, { "loss_sc", trace.lossSc },
        { "loss_lc", trace.lossLc }, { "learning_rate", trace.settings.learningRate },
        { "sample", choice.sample + 1 }, { "units", nlohmann::json::array() },
        { "stages", nlohmann::json::array() } };
    for (const int unit : choice.units)
        json["units"].push_back(unit + 1);
    for (const StepStage& stage : train::stagesOf(trace, choice))
        json["stages"].push_back(stageJson(stage));
    return json;
}

void printStage(const StepStage& stage, int number)
{
    fmt::print("\n{}. {} ({})\n   {}\n  ", number, toString(stage.kind), toString(stage.layer),
        plain(stage.formula));
    for (const auto& shape : stage.shapes)
        fmt::print(" {} [{}, {}]", plain(shape.symbol), shape.rows, shape.columns);
    fmt::print("\n   ");
    for (const std::string& column : stage.columns)
        fmt::print("{:>15}", plain(column));
    fmt::print("\n");
    for (const auto& row : stage.rows) {
        fmt::print("  {}{:>14}", row.marked ? '>' : ' ', row.label);
        for (const double value : row.numbers)
            fmt::print("{:>15.6g}", value);
        fmt::print("\n");
    }
    for (const auto& result : stage.results)
        fmt::print("   {}{} = {:.9g}\n", plain(result.symbol),
            result.of.empty() ? "" : " (" + result.of + ")", result.value);
}

} // namespace

void addShowStepOptions(CLI::App& verb, ShowStepOptions& options)
{
    constexpr const char* kGroup = "A single step";
    verb.add_flag("--show-step", options.wanted,
            "take one batch of the run and print it number by number, forwards and back, up to the "
            "new weights; with --resume the next one of that run, which is left as it is")
        ->group(kGroup);
    verb.add_option("--step-sample", options.sample, "spectrum of the batch that is followed")
        ->group(kGroup)
        ->capture_default_str();
    verb.add_option("--step-units", options.units,
            "unit of each hidden layer that is followed, e.g. 5,12,3 (default: those that the loss "
            "depends on most)")
        ->delimiter(',')
        ->group(kGroup);
}

int printStep(
    const train::StepTrace& trace, const ShowStepOptions& options, const CommonOptions& common)
{
    const auto choice = chosen(trace, options);
    if (!choice)
        return report(choice.error());
    if (common.json) {
        printJson(stepJson(trace, *choice));
        return kDone;
    }
    fmt::print("epoch {}, batch {}: {} spectra, loss {:.6g}; spectrum {}, units", trace.epoch + 1,
        trace.step + 1, trace.samples(), trace.loss, choice->sample + 1);
    for (const int unit : choice->units)
        fmt::print(" {}", unit + 1);
    fmt::print("\n");
    int number = 0;
    for (const StepStage& stage : train::stagesOf(trace, *choice))
        printStage(stage, ++number);
    return kDone;
}

} // namespace maury::cli
