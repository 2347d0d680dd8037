#pragma once

#include "core/base/result.h"
#include "core/project/label.h"

#include <filesystem>
#include <string>
#include <vector>

namespace maury::cli {

/// Whether a file is a project and not a table of labels, by its first bytes.
[[nodiscard]] bool isProject(const std::filesystem::path& file);

/// The labels of one classifier in a project or in a file of labels; without a name those of the
/// only classifier that there is. A file that names none belongs to one called like itself. Errors:
/// OptionInvalid (several classifiers, or not this one: names them), ValueInvalid (a row that
/// cannot be used), those of Project and readLabels().
[[nodiscard]] base::Result<std::vector<project::SignedLabel>> labelsOf(
    const std::filesystem::path& file, const std::string& classifier, const char* option);

} // namespace maury::cli
