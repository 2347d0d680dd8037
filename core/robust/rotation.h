#pragma once

#include <vector>

namespace maury::robust {

/// The right half (centre first) of the profile by which a star that rotates as a rigid sphere with
/// linear limb darkening ε broadens a sharp line (Gray 2005, *The Observation and Analysis of
/// Stellar Photospheres*, eq. 18.14), integrated over pixels and normalised:
/// G(x) ∝ 2(1 − ε)√(1 − x²) + ½πε(1 − x²), |x| ≤ 1 at v sin i. `reachPixels`: v sin i in pixels of
/// a grid of ln λ. A single 1 when it is 0. Preconditions: reachPixels ≥ 0, 0 ≤ ε ≤ 1.
[[nodiscard]] std::vector<float> rotationKernel(double reachPixels, double limbDarkening);

} // namespace maury::robust
