#include "app/cli/gon.h"

#include "app/cli/interrupt.h"
#include "app/cli/json_value.h"
#include "app/cli/report.h"
#include "core/gon/backend_encoding.h"
#include "core/gon/line_check.h"
#include "core/io/csv_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <limits>

namespace maury::cli {
namespace {

using base::ErrorCode;
using base::Result;
using nlohmann::json;

struct Options {
    GonSpectraOptions spectra;
    std::string model;
    std::string out;
    int iterations = 0;
    std::vector<std::string> hide;
    std::string windows = "mk";
    std::string backend = "cpu"; ///< of encode
};

void addUse(CLI::App& verb, Options& options, int iterations)
{
    addGonSpectra(verb, options.spectra);
    options.iterations = iterations;
    verb.add_option("--model", options.model, "a model that gon train wrote")->required();
    verb.add_option("--steps", options.iterations,
            "iterations towards the maximum of the posterior; 0: the model's own inference")
        ->check(CLI::Range(0, 100))
        ->capture_default_str();
    verb.add_option("--out", options.out, "CSV file");
}

/// "4000:4050" → a range of wavelengths.
Result<gon::WavelengthRange> rangeOf(const std::string& text)
{
    gon::WavelengthRange range;
    char rest = 0;
    if (std::sscanf(text.c_str(), "%lf:%lf%c", &range.firstAngstrom, &range.lastAngstrom, &rest) != 2
        || !(range.firstAngstrom < range.lastAngstrom))
        return base::failure(
            ErrorCode::OptionInvalid, "--hide", text, "two wavelengths in Å, as 4000:4050");
    return range;
}

json starsJson(const gon::SpectrumSet& set, const gon::Encoding& encoding)
{
    json stars = json::array();
    for (std::size_t i = 0; i < set.spectra(); ++i) {
        const bool usable = encoding.usable[i] != 0;
        json star { { "star", set.stars[i] },
            { "type", i < set.types.size() ? set.types[i] : std::string() },
            { "usable", usable }, { "chi2_per_dof", nullptr }, { "dof", encoding.dof[i] } };
        if (usable)
            star["chi2_per_dof"] = encoding.chi2PerDof(i);
        stars.push_back(std::move(star));
    }
    return stars;
}

double medianChi2(const gon::Encoding& encoding)
{
    std::vector<double> values;
    for (std::size_t i = 0; i < encoding.usable.size(); ++i)
        if (encoding.usable[i] != 0)
            values.push_back(encoding.chi2PerDof(i));
    if (values.empty())
        return std::numeric_limits<double>::quiet_NaN();
    const auto middle = values.begin() + std::ssize(values) / 2;
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

/// Columns of one star of a reconstruction.
void addColumns(const gon::SpectrumSet& set, const gon::Reconstruction& made, std::size_t row,
    std::vector<io::CsvColumn>& columns)
{
    const auto at = static_cast<Eigen::Index>(row);
    const auto add = [&](const char* name, const gon::Matrix& matrix) {
        io::CsvColumn column { set.stars[row] + "_" + name, {} };
        for (Eigen::Index p = 0; p < matrix.cols(); ++p)
            column.values.push_back(static_cast<double>(matrix(at, p)));
        columns.push_back(std::move(column));
    };
    add("flux", set.flux);
    add("ivar", set.ivar);
    add("model", made.flux);
    add("half68", made.half68);
    add("half95", made.half95);
}

Result<void> writeReconstruction(const std::string& file, const gon::SpectrumSet& set,
    const gon::Reconstruction& made)
{
    std::vector<io::CsvColumn> columns { { "wavelength_angstrom", set.wavelengthAngstrom } };
    for (std::size_t i = 0; i < set.spectra(); ++i)
        addColumns(set, made, i, columns);
    return io::writeCsv(file, columns);
}

Result<void> writeCodes(
    const std::string& file, const gon::SpectrumSet& set, const gon::Encoding& encoding)
{
    std::vector<io::CsvColumn> columns;
    io::CsvColumn chi2 { "chi2_per_dof", {} };
    for (std::size_t i = 0; i < set.spectra(); ++i)
        chi2.values.push_back(encoding.usable[i] != 0 ? encoding.chi2PerDof(i)
                                                      : std::numeric_limits<double>::quiet_NaN());
    columns.push_back(std::move(chi2));
    for (const gon::Label& label : set.labels)
        columns.push_back({ label.name, label.values });
    for (Eigen::Index d = 0; d < encoding.codes.cols(); ++d) {
        io::CsvColumn column { fmt::format("z{}", d + 1), {} };
        for (Eigen::Index i = 0; i < encoding.codes.rows(); ++i)
            column.values.push_back(static_cast<double>(encoding.codes(i, d)));
        columns.push_back(std::move(column));
    }
    return io::writeCsv(file, columns);
}

/// The line windows of every star: how they are fitted, and where their lines lie.
void addLines(const gon::SpectrumSet& set, const gon::Reconstruction& made,
    const std::vector<gon::LineWindow>& windows, json& stars)
{
    for (std::size_t i = 0; i < set.spectra(); ++i) {
        const auto row = static_cast<Eigen::Index>(i);
        json lines = json::array();
        for (const gon::LineCheck& line : gon::checkLines(set.wavelengthAngstrom,
                 set.flux.row(row), set.ivar.row(row), made.flux.row(row), windows))
            lines.push_back({ { "line", line.name }, { "wavelength", line.lineAngstrom },
                { "rmse", line.rmse }, { "largest_z", line.largestZ },
                { "depth", line.depthData }, { "depth_model", line.depthModel },
                { "width", line.widthData }, { "width_model", line.widthModel },
                { "offset_pixels", orNull(line.offsetData) },
                { "offset_pixels_model", orNull(line.offsetModel) } });
        stars[i]["lines"] = std::move(lines);
    }
}

int runEncode(const Options& options, const CommonOptions& common)
{
    if (options.backend != "cpu" && options.iterations > 0)
        return report(base::failure(ErrorCode::OptionInvalid, "--steps",
            fmt::format("{} with --backend {}", options.iterations, options.backend),
            "0: iterations run on the processor")
                .error());
    const Interrupt interrupt;
    const auto inference = openGonModel(options.model, common);
    if (!inference)
        return report(inference.error());
    const auto set = openGonSpectra(options.spectra);
    if (!set)
        return report(set.error());
    const auto begin = std::chrono::steady_clock::now();
    const auto encoding = options.backend == "cpu"
        ? inference->encode(*set, { options.iterations, false, true }, interrupt.token())
        : gon::encodeOn(options.backend, inference->model(), *set, common.threads, interrupt.token());
    if (!encoding)
        return report(encoding.error());
    const double seconds
        = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    if (!options.out.empty())
        if (const auto written = writeCodes(options.out, *set, *encoding); !written)
            return report(written.error());
    json document { { "model", gon::describe(inference->model()) },
        { "spectra", set->spectra() }, { "seconds", seconds },
        { "spectra_per_second", static_cast<double>(set->spectra()) / std::max(seconds, 1e-9) },
        { "chi2_per_dof_median", medianChi2(*encoding) },
        { "stars", starsJson(*set, *encoding) } };
    for (std::size_t i = 0; i < set->spectra(); ++i) {
        const auto row = encoding->codes.row(static_cast<Eigen::Index>(i));
        document["stars"][i]["code"] = std::vector<float>(row.data(), row.data() + row.size());
    }
    if (common.json)
        printJson(document);
    else
        fmt::print("{} spectra encoded, median χ²/dof {:.3f}\n", set->spectra(),
            medianChi2(*encoding));
    return kDone;
}

int runReconstruct(const Options& options, const CommonOptions& common)
{
    const Interrupt interrupt;
    std::vector<gon::WavelengthRange> hidden;
    for (const std::string& text : options.hide) {
        const auto range = rangeOf(text);
        if (!range)
            return report(range.error());
        hidden.push_back(*range);
    }
    const auto windows = gon::defaultWindows(options.windows);
    if (!windows)
        return report(windows.error());
    const auto inference = openGonModel(options.model, common);
    if (!inference)
        return report(inference.error());
    const auto set = openGonSpectra(options.spectra);
    if (!set)
        return report(set.error());
    const auto made
        = inference->impute(*set, hidden, options.iterations, interrupt.token());
    if (!made)
        return report(made.error());
    if (!options.out.empty())
        if (const auto written = writeReconstruction(options.out, *set, *made); !written)
            return report(written.error());
    json document { { "model", gon::describe(inference->model()) },
        { "spectra", set->spectra() },
        { "chi2_per_dof_median", medianChi2(made->encoding) },
        { "bands_calibrated", inference->model().bands.pixels > 0 },
        { "stars", starsJson(*set, made->encoding) } };
    addLines(*set, *made, *windows, document["stars"]);
    double squares = 0.0;
    double pixels = 0.0;
    for (std::size_t p = 0; p < set->pixels(); ++p)
        for (const gon::WavelengthRange& range : hidden)
            if (set->wavelengthAngstrom[p] >= range.firstAngstrom
                && set->wavelengthAngstrom[p] <= range.lastAngstrom)
                for (Eigen::Index i = 0; i < set->flux.rows(); ++i) {
                    const auto at = static_cast<Eigen::Index>(p);
                    if (!(set->ivar(i, at) > 0.0F))
                        continue;
                    const auto off = static_cast<double>(made->flux(i, at) - set->flux(i, at));
                    squares += off * off;
                    pixels += 1.0;
                }
    if (!hidden.empty())
        document["hidden"] = { { "pixels", pixels },
            { "rms", pixels > 0.0 ? json(std::sqrt(squares / pixels)) : json(nullptr) } };
    if (common.json) {
        printJson(document);
        return kDone;
    }
    fmt::print("{} spectra, median χ²/dof {:.3f}\n", set->spectra(), medianChi2(made->encoding));
    if (pixels > 0.0)
        fmt::print("hidden pixels: rms {:.4f} against the flux that was there\n",
            std::sqrt(squares / pixels));
    return kDone;
}

void addWindows(CLI::App& verb, Options& options)
{
    verb.add_option("--windows", options.windows, "line windows to report: none, mk, galah, apogee")
        ->capture_default_str();
}

} // namespace

void addGonEncode(CLI::App& gon, CommonOptions& common, Action& action)
{
    CLI::App* verb = gon.add_subcommand("encode", "codes of spectra");
    addCommonOptions(*verb, common);
    const auto options = std::make_shared<Options>();
    addUse(*verb, *options, 0);
    verb->add_option("--backend", options->backend, "cpu, cuda or auto")
        ->check(CLI::IsMember({ "auto", "cpu", "cuda" }))
        ->capture_default_str();
    verb->callback([options, &common, &action] {
        action = [options, &common] { return runEncode(*options, common); };
    });
}

void addGonReconstruct(CLI::App& gon, CommonOptions& common, Action& action)
{
    CLI::App* verb = gon.add_subcommand("reconstruct", "spectra as the model sees them, with bands");
    addCommonOptions(*verb, common);
    const auto options = std::make_shared<Options>();
    addUse(*verb, *options, gon::kMapIterations);
    addWindows(*verb, *options);
    verb->callback([options, &common, &action] {
        action = [options, &common] { return runReconstruct(*options, common); };
    });
}

void addGonImpute(CLI::App& gon, CommonOptions& common, Action& action)
{
    CLI::App* verb = gon.add_subcommand("impute", "hide ranges and repair them, with bands");
    addCommonOptions(*verb, common);
    const auto options = std::make_shared<Options>();
    addUse(*verb, *options, gon::kMapIterations);
    addWindows(*verb, *options);
    verb->add_option("--hide", options->hide, "a range in Å, as 4000:4050; repeatable")
        ->required();
    verb->callback([options, &common, &action] {
        action = [options, &common] { return runReconstruct(*options, common); };
    });
}

} // namespace maury::cli
