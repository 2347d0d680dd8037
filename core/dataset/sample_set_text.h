#pragma once

#include "core/dataset/sample_set.h"

#include <string>
#include <vector>

namespace maury::dataset {

/// "libr18, libr18_27"
[[nodiscard]] std::string atlasNames(const std::vector<mk::AtlasPtr>& atlases);

/// SampleSet::description of a set whose labels are there: what was made of what, in one English
/// line.
[[nodiscard]] std::string describeBuild(
    const std::vector<mk::AtlasPtr>& atlases, const SampleSet& set, const BuildOptions& options);

/// The program and the atlases with the SHA-256 of their flux, as JSON: the part of the provenance
/// that every kind of training shares.
[[nodiscard]] std::string atlasProvenance(const std::vector<mk::AtlasPtr>& atlases);

/// SampleSet::provenance: everything that is needed to make the set again, as JSON.
[[nodiscard]] std::string buildProvenance(
    const std::vector<mk::AtlasPtr>& atlases, const BuildOptions& options);

} // namespace maury::dataset
