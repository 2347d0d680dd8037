#include "core/io/apogee_mask.h"

#include "core/io/segment_checks.h"
#include "core/spectrum/spectrum.h"

#include <array>
#include <cstddef>

namespace maury::io {

namespace mask = spectrum::mask;

std::uint32_t maskOfApogee(std::uint32_t pixelMask)
{
    constexpr std::array<std::uint32_t, 15> kOurs {
        mask::kBadPixel, // BADPIX
        mask::kCosmicRay, // CRPIX
        mask::kSaturated, // SATPIX
        mask::kBadPixel, // UNFIXABLE
        mask::kBadPixel, // BADDARK
        mask::kBadPixel, // BADFLAT
        mask::kBadPixel, // BADERR
        mask::kBadPixel, // NOSKY
        mask::kSuspect, // LITTROW_GHOST
        mask::kSuspect, // PERSIST_HIGH
        mask::kSuspect, // PERSIST_MED
        mask::kSuspect, // PERSIST_LOW
        mask::kSkyLine, // SIG_SKYLINE
        mask::kTelluric, // SIG_TELLURIC
        mask::kBadPixel, // NOT_ENOUGH_PSF
    };
    std::uint32_t bits = 0;
    for (std::size_t bit = 0; bit < kOurs.size(); ++bit)
        if ((pixelMask >> bit & 1U) != 0)
            bits |= kOurs[bit];
    return bits;
}

double ivarOfApogee(double error)
{
    constexpr double kHuge = 1e9;
    return error < kHuge ? ivarOfError(error) : 0.0;
}

} // namespace maury::io
