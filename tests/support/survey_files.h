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

/// SDSS spec-*: 50 pixels, loglam from 3.6 in steps of 1e-4, ivar 4, and_mask 0; a star G2V.
[[nodiscard]] Hdus sdssSpec();
/// SDSS spSpec-*: the same pixels as an image of 4 rows; error 0.5.
[[nodiscard]] Hdus sdssSpSpec();

/// LAMOST LRS as an image of 5 rows of 50 pixels; ivar 4. In the first data release row 2 is the
/// continuum, later the wavelengths (moved by 1 Å against COEFF0, to tell them apart).
[[nodiscard]] Hdus lamostImage(bool firstRelease);
/// LAMOST LRS since data release 8: one row of cells of 50 numbers.
[[nodiscard]] Hdus lamostTable();
/// LAMOST MRS: co-added and one exposure of both arms; the red exposure descends.
[[nodiscard]] Hdus lamostMrs();

/// ESO Phase 3: cells of 60 numbers in `rows` rows, by data model and content descriptor;
/// uncalibrated columns stand first. Air, topocentric, error 0.5.
[[nodiscard]] Hdus esoPhase3(std::size_t rows = 1);

/// IRAF multispec: `scales` are the texts of spec1 … for rows of 40 pixels, in two planes of which
/// the second is the error 0.5 ("sigma").
[[nodiscard]] Hdus multispec(const std::vector<std::string>& scales);

} // namespace maury::test
