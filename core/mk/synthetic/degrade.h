#pragma once

#include "core/mk/synthetic/plasma.h"
#include "core/spectrum/wavelength_grid.h"

#include <span>
#include <vector>

namespace maury::mk::synthetic {

/// How a star and a spectrograph blur a spectrum.
struct Blur {
    double rotationKms = 0.0; ///< v sin i
    double fwhmAngstrom = 1.8; ///< of the instrument's Gaussian profile
};

/// Kernel of a rotating star with linear limb darkening 0.6 (Gray, eq. 18.14), sampled every
/// `stepAngstrom` and normalised; {1} when the rotation is less than a step. Odd length.
[[nodiscard]] std::vector<float> rotationKernel(
    double velocityKms, double wavelengthAngstrom, double stepAngstrom);
/// Gaussian kernel to 4 σ, normalised, odd length.
[[nodiscard]] std::vector<float> gaussianKernel(double fwhmAngstrom, double stepAngstrom);

/// Blurs a fine spectrum [grid points] and samples it linearly on `target` [target.pixels], which
/// must lie inside the fine grid.
[[nodiscard]] std::vector<double> degrade(std::span<const float> fine, const SynthesisGrid& grid,
    const Blur& blur, const spectrum::WavelengthGrid& target);

} // namespace maury::mk::synthetic
