#pragma once

#include "core/base/result.h"
#include "core/dataset/augmentation.h"
#include "core/mk/atlas.h"
#include "core/mk/class_scheme.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

namespace maury::dataset {

/// Labelled samples held once in memory: rows of `flux` [samples, pixels] with their labels.
/// Immutable once built (share as SampleSetPtr): the backends read rows of it in place.
struct SampleSet {
    mk::SpectraMatrix flux; ///< [samples, pixels]
    std::vector<std::uint16_t> sc; ///< [samples], index into scheme.names
    std::vector<std::uint16_t> lc; ///< [samples], 0 I, 1 III, 2 V
    std::vector<std::uint32_t> standard; ///< [samples], index into standardNames
    std::vector<std::string> standardNames; ///< "libr18/t160l50p00"
    mk::ClassScheme scheme;
    spectrum::WavelengthGrid grid;
    std::string description; ///< atlas names, numbers and settings, for reports
    std::string provenance; ///< JSON: program, atlases with SHA-256 of their flux, settings, seed
    std::string sha256; ///< contentsSha256() once it was stored or read; empty before

    [[nodiscard]] std::size_t size() const { return sc.size(); }
};
using SampleSetPtr = std::shared_ptr<const SampleSet>;

/// Called now and then from the building thread with the fraction done, 0 … 1.
using ProgressFunction = std::function<void(double)>;

inline constexpr int kMaximumPerSpectrum = 100000;

/// What stands where a standard has no data (the first pixels of most MKCLASS files).
enum class EdgePixels {
    Filled, ///< the nearest good value, as in Atlas::flux()
    AsRead ///< what the file has there, as in the paper: Atlas::asRead(), mostly zeros. Their number differs from
           ///< star to star and is nearly the same in libr18 and its smoothed copies (correlation 0.99), so that
           ///< it gives test stars away.
};

[[nodiscard]] std::string toString(EdgePixels edges); ///< "file", "filled"

struct BuildOptions {
    int perSpectrum = 300; ///< variations of each standard; 0 = the standards themselves, unchanged
    AugmentationSettings augmentation;
    std::uint64_t seed = 1; ///< train and test sets need different ones, or they share their noise
    int threads = 1;
    EdgePixels edges = EdgePixels::Filled;
    bool shuffle = true; ///< stored shuffled, as in the paper
};

/// Errors: OptionInvalid naming the setting, its value and its range.
[[nodiscard]] base::Result<void> validate(const BuildOptions& options);

/// Augments the standards of the atlases that belong to the scheme: row i is variation (epoch 0, i)
/// of its standard, made in its shuffled place, so that the set is in memory once. The result
/// depends on seed and settings alone, not on the number of threads. Errors: OptionInvalid,
/// ClassesInsufficient (no standard belongs to the scheme), WavelengthsInvalid (the atlases' grids
/// differ), Cancelled.
[[nodiscard]] base::Result<SampleSetPtr> buildSampleSet(const std::vector<mk::AtlasPtr>& atlases,
    const mk::ClassScheme& scheme, const BuildOptions& options, std::stop_token stop = {},
    const ProgressFunction& progress = {});

/// Remakes the variations of `set` in place of its flux for an epoch of "fresh every epoch"
/// training: row i becomes variation (epoch, i) of its standard; epoch 0 gives the set as built.
/// Same thread-independence. `atlases` and `options` as for building. Clears sha256. Errors:
/// OptionInvalid; ModelMismatch (the set holds other standards); Cancelled (rows are then a mix of
/// both epochs).
[[nodiscard]] base::Result<void> refreshSampleSet(SampleSet& set,
    const std::vector<mk::AtlasPtr>& atlases, const BuildOptions& options, std::uint32_t epoch,
    std::stop_token stop = {});

/// What the variations of `set` are made of: the flux of its standards, a row each, in the order of
/// set.standardNames. `atlases` as for building. Errors: ModelMismatch (the set holds other
/// standards).
[[nodiscard]] base::Result<mk::SpectraMatrix> standardsOfSet(const SampleSet& set,
    const std::vector<mk::AtlasPtr>& atlases, EdgePixels edges);

/// SHA-256 of flux, sc, lc and standard (in this order, little endian).
[[nodiscard]] std::string contentsSha256(const SampleSet& set);

/// HDF5 store (format version, scheme, grid, provenance, SHA-256 of the contents; written to a
/// temporary name, flushed, renamed). Returns that SHA-256. Errors: WriteFailed, LibraryFailed.
[[nodiscard]] base::Result<std::string> writeSampleSet(
    const SampleSet& set, const std::filesystem::path& file);

/// Reads a store straight into the set's memory and checks it: shapes, labels, finite flux,
/// SHA-256. Errors: FileMissing, FileUnreadable, FileEmpty, FileTruncated, FileDamaged,
/// FormatUnknown, FormatVersion, ValueMissing, ValueInvalid.
[[nodiscard]] base::Result<SampleSetPtr> readSampleSet(const std::filesystem::path& file);

} // namespace maury::dataset
