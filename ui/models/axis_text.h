#pragma once

#include "core/spectrum/spectrum.h"

#include <QString>

namespace maury::ui {

/// "Wavelength in air (Å), rest frame": medium and frame always stand in the label, also when
/// unknown.
[[nodiscard]] QString wavelengthAxisText(spectrum::Medium medium, spectrum::Frame frame);

/// "Rectified flux", "Flux (erg/s/cm2/A)", "Flux (unit not stated)".
[[nodiscard]] QString fluxAxisText(const spectrum::Segment& segment);

} // namespace maury::ui
