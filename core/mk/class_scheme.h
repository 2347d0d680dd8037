#pragma once

#include "core/base/result.h"
#include "core/mk/atlas.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace maury::mk {

/// The spectral classes that a network's SC head tells apart; index = output. The LC head's outputs
/// are I, III, V (LuminosityGroup's order).
struct ClassScheme {
    std::vector<std::string> names; ///< "O9", "B0", … in order of temperature code
    std::vector<double> temperatureCodes; ///< [classes], ascending

    [[nodiscard]] std::size_t size() const { return names.size(); }
    bool operator==(const ClassScheme&) const = default;
    /// The class with exactly this code; nothing if it is not in the scheme.
    [[nodiscard]] std::optional<std::uint16_t> indexOf(double temperatureCode) const;
    /// The nearest class by code.
    [[nodiscard]] std::uint16_t nearest(double temperatureCode) const;
};

/// The rule for the classes of a network: a spectral class (one temperature code) is kept when,
/// after II → III, IV → V and Ia/Iab/Ib → I, each of I, III and V is represented in **every** atlas
/// of `complete`; an atlas of `present` must merely have a spectrum of the class. The training
/// libraries are `complete`; a test library may be either. With libr18 to train on and libr18_27 to
/// test on both readings keep the same 30 classes O9 … K7 (126 and 98 spectra): libr18_27 starts at
/// O9 and has its three luminosities wherever libr18 has them; A2, B0.5 and G4 fall out for want of
/// dwarfs or giants. Errors: ClassesInsufficient (fewer than two classes left). Precondition:
/// `complete` is not empty.
[[nodiscard]] base::Result<ClassScheme> selectClasses(
    std::span<const AtlasPtr> complete, std::span<const AtlasPtr> present = {});

/// The standards of an atlas that belong to a scheme, with their labels: parallel arrays.
struct LabelledStandards {
    std::vector<std::uint32_t> rows; ///< rows of Atlas::flux()
    std::vector<std::uint16_t> sc; ///< class index
    std::vector<std::uint16_t> lc; ///< 0 I, 1 III, 2 V
};
[[nodiscard]] LabelledStandards labelStandards(const Atlas& atlas, const ClassScheme& scheme);

} // namespace maury::mk
