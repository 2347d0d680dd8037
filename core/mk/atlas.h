#pragma once

#include "core/base/result.h"
#include "core/mk/spectral_type.h"
#include "core/spectrum/wavelength_grid.h"

#include <Eigen/Core>

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace maury::mk {

/// Spectra as rows: [spectra, pixels].
using SpectraMatrix = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

/// One cell of the grid of types and where its spectrum comes from. Its flux is row `i` of Atlas::flux().
struct Standard {
    std::string name; ///< MKCLASS naming: "t160l50p00"
    double temperatureCode = 0.0;
    double luminosityCode = 0.0;
    SpectralType type;
    LuminosityGroup group = LuminosityGroup::V;
    bool interpolated = false; ///< a mix of other cells, not an observed star
    std::vector<std::string> parents; ///< names of those cells
    bool illustrative = false; ///< built-in atlas: right in kind, not for measuring (F–K supergiants)
    std::size_t missingPixels = 0; ///< pixels of the grid that the file had no data for
};

/// A library of standard spectra on one grid: immutable; share it as AtlasPtr. Missing pixels at the edges are
/// filled with the nearest good value and marked in `good`, so that no edge is ever a line to a network.
class Atlas {
public:
    /// flux, good: [standards, pixels]; good is 1 where the file had data. Standards are sorted by
    /// temperature code, then luminosity code. Preconditions: shapes agree, at least one standard.
    /// asRead: the same before edges were trimmed and filled; empty = flux with zeros where not good.
    Atlas(std::string name, std::filesystem::path source, spectrum::WavelengthGrid grid,
        bool rectified, std::vector<Standard> standards, SpectraMatrix flux,
        Eigen::Matrix<std::uint8_t, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor> good,
        std::vector<std::string> warnings = {}, SpectraMatrix asRead = {});

    [[nodiscard]] const std::string& name() const { return m_name; } ///< folder name or "builtin"
    [[nodiscard]] const std::filesystem::path& source() const { return m_source; }
    [[nodiscard]] const spectrum::WavelengthGrid& grid() const { return m_grid; }
    [[nodiscard]] bool rectified() const { return m_rectified; }
    [[nodiscard]] const std::vector<Standard>& standards() const { return m_standards; }
    [[nodiscard]] const SpectraMatrix& flux() const { return m_flux; }
    [[nodiscard]] const auto& good() const { return m_good; }
    /// What the files have at every pixel of the grid, their zeros for "no data" included.
    [[nodiscard]] const SpectraMatrix& asRead() const { return m_asRead; }
    [[nodiscard]] const std::vector<std::string>& warnings() const { return m_warnings; }

private:
    std::string m_name;
    std::filesystem::path m_source;
    spectrum::WavelengthGrid m_grid;
    bool m_rectified;
    std::vector<Standard> m_standards;
    SpectraMatrix m_flux;
    SpectraMatrix m_asRead;
    Eigen::Matrix<std::uint8_t, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor> m_good;
    std::vector<std::string> m_warnings;
};

using AtlasPtr = std::shared_ptr<const Atlas>;

/// An atlas of some of the standards. Precondition: `rows` ascend and are not empty.
[[nodiscard]] AtlasPtr subsetOf(const Atlas& atlas, const std::vector<std::size_t>& rows);

/// Reads a folder of `tNNNlnnp00.rbn` files (and `interpolated_cells.csv` in it or beside it, whose rows name
/// the library in their first column) on to `grid`. A file that cannot be read becomes a warning.
/// Errors: FileMissing, FileUnreadable, AtlasEmpty (says what was found instead).
[[nodiscard]] base::Result<AtlasPtr> readAtlasFolder(
    const std::filesystem::path& folder, const spectrum::WavelengthGrid& grid = spectrum::mkGrid());

/// The built-in synthetic atlas that is installed with the program (computed at build time).
[[nodiscard]] base::Result<AtlasPtr> builtinAtlas();

/// `builtin` or a folder: what every `--atlas` option takes.
[[nodiscard]] base::Result<AtlasPtr> openAtlas(const std::string& nameOrFolder);

} // namespace maury::mk
