#pragma once

#include <string>

namespace maury::test {

/// VOTables of one spectrum of five pixels, 500.0 … 500.4 nm in air, flux 1 … 5 (the fourth
/// missing), error 0.5; star Vega, barycentric.
[[nodiscard]] std::string votableText();
/// The same as a BINARY or BINARY2 stream of doubles.
[[nodiscard]] std::string votableBinary(bool hasNullBits);
/// The same as one row of arrays, in a document with a prefix for its namespace.
[[nodiscard]] std::string votableArrays();

} // namespace maury::test
