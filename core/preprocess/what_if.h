#pragma once

#include "core/base/result.h"
#include "core/spectrum/spectrum.h"

#include <cstdint>
#include <string>
#include <vector>

namespace maury::preprocess {

/// What is done to a spectrum to see how its answer depends on it. Zeros change nothing.
struct WhatIf {
    double velocityKms = 0.0; ///< wavelengths times dopplerFactor() of this
    double rotationKms = 0.0; ///< broadened as by a star of this v sin i, limb darkening 0.6
    double blurAngstrom = 0.0; ///< blurred further, by a Gaussian of this FWHM
    double tilt = 0.0; ///< flux × (λ/λ_middle)^tilt, λ_middle of each segment
    double signalToNoise = 0.0; ///< so much noise added, always the same: flux/σ in a pixel
    std::uint64_t seed = 1; ///< of the noise

    bool operator==(const WhatIf&) const = default;
    [[nodiscard]] bool isNone() const;
};

/// Errors: OptionInvalid naming the option, its value and its range.
[[nodiscard]] base::Result<void> validate(const WhatIf& change);

/// The changed spectrum, in the order velocity, rotation, blur, tilt, noise. Masked pixels stay as
/// they are and lend nothing to their neighbours; errors are propagated where there are any, and
/// the resolving power follows the blur. Precondition: validate(change).
[[nodiscard]] spectrum::Spectrum changed(const spectrum::Spectrum& star, const WhatIf& change);

} // namespace maury::preprocess
