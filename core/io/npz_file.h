#pragma once

#include "core/base/result.h"

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace maury::io {

/// An array of NumPy: numbers in C order, or one text.
struct NumpyArray {
    std::string name;
    std::vector<std::size_t> shape;
    std::vector<double> values; ///< [shape]; floats of either precision come through exactly
    std::string text; ///< UTF-8; for an array without dimensions that holds a text
    bool isText = false;
};

/// The arrays of an .npz archive (numpy.savez, also compressed): floats and integers of any size up
/// to 8 bytes in either order of bytes, booleans, and texts, in C's or Fortran's order. Arrays of
/// other types are left out. `place` names the archive in errors. Errors: those of readZip;
/// FormatUnknown (no such array), ValueInvalid, FileTruncated, all naming the array.
[[nodiscard]] base::Result<std::vector<NumpyArray>> readNpz(
    std::string_view archive, const std::string& place);

/// Writes arrays as float32 ('<f4'), texts as unicode. Errors: those of writeZip. Precondition:
/// values have the array's shape.
[[nodiscard]] base::Result<void> writeNpz(
    const std::filesystem::path& file, const std::vector<NumpyArray>& arrays);

} // namespace maury::io
