#pragma once

#include "core/mk/synthetic/atmosphere.h"
#include "core/mk/synthetic/degrade.h"

#include <optional>
#include <vector>

namespace maury::mk::synthetic {

/// The spectrum of one star, flux over continuum, on the fine grid [grid points].
[[nodiscard]] std::vector<float> synthesise(
    const AtomicData& data, const Atmosphere& atmosphere, const SynthesisGrid& grid);

/// The same as an observer would publish it: blurred, on `target`, rectified along its upper
/// envelope. Errors: those of preprocess::upperEnvelope.
[[nodiscard]] base::Result<std::vector<double>> observe(std::span<const float> fine,
    const SynthesisGrid& grid, const Blur& blur, const spectrum::WavelengthGrid& target);

} // namespace maury::mk::synthetic
