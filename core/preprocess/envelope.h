#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <span>
#include <vector>

namespace maury::preprocess {

/// How an observer draws a continuum through a spectrum without clean continuum: along the upper
/// edge, by a smooth curve, passing over the cores of the broadest lines.
struct EnvelopeSettings {
    double stepAngstrom = 45.0; ///< distance of the points that the curve is drawn through
    double halfWidthAngstrom = 45.0; ///< each is taken from the pixels this near
    double percentile = 92.0; ///< of their flux
    int degree = 5; ///< of the polynomial in ln flux; lowered when there are few points
    int rounds = 2; ///< the later ones refine the already rectified spectrum
    bool operator==(const EnvelopeSettings&) const = default;
};

/// The upper envelope of a spectrum at every pixel (also at bad ones): positive and finite. Bad
/// pixels (good[i] = 0) and the cores of Hα to H11 and Ca II K are not used. A constant factor in
/// the flux comes back as the same factor; a smooth slope in the flux is followed.
/// wavelengthAngstrom (air, at rest within a few Å, increasing), flux, good: [pixels].
/// Errors: ValueInvalid when the good pixels have no positive envelope or there are fewer than 16
/// of them.
[[nodiscard]] base::Result<std::vector<double>> upperEnvelope(
    std::span<const double> wavelengthAngstrom, std::span<const double> flux,
    std::span<const std::uint8_t> good, const EnvelopeSettings& settings = {});

/// Divides flux [pixels] by its upper envelope, in place; it is left unchanged on an error (as
/// above).
[[nodiscard]] base::Result<void> rectifyByEnvelope(std::span<const double> wavelengthAngstrom,
    std::span<double> flux, std::span<const std::uint8_t> good,
    const EnvelopeSettings& settings = {});

} // namespace maury::preprocess
