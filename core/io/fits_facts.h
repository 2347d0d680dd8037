#pragma once

#include "core/io/fits_file.h"
#include "core/io/sky_position.h"
#include "core/spectrum/spectrum.h"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace maury::io {

/// The medium that the current header states: CTYPE1 (AWAV, WAVE), AIRORVAC, VACUUM.
[[nodiscard]] spectrum::Medium mediumOf(const FitsFile& fits);
/// The frame that the current header states: SPECSYS, or the heliocentric correction of SDSS and
/// LAMOST (HELIO, HELIO_RV).
[[nodiscard]] spectrum::Frame frameOf(const FitsFile& fits);

/// The first of some keywords that has a value; empty when none has.
[[nodiscard]] std::string firstText(const FitsFile& fits, const std::vector<const char*>& keywords);
/// The same for numbers.
[[nodiscard]] std::optional<double> firstNumber(
    const FitsFile& fits, const std::vector<const char*>& keywords);

/// Where a header keeps the star's name and place; the first that has a value counts.
struct StarKeywords {
    std::vector<const char*> object { "OBJECT", "STARIDEN", "TARGET", "OBJNAME" };
    std::vector<const char*> ra { "RA", "RA_OBJ", "RA_TARG" };
    std::vector<const char*> dec { "DEC", "DEC_OBJ", "DEC_TARG" };
};

/// A spectrum without segments yet, with what the current header says of the star: its name (else
/// the file's), position and type.
[[nodiscard]] spectrum::Spectrum describeStar(const FitsFile& fits,
    const std::filesystem::path& file, const StarKeywords& keywords = {},
    AngleUnit unit = AngleUnit::Degrees);

} // namespace maury::io
