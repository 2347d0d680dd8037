#include "core/spectrum/medium.h"

#include "core/spectrum/air_vacuum.h"

namespace maury::spectrum {

base::Result<Segment> inMedium(Segment segment, Medium medium)
{
    EXPECTS(medium != Medium::Unknown);
    if (segment.medium == Medium::Unknown)
        return base::failure(
            base::ErrorCode::ValueMissing, {}, "wavelengths in an unknown medium", "air or vacuum");
    if (segment.medium == medium)
        return segment;
    constexpr double kAirBegins = 2000.0;
    auto& wavelengths = segment.wavelengthAngstrom;
    const bool crosses = wavelengths.front() <= kAirBegins && wavelengths.back() > kAirBegins;
    if (crosses && medium == Medium::Air)
        return base::failure(base::ErrorCode::WavelengthsInvalid, {},
            "wavelengths on both sides of 2000 Å, where the scale in air begins",
            "wavelengths on one side");
    for (double& wavelength : wavelengths)
        if (wavelength > kAirBegins)
            wavelength
                = medium == Medium::Air ? airFromVacuum(wavelength) : vacuumFromAir(wavelength);
    segment.medium = medium;
    return segment;
}

} // namespace maury::spectrum
