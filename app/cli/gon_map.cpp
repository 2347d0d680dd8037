// maury-cli gon map, twins: where stars stand among the others, as the Latent page shows it.

#include "app/cli/csv_field.h"
#include "app/cli/gon.h"
#include "app/cli/interrupt.h"
#include "app/cli/report.h"
#include "core/base/atomic_file.h"
#include "core/gon/latent_map.h"
#include "core/gon/tsne.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

namespace maury::cli {
namespace {

using base::ErrorCode;
using base::Result;
using nlohmann::json;

struct Options {
    GonSpectraOptions spectra;
    std::string model;
    std::string out;
    std::vector<std::string> stars; ///< of twins; empty: all
    int count = static_cast<int>(gon::kTwins);
    bool noTsne = false;
};

/// The usable spectra of the options, laid out.
struct Mapped {
    gon::SpectrumSet set;
    gon::StarMap map;
    std::string model;
};

Result<Mapped> mapOf(
    const Options& options, const CommonOptions& common, const std::stop_token& stop)
{
    const auto inference = openGonModel(options.model, common);
    if (!inference)
        return base::Unexpected(inference.error());
    auto set = openGonSpectra(options.spectra);
    if (!set)
        return base::Unexpected(set.error());
    std::vector<std::size_t> usable;
    for (std::size_t i = 0; i < set->spectra(); ++i)
        if (gon::isUsable(*set, i))
            usable.push_back(i);
        else
            notice("left out: " + set->stars[i] + " has no usable pixels");
    Mapped mapped { gon::subset(*set, usable), {}, gon::describe(inference->model()) };
    auto map = gon::mapStars(*inference, mapped.set, stop);
    if (!map)
        return base::Unexpected(map.error());
    mapped.map = *std::move(map);
    return mapped;
}

std::string typeOf(const gon::SpectrumSet& set, std::size_t row)
{
    return row < set.types.size() ? set.types[row] : std::string();
}

/// One star a row.
json starsJson(const Mapped& mapped, const std::optional<gon::Matrix>& tsne)
{
    json stars = json::array();
    for (std::size_t i = 0; i < mapped.set.spectra(); ++i) {
        const auto row = static_cast<Eigen::Index>(i);
        const gon::Matrix& plane = mapped.map.plane.points;
        json star { { "star", mapped.set.stars[i] }, { "type", typeOf(mapped.set, i) },
            { "pca_x", plane(row, 0) }, { "pca_y", plane(row, 1) }, { "tsne_x", nullptr },
            { "tsne_y", nullptr }, { "chi2_per_dof", mapped.map.encoding.chi2PerDof(i) },
            { "score", nullptr } };
        if (tsne) {
            star["tsne_x"] = (*tsne)(row, 0);
            star["tsne_y"] = (*tsne)(row, 1);
        }
        if (mapped.map.scores[i].usable)
            star["score"] = mapped.map.scores[i].combined;
        stars.push_back(std::move(star));
    }
    return stars;
}

/// The rows as CSV with these columns; what is not known is an empty field.
std::string csvOf(const json& rows, const std::vector<std::string>& columns)
{
    std::string text = fmt::format("{}\n", fmt::join(columns, ","));
    for (const json& row : rows) {
        std::vector<std::string> fields;
        for (const std::string& column : columns) {
            const json& value = row.at(column);
            fields.push_back(value.is_string() ? csvField(value.get<std::string>())
                    : value.is_null() ? std::string()
                                      : csvField(std::optional(value.get<double>())));
        }
        text += fmt::format("{}\n", fmt::join(fields, ","));
    }
    return text;
}

int runMap(const Options& options, const CommonOptions& common)
{
    const Interrupt interrupt;
    const auto mapped = mapOf(options, common, interrupt.token());
    if (!mapped)
        return report(mapped.error());
    std::optional<gon::Matrix> tsne;
    if (!options.noTsne) {
        gon::TsneOptions settings;
        settings.seed = common.seed;
        settings.threads = common.threads;
        auto points = gon::tsne(mapped->map.metric, settings, interrupt.token());
        if (!points)
            return report(points.error());
        tsne = *std::move(points);
    }
    const json stars = starsJson(*mapped, tsne);
    if (!options.out.empty())
        if (const auto written = base::writeFileAtomically(options.out,
                csvOf(stars, { "star", "type", "pca_x", "pca_y", "tsne_x", "tsne_y",
                                 "chi2_per_dof", "score" }));
            !written)
            return report(written.error());
    const gon::PlaneMap& plane = mapped->map.plane;
    if (common.json)
        printJson(json { { "model", mapped->model }, { "spectra", mapped->set.spectra() },
            { "explained", { plane.explained[0], plane.explained[1] } }, { "stars", stars } });
    else
        fmt::print("{} stars; the two principal axes hold {:.0f} % of the variance\n",
            mapped->set.spectra(), 100.0 * (plane.explained[0] + plane.explained[1]));
    return kDone;
}

/// The rows whose stars were asked for, all without. Errors: ValueMissing.
Result<std::vector<std::size_t>> rowsOf(
    const gon::SpectrumSet& set, const std::vector<std::string>& stars)
{
    std::vector<std::size_t> rows;
    for (std::size_t i = 0; i < set.spectra(); ++i)
        if (stars.empty() || std::find(stars.begin(), stars.end(), set.stars[i]) != stars.end())
            rows.push_back(i);
    for (const std::string& star : stars)
        if (std::find(set.stars.begin(), set.stars.end(), star) == set.stars.end())
            return base::failure(ErrorCode::ValueMissing, set.source, star,
                fmt::format("one of its {} stars, by name", set.spectra()));
    return rows;
}

int runTwins(const Options& options, const CommonOptions& common)
{
    const Interrupt interrupt;
    const auto mapped = mapOf(options, common, interrupt.token());
    if (!mapped)
        return report(mapped.error());
    const auto rows = rowsOf(mapped->set, options.stars);
    if (!rows)
        return report(rows.error());
    json twins = json::array();
    for (const std::size_t row : *rows) {
        int rank = 0;
        for (const gon::Neighbour& twin : gon::twins(mapped->map, row,
                 static_cast<std::size_t>(options.count), mapped->set.pixels()))
            twins.push_back({ { "star", mapped->set.stars[row] },
                { "type", typeOf(mapped->set, row) }, { "rank", ++rank },
                { "twin", mapped->set.stars[twin.row] },
                { "twin_type", typeOf(mapped->set, twin.row) }, { "difference_rms", twin.distance } });
    }
    const std::string csv = csvOf(
        twins, { "star", "type", "rank", "twin", "twin_type", "difference_rms" });
    if (!options.out.empty())
        if (const auto written = base::writeFileAtomically(options.out, csv); !written)
            return report(written.error());
    if (common.json)
        printJson(json { { "model", mapped->model }, { "spectra", mapped->set.spectra() },
            { "twins", twins } });
    else if (options.out.empty())
        fmt::print("{}", csv);
    return kDone;
}

void addUse(CLI::App& verb, Options& options)
{
    addGonSpectra(verb, options.spectra);
    verb.add_option("--model", options.model, "a model that gon train wrote")->required();
    verb.add_option("--out", options.out, "CSV file");
}

} // namespace

void addGonMap(CLI::App& gon, CommonOptions& common, Action& action)
{
    CLI::App* verb = gon.add_subcommand(
        "map", "all stars laid out by their codes, the similar ones together");
    addCommonOptions(*verb, common);
    const auto options = std::make_shared<Options>();
    addUse(*verb, *options);
    verb->add_flag("--no-tsne", options->noTsne, "principal axes alone");
    verb->callback([options, &common, &action] {
        action = [options, &common] { return runMap(*options, common); };
    });
}

void addGonTwins(CLI::App& gon, CommonOptions& common, Action& action)
{
    CLI::App* verb = gon.add_subcommand("twins", "the stars that are most like each star");
    addCommonOptions(*verb, common);
    const auto options = std::make_shared<Options>();
    addUse(*verb, *options);
    verb->add_option("--star", options->stars, "only of this star; repeatable");
    verb->add_option("--count", options->count, "twins of each star")
        ->check(CLI::Range(1, 1000))
        ->capture_default_str();
    verb->callback([options, &common, &action] {
        action = [options, &common] { return runTwins(*options, common); };
    });
}

} // namespace maury::cli
