#pragma once

#include "core/base/result.h"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace maury::mk {

enum class LineKind { Line, Band, Interstellar };

/// A line, or the head of a band, that tells something of a star.
struct SpectralLine {
    double wavelengthAngstrom = 0.0; ///< in air
    std::string species; ///< "He I", "TiO"
    LineKind kind = LineKind::Line;
    bool temperature = false; ///< what it is a criterion of
    bool luminosity = false;
    bool peculiarity = false;
    std::string from; ///< first and last class in which it is used ("O9.5"); empty: not bounded
    std::string to;
    std::optional<double> fromDecimal; ///< the same as decimal subclasses
    std::optional<double> toDecimal;
    std::string note; ///< the criterion in words; may be empty
};

/// Lines in ascending order of wavelength.
struct LineList {
    std::vector<SpectralLine> lines;
    std::filesystem::path file;
};

/// Reads a CSV table with the columns `wavelength_air_angstrom` or `wavelength_vacuum_angstrom`
/// (converted to air) and `species`, and perhaps kind (line, band, interstellar), use (letters of
/// T, L, P), from, to and note; `#` begins a comment. Errors: those of the file; ValueMissing (a
/// column), ValueInvalid (naming the line).
[[nodiscard]] base::Result<LineList> readLineList(const std::filesystem::path& file);

/// The list that is installed with the program (mk_lines.csv).
[[nodiscard]] base::Result<LineList> defaultLineList();

/// Whether a line is used at a class; lines outside the sequence O … M (neither bound) never are.
[[nodiscard]] bool isUsedAt(const SpectralLine& line, double decimalSubclass);

[[nodiscard]] std::string toString(LineKind kind); ///< "line", "band", "interstellar"

} // namespace maury::mk
