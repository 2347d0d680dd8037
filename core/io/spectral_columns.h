#pragma once

#include "core/base/result.h"
#include "core/io/segment_checks.h"
#include "core/spectrum/spectrum.h"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace maury::io {

/// What a table says of one of its columns, whatever its format.
struct ColumnFacts {
    std::string name;
    std::string unit {};
    std::string ucd {}; ///< Unified Content Descriptor: "em.wl;obs.atmos"
    std::string utype {}; ///< place in the IVOA's data model: "spec:Data.FluxAxis.Value"
};

/// Which columns make a spectrum.
struct SpectralColumns {
    std::size_t wavelength = 0;
    std::size_t flux = 0;
    std::optional<std::size_t> error;
    std::optional<std::size_t> ivar;
    std::optional<std::size_t> mask;
};

/// Finds them by data model and content descriptor, then by name ("flux", "loglam", "ivar" …); the
/// first of equals. Errors: ValueMissing, naming `place` and the columns there are.
[[nodiscard]] base::Result<SpectralColumns> findSpectralColumns(
    const std::vector<ColumnFacts>& columns, const std::string& place);

/// The medium that a wavelength column states: by descriptor (em.wl;obs.atmos is air; ESO's em.wl
/// alone is vacuum), unit or name.
[[nodiscard]] spectrum::Medium mediumOfColumn(const ColumnFacts& column);

/// The numbers of the columns: [pixels] each; empty where there is no such column.
struct SpectralValues {
    std::vector<double> wavelength;
    std::vector<double> flux;
    std::vector<double> error;
    std::vector<double> ivar;
    std::vector<double> mask;
};

/// Any bit makes a pixel bad: for masks whose meaning is not known.
[[nodiscard]] std::uint32_t anyBitIsBad(std::uint32_t bits);

/// The segment of a table: wavelengths brought to Å, errors to inverse variances (dropped where no
/// pixel has one), the mask translated. Errors: ValueInvalid for a unit that is not of wavelength.
[[nodiscard]] base::Result<spectrum::Segment> segmentOf(SpectralValues values,
    const ColumnFacts& wavelength, std::uint32_t (*translate)(std::uint32_t bits),
    const std::string& place, std::vector<std::string>& warnings);

} // namespace maury::io
