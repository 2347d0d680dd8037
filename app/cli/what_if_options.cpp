#include "app/cli/what_if_options.h"

namespace maury::cli {

void addWhatIfOptions(CLI::App& verb, preprocess::WhatIf& change)
{
    constexpr const char* kGroup = "What if (done to every spectrum before it is prepared)";
    const auto add = [&verb](const char* name, double& value, const char* help) {
        verb.add_option(name, value, help)->group(kGroup)->capture_default_str();
    };
    add("--if-velocity", change.velocityKms, "moved by so much, km/s");
    add("--if-rotation", change.rotationKms, "broadened as by a star of this v sin i, km/s");
    add("--if-blur", change.blurAngstrom, "blurred further by a Gaussian of this FWHM, Å");
    add("--if-tilt", change.tilt, "flux times this power of the wavelength");
    add("--if-snr", change.signalToNoise,
        "noise of this signal-to-noise ratio of a pixel added (0: none), the same for a --seed");
}

} // namespace maury::cli
