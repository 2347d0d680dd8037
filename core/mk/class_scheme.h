#pragma once

#include "core/base/result.h"
#include "core/mk/atlas.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace maury::mk {

/// The spectral classes that a network's SC head tells apart; index = output. The LC head's outputs are
/// I, III, V (LuminosityGroup's order).
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

/// mk.md's rule: a class is kept when, after II → III, IV → V and Ia/Ib → I, each of I, III and V is
/// represented in **every** one of the atlases that has to be complete (`complete`); atlases in `present` must
/// merely have a spectrum of the class. Errors: ClassesInsufficient (fewer than two classes left).
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
