#pragma once

#include "core/store/blocks.h"
#include "core/store/catalogue.h"
#include "core/store/pixel_arrays.h"
#include "core/store/sealed_file.h"

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace maury::store {

/// The format of both kinds of store.
inline const io::Hdf5Format kStoreFormat { "maury-store", 1 };

/// Spectra with the pixels that they were read with, or brought to the grid of the store.
enum class StoreKind { Native, Gridded };
[[nodiscard]] std::string toString(StoreKind kind); ///< "native", "gridded"

/// The grid that the root of a store tells of; nothing for native stores. Errors: ValueMissing,
/// ValueInvalid, FileDamaged.
[[nodiscard]] base::Result<std::optional<StoreGrid>> readGrid(const io::Hdf5Group& root);

/// The HDF5 groups of an open store; shared by reader and writer.
struct StoreTables {
    Catalogue catalogue;
    SegmentTable segments;
    std::optional<PixelArrays> pixels; ///< of native stores
    std::optional<Blocks> blocks; ///< of gridded stores
    TextRows recipes; ///< JSON; Entry::recipe counts them
    TextRows runs; ///< JSON: which program added which spectra

    /// Errors: those of Hdf5Group; FileDamaged when tables do not fit each other.
    [[nodiscard]] static base::Result<StoreTables> open(const io::Hdf5Group& root);
    /// Makes empty ones: of a gridded store when there is a grid.
    [[nodiscard]] static base::Result<StoreTables> create(
        io::Hdf5Group& root, const std::optional<StoreGrid>& grid);
};

/// A store of spectra that is open for reading: nothing is read before it is asked for, and no byte
/// is used before its checksum was verified. Several threads may read.
class Store {
public:
    /// Whether a file begins like a store.
    [[nodiscard]] static bool isStore(const std::filesystem::path& file);
    /// Errors: those of SealedFile::openToRead() and openHdf5(); FileDamaged.
    [[nodiscard]] static base::Result<std::shared_ptr<const Store>> open(
        const std::filesystem::path& file);

    [[nodiscard]] const std::filesystem::path& file() const { return m_file; }
    [[nodiscard]] StoreKind kind() const { return m_grid ? StoreKind::Gridded : StoreKind::Native; }
    [[nodiscard]] const std::optional<StoreGrid>& grid() const { return m_grid; }
    [[nodiscard]] std::uint64_t size() const { return m_tables->catalogue.rows(); }
    /// How many times it was added to.
    [[nodiscard]] std::uint64_t generation() const { return m_sealed->generation(); }

    // Errors of all that follow: FileDamaged, naming the bytes of the file whose checksum differs,
    // or the table and row; OptionInvalid for a spectrum that there is not.

    /// Precondition: there are so many.
    [[nodiscard]] base::Result<std::vector<Entry>> entries(
        std::uint64_t first, std::uint64_t count) const;
    [[nodiscard]] base::Result<Entry> entry(std::uint64_t row) const;
    /// Whole columns; preconditions as Catalogue's.
    [[nodiscard]] base::Result<std::vector<std::string>> texts(std::string_view column) const;
    [[nodiscard]] base::Result<std::vector<double>> numbers(std::string_view column) const;
    /// A spectrum of either kind.
    [[nodiscard]] base::Result<spectrum::SpectrumPtr> spectrum(std::uint64_t row) const;
    /// As it lies on the grid. Precondition: kind() is Gridded.
    [[nodiscard]] base::Result<GriddedSpectrum> gridded(std::uint64_t row) const;
    /// What each block covers; empty for native stores.
    [[nodiscard]] std::vector<BlockExtent> coverage() const;
    /// The coverage index of a block. Precondition: there is such a block.
    [[nodiscard]] base::Result<std::vector<std::uint64_t>> spectraOf(std::size_t block) const;
    [[nodiscard]] base::Result<std::vector<std::string>> recipes() const;
    [[nodiscard]] base::Result<std::vector<std::string>> runs() const;
    /// Checks the checksums of the whole file.
    [[nodiscard]] base::Result<void> verify() const;

private:
    Store() = default;
    [[nodiscard]] base::Unexpected explained(base::Error error) const;
    template <typename T> [[nodiscard]] base::Result<T> explained(base::Result<T> result) const;
    [[nodiscard]] base::Result<spectrum::Segment> segment(
        const SegmentRow& row, std::uint64_t spectrum, std::size_t index) const;

    std::filesystem::path m_file;
    std::unique_ptr<SealedFile> m_sealed; ///< outlives the tables
    std::optional<StoreGrid> m_grid;
    std::optional<StoreTables> m_tables;
};

using StorePtr = std::shared_ptr<const Store>;

} // namespace maury::store
