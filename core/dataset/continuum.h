#pragma once

#include <array>
#include <span>

namespace maury::dataset {

/// Multiplies `flux` [pixels] by 1 + c0 + c1 x + c2 x², where x runs from −1 at the first pixel to
/// +1 at the last (0 for a single pixel). Vectorised.
void multiplyContinuum(std::span<float> flux, const std::array<double, 3>& coefficients);

} // namespace maury::dataset
