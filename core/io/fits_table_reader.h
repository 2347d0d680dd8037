#pragma once

#include "core/io/fits_layout.h"
#include "core/io/spectral_columns.h"

namespace maury::io {

/// The spectrum in HDU `number`, a table: one pixel a row, or whole spectra in cells, of which
/// those of row `row` are taken. The mask is read by `translate`. Errors: ValueMissing (no such
/// columns), ValueInvalid, FileTruncated, FileDamaged; all name the HDU.
[[nodiscard]] base::Result<spectrum::Segment> readTableSegment(FitsSource& source, int number,
    std::int64_t row, std::uint32_t (*translate)(std::uint32_t bits),
    std::vector<std::string>& warnings);

/// How many spectra the table in HDU `number` holds: one, or one a row.
[[nodiscard]] base::Result<std::int64_t> tableSpectra(FitsSource& source, int number);

/// Whether HDU `number` is a table with all these columns (in any case of letters).
[[nodiscard]] bool hasColumns(
    FitsSource& source, int number, std::initializer_list<std::string_view> names);

/// ESO's Phase 3 spectra (UVES, GIRAFFE and others of the Gaia-ESO survey: one row of cells;
/// several rows or tables are segments) and any binary table with columns of wavelength and flux.
/// Frame by SPECSYS, medium by the content descriptor, normalised by CONTNORM.
[[nodiscard]] FitsLayout fitsTableLayout();

} // namespace maury::io
