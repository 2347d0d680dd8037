#pragma once

#include "core/base/random.h"
#include "core/gon/training_network.h"

namespace maury::gon {

/// What a decoder is begun with: [pixels] mean and standard deviation of the training spectra, and
/// principal components (scaled by the root of their eigenvalues).
struct DataMoments {
    std::vector<float> mean;
    std::vector<float> deviation;
    Matrix components; ///< [latent, pixels]; may be empty where no skip is wanted
};

/// Initial weights: hidden N(0, 1.6²/fan-in), the last layer N(0, 0.03²/fan-in) beside a skip and
/// N(0, 1/fan-in) without, s = √(½ deviation² + ½ mean deviation²); SIRENs as Sitzmann et al. write.
/// A pure function of its arguments.
[[nodiscard]] NetworkState initialState(const GonConfig& config,
    const std::vector<double>& wavelengthAngstrom, const DataMoments& moments);

} // namespace maury::gon
