// maury-cli gon morph: spectra on the way from standard to standard, as the slider of the Latent page
// shows them.

#include "app/cli/gon.h"
#include "app/cli/report.h"
#include "core/gon/latent_map.h"
#include "core/gon/latent_walk.h"
#include "core/io/csv_table.h"
#include "core/mk/spectral_type.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace maury::cli {
namespace {

using base::ErrorCode;
using base::Result;
using nlohmann::json;

struct Options {
    std::string model;
    std::string from;
    std::string to;
    std::string out;
    int steps = 11;
};

/// The reference star of that name, or the first of that type. Errors: OptionInvalid.
Result<std::size_t> standardOf(
    const gon::ReferenceCodes& reference, const char* option, const std::string& text)
{
    const auto star = std::find(reference.stars.begin(), reference.stars.end(), text);
    if (star != reference.stars.end())
        return static_cast<std::size_t>(star - reference.stars.begin());
    if (const auto type = mk::parseSpectralType(text)) {
        const auto found
            = std::find(reference.types.begin(), reference.types.end(), mk::print(*type));
        if (found != reference.types.end())
            return static_cast<std::size_t>(found - reference.types.begin());
    }
    return base::failure(ErrorCode::OptionInvalid, option, text,
        fmt::format("the name or type of one of the {} stars that the model was trained on",
            reference.stars.size()));
}

/// One place of the way.
json placeJson(const gon::LatentInference& inference, const gon::MorphWay& way, double position)
{
    const gon::ReferenceCodes& reference = inference.model().reference;
    const gon::MorphPlace place = gon::morphAt(reference, way.nodes, way.axis, position);
    const double support = gon::supportDistance(inference, place.code);
    return { { "position", position }, { "before", reference.stars[place.before] },
        { "before_type", reference.types[place.before] },
        { "after", reference.stars[place.after] },
        { "after_type", reference.types[place.after] }, { "fraction", place.fraction },
        { "support", std::isfinite(support) ? json(support) : json(nullptr) },
        { "supported",
            way.direct ? support <= gon::kFarthestSupported : place.supported },
        { "code",
            std::vector<float>(place.code.data(), place.code.data() + place.code.size()) } };
}

int runMorph(const Options& options, const CommonOptions& common)
{
    const auto inference = openGonModel(options.model, common);
    if (!inference)
        return report(inference.error());
    const gon::GonModel& model = inference->model();
    const auto from = standardOf(model.reference, "--from", options.from);
    if (!from)
        return report(from.error());
    const auto to = standardOf(model.reference, "--to", options.to);
    if (!to)
        return report(to.error());
    const gon::MorphWay way = gon::morphWay(model.reference, *from, *to);
    std::vector<io::CsvColumn> columns { { "wavelength_angstrom", model.wavelengthAngstrom } };
    json places = json::array();
    for (int step = 0; step < options.steps; ++step) {
        const double share = step / static_cast<double>(options.steps - 1);
        json place = placeJson(*inference, way, way.from + share * (way.to - way.from));
        const auto code = place["code"].get<std::vector<float>>();
        const gon::Matrix flux = inference->decode(
            Eigen::Map<const Eigen::RowVectorXf>(code.data(), std::ssize(code)));
        columns.push_back({ fmt::format("step{}", step + 1),
            std::vector<double>(flux.data(), flux.data() + flux.size()) });
        place["flux"] = columns.back().values;
        places.push_back(std::move(place));
    }
    if (!options.out.empty())
        if (const auto written = io::writeCsv(options.out, columns); !written)
            return report(written.error());
    const char* axis = way.direct                    ? "straight"
        : way.axis == gon::MorphAxis::Temperature ? "temperature"
                                                  : "luminosity";
    if (common.json) {
        printJson(json { { "model", gon::describe(model) }, { "along", axis },
            { "wavelength_angstrom", model.wavelengthAngstrom }, { "steps", places } });
        return kDone;
    }
    for (const json& place : places)
        fmt::print("{:>7.2f}  {:.0f} % from {} to {}{}\n", place["position"].get<double>(),
            100.0 * place["fraction"].get<double>(), place["before_type"].get<std::string>(),
            place["after_type"].get<std::string>(),
            place["supported"].get<bool>() ? "" : "  (no standard vouches for it)");
    return kDone;
}

} // namespace

void addGonMorph(CLI::App& gon, CommonOptions& common, Action& action)
{
    CLI::App* verb = gon.add_subcommand("morph",
        "spectra on the way from one standard to another, over those between them: along the "
        "classes of a luminosity, or the luminosities of a class; straight where the two have "
        "neither in common");
    addCommonOptions(*verb, common);
    const auto options = std::make_shared<Options>();
    verb->add_option("--model", options->model, "a model that gon train wrote")->required();
    verb->add_option("--from", options->from, "a standard of its training, by name or type")
        ->required();
    verb->add_option("--to", options->to, "another one")->required();
    verb->add_option("--steps", options->steps, "spectra, both ends among them")
        ->check(CLI::Range(2, 10000))
        ->capture_default_str();
    verb->add_option("--out", options->out, "CSV file with the spectra");
    verb->callback([options, &common, &action] {
        action = [options, &common] { return runMorph(*options, common); };
    });
}

} // namespace maury::cli
