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
    std::string sha256; ///< of flux and labels; empty until stored or asked for

    [[nodiscard]] std::size_t size() const { return sc.size(); }
};
using SampleSetPtr = std::shared_ptr<const SampleSet>;

/// Called now and then from the building thread with the fraction done, 0 … 1.
using ProgressFunction = std::function<void(double)>;

struct BuildOptions {
    int perSpectrum = 300; ///< variations of each standard; 0 = the standards themselves, unchanged
    AugmentationSettings augmentation;
    std::uint64_t seed = 1;
    int threads = 1;
    bool shuffle = true; ///< stored shuffled, as in the paper
};

/// Augments the standards of the atlases that belong to the scheme. The result depends on seed and
/// settings alone, not on the number of threads. Errors: OptionInvalid, ClassesInsufficient,
/// Cancelled.
[[nodiscard]] base::Result<SampleSetPtr> buildSampleSet(const std::vector<mk::AtlasPtr>& atlases,
    const mk::ClassScheme& scheme, const BuildOptions& options, std::stop_token stop = {},
    const ProgressFunction& progress = {});

/// Remakes the variations of `set` in place of its flux for an epoch of "fresh every epoch"
/// training: sample i becomes variation (epoch, i) of its standard. Same thread-independence.
/// `atlases` as for building.
[[nodiscard]] base::Result<void> refreshSampleSet(SampleSet& set,
    const std::vector<mk::AtlasPtr>& atlases, const BuildOptions& options, std::uint32_t epoch,
    std::stop_token stop = {});

/// HDF5 store (format version, scheme, grid, provenance, SHA-256 of the contents; written to a
/// temporary name, flushed, renamed). Errors: WriteFailed; FileMissing, FileDamaged, FormatVersion,
/// FileTruncated.
[[nodiscard]] base::Result<void> writeSampleSet(
    const SampleSet& set, const std::filesystem::path& file);
[[nodiscard]] base::Result<SampleSetPtr> readSampleSet(const std::filesystem::path& file);

} // namespace maury::dataset
