#pragma once

#include "core/gon/spectrum_set.h"

#include <cstdint>
#include <vector>

namespace maury::gon {

/// Mean, spread and principal components of spectra with gaps.
struct PrincipalComponents {
    std::vector<float> mean; ///< [pixels]
    std::vector<float> deviation; ///< [pixels]
    Matrix components; ///< [count, pixels], each times the root of its eigenvalue
};

/// Components of flux [spectra, pixels]; pixels with weight 0 are filled with what the components
/// say of them, in a few rounds. By subspace iteration from random directions (Halko et al. 2011).
/// With `noiseVariance` > 0 eigenvalues lose what noise of that variance adds to them. A pure
/// function of its arguments. Precondition: count <= spectra and pixels.
[[nodiscard]] PrincipalComponents principalComponents(const Matrix& flux, const Matrix& weight,
    std::size_t count, double noiseVariance, std::uint64_t seed);

} // namespace maury::gon
