#pragma once

#include "core/base/result.h"
#include "core/mk/atlas.h"
#include "core/mk/class_scheme.h"
#include "core/robust/log_grid.h"

#include <optional>
#include <string>
#include <vector>

namespace maury::robust {

/// A standard with more missing pixels than this is not trained on.
inline constexpr double kMostMissing = 0.03;

/// A library and its resolution, which its files do not tell (libr18: 1.8 Å, libnor36: 3.6 Å).
struct Library {
    mk::AtlasPtr atlas;
    double fwhmAngstrom = 1.8;
    /// The same standards on wideLibraryGrid(); nothing when they do not reach there.
    mk::AtlasPtr wide = nullptr;
};

/// The resolution in Å that the name of an MKCLASS library tells: its last digits, in tenths
/// (libnor36, libr18_27) or hundredths (libr18_225). Nothing for other names.
[[nodiscard]] std::optional<double> fwhmFromName(const std::string& library);

/// What networks look at: 3870–4590 Å, or 3870–5540 Å.
enum class Range { Blue, Wide };
[[nodiscard]] const char* toString(Range range); ///< "blue", "wide"

/// The standards that variations are made of, on the log grid.
struct Standards {
    mk::SpectraMatrix flux; ///< [standards, grid.pixels], median 1, edges filled
    std::vector<double> temperatureCode; ///< [standards]
    std::vector<double> luminosityCode;
    std::vector<double> fwhmAngstrom; ///< [standards] resolution
    std::vector<std::string> names; ///< "libr18/t160l50p00"
    /// [standards] the sum of the weights up to this standard: each is drawn ∝ 1/√(standards in its
    /// cell of temperature and luminosity), so that no cell drowns the others; the last is 1.
    std::vector<double> cumulativeWeight;
    LogGrid grid;

    [[nodiscard]] std::size_t size() const { return names.size(); }
    /// The standard that a uniform number in [0, 1) draws.
    [[nodiscard]] std::size_t draw(double uniform) const;
};

/// A library for the robust protocol: a folder is read on to libraryGrid(), beyond the end of the
/// paper's; `builtin` is the built-in atlas. Errors: those of mk::openAtlas().
[[nodiscard]] base::Result<mk::AtlasPtr> openLibrary(const std::string& nameOrFolder);

/// A library to train on, its wide half included where its standards reach kWideGridNeeds. Without
/// a resolution it is the one that the name tells, else 1.8 Å. Errors: those of openLibrary().
[[nodiscard]] base::Result<Library> openTrainingLibrary(
    const std::string& nameOrFolder, std::optional<double> fwhmAngstrom = std::nullopt);

/// Whether any library has a wide half.
[[nodiscard]] bool reachWide(const std::vector<Library>& libraries);

/// Whether an atlas is on the grid of the first library. Errors: WavelengthsInvalid.
[[nodiscard]] base::Result<void> checkSameGrid(const mk::Atlas& atlas, const mk::Atlas& first);

/// The standards of all libraries in a range; those with more than kMostMissing of their pixels
/// missing are left out. Preconditions: at least one library; reachWide(libraries) for the wide
/// range. Errors: WavelengthsInvalid (the libraries' grids differ), CoverageInsufficient (they end
/// before kBlueGridNeeds), ClassesInsufficient (fewer than two standards left).
[[nodiscard]] base::Result<Standards> standardsOf(
    const std::vector<Library>& libraries, Range range = Range::Blue);

/// Every spectral class of these temperature codes: what the types of a robust model are compared
/// with.
[[nodiscard]] mk::ClassScheme classesOf(std::vector<double> temperatureCodes);

} // namespace maury::robust
