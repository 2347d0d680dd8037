#pragma once

#include "core/io/fits_layout.h"

#include <optional>
#include <string>

namespace maury::io {

/// Which camera of which star a file of the GALAH survey holds.
struct GalahCamera {
    std::string star; ///< sobject_id
    int camera = 0; ///< 1 (blue) to 4 (infrared)
};

/// Nothing when the file is none of GALAH's.
[[nodiscard]] std::optional<GalahCamera> galahCameraOf(const std::filesystem::path& file);

/// One camera of a star of GALAH (HERMES): data release 3 (Buder et al. 2021) and reduction 6.0.
/// Air; barycentric, or with ReadOptions::normalised the normalised spectrum, which release 3 gives
/// at rest on a scale of its own. Errors are relative in the file; the star's velocity is that
/// between the two scales of release 3, or RV in the header.
[[nodiscard]] FitsLayout galahLayout();

/// The cameras of one star, each read by the layout, as one spectrum: segments by ascending
/// wavelength. Precondition: at least one.
[[nodiscard]] spectrum::Spectrum joinGalahCameras(std::vector<spectrum::Spectrum> cameras);

} // namespace maury::io
