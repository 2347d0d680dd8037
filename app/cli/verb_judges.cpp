// maury-cli judges: network, nearest standard, Gradient Origin Network and human side by side, and
// where they disagree.

#include "app/cli/atlas_options.h"
#include "app/cli/conformity_json.h"
#include "app/cli/csv_field.h"
#include "app/cli/interrupt.h"
#include "app/cli/json_value.h"
#include "app/cli/judges.h"
#include "app/cli/label_source.h"
#include "app/cli/model_options.h"
#include "app/cli/prepare_options.h"
#include "app/cli/report.h"
#include "core/explain/judging.h"

#include <fmt/format.h>

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace maury::cli {
namespace {

using base::Result;
using explain::Judge;
using explain::JudgedStar;
using nlohmann::json;

struct Options {
    std::vector<std::string> files;
    ModelOptions model;
    PrepareFlags prepare;
    std::string where;
    std::string gon;
    std::string gonAtlas = "builtin";
    std::string project;
    std::string classifier;
    std::string labels;
    bool csv = false;
};

/// What humans say of stars, by name.
using HumanTypes = std::map<std::string, std::string>;

Result<HumanTypes> humanTypes(const Options& options)
{
    HumanTypes types;
    if (!options.labels.empty()) {
        const auto given = typesByName(options.labels);
        if (!given)
            return base::Unexpected(given.error());
        for (const auto& [name, type] : *given)
            types[name] = mk::print(type);
    }
    if (!options.project.empty()) {
        const auto labels = labelsOf(options.project, options.classifier, "--classifier");
        if (!labels)
            return base::Unexpected(labels.error());
        for (const project::SignedLabel& label : *labels)
            types[label.star] = label.label.type;
    }
    return types;
}

/// A label by the name of the star or of its file; without labels the published type.
std::string humanTypeOf(
    const Options& options, const HumanTypes& types, const spectrum::Spectrum& star)
{
    if (options.labels.empty() && options.project.empty())
        return star.spectralType;
    for (const std::string& name : { star.object, star.file.stem().string() })
        if (const auto found = types.find(name); found != types.end())
            return found->second;
    return {};
}

struct ReadStars {
    std::vector<explain::StarToJudge> stars;
    bool allRead = true;
};

ReadStars readStars(
    const Options& options, const store::Where& where, const HumanTypes& types)
{
    ReadStars read;
    const io::ReadOptions how = options.prepare.read.readOptions();
    for (const SpectrumItem& item : expandStores(listSpectra(options.files), where)) {
        auto spectrum = readItem(item, how);
        if (!spectrum) {
            notice("left out: " + base::describe(spectrum.error()));
            read.allRead = false;
            continue;
        }
        std::string human = humanTypeOf(options, types, **spectrum);
        read.stars.push_back({ nameOf(item), *std::move(spectrum), std::move(human) });
    }
    return read;
}

Result<std::optional<explain::GonJudge>> openGonJudge(const Options& options, int threads)
{
    if (options.gon.empty())
        return std::optional<explain::GonJudge>();
    auto model = gon::readGonModel(options.gon);
    if (!model)
        return base::Unexpected(model.error());
    const auto atlas = openAtlasWithWarnings(options.gonAtlas);
    if (!atlas)
        return base::failureIn(atlas.error(), "the atlas that stars are brought to for the GON");
    auto judge = explain::GonJudge::create(
        std::make_shared<const gon::GonModel>(*std::move(model)), *atlas, threads);
    if (!judge)
        return base::Unexpected(judge.error());
    return std::optional(*std::move(judge));
}

json opinionJson(const std::optional<explain::Opinion>& opinion)
{
    if (!opinion)
        return nullptr;
    return { { "type", opinion->type }, { "temperature_code", opinion->temperatureCode },
        { "sigma_codes", opinion->sigmaCodes },
        { "luminosity_group", opinion->group ? json(mk::toString(*opinion->group)) : json(nullptr) } };
}

json judgesJson(const JudgedStar& star)
{
    json judges;
    for (const Judge judge : explain::kAllJudges)
        judges[toString(judge)] = opinionJson(star.opinions.of(judge));
    if (star.answer) {
        judges["network"]["sc_probability"] = star.answer->scProbability;
        judges["network"]["lc_probability"] = star.answer->lcProbability;
        judges["network"]["conformity"] = conformityJson(star.answer->conformity);
        if (const auto& nearest = star.answer->nearest) {
            judges["nearest"]["standard"] = nearest->name;
            judges["nearest"]["chi2"] = nearest->chi2;
            judges["nearest"]["velocity_kms"] = nearest->velocityKms;
            judges["nearest"]["broadening_angstrom"] = nearest->broadening;
        }
    }
    if (star.gon) {
        judges["gon"]["standard"] = star.gon->standard;
        judges["gon"]["distance"] = star.gon->distance;
        judges["gon"]["chi2_per_dof"] = star.gon->chi2PerDof;
        judges["gon"]["chi2_excess"] = star.gon->chi2Excess;
    }
    return judges;
}

json starJson(const JudgedStar& star)
{
    json result { { "file", star.name }, { "judges", judgesJson(star) },
        { "disagreement", nullptr } };
    if (star.largest)
        result["disagreement"] = { { "score", star.largest->score },
            { "first", toString(star.largest->first) },
            { "second", toString(star.largest->second) },
            { "codes", star.largest->codes },
            { "luminosity_steps", orNull(star.largest->luminositySteps) } };
    if (star.error)
        result["error"] = base::describe(*star.error);
    return result;
}

std::string typeOf(const JudgedStar& star, Judge judge, const char* none)
{
    const auto& opinion = star.opinions.of(judge);
    return opinion ? opinion->type : none;
}

void printCsv(const std::vector<const JudgedStar*>& stars)
{
    fmt::print("file,network,nearest,gon,human,score,first,second,codes,luminosity_steps,"
               "nearest_standard,nearest_chi2,gon_standard,gon_distance,gon_chi2_excess,error\n");
    for (const JudgedStar* star : stars) {
        std::vector<std::string> fields { csvField(star->name) };
        for (const Judge judge : explain::kAllJudges)
            fields.push_back(csvField(typeOf(*star, judge, "")));
        const auto& most = star->largest;
        const auto number = [](bool known, double value) {
            return csvField(known ? std::optional(value) : std::nullopt);
        };
        fields.push_back(number(most.has_value(), most ? most->score : 0.0));
        fields.push_back(most ? toString(most->first) : "");
        fields.push_back(most ? toString(most->second) : "");
        fields.push_back(number(most.has_value(), most ? most->codes : 0.0));
        fields.push_back(most && most->luminositySteps ? std::to_string(*most->luminositySteps) : "");
        const bool near = star->answer && star->answer->nearest;
        fields.push_back(csvField(near ? star->answer->nearest->name : std::string()));
        fields.push_back(number(near, near ? star->answer->nearest->chi2 : 0.0));
        fields.push_back(csvField(star->gon ? star->gon->standard : std::string()));
        fields.push_back(number(star->gon.has_value(), star->gon ? star->gon->distance : 0.0));
        fields.push_back(number(star->gon.has_value(), star->gon ? star->gon->chi2Excess : 0.0));
        fields.push_back(csvField(star->error ? base::describe(*star->error) : std::string()));
        fmt::print("{}\n", fmt::join(fields, ","));
    }
}

void printText(const std::vector<const JudgedStar*>& stars)
{
    fmt::print("{:>7}  {:<10} {:<10} {:<10} {:<10} star\n", "differ", "network", "nearest", "GON",
        "human");
    for (const JudgedStar* star : stars)
        fmt::print("{:>7}  {:<10} {:<10} {:<10} {:<10} {}{}\n",
            star->largest ? fmt::format("{:.1f}σ", star->largest->score) : "n/a",
            typeOf(*star, Judge::Network, "n/a"), typeOf(*star, Judge::NearestStandard, "n/a"),
            typeOf(*star, Judge::Gon, "n/a"), typeOf(*star, Judge::Human, "n/a"), star->name,
            star->answer && !star->answer->conformity.ok ? "  (network unreliable)" : "");
}

void print(const std::vector<JudgedStar>& judged, const CommonOptions& common,
    const Options& options, const std::string& model)
{
    std::vector<const JudgedStar*> ranked;
    for (const std::size_t star : explain::byDisagreement(judged))
        ranked.push_back(&judged[star]);
    if (common.json) {
        json stars = json::array();
        for (const JudgedStar* star : ranked)
            stars.push_back(starJson(*star));
        printJson({ { "model", model }, { "gon", options.gon.empty() ? json(nullptr) : json(options.gon) },
            { "stars", std::move(stars) } });
    } else if (options.csv) {
        printCsv(ranked);
    } else {
        printText(ranked);
    }
}

int run(const CommonOptions& common, const Options& options)
{
    const Interrupt interrupt;
    const auto prepare = options.prepare.prepareOptions();
    if (!prepare)
        return report(prepare.error());
    const auto where = store::Where::parse(options.where);
    if (!where)
        return report(where.error());
    const auto types = humanTypes(options);
    if (!types)
        return report(types.error());
    const auto opened = openClassifier(options.model, common.threads);
    if (!opened)
        return report(opened.error());
    notice("using " + opened->description);
    const auto gon = openGonJudge(options, common.threads);
    if (!gon)
        return report(gon.error());
    const ReadStars read = readStars(options, *where, *types);
    const auto judged = explain::judgeStars(*opened->classifier, *gon ? &**gon : nullptr,
        read.stars, *prepare, {}, interrupt.token());
    if (!judged)
        return report(judged.error());
    int status = read.allRead ? kDone : kFailed;
    for (const JudgedStar& star : *judged)
        if (star.error)
            status = report(*star.error);
    print(*judged, common, options, opened->description);
    return status;
}

} // namespace

void addJudges(CLI::App& app, CommonOptions& common, Action& action)
{
    CLI::App* verb = app.add_subcommand("judges",
        "network, nearest standard, Gradient Origin Network and human side by side; the stars on "
        "which they disagree most come first");
    addCommonOptions(*verb, common);
    const auto options = std::make_shared<Options>();
    verb->add_option("FILE", options->files, "spectra, stores of them (STORE.h5), or folders")
        ->required();
    addWhereOption(*verb, options->where);
    addModelOptions(*verb, options->model);
    verb->add_option("--gon", options->gon, "a model that gon train wrote on standards");
    verb->add_option("--gon-atlas", options->gonAtlas,
            "grid and continuum that stars are brought to for it: builtin or a folder of standards")
        ->capture_default_str();
    auto* labels = verb->add_option("--labels", options->labels,
        "what humans say: CSV with the columns type and file or star (default: the published types "
        "in the files)");
    verb->add_option("--project", options->project, "the same from a project's accepted labels")
        ->excludes(labels);
    verb->add_option("--classifier", options->classifier, "whose labels of the project");
    verb->add_flag("--csv", options->csv, "one line a star")->excludes("--json");
    addPrepareFlags(*verb, options->prepare);
    verb->callback([&common, &action, options] {
        action = [&common, options] { return run(common, *options); };
    });
}

} // namespace maury::cli
