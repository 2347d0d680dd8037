#pragma once

#include "core/io/reader_registry.h"
#include "core/store/where.h"

#include <CLI/CLI.hpp>

#include <optional>
#include <string>
#include <vector>

namespace maury::cli {

/// --air and --vacuum: what the user knows better than the file.
struct MediumFlags {
    bool air = false;
    bool vacuum = false;
    [[nodiscard]] io::ReadOptions readOptions() const;
};

/// Adds both flags, of which one may be given. `flags` outlives the parsing.
void addMediumFlags(CLI::App& verb, MediumFlags& flags);

/// MediumFlags, with --frame, --row, --plane and --normalised: how files are read, and which of
/// their spectra.
struct ReadFlags {
    MediumFlags medium;
    std::string frame; ///< empty: as the file says
    io::ReadOptions choice;
    [[nodiscard]] io::ReadOptions readOptions() const;
};

/// Adds them all. `flags` outlives the parsing.
void addReadFlags(CLI::App& verb, ReadFlags& flags);

/// Adds --frame, which takes one of the known frames.
void addFrameOption(CLI::App& verb, std::string& frame);
/// The names of the known frames.
[[nodiscard]] std::vector<std::string> frameNames();
/// The frame of that name; nothing for an empty one.
[[nodiscard]] std::optional<spectrum::Frame> frameOf(const std::string& name);

/// The files of one spectrum, or a store of them or one of its spectra, or why what was named could
/// not be listed.
struct SpectrumItem {
    io::SpectrumFiles files;
    std::optional<base::Error> error;
    store::StorePtr store; ///< null for files
    std::uint64_t row = 0; ///< of the store
};

/// The spectra in files and folders, in their order; camera files of one star are one spectrum.
/// Says so on stderr when a folder is empty.
[[nodiscard]] std::vector<SpectrumItem> listSpectra(const std::vector<std::string>& paths);

/// Adds --where, a condition on the catalogue of stores (store::Where).
void addWhereOption(CLI::App& verb, std::string& where);
/// Puts the spectra that fulfil the condition in the place of the stores among the items.
[[nodiscard]] std::vector<SpectrumItem> expandStores(
    std::vector<SpectrumItem> items, const store::Where& where);

/// What messages and answers call it: the first of its files, or "STORE.h5#12".
[[nodiscard]] std::string nameOf(const SpectrumItem& item);
/// Errors: the item's; those of io::readSpectrumFiles() and store::Store::spectrum(). A file that
/// is a store gives its spectrum number `options.row`.
[[nodiscard]] base::Result<spectrum::SpectrumPtr> readItem(
    const SpectrumItem& item, const io::ReadOptions& options);

} // namespace maury::cli
