#pragma once

#include "core/preprocess/continuum.h"

#include <span>

namespace maury::preprocess {

/// T_0 … T_degree are combined in `chebyshev`; the same polynomial in powers of x.
[[nodiscard]] std::vector<double> powersOfChebyshev(const std::vector<double>& chebyshev);

/// The polynomial of a piece at a wavelength.
[[nodiscard]] double valueOf(
    const ContinuumPiece& piece, ContinuumMethod method, double wavelengthAngstrom);

/// Fits flux [n] at wavelengths [n] with weights [n] (0: not used), leaving out in every round what
/// lies beyond the clipping limits of the curve of the round before. It ends early when nothing
/// changes, or before fewer than a tenth of the pixels, or twice as many as coefficients, would be
/// left. Preconditions:
/// method is Polynomial or Chebyshev; first < last contain all wavelengths.
[[nodiscard]] ContinuumPiece fitPolynomial(std::span<const double> wavelengths,
    std::span<const double> flux, std::span<const double> weights, double first, double last,
    const ContinuumSettings& settings);

} // namespace maury::preprocess
