#include "app/cli/conformity_json.h"
#include "app/cli/csv_field.h"
#include "app/cli/json_value.h"
#include "app/cli/model_options.h"
#include "app/cli/prepare_options.h"
#include "app/cli/report.h"
#include "app/cli/verb.h"
#include "app/cli/what_if_options.h"
#include "core/classify/star_classifier.h"

#include <fmt/format.h>

#include <memory>
#include <string>
#include <vector>

namespace maury::cli {
namespace {

using classify::Prediction;
using nlohmann::json;

enum class Output { Text, Csv, Json };

struct Options {
    std::vector<std::string> files;
    ModelOptions model;
    PrepareFlags prepare;
    preprocess::WhatIf whatIf;
    std::string where;
    bool csv = false;
};

/// What one file gave: an answer or the reason why not.
struct Answer {
    std::string file;
    base::Result<Prediction> prediction;
    std::string model;
};

json answerJson(const Answer& answer)
{
    json result { { "file", answer.file }, { "model", answer.model } };
    if (!answer.prediction) {
        result["error"] = base::describe(answer.prediction.error());
        return result;
    }
    const Prediction& p = *answer.prediction;
    result.update({ { "type", p.type }, { "spectral_class", p.spectralClass },
        { "decimal_subclass", orNull(p.decimalSubclass) },
        { "subclass_sigma", orNull(p.subclassSigma) },
        { "subclass_sigma_calibrated",
            p.subclassSigma ? json(p.subclassSigmaCalibrated) : json(nullptr) },
        { "luminosity_class", p.luminosityClass }, { "sc_probability", p.scProbability },
        { "lc_probability", p.lcProbability }, { "velocity_kms", orNull(p.velocityKms) },
        { "conformity", conformityJson(p.conformity) }, { "guess", p.guess },
        { "outside_atlas", orNull(p.outsideAtlas) },
        { "outside_distance", orNull(p.outsideDistance) }, { "edge_of_grid", p.edgeOfGrid },
        { "warnings", p.warnings } });
    result["nearest_standard"] = p.nearest ? json { { "name", p.nearest->name },
        { "chi2", p.nearest->chi2 }, { "velocity_kms", p.nearest->velocityKms },
        { "broadening_angstrom", p.nearest->broadening } }
                                           : json(nullptr);
    result["recipe"] = json::parse(preprocess::recipeToJson(p.recipe));
    return result;
}

std::string joined(const std::vector<std::string>& texts)
{
    return fmt::format("{}", fmt::join(texts, "; "));
}

constexpr const char* kCsvHeader
    = "file,type,spectral_class,decimal_subclass,subclass_sigma,luminosity_class,sc_probability,"
      "lc_probability,velocity_kms,conformity,outside_atlas,nearest_standard,"
      "nearest_standard_chi2,warnings,model,error";

std::string csvLine(const Answer& answer)
{
    std::vector<std::string> fields { csvField(answer.file) };
    if (answer.prediction) {
        const Prediction& p = *answer.prediction;
        const auto outside
            = p.outsideAtlas ? std::string(*p.outsideAtlas ? "true" : "false") : std::string();
        fields.insert(fields.end(),
            { csvField(p.type), csvField(p.spectralClass), csvField(p.decimalSubclass),
                csvField(p.subclassSigma), csvField(p.luminosityClass),
                csvField(std::optional(p.scProbability)), csvField(std::optional(p.lcProbability)),
                csvField(p.velocityKms),
                csvField(p.conformity.ok ? "ok" : joined(p.conformity.reasons)), outside,
                csvField(p.nearest ? p.nearest->name : std::string()),
                csvField(p.nearest ? std::optional(p.nearest->chi2) : std::nullopt),
                csvField(joined(p.warnings)), csvField(answer.model), std::string() });
    } else {
        constexpr std::size_t kFieldsOfAnAnswer = 13;
        fields.insert(fields.end(), kFieldsOfAnAnswer, std::string());
        fields.push_back(csvField(answer.model));
        fields.push_back(csvField(base::describe(answer.prediction.error())));
    }
    return fmt::format("{}\n", fmt::join(fields, ","));
}

std::string textLine(const Answer& answer)
{
    const Prediction& p = *answer.prediction;
    std::string line = fmt::format("{}: {}  (class {:.0f} %, luminosity {:.0f} %", answer.file,
        p.type, 100.0 * p.scProbability, 100.0 * p.lcProbability);
    if (p.subclassSigma && p.decimalSubclass)
        line += fmt::format(", decimal subclass {:.2f} ± {:.2f}{}", *p.decimalSubclass,
            *p.subclassSigma, p.subclassSigmaCalibrated ? "" : " (not calibrated)");
    if (p.velocityKms)
        line += fmt::format(", {:+.0f} km/s", *p.velocityKms);
    if (p.nearest)
        line += fmt::format(", nearest standard {}", p.nearest->name);
    line += ")";
    if (!p.conformity.ok)
        line += "  UNRELIABLE: " + joined(p.conformity.reasons);
    return line + "\n";
}

/// Answers as they come; JSON is one document and waits for the end.
class Printer {
public:
    explicit Printer(Output output)
        : m_output(output)
    {
        if (output == Output::Csv)
            fmt::print("{}\n", kCsvHeader);
    }

    void add(const Answer& answer)
    {
        if (m_output == Output::Json)
            m_document.push_back(answerJson(answer));
        else if (m_output == Output::Csv)
            fmt::print("{}", csvLine(answer));
        else if (answer.prediction)
            fmt::print("{}", textLine(answer));
    }

    void finish() const
    {
        if (m_output == Output::Json)
            printJson(m_document);
    }

private:
    Output m_output;
    json m_document = json::array();
};

int run(const CommonOptions& common, const Options& options)
{
    const auto prepare = options.prepare.prepareOptions();
    if (!prepare)
        return report(prepare.error());
    const auto where = store::Where::parse(options.where);
    if (!where)
        return report(where.error());
    preprocess::WhatIf whatIf = options.whatIf;
    whatIf.seed = common.seed;
    if (const auto valid = preprocess::validate(whatIf); !valid)
        return report(valid.error());
    const io::ReadOptions read = options.prepare.read.readOptions();
    const auto opened = openClassifier(options.model, common.threads);
    if (!opened)
        return report(opened.error());
    const std::string& description = opened->description;
    notice("using " + description);
    int status = kDone;
    Printer printer(common.json ? Output::Json : options.csv ? Output::Csv : Output::Text);
    const auto add = [&](const std::string& file, base::Result<Prediction> prediction) {
        if (!prediction)
            status = report(prediction.error());
        printer.add({ file, std::move(prediction), description });
    };
    for (const SpectrumItem& item : expandStores(listSpectra(options.files), *where)) {
        const auto spectrum = readItem(item, read);
        if (spectrum)
            add(nameOf(item),
                opened->classifier->classify(
                    preprocess::changed(**spectrum, whatIf), *prepare));
        else
            add(nameOf(item), base::Unexpected(spectrum.error()));
    }
    printer.finish();
    return status;
}

} // namespace

void addClassify(CLI::App& app, CommonOptions& common, Action& action)
{
    CLI::App* verb = app.add_subcommand(
        "classify", "type spectra; doubtful answers are marked, with the reasons");
    addCommonOptions(*verb, common);
    const auto options = std::make_shared<Options>();
    verb->add_option("FILE", options->files, "spectra, stores of them (STORE.h5), or folders")
        ->required();
    addWhereOption(*verb, options->where);
    addModelOptions(*verb, options->model);
    verb->add_flag("--csv", options->csv, "one line a file, empty fields for what is not known")
        ->excludes("--json");
    addPrepareFlags(*verb, options->prepare);
    addWhatIfOptions(*verb, options->whatIf);
    verb->callback([&common, &action, options] {
        action = [&common, options] { return run(common, *options); };
    });
}

} // namespace maury::cli
