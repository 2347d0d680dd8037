#pragma once

#include <Eigen/Core>

namespace maury::preprocess {

/// FWHM of a Gaussian over its standard deviation: √(8 ln 2).
inline constexpr double kFwhmPerSigma = 2.3548200450309493;

/// A spectrum [pixels] convolved with a Gaussian of this standard deviation, cut at 4 σ; beyond the
/// ends the outermost values are repeated. For widths of half a pixel and more (a sampled Gaussian
/// narrower than that has no true width). Precondition: sigmaPixels > 0.
[[nodiscard]] Eigen::ArrayXd gaussianBlurred(const Eigen::ArrayXd& flux, double sigmaPixels);

} // namespace maury::preprocess
