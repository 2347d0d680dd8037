#pragma once

#include <span>
#include <vector>

namespace maury::dataset {

/// The right half (centre first) of a symmetric smoothing kernel of standard deviation `width`
/// pixels: the discrete analogue of the Gaussian, exp(−t) I_k(t) with t = width² (Lindeberg 1990,
/// IEEE PAMI 12, 234). Unlike a sampled Gaussian, which does nothing below 0.3 pixels, its variance
/// is width² however narrow it is. Cut where the weights fall below 1e-8 of the centre's, and
/// normalised. A single 1 when nothing would be left in float32. Precondition: 0 ≤ width ≤
/// kMaximumBroadening.
[[nodiscard]] std::vector<float> broadeningKernel(double width);
inline constexpr double kMaximumBroadening = 100.0;

/// Overwrites `out` with `flux` (both [pixels], not overlapping) smoothed by a kernel as above;
/// beyond the ends the flux of the end pixel is taken. Vectorised. Precondition: kernel not empty.
void broaden(std::span<const float> flux, std::span<const float> kernel, std::span<float> out);

} // namespace maury::dataset
