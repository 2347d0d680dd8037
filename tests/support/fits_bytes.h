#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace maury::test {

/// One HDU to write: cards as "KEYWORD= value" texts, pixels as 32-bit floats.
struct FitsHduText {
    std::vector<std::string> cards; ///< besides SIMPLE/XTENSION, BITPIX, NAXIS…
    std::vector<std::size_t> axes;
    std::vector<float> pixels;
};

/// The bytes of a FITS file of images, written by hand so that headers can be as odd as those of
/// archives.
[[nodiscard]] std::string fitsBytes(const std::vector<FitsHduText>& hdus);

/// The bytes in gzip's format (stored, not compressed).
[[nodiscard]] std::string gzipBytes(const std::string& bytes);

} // namespace maury::test
