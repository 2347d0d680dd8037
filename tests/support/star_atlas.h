#pragma once

#include "core/mk/atlas.h"
#include "core/spectrum/spectrum.h"

#include <functional>
#include <vector>

namespace maury::test {

/// A made-up star of 40 lines, whose depths depend on its codes; continuum 1.
[[nodiscard]] double starFlux(
    double wavelengthAngstrom, double temperatureCode, double luminosityCode);

/// A rectified atlas of such stars with luminosity codes 0, 3 and 5 for each temperature code
/// (ascending).
[[nodiscard]] mk::AtlasPtr starAtlas(const std::vector<double>& temperatureCodes,
    const spectrum::WavelengthGrid& grid = spectrum::mkGrid());

/// How a star is observed.
struct Observation {
    double firstAngstrom = 3790.0;
    double lastAngstrom = 4612.0;
    double stepAngstrom = 0.5;
    double velocityKms = 0.0;
    double signalToNoise = 0.0; ///< 0 = no noise
    std::function<double(double)> continuum = [](double) { return 1.0; };
    spectrum::Medium medium = spectrum::Medium::Air; ///< the wavelengths are given in this medium
    spectrum::Frame frame = spectrum::Frame::Rest; ///< only said, velocityKms is there all the same
    std::optional<bool> rectified = true;
};

/// One segment of a made-up star, without errors.
[[nodiscard]] spectrum::Spectrum observeStar(
    double temperatureCode, double luminosityCode, const Observation& observation = {});

} // namespace maury::test
