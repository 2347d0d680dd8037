#pragma once

#include "core/base/result.h"

#include <array>
#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace maury::mk::synthetic {

struct Element {
    std::string symbol;
    double massU = 0.0; ///< atomic mass units
    double abundance = 0.0; ///< nuclei per hydrogen nucleus
    std::size_t firstIon = 0; ///< of AtomicData::ions: the neutral atom
    std::size_t stages = 0; ///< neutral atom and ions that are followed
};

struct Ion {
    std::size_t element = 0;
    int stage = 0; ///< 0 = neutral
    double ionisationEv = 0.0; ///< to the next stage; 0 for the last one
    std::array<double, 4> lnPartition {}; ///< at kPartitionTemperatures
};

inline constexpr std::array<double, 4> kPartitionTemperatures = { 500.0, 3000.0, 8000.0, 10000.0 };

struct AtomicLine {
    std::size_t ion = 0;
    double lowerEv = 0.0;
    double upperEv = 0.0;
    double logGf = 0.0;
    double airAngstrom = 0.0;
};

enum class Molecule { CH, CN };

struct MolecularLine {
    Molecule molecule = Molecule::CH;
    double lowerEv = 0.0;
    double logGf = 0.0;
    double airAngstrom = 0.0;
};

/// The head of a TiO band, degraded to the red.
struct BandHead {
    double airAngstrom = 0.0;
    double strength = 0.0; ///< relative to TiO α 4761
};

/// The atomic facts of the synthesis: the tables of resources/synthetic, which cite their sources.
struct AtomicData {
    std::vector<Element> elements; ///< hydrogen first, helium second
    std::vector<Ion> ions; ///< by element, then stage
    std::vector<AtomicLine> atomicLines;
    std::vector<MolecularLine> molecularLines;
    std::vector<BandHead> titaniumOxideHeads;
    double meanNuclearMass = 0.0; ///< g per nucleus
    double nucleiPerHydrogen = 0.0;
    std::string sha256; ///< of the tables read, in order of reading

    /// Precondition: the element is in the table.
    [[nodiscard]] const Element& element(std::string_view symbol) const;
};

/// Partition function at a temperature in K: ln U linear in ln T between the table's temperatures,
/// constant outside.
[[nodiscard]] double partitionFunction(const Ion& ion, double temperature);

/// Reads the tables from `folder` (share/maury/synthetic). Errors: FileMissing, FileUnreadable,
/// ValueInvalid, ValueMissing (with file and line).
[[nodiscard]] base::Result<AtomicData> readAtomicData(const std::filesystem::path& folder);

} // namespace maury::mk::synthetic
