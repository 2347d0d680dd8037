#pragma once

#include "core/base/result.h"

#include <nlohmann/json.hpp>

#include <filesystem>
#include <optional>
#include <string>

namespace maury::cli {

/// What `inspect` says of a trained network: its layers with the spread of their numbers on the
/// standards of an atlas, and the filters of its first layer that matter most.
struct InspectedModel {
    nlohmann::json entry; ///< with histograms
    std::string text; ///< the same for people, without
};

/// Nothing when the file is no model of ours. `atlas`: builtin or a folder; empty = the one that
/// the model was trained on, and without spectra where that cannot be had. Errors: those of
/// reading a model of either protocol, and of opening a named atlas.
[[nodiscard]] base::Result<std::optional<InspectedModel>> inspectModel(
    const std::filesystem::path& file, const std::string& atlas);

} // namespace maury::cli
