#pragma once

#include "core/io/fits_layout.h"

#include <cstdint>

namespace maury::io {

/// SDSS's SPPIXMASK (Stoughton et al. 2002, AJ 123, 485) as ours: what has no data or no sky is
/// unusable, a bright sky line too; scattered light, neighbours of bad pixels and partial
/// rejections make a pixel suspect.
[[nodiscard]] std::uint32_t maskOfSdss(std::uint32_t pixelMask);

/// SDSS and BOSS `spec-*`: the co-added spectrum, a table of flux, loglam, ivar and and_mask.
/// Vacuum, heliocentric.
[[nodiscard]] FitsLayout sdssSpecLayout();

/// The older SDSS `spSpec-*`: an image of flux, continuum-subtracted flux, error and mask on a
/// scale of log10 λ. Vacuum, heliocentric.
[[nodiscard]] FitsLayout sdssSpSpecLayout();

} // namespace maury::io
