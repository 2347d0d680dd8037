#include "app/cli/gon.h"

#include "app/cli/atlas_options.h"
#include "app/cli/read_options.h"
#include "app/cli/report.h"
#include "core/classify/evaluator.h"
#include "core/io/reader_registry.h"
#include "core/mk/spectral_type.h"

#include <filesystem>

namespace maury::cli {
namespace {

using base::ErrorCode;
using base::Result;

void warn(const base::Error& error)
{
    notice("left out: " + base::describe(error));
}

/// Reads files; what fails is told.
void addStar(const io::SpectrumFiles& files, const std::string& type,
    std::vector<gon::PreparedStar>& stars)
{
    auto spectrum = io::readSpectrumFiles(files, {});
    if (!spectrum) {
        warn(spectrum.error());
        return;
    }
    stars.push_back({ files.front().stem().string(), type.empty() ? (*spectrum)->spectralType : type,
        *std::move(spectrum) });
}

Result<std::vector<gon::PreparedStar>> readStars(const GonSpectraOptions& options)
{
    std::vector<gon::PreparedStar> stars;
    if (!options.labels.empty()) {
        std::vector<std::string> leftOut;
        const auto labelled = classify::readLabels(options.labels, options.data, leftOut);
        if (!labelled)
            return base::Unexpected(labelled.error());
        for (const std::string& text : leftOut)
            notice("left out: " + text);
        for (const auto& star : *labelled)
            addStar({ star.file }, mk::print(star.type), stars);
        return stars;
    }
    for (const SpectrumItem& item : listSpectra({ options.data })) {
        if (item.error)
            warn(*item.error);
        else
            addStar(item.files, {}, stars);
    }
    return stars;
}

} // namespace

void addGonSpectra(CLI::App& verb, GonSpectraOptions& options)
{
    verb.add_option("--data", options.data,
            "builtin, a folder of standards, or a file or folder of spectra")
        ->required();
    verb.add_option("--labels", options.labels,
        "CSV with columns file and type: files of --data, matched by base name");
    verb.add_option("--atlas", options.atlas,
            "grid and continuum that spectra are brought to: builtin or a folder of standards")
        ->capture_default_str();
    verb.add_option("--gain", options.gain, "photons at flux 1 of an atlas's standards")
        ->check(CLI::Range(1.0, 1e12))
        ->capture_default_str();
}

Result<gon::SpectrumSet> openGonSpectra(const GonSpectraOptions& options)
{
    if (options.labels.empty()) {
        const auto atlas = mk::openAtlas(options.data);
        if (atlas) {
            for (const std::string& warning : (*atlas)->warnings())
                notice(warning);
            return gon::standardsSet(**atlas, options.gain);
        }
        if (!std::filesystem::exists(options.data))
            return base::Unexpected(atlas.error());
    }
    const auto stars = readStars(options);
    if (!stars)
        return base::Unexpected(stars.error());
    const auto atlas = openAtlasWithWarnings(options.atlas);
    if (!atlas)
        return base::failureIn(atlas.error(), "the atlas that spectra are brought to");
    std::vector<base::Error> failures;
    auto set = gon::preparedSet(*atlas, *stars, failures);
    for (const base::Error& error : failures)
        warn(error);
    if (!set)
        return set;
    set.value().source = options.data;
    return set;
}

Result<gon::LatentInference> openGonModel(const std::string& file, const CommonOptions& common)
{
    auto model = gon::readGonModel(file);
    if (!model)
        return base::Unexpected(model.error());
    return gon::LatentInference(
        std::make_shared<const gon::GonModel>(*std::move(model)), common.threads);
}

} // namespace maury::cli
