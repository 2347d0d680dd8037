#include "app/cli/gon.h"

#include "app/cli/report.h"
#include "core/gon/latent_sampler.h"
#include "core/io/csv_table.h"

#include <fmt/format.h>

namespace maury::cli {
namespace {

using nlohmann::json;

struct SampleOptions {
    std::string model;
    std::string out;
    int count = 10;
    int components = 1;
};

int runSample(const SampleOptions& options, const CommonOptions& common)
{
    const auto inference = openGonModel(options.model, common);
    if (!inference)
        return report(inference.error());
    const gon::GonModel& model = inference->model();
    const auto mixture
        = gon::fitMixture(model.reference.codes, options.components, common.seed);
    if (!mixture)
        return report(mixture.error());
    const gon::Matrix codes
        = gon::sampleCodes(*mixture, static_cast<std::size_t>(options.count), common.seed);
    const gon::Matrix flux = inference->decode(codes);
    if (!options.out.empty()) {
        std::vector<io::CsvColumn> columns { { "wavelength_angstrom", model.wavelengthAngstrom } };
        for (Eigen::Index i = 0; i < flux.rows(); ++i) {
            io::CsvColumn column { fmt::format("sample{}", i + 1), {} };
            for (Eigen::Index p = 0; p < flux.cols(); ++p)
                column.values.push_back(static_cast<double>(flux(i, p)));
            columns.push_back(std::move(column));
        }
        if (const auto written = io::writeCsv(options.out, columns); !written)
            return report(written.error());
    }
    json samples = json::array();
    for (Eigen::Index i = 0; i < codes.rows(); ++i)
        samples.push_back({ { "log_density",
                                mixture->logDensity(codes.row(i).transpose().cast<double>()) },
            { "flux_min", flux.row(i).minCoeff() }, { "flux_max", flux.row(i).maxCoeff() },
            { "code",
                std::vector<float>(codes.row(i).data(), codes.row(i).data() + codes.cols()) } });
    if (common.json)
        printJson(json { { "model", gon::describe(model) }, { "components", options.components },
            { "samples", samples } });
    else
        fmt::print("{} spectra drawn from {} of {} codes\n", options.count,
            options.components == 1 ? std::string("the normal distribution")
                                    : fmt::format("a mixture of {}", options.components),
            model.reference.codes.rows());
    return kDone;
}

} // namespace

void addGonSample(CLI::App& gon, CommonOptions& common, Action& action)
{
    CLI::App* verb = gon.add_subcommand("sample", "new spectra from the distribution of the codes");
    addCommonOptions(*verb, common);
    const auto options = std::make_shared<SampleOptions>();
    verb->add_option("--model", options->model, "a model that gon train wrote")->required();
    verb->add_option("--count", options->count, "spectra to draw")
        ->check(CLI::Range(1, 100000))
        ->capture_default_str();
    verb->add_option("--components", options->components,
            "normal distributions of the mixture that is fitted to the training codes")
        ->capture_default_str();
    verb->add_option("--out", options->out, "CSV file with the spectra");
    verb->callback([options, &common, &action] {
        action = [options, &common] { return runSample(*options, common); };
    });
}

} // namespace maury::cli
