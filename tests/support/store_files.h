#pragma once

#include "core/store/store_writer.h"

#include <cstdint>
#include <filesystem>
#include <string>

namespace maury::test {

/// A star with two segments, all numbers depending on `number`: 40 pixels in vacuum with errors, of
/// which one is masked, and 30 in the same frame without. `number` % 3 chooses the survey
/// ("apogee", "galah", none) and % 2 whether the position is known.
[[nodiscard]] spectrum::SpectrumPtr storedSpectrum(std::uint64_t number);

/// A grid of 400 pixels of ln λ from 5000 Å on, in steps of 1e-4.
[[nodiscard]] store::StoreGrid storedGrid();
/// On that grid: `number` % 3 segments of its survey, of 60 and 50 pixels, whose places differ a
/// little from star to star; every fifth star has no errors.
[[nodiscard]] store::GriddedSpectrum storedGridded(std::uint64_t number);

/// Stores of storedSpectrum(0 … count) or storedGridded(0 … count). End the test when they cannot
/// be written.
void writeNativeStore(const std::filesystem::path& file, std::uint64_t count);
void writeGriddedStore(const std::filesystem::path& file, std::uint64_t count);

/// A gridded store of one survey: spectra with lines whose depths follow two numbers of the star, on
/// 120 pixels of storedGrid() from `firstPixel` on. Its stars are those of every such store, at the
/// same places but for `offsetArcsec`, under names of its own. Ends the test when it cannot be
/// written.
void writeSurveyStore(const std::filesystem::path& file, const std::string& format,
    std::uint64_t firstPixel, std::uint64_t count, double offsetArcsec);

} // namespace maury::test
