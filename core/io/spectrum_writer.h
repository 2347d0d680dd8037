#pragma once

#include "core/base/result.h"
#include "core/spectrum/spectrum.h"

#include <filesystem>
#include <span>
#include <string>
#include <vector>

namespace maury::io {

/// A column of a table to write: of numbers, of which NaN is an empty or blank value, or of texts.
struct TableColumn {
    std::string name;
    std::vector<double> values {}; ///< [rows], or …
    std::string unit {}; ///< as FITS writes it; empty for none
    bool isInteger = false;
    std::string description {};
    std::vector<std::string> texts {}; ///< … [rows]

    [[nodiscard]] std::size_t rows() const { return texts.empty() ? values.size() : texts.size(); }
};

/// Columns of equal length with what is known of them.
struct TableToWrite {
    std::string name; ///< of the extension in FITS; may be empty
    std::vector<TableColumn> columns;
    std::vector<std::pair<std::string, std::string>> facts; ///< for people: {"object", "HD 1"}
};

/// A segment to write: its own columns are wavelength, flux, inverse variance and mask; `more` hold
/// what else belongs to its pixels.
struct SegmentToWrite {
    spectrum::Segment segment;
    std::vector<TableColumn> more {};
};

/// A spectrum to write, with what was done to it.
struct SpectrumToWrite {
    spectrum::Spectrum star; ///< of which only what is known of it counts, not its segments
    std::vector<SegmentToWrite> segments;
    std::string recipe; ///< JSON; empty for none
};

/// The formats by the end of a name: ".fits", ".ecsv", ".csv".
[[nodiscard]] std::span<const char* const> tableFormats();
/// Errors: OptionInvalid, naming the formats.
[[nodiscard]] base::Result<void> checkTableFormat(const std::filesystem::path& file);

/// Writes a spectrum by the end of the file's name, in one step: FITS with one table a segment that
/// is read back as it was, or ECSV (astropy's APE 6) or CSV with a column that counts segments when
/// there are several, which are read back too: their facts (medium, frame, resolving power,
/// velocities …) stand in the preamble, in CSV in comments. Numbers in text have 15 significant
/// digits. The recipe stands in the header. Errors: OptionInvalid, WriteFailed,
/// LibraryFailed.
[[nodiscard]] base::Result<void> writeSpectrum(
    const std::filesystem::path& file, const SpectrumToWrite& spectrum);

/// Writes any table of numbers by the end of the file's name. Errors: as writeSpectrum.
[[nodiscard]] base::Result<void> writeTable(
    const std::filesystem::path& file, const TableToWrite& table);

/// The spectrum as it was read.
[[nodiscard]] SpectrumToWrite asRead(const spectrum::Spectrum& spectrum);

} // namespace maury::io
