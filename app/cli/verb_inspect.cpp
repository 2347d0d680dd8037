#include "app/cli/inspect_model.h"
#include "app/cli/json_value.h"
#include "app/cli/read_options.h"
#include "app/cli/report.h"
#include "app/cli/store_report.h"
#include "app/cli/verb.h"
#include "core/io/reader_registry.h"

#include <fmt/core.h>

#include <memory>

namespace maury::cli {
namespace {

struct Options {
    std::vector<std::string> paths;
    ReadFlags read;
    std::string atlas; ///< for models
    StoreReportOptions store;
    bool hasRow = false; ///< --row was given: that spectrum of a store
};

nlohmann::json describe(const spectrum::Segment& segment)
{
    return { { "pixels", segment.pixels() }, { "good_pixels", segment.goodPixels() },
        { "wavelength_min", segment.wavelengthAngstrom.front() },
        { "wavelength_max", segment.wavelengthAngstrom.back() },
        { "medium", toString(segment.medium) }, { "frame", toString(segment.frame) },
        { "rectified", orNull(segment.rectified) }, { "flux_unit", segment.fluxUnit },
        { "resolving_power", orNull(segment.resolvingPower) }, { "origin", segment.origin },
        { "has_errors", !segment.ivar.empty() } };
}

nlohmann::json describe(const spectrum::Spectrum& spectrum)
{
    nlohmann::json segments = nlohmann::json::array();
    for (const spectrum::Segment& segment : spectrum.segments)
        segments.push_back(describe(segment));
    nlohmann::json entry { { "file", spectrum.file.string() }, { "format", spectrum.format },
        { "object", spectrum.object }, { "ra_deg", orNull(spectrum.raDeg) },
        { "dec_deg", orNull(spectrum.decDeg) }, { "sptype", spectrum.spectralType },
        { "velocity_kms", orNull(spectrum.radialVelocityKms) },
        { "barycentric_correction_kms", orNull(spectrum.barycentricCorrectionKms) },
        { "row", spectrum.row }, { "rows", spectrum.rows }, { "planes", spectrum.planes },
        { "segments", segments }, { "warnings", spectrum.warnings } };
    if (!spectrum.moreFiles.empty()) {
        entry["files"] = { spectrum.file.string() };
        for (const auto& file : spectrum.moreFiles)
            entry["files"].push_back(file.string());
    }
    return entry;
}

void print(const spectrum::Spectrum& spectrum)
{
    fmt::print("{}: {}, {}{}{}\n", spectrum.file.string(), spectrum.format, spectrum.object,
        spectrum.spectralType.empty() ? "" : ", ", spectrum.spectralType);
    if (spectrum.raDeg && spectrum.decDeg)
        fmt::print("  RA {:.5f}°, Dec {:.5f}° (J2000)\n", *spectrum.raDeg, *spectrum.decDeg);
    if (spectrum.radialVelocityKms)
        fmt::print("  radial velocity {:.2f} km/s\n", *spectrum.radialVelocityKms);
    if (spectrum.rows > 1)
        fmt::print("  spectrum {} of {} in the file (--row 0 to {})\n", spectrum.row, spectrum.rows,
            spectrum.rows - 1);
    if (spectrum.planes > 1)
        fmt::print("  the file has {} planes (--plane)\n", spectrum.planes);
    for (const auto& file : spectrum.moreFiles)
        fmt::print("  and {}\n", file.string());
    for (const spectrum::Segment& segment : spectrum.segments)
        fmt::print("  {} pixels ({} good), {:.3f} … {:.3f} Å, medium {}, frame {}\n",
            segment.pixels(), segment.goodPixels(), segment.wavelengthAngstrom.front(),
            segment.wavelengthAngstrom.back(), toString(segment.medium), toString(segment.frame));
    for (const std::string& warning : spectrum.warnings)
        fmt::print("  note: {}\n", warning);
}

/// One spectrum or model: its entry goes to `entries` or to the screen. Returns whether it could be
/// read.
bool inspect(const SpectrumItem& item, const Options& options, bool json, nlohmann::json& entries)
{
    const auto& file = item.files.front();
    const auto failed = [&](const base::Error& error) {
        (void)report(error);
        entries.push_back({ { "file", file.string() }, { "error", base::describe(error) } });
        return false;
    };
    if (item.error)
        return failed(*item.error);
    if (!options.hasRow && store::Store::isStore(file)) {
        const auto reported = reportStore(file, options.store);
        if (!reported)
            return failed(reported.error());
        entries.push_back(reported->entry);
        if (!json)
            fmt::print("{}", reported->text);
        return true;
    }
    const auto model = inspectModel(file, options.atlas);
    if (!model)
        return failed(model.error());
    if (*model) {
        entries.push_back((*model)->entry);
        if (!json)
            fmt::print("{}", (*model)->text);
        return true;
    }
    const auto spectrum = readItem(item, options.read.readOptions());
    if (!spectrum)
        return failed(spectrum.error());
    if (json)
        entries.push_back(describe(**spectrum));
    else
        print(**spectrum);
    return true;
}

int run(const CommonOptions& common, const Options& options)
{
    nlohmann::json entries = nlohmann::json::array();
    bool allRead = true;
    for (const SpectrumItem& item : listSpectra(options.paths))
        allRead = inspect(item, options, common.json, entries) && allRead;
    if (common.json)
        printJson(entries);
    return allRead ? kDone : kFailed;
}

} // namespace

void addInspect(CLI::App& app, CommonOptions& common, Action& action)
{
    CLI::App* verb = app.add_subcommand(
        "inspect", "say what spectra and trained networks hold and how they are read");
    addCommonOptions(*verb, common);
    auto options = std::make_shared<Options>();
    verb->add_option("files", options->paths,
            "spectra, stores (STORE.h5; with --row one of their spectra), models (MODEL.h5), or "
            "folders of them")
        ->required();
    verb->add_option("--atlas", options->atlas,
        "standards on which a model is looked at: builtin or a folder (default: those it was "
        "trained on)");
    addReadFlags(*verb, options->read);
    addWhereOption(*verb, options->store.where);
    verb->add_flag("--verify", options->store.verify, "check the checksums of whole stores");
    const CLI::Option* row = verb->get_option("--row");
    verb->callback([&common, &action, options, row] {
        options->hasRow = row->count() > 0;
        action = [&common, options] { return run(common, *options); };
    });
}

} // namespace maury::cli
