#pragma once

#include "core/base/result.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace maury::io {

/// The wavelength scale of one aperture of an IRAF multispec image (Valdes 1993, ASP Conf. 52,
/// 467; IRAF's help on "specwcs").
struct MultispecScale {
    enum class Law { None, Linear, Log10, Sum };
    enum class Function { Chebyshev, Legendre, CubicSpline, LinearSpline };
    /// One term of a sum: weight · (offset + f(p)).
    struct Term {
        double weight = 1.0;
        double offset = 0.0;
        Function function = Function::Chebyshev;
        double first = 0.0; ///< physical pixels between which it holds
        double last = 0.0;
        std::vector<double> coefficients;
    };
    int aperture = 0;
    Law law = Law::None;
    double start = 0.0;
    double step = 0.0;
    std::size_t pixels = 0; ///< that are valid, from the first on
    double redshift = 0.0;
    std::vector<Term> terms;

    /// The wavelength at a physical pixel (counted from 1), in the units of the image; the redshift
    /// is taken out.
    [[nodiscard]] double wavelength(double pixel) const;
};

/// Reads the text of one `specN = "…"`. Errors: ValueInvalid, naming place and what was found.
[[nodiscard]] base::Result<MultispecScale> parseMultispecScale(
    std::string_view text, const std::string& place);

/// The quoted texts of spec1, spec2, … in the joined WAT2_ cards, in this order; it ends with the
/// first that is missing.
[[nodiscard]] std::vector<std::string> multispecTexts(const std::string& attributes);

} // namespace maury::io
