#pragma once

#include "core/base/result.h"

#include <optional>
#include <string>
#include <string_view>

namespace maury::mk {

/// The three groups that the paper's luminosity head tells apart (II → III, IV → V, Ia/Ib → I).
enum class LuminosityGroup { I, III, V };
inline constexpr int kLuminosityGroups = 3;

/// MKCLASS luminosity codes: 0 Ia, 1 Ib, 2 II, 3 III, 4 IV, 5 V; 0.5 Iab, 1.5 Ib–II, and so on; 6
/// is VI, the old class of subdwarfs. A hypergiant ("Ia-0", "0-Ia") counts as Ia and keeps its 0 as
/// a peculiarity.
struct SpectralType {
    char letter = 'G'; ///< O B A F G K M (also W L T C S when only that could be read)
    double subclass = 0.0; ///< 0 … 9.9 within the letter
    std::optional<double> luminosityCode; ///< nothing when the text gives no luminosity class
    std::string remainder; ///< peculiarities kept as written: "e", "Fe-1", ":", the b of "IIIb"; of
                           ///< a letter outside O … M all that follows it ("WC5" keeps "C5")
    std::string ignored; ///< text that was not understood

    bool operator==(const SpectralType&) const = default;
};

/// Reads a spectral type as catalogues write it: `G1.5IV-VFe-1`, `B0.5IV`, `O9.5Iae`, `kA2hA5mF0`,
/// `M6-III:`. A range of luminosities ("IV-V") and a type between two ("F5/6", "G8/K0") give the
/// middle; a range of classes ("K0-1", "F7-G3") its beginning, with the rest in `ignored`; a
/// composite ("A2V+G0III") its first star; an Am type (kA2hA5mF0) its hydrogen type. Signs finer
/// than the numbers ("K2-III", "G8+III") are ignored. The old prefixes count as luminosity: c I, g
/// III, sg IV, d V, sd VI. Errors: TypeUnparsable with the reason: white dwarfs, hot subdwarfs, a
/// class without its number ("Am").
[[nodiscard]] base::Result<SpectralType> parseSpectralType(std::string_view text);

/// O0 = 0, B0 = 10, A0 = 20, F0 = 30, G0 = 40, K0 = 50, M0 = 60, plus the subclass; NaN for other
/// letters.
[[nodiscard]] double decimalSubclass(const SpectralType& type);
[[nodiscard]] SpectralType typeFromDecimal(
    double decimal, std::optional<double> luminosityCode = {});

/// MKCLASS temperature code (mk.md's table, interpolated between its entries) from decimal subclass
/// and back. Both are monotonic and clamp to O3 … M9.
[[nodiscard]] double temperatureCode(double decimal);
[[nodiscard]] double decimalFromTemperatureCode(double code);

/// l00, l10, l15 → I; l20 … l35 → III; l40 … l50 → V: below 1.75 I, below 3.75 III, else V.
[[nodiscard]] LuminosityGroup luminosityGroup(double luminosityCode);
[[nodiscard]] std::string toString(LuminosityGroup group); ///< "I", "III", "V"

/// "B0.5", "A0", "M3.5": the class alone, at most one decimal.
[[nodiscard]] std::string printClass(double decimal);
/// The nearest half step: "Ia", "Iab", "Ib", "Ib-II", "II", "II-III", "III", "III-IV", "IV",
/// "IV-V", "V", "V-VI", "VI".
[[nodiscard]] std::string printLuminosity(double luminosityCode);
/// "G2 V", with the remainder if there is one; what parseSpectralType gave parses back to the same
/// value, but for `ignored`.
[[nodiscard]] std::string print(const SpectralType& type);

} // namespace maury::mk
