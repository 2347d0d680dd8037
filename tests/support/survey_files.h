#pragma once

#include "tests/support/fits_bytes.h"

#include <string>
#include <vector>

namespace maury::test {

/// Small files with the layouts of the surveys, to be changed by a test before they are written.
/// Flux rises from 1 in steps of 0.001 along every row unless said otherwise.
using Hdus = std::vector<FitsHduText>;

/// `count` numbers from `first` in equal steps.
[[nodiscard]] std::vector<double> steps(double first, double step, std::size_t count);

/// apStar: `rows` = 1 is a single visit, else two combinations and the visits; error 0.1, mask 0.
/// [rows, 8575].
[[nodiscard]] Hdus apStar(std::size_t rows);
inline constexpr std::size_t kApStarPixels = 8575;
/// aspcapStar: flux, error 0.02, best model.
[[nodiscard]] Hdus aspcapStar();
/// apVisit: chips red, green, blue of 64 pixels with descending wavelengths; BC = 10.
[[nodiscard]] Hdus apVisit();

/// One camera (1 to 4) of a GALAH DR3 star of 128 pixels with a velocity of 50 km/s; the normalised
/// spectrum holds the last `normalised` pixels; relative error 0.01.
[[nodiscard]] Hdus galahCamera(int camera, std::size_t normalised = 128);
/// The same in reduction 6.0: RV = 50, resolution profile of 0.2 Å.
[[nodiscard]] Hdus galahCamera6(int camera);

} // namespace maury::test
