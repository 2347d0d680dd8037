#pragma once

#include "core/spectrum/spectrum.h"

#include <optional>

namespace maury::io {

/// What the user knows better than the file, and which of its spectra is wanted.
struct ReadOptions {
    std::optional<spectrum::Medium> medium;
    std::optional<spectrum::Frame> frame;
    int row = 0; ///< of the spectra in the file (visits, apertures), counted from 0
    int plane = 0; ///< of a cube (IRAF's extractions), counted from 0
    bool normalised = false; ///< the normalised spectrum of a file that holds both
};

} // namespace maury::io
