// rectify, resample, convert: the same steps with other defaults.

#include "app/cli/convert_model.h"
#include "app/cli/reduce_options.h"
#include "app/cli/reduced_sink.h"
#include "app/cli/report.h"
#include "app/cli/store_sink.h"
#include "app/cli/verb.h"
#include "core/base/atomic_file.h"

#include <fmt/core.h>

#include <chrono>
#include <memory>
#include <optional>

namespace maury::cli {
namespace {

using nlohmann::json;
using preprocess::Reduced;

enum class Task { Rectify, Resample, Convert };

struct Options {
    Task task = Task::Convert;
    std::vector<std::string> paths;
    std::string out;
    std::string format = "fits";
    std::string saveRecipe;
    std::string like;
    std::string where;
    bool append = false;
    ReduceFlags steps;
};

json describe(const SpectrumItem& item, const Reduced& reduced, const std::string& out)
{
    json segments = json::array();
    for (const spectrum::Segment& segment : reduced.segments())
        segments.push_back({ { "pixels", segment.pixels() },
            { "good_pixels", segment.goodPixels() },
            { "wavelength_min", segment.wavelengthAngstrom.front() },
            { "wavelength_max", segment.wavelengthAngstrom.back() },
            { "medium", toString(segment.medium) }, { "frame", toString(segment.frame) },
            { "origin", segment.origin } });
    json entry { { "file", nameOf(item) }, { "out", out },
        { "object", reduced.spectrum.object }, { "segments", segments },
        { "cosmic_rays", reduced.cosmicRays }, { "telluric_pixels", reduced.tellurics },
        { "notes", reduced.notes }, { "warnings", reduced.spectrum.warnings } };
    entry["recipe"] = json::parse(preprocess::recipeToJson(reduced.recipe));
    return entry;
}

void print(const SpectrumItem& item, const Reduced& reduced, const std::string& out)
{
    fmt::print("{} -> {}\n", nameOf(item), out);
    for (const preprocess::Step& step : reduced.recipe.steps)
        fmt::print("  {}\n", preprocess::describe(step));
    if (reduced.cosmicRays > 0)
        fmt::print("  {} pixels with cosmic rays\n", reduced.cosmicRays);
    for (const std::string& note : reduced.notes)
        fmt::print("  note: {}\n", note);
}

/// The whole run over all spectra.
class Batch {
public:
    Batch(const CommonOptions& common, const Options& options, preprocess::Recipe recipe)
        : m_common(common)
        , m_options(options)
        , m_recipe(std::move(recipe))
    {
    }

    int run()
    {
        const auto where = store::Where::parse(m_options.where);
        if (!where)
            return report(where.error());
        const auto items = expandStores(listSpectra(m_options.paths), *where);
        auto sink = namesStore(m_options.out)
            ? openStoreSink(m_options.out, m_options.append)
            : openSink(m_options.out, m_options.format, items.size());
        if (!sink)
            return report(sink.error());
        const auto start = std::chrono::steady_clock::now();
        for (const SpectrumItem& item : items)
            if (const auto done = reduce(item, **sink); !done)
                fail(item, done.error());
        if (const auto finished = (*sink)->finish(); !finished)
            return report(finished.error());
        const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
        if (m_common.json)
            printJson({ { "done", m_done }, { "failed", m_failed }, { "spectra", m_entries },
                { "seconds", seconds.count() }, { "operators", m_regridder.made() } });
        else if (items.size() > 1)
            fmt::print("{} of {} spectra written\n", m_done, items.size());
        if (items.size() == 1 && m_done == 0)
            return m_status;
        return m_failed.empty() ? kDone : kFailed;
    }

private:
    base::Result<void> reduce(const SpectrumItem& item, ReducedSink& sink)
    {
        const auto spectrum = readItem(item, m_options.steps.read.readOptions());
        if (!spectrum)
            return base::Unexpected(spectrum.error());
        const auto reduced = preprocess::reduce(m_recipe, **spectrum, m_regridder);
        if (!reduced && reduced.error().code == base::ErrorCode::ValueMissing)
            return base::failureIn(reduced.error(),
                "say what the file does not with --air, --vacuum, --frame, --velocity");
        if (!reduced)
            return base::Unexpected(reduced.error());
        if (m_done == 0 && !m_options.saveRecipe.empty())
            if (const auto written = base::writeFileAtomically(m_options.saveRecipe,
                    preprocess::recipeToJson(reduced->recipe, 2) + "\n");
                !written)
                return written;
        const auto out = sink.add(*reduced, item);
        if (!out)
            return base::Unexpected(out.error());
        ++m_done;
        if (m_common.json)
            m_entries.push_back(describe(item, *reduced, *out));
        else
            print(item, *reduced, *out);
        return {};
    }

    void fail(const SpectrumItem& item, const base::Error& error)
    {
        m_status = report(error);
        m_failed.push_back(
            { { "file", nameOf(item) }, { "error", base::describe(error) } });
    }

    const CommonOptions& m_common;
    const Options& m_options;
    preprocess::Recipe m_recipe;
    preprocess::Regridder m_regridder;
    json m_entries = json::array();
    json m_failed = json::array();
    std::size_t m_done = 0;
    int m_status = kDone;
};

/// Whole lines of a store go into another one with all that is known of them. Nothing when
/// something else is to be done; else the exit status.
std::optional<int> copyPart(
    const CommonOptions& common, const Options& options, const preprocess::Recipe& recipe)
{
    const bool isCopy = options.task == Task::Convert && options.paths.size() == 1
        && !options.append && recipe.steps.empty() && namesStore(options.out)
        && store::Store::isStore(options.paths.front());
    if (!isCopy)
        return std::nullopt;
    const auto where = store::Where::parse(options.where);
    if (!where)
        return report(where.error());
    const auto spectra = copyStore(options.paths.front(), *where, options.out);
    if (!spectra)
        return report(spectra.error());
    if (common.json)
        printJson({ { "done", *spectra }, { "failed", json::array() }, { "out", options.out } });
    else
        fmt::print("{} spectra written to {}\n", *spectra, options.out);
    return kDone;
}

int run(const CommonOptions& common, const Options& options)
{
    if (options.task == Task::Convert && options.paths.size() == 1)
        if (const auto converted
            = convertModel(common, options.paths.front(), options.out, options.like))
            return *converted;
    auto recipe = options.steps.steps(options.task == Task::Rectify);
    if (!recipe)
        return report(recipe.error());
    if (const auto copied = copyPart(common, options, *recipe))
        return *copied;
    return Batch(common, options, *std::move(recipe)).run();
}

void add(CLI::App& app, CommonOptions& common, Action& action, Task task, const char* name,
    const char* help)
{
    CLI::App* verb = app.add_subcommand(name, help);
    addCommonOptions(*verb, common);
    auto options = std::make_shared<Options>();
    options->task = task;
    verb->add_option("files", options->paths,
            task == Task::Convert ? "spectra, folders of them, or one model (.h5, .npz)"
                                  : "spectra, or folders of them")
        ->required();
    verb->add_option("--out", options->out,
            "file (.fits, .ecsv, .csv) for one spectrum, folder for several, store (.h5) for any "
            "number")
        ->required();
    verb->add_flag("--append", options->append, "add to the store instead of replacing it");
    addWhereOption(*verb, options->where);
    verb->add_option("--format", options->format, "of the files in a folder")
        ->check(CLI::IsMember({ "fits", "ecsv", "csv" }))
        ->capture_default_str();
    verb->add_option("--save-recipe", options->saveRecipe,
        "write the steps of the first spectrum, with all numbers, to this file (JSON)");
    addReduceFlags(*verb, options->steps);
    if (task == Task::Convert)
        verb->add_option("--like", options->like,
            "model whose classes and grid the network of an .npz archive of another program takes");
    const CLI::Option* grid = verb->get_option("--grid");
    const CLI::Option* recipe = verb->get_option("--recipe");
    verb->callback([&common, &action, options, grid, recipe] {
        if (options->task == Task::Resample && grid->count() + recipe->count() == 0)
            throw CLI::RequiredError("--grid");
        action = [&common, options] { return run(common, *options); };
    });
}

} // namespace

void addRectify(CLI::App& app, CommonOptions& common, Action& action)
{
    add(app, common, action, Task::Rectify, "rectify", "divide spectra by their continuum");
}

void addResample(CLI::App& app, CommonOptions& common, Action& action)
{
    add(app, common, action, Task::Resample, "resample",
        "bring spectra to a common grid, with errors and masks");
}

void addConvert(CLI::App& app, CommonOptions& common, Action& action)
{
    add(app, common, action, Task::Convert, "convert",
        "write spectra in another format, medium or frame, or a model as arrays of NumPy and back");
}

} // namespace maury::cli
