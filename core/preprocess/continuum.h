#pragma once

#include "core/base/result.h"
#include "core/preprocess/envelope.h"
#include "core/spectrum/spectrum.h"

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace maury::preprocess {

enum class ContinuumMethod { Gaussian, Polynomial, Chebyshev, Median, Percentile, Envelope };

/// "gaussian", "polynomial", "chebyshev", "median", "percentile", "envelope".
[[nodiscard]] std::string toString(ContinuumMethod method);
/// Errors: OptionInvalid.
[[nodiscard]] base::Result<ContinuumMethod> continuumMethodFromString(const std::string& name);
[[nodiscard]] const std::vector<ContinuumMethod>& continuumMethods();

/// How the continuum of a segment is drawn; each method uses some of these.
struct ContinuumSettings {
    ContinuumMethod method = ContinuumMethod::Envelope;
    double width = 50.0; ///< σ of the Gaussian; whole width of a running window
    bool widthInKms = false; ///< else in Å
    double percentile = 90.0; ///< of the running window
    int degree = 4; ///< of the polynomial
    /// Pixels farther below and above the curve than this, in standard deviations of those that are
    /// kept, are left out of the next round.
    double clipLow = 0.1;
    double clipHigh = 3.0;
    int rounds = 10;
    bool weighted = true; ///< by inverse variance, where there are errors
    /// A segment is treated as several where longer stretches have no data (chips of APOGEE); 0:
    /// never.
    double splitGapAngstrom = 20.0;
    EnvelopeSettings envelope;
    bool operator==(const ContinuumSettings&) const = default;
};

/// The usual settings of a method: the Gaussian of σ = 50 Å of Ho et al. (2017); for polynomials
/// APOGEE's practice of degree 4 with clipping at −0.1 and +3 σ; for Chebyshev polynomials degree 2
/// with −1 and +3 σ.
[[nodiscard]] ContinuumSettings usualContinuum(ContinuumMethod method);

/// The settings name numbers that can be used. Errors: OptionInvalid naming setting, value, range.
[[nodiscard]] base::Result<void> validate(const ContinuumSettings& settings);

/// A polynomial over a stretch: in x = (2 λ − first − last) / (last − first) of powers or of
/// Chebyshev polynomials, lowest first.
struct ContinuumPiece {
    double firstAngstrom = 0.0;
    double lastAngstrom = 0.0;
    std::vector<double> coefficients;
    bool operator==(const ContinuumPiece&) const = default;
};
/// What was fitted to one segment, piece by piece; empty for methods without coefficients.
using ContinuumFit = std::vector<ContinuumPiece>;

struct Continuum {
    std::vector<double> flux; ///< [pixels]; positive, or NaN where none could be drawn
    ContinuumFit fit;
};

/// The continuum of a segment from its good pixels, weighted by inverse variance where that is
/// asked for and known. Gaussian: Σ w f K / Σ w K. Polynomials: weighted least squares, clipped
/// asymmetrically. Median and percentile: weighted, over a running window, O(n log w). Envelope:
/// envelope.h, in air. Errors: those of validate(); ValueInvalid when no stretch has enough good
/// pixels or a positive continuum.
[[nodiscard]] base::Result<Continuum> drawContinuum(
    const spectrum::Segment& segment, const ContinuumSettings& settings);

/// A continuum from coefficients that were fitted before: the same numbers as when they were. NaN
/// outside of the pieces and where it is not positive.
[[nodiscard]] std::vector<double> continuumOf(const ContinuumFit& fit, ContinuumMethod method,
    std::span<const double> wavelengthsAngstrom);

/// Divides a segment by a continuum [pixels] and its errors with it. A pixel without a continuum
/// gets flux and ivar 0 and, if it was good, kBadPixel.
void divideByContinuum(spectrum::Segment& segment, std::span<const double> continuum);

} // namespace maury::preprocess
