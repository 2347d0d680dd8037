#include "app/cli/augment_bands.h"

#include "app/cli/atlas_options.h"
#include "app/cli/augmentation_options.h"
#include "app/cli/report.h"
#include "core/classify/prepare.h"
#include "core/dataset/variation_bands.h"
#include "core/io/csv_table.h"
#include "core/io/reader_registry.h"

#include <fmt/format.h>

#include <algorithm>

namespace maury::cli {
namespace {

/// The spectrum on the atlas' grid, [pixels].
base::Result<std::vector<float>> fluxOf(const std::string& name, const mk::Atlas& atlas)
{
    const auto& standards = atlas.standards();
    const auto standard = std::find_if(standards.begin(), standards.end(),
        [&name](const mk::Standard& each) { return each.name == name; });
    if (standard != standards.end()) {
        const auto row = atlas.flux().row(standard - standards.begin());
        return std::vector<float>(row.begin(), row.end());
    }
    const auto spectrum = io::readSpectrum(name);
    if (!spectrum)
        return base::Unexpected(spectrum.error());
    auto prepared = classify::prepare(**spectrum, atlas, {});
    if (!prepared)
        return base::Unexpected(prepared.error());
    return std::move(prepared->flux);
}

std::vector<io::CsvColumn> columnsOf(
    const spectrum::WavelengthGrid& grid, const dataset::VariationBands& bands)
{
    std::vector<io::CsvColumn> columns { { "wavelength_angstrom", grid.wavelengths() } };
    for (std::size_t i = 0; i < bands.curves.size(); ++i)
        columns.push_back({ fmt::format("p{}", dataset::VariationBands::kPercentiles[i]),
            { bands.curves[i].begin(), bands.curves[i].end() } });
    return columns;
}

} // namespace

int runBands(const CommonOptions& common, const BandsRequest& request)
{
    if (request.variations < 1)
        return report({ base::ErrorCode::OptionInvalid, "--per-spectrum",
            std::to_string(request.variations), "at least 1 with --bands", {} });
    const auto atlas = openAtlasWithWarnings(request.atlas);
    if (!atlas)
        return report(asOption(atlas.error()));
    const auto flux = fluxOf(request.spectrum, **atlas);
    if (!flux)
        return report(flux.error());
    const dataset::Augmenter augmenter((*atlas)->grid(), request.augmentation, common.seed);
    const auto bands = dataset::variationBands(*flux, augmenter, request.variations);
    if (const auto written = io::writeCsv(request.out, columnsOf((*atlas)->grid(), bands));
        !written)
        return report(written.error());
    if (common.json)
        printJson({ { "spectrum", request.spectrum }, { "atlas", request.atlas },
            { "variations", bands.count }, { "seed", common.seed }, { "out", request.out },
            { "percentiles", dataset::VariationBands::kPercentiles } });
    else
        fmt::print("percentiles of {} variations of {}: {}\n", bands.count, request.spectrum,
            request.out);
    return kDone;
}

} // namespace maury::cli
