#pragma once

#include "core/classify/prepare.h"
#include "core/io/spectrum_writer.h"
#include "ui/models/plot_table.h"

#include <optional>

namespace maury::ui {

/// A spectrum as in the file, or one of its segments, ready to be written.
[[nodiscard]] io::SpectrumToWrite fileExport(
    const spectrum::Spectrum& spectrum, std::optional<std::size_t> only = std::nullopt);

/// A star as it was prepared for the standards, with the recipe: air, missing pixels masked and not
/// filled. Precondition: it is on this grid.
[[nodiscard]] io::SpectrumToWrite preparedExport(const spectrum::Spectrum& star,
    const classify::PreparedSpectrum& prepared, const spectrum::WavelengthGrid& grid);

/// The table of a plot for ECSV and FITS: headings become names of letters, digits and underscores,
/// their units are kept where FITS knows them.
[[nodiscard]] io::TableToWrite tableExport(const PlotTable& table, const QString& name);

} // namespace maury::ui
