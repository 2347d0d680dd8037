#pragma once

#include "core/store/store.h"

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace maury::store {

/// Makes a store, or adds to one. Spectra wait in memory until there are enough for a batch, which
/// is then written as one change: whatever happens, the file holds whole batches.
class StoreWriter {
public:
    /// A new store, in place of any file of that name once the first batch is written; gridded when
    /// there is a grid. Errors: WriteFailed.
    [[nodiscard]] static base::Result<StoreWriter> create(
        const std::filesystem::path& file, std::optional<StoreGrid> grid = {});
    /// Adds to a store of either kind. Errors: those of SealedFile::openToChange(); FileDamaged.
    [[nodiscard]] static base::Result<StoreWriter> append(const std::filesystem::path& file);

    [[nodiscard]] const std::optional<StoreGrid>& grid() const { return m_grid; }
    /// Spectra in the file and waiting.
    [[nodiscard]] std::uint64_t size() const { return m_written + m_waiting.size(); }

    /// A spectrum with its own pixels and its line of the catalogue (entryOf()). `recipe`: JSON of
    /// what made it; empty: it is as it was read. Errors: those of flush(). Precondition: there is
    /// no grid.
    [[nodiscard]] base::Result<void> add(
        spectrum::SpectrumPtr spectrum, Entry entry, std::string recipe = {});
    /// A spectrum on the grid; its Entry's counts are made here. Errors: ValueInvalid for one without segments on the grid; those of
    /// flush(). Precondition: there is a grid.
    [[nodiscard]] base::Result<void> add(GriddedSpectrum spectrum, std::string recipe);
    /// Writes what waits, and the file when there is none yet. To be called at the end: what waits
    /// is lost otherwise. After a failure the file is as before and the spectra still wait. Errors:
    /// WriteFailed, FileDamaged, LibraryFailed.
    [[nodiscard]] base::Result<void> flush();

private:
    struct Waiting {
        Entry entry;
        spectrum::SpectrumPtr spectrum; ///< of native stores
        GriddedSpectrum gridded; ///< of gridded stores; its entry is not used
        std::string recipe;
    };
    StoreWriter(std::filesystem::path file, std::optional<StoreGrid> grid, bool exists);
    [[nodiscard]] base::Result<void> wait(Waiting waiting);
    [[nodiscard]] base::Result<void> writeNew();
    [[nodiscard]] base::Result<void> writeChange();
    [[nodiscard]] base::Result<void> writeBatch(StoreTables& tables) const;
    [[nodiscard]] base::Result<void> writeRecipes(
        StoreTables& tables, std::vector<Entry>& entries) const;

    std::filesystem::path m_file;
    std::optional<StoreGrid> m_grid;
    bool m_exists = false;
    std::uint64_t m_written = 0;
    std::size_t m_waitingPixels = 0;
    std::vector<Waiting> m_waiting;
};

/// The store's rows in their order as a new store, each with its line of the catalogue; `progress`
/// is told how many are done and returns whether to go on. Errors: Cancelled, those of reading and
/// writing.
[[nodiscard]] base::Result<void> writeSubset(const Store& store,
    const std::vector<std::uint64_t>& rows, const std::filesystem::path& file,
    const std::function<bool(std::size_t)>& progress = {});

} // namespace maury::store
