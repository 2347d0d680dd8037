#pragma once

namespace maury::spectrum {

/// Wavelength in standard air of a vacuum wavelength, both in Å: n = 1 + 8.34254e-5
/// + 2.406147e-2/(130 − s²)
/// + 1.5998e-4/(38.9 − s²), s = 10⁴/λ_vacuum (Morton 2000, ApJS 130, 403). Precondition: > 2000 Å,
/// where the formula holds.
[[nodiscard]] double airFromVacuum(double vacuumAngstrom);

/// The inverse (N. Piskunov's formula as given by VALD): undoes airFromVacuum to 1e-8 Å between
/// 2000 Å and 2.5 µm. Precondition: > 2000 Å.
[[nodiscard]] double vacuumFromAir(double airAngstrom);

} // namespace maury::spectrum
