#include "core/preprocess/tellurics.h"

#include "core/preprocess/doppler.h"
#include "core/spectrum/air_vacuum.h"

#include <fmt/format.h>

#include <algorithm>

namespace maury::preprocess {
namespace {

using base::ErrorCode;
using spectrum::Frame;
using spectrum::Medium;
using spectrum::Segment;

constexpr TelluricBand kBands[] = { { 6867.0, 6944.0, "O2 B", false },
    { 7160.0, 7340.0, "H2O", false }, { 7590.0, 7715.0, "O2 A", false },
    { 8120.0, 8400.0, "H2O", false }, { 8940.0, 9850.0, "H2O", false },
    { 11000.0, 11700.0, "H2O", false }, { 12680.0, 12850.0, "O2", false },
    { 13300.0, 15100.0, "H2O", false }, { 15600.0, 16200.0, "CO2", true } };

/// The earth moves no faster than this against the barycentre (rotation included).
constexpr double kFastestEarthKms = 30.3;

/// Says it once.
void note(std::vector<std::string>& notes, std::string text)
{
    if (std::find(notes.begin(), notes.end(), text) == notes.end())
        notes.push_back(std::move(text));
}

/// What multiplies a wavelength at the observatory on its way into the segment's frame; its
/// uncertainty is ± `spread`, relative.
struct Shift {
    double factor = 1.0;
    double spread = 0.0;
};

base::Result<Shift> shiftInto(
    Frame frame, const spectrum::Motion& motion, std::vector<std::string>& notes)
{
    Shift shift;
    if (frame == Frame::Unknown)
        return base::failure(ErrorCode::ValueMissing, "telluric bands", "an unknown velocity frame",
            "the frame of the wavelengths");
    if (frame == Frame::Topocentric)
        return shift;
    if (motion.barycentricCorrectionKms) {
        shift.factor = 1.0 + *motion.barycentricCorrectionKms / kSpeedOfLightKms;
    } else {
        shift.spread = kFastestEarthKms / kSpeedOfLightKms;
        note(notes,
            fmt::format("the barycentric correction is not known: telluric bands are marked {:.0f} "
                        "km/s wider",
                kFastestEarthKms));
    }
    if (frame != Frame::Rest)
        return shift;
    if (!motion.radialVelocityKms)
        return base::failure(ErrorCode::ValueMissing, "telluric bands",
            "a spectrum at rest without the velocity that was removed", "that velocity");
    shift.factor /= 1.0 + *motion.radialVelocityKms / kSpeedOfLightKms;
    return shift;
}

} // namespace

std::span<const TelluricBand> telluricBands()
{
    return kBands;
}

base::Result<std::size_t> markTellurics(Segment& segment, const spectrum::Motion& motion,
    const TelluricSettings& settings, std::vector<std::string>& notes)
{
    namespace mask = spectrum::mask;
    const auto isMarked = [](std::uint32_t bits) { return (bits & mask::kTelluric) != 0; };
    if (std::any_of(segment.mask.begin(), segment.mask.end(), isMarked)) {
        note(notes, "telluric pixels are marked in the file: no bands are marked beside them");
        return std::size_t { 0 };
    }
    if (segment.medium == Medium::Unknown)
        return base::failure(ErrorCode::ValueMissing, "telluric bands", "an unknown medium",
            "wavelengths in air or vacuum");
    const auto shift = shiftInto(segment.frame, motion, notes);
    if (!shift)
        return base::Unexpected(shift.error());
    std::size_t marked = 0;
    const auto& w = segment.wavelengthAngstrom;
    for (const TelluricBand& band : kBands) {
        if (band.isWeak && !settings.weakToo)
            continue;
        const auto moved = [&](double wavelength, double spread) {
            const double inMedium = segment.medium == Medium::Vacuum
                ? spectrum::vacuumFromAir(wavelength)
                : wavelength;
            return inMedium * shift->factor * (1.0 + spread);
        };
        const auto first = std::lower_bound(
            w.begin(), w.end(), moved(band.firstAngstrom, -shift->spread));
        const auto last
            = std::upper_bound(first, w.end(), moved(band.lastAngstrom, shift->spread));
        for (auto each = first; each != last; ++each)
            segment.mask[static_cast<std::size_t>(each - w.begin())] |= mask::kTelluric;
        marked += static_cast<std::size_t>(last - first);
    }
    return marked;
}

} // namespace maury::preprocess
