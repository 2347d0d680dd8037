#include "app/cli/gon.h"

#include "app/cli/atlas_options.h"
#include "app/cli/read_options.h"
#include "app/cli/report.h"
#include "core/classify/evaluator.h"
#include "core/gon/store_source.h"
#include "core/mk/spectral_type.h"

#include <filesystem>
#include <optional>

namespace maury::cli {
namespace {

using base::ErrorCode;
using base::Result;

void warn(const base::Error& error)
{
    notice("left out: " + base::describe(error));
}

/// Reads a spectrum; what fails is told.
void addStar(
    const SpectrumItem& item, const std::string& type, std::vector<gon::PreparedStar>& stars)
{
    auto spectrum = readItem(item, {});
    if (!spectrum) {
        warn(spectrum.error());
        return;
    }
    stars.push_back({ item.store == nullptr ? item.files.front().stem().string()
                                            : (*spectrum)->object,
        type.empty() ? (*spectrum)->spectralType : type, *std::move(spectrum) });
}

Result<std::vector<gon::PreparedStar>> readStars(
    const GonSpectraOptions& options, const store::Where& where)
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
            addStar({ { star.file }, std::nullopt, nullptr, 0 }, mk::print(star.type), stars);
        return stars;
    }
    for (const SpectrumItem& item : expandStores(listSpectra({ options.data }), where))
        addStar(item, {}, stars);
    return stars;
}

/// Spectra on the pixels of a store; nothing for what is no store of regridded spectra.
Result<std::optional<gon::SpectrumSet>> openGriddedStore(
    const std::string& file, const store::Where& where)
{
    std::error_code ignored;
    if (!std::filesystem::is_regular_file(file, ignored) || !store::Store::isStore(file))
        return std::optional<gon::SpectrumSet>();
    const auto opened = store::Store::open(file);
    if (!opened)
        return base::Unexpected(opened.error());
    if ((*opened)->kind() != store::StoreKind::Gridded)
        return std::optional<gon::SpectrumSet>();
    const auto rows = where.rows(**opened);
    if (!rows)
        return base::Unexpected(rows.error());
    auto set = gon::storeSet(**opened, *rows);
    if (!set)
        return base::Unexpected(set.error());
    return std::optional(*std::move(set));
}

} // namespace

void addGonSpectra(CLI::App& verb, GonSpectraOptions& options)
{
    verb.add_option("--data", options.data,
            "builtin, a folder of standards, a file or folder of spectra, or a store; spectra of a "
            "store on a common grid stay on its pixels")
        ->required();
    addWhereOption(verb, options.where);
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
    const auto where = store::Where::parse(options.where);
    if (!where)
        return base::Unexpected(where.error());
    auto gridded = openGriddedStore(options.data, *where);
    if (!gridded)
        return base::Unexpected(gridded.error());
    if (*gridded)
        return **std::move(gridded);
    const auto stars = readStars(options, *where);
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
