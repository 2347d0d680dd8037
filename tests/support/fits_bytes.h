#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace maury::test {

/// A column of a table: `form` as in TFORM ("E", "3920D", "J", "I", "20A").
struct FitsColumnText {
    std::string name;
    std::string form;
    std::vector<double> values; ///< [rows, repeat]
    std::vector<std::string> texts {}; ///< [rows], for letters
    std::string unit {};
    std::string ucd {};
    std::string utype {};
};

/// One HDU to write: cards as "KEYWORD= value" texts; an image, or a table when it has columns.
struct FitsHduText {
    std::vector<std::string> cards; ///< besides SIMPLE/XTENSION, BITPIX, NAXIS…
    std::vector<std::size_t> axes; ///< of an image
    std::vector<double> pixels;
    int bitpix = -32; ///< -64, -32, 32 or 16
    std::vector<FitsColumnText> columns {};
};

/// The bytes of a FITS file, written by hand so that headers can be as odd as those of
/// archives.
[[nodiscard]] std::string fitsBytes(const std::vector<FitsHduText>& hdus);

/// The bytes in gzip's format (stored, not compressed).
[[nodiscard]] std::string gzipBytes(const std::string& bytes);

} // namespace maury::test
