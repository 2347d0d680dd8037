#pragma once

#include "core/base/result.h"
#include "core/spectrum/spectrum.h"

#include <cstddef>
#include <cstdint>
#include <string>

namespace maury::test {

/// Ends the program when a spectrum that was read breaks a promise of Segment: what a sanitizer
/// cannot see.
void checkPromises(const spectrum::Spectrum& spectrum);

/// Reads bytes through the registry as if they were a file (kept in memory).
[[nodiscard]] base::Result<spectrum::SpectrumPtr> readBytesAsFile(
    const std::uint8_t* data, std::size_t size, int row, int plane, bool normalised);

/// Opens bytes as a store of spectra and reads all of it that can be read; ends the program when a
/// spectrum breaks a promise of Segment.
void readAllOfStore(const std::string& bytes);

/// The bytes of a store with a head whose checksums are those of what follows it.
[[nodiscard]] std::string sealed(std::string bytes);

} // namespace maury::test

/// libFuzzer's entry point, one for each target; also called by tests/fuzz/standalone_main.cpp.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);
