#pragma once

/// Physical constants in CGS units (CODATA 2018), and a few in the units of the tables.
namespace maury::mk::synthetic::constants {

inline constexpr double kBoltzmann = 1.380649e-16; ///< erg/K
inline constexpr double kPlanck = 6.62607015e-27; ///< erg s
inline constexpr double kLightSpeed = 2.99792458e10; ///< cm/s
inline constexpr double kElectronMass = 9.1093837e-28; ///< g
inline constexpr double kAtomicMass = 1.66053907e-24; ///< g
inline constexpr double kElectronVolt = 1.602176634e-12; ///< erg
inline constexpr double kStefanBoltzmann = 5.670374e-5; ///< erg/(cm² s K⁴)
inline constexpr double kPi = 3.14159265358979323846;
inline constexpr double kSqrtPi = 1.77245385090551602730;
/// π e²/(m_e c): the frequency-integrated cross-section of unit oscillator strength, cm² Hz.
inline constexpr double kLineCrossSection = 2.654008e-2;
inline constexpr double kThomson = 6.6524587e-25; ///< cm²
inline constexpr double kRydbergFrequency = 3.2880513e15; ///< Hz, hydrogen's ionisation limit
inline constexpr double kRydbergEv = 13.598434; ///< eV, hydrogen's ionisation energy
inline constexpr double kCmPerAngstrom = 1e-8;

} // namespace maury::mk::synthetic::constants
