#pragma once

#include "app/cli/verb.h"
#include "core/base/result.h"
#include "core/mk/spectral_type.h"

#include <map>
#include <string>

namespace maury::cli {

void addJudges(CLI::App& app, CommonOptions& common, Action& action);
void addSuspects(CLI::App& app, CommonOptions& common, Action& action);

/// Types by name from a CSV table with the columns `type` and `file` or `star`; the name is without
/// folder and, for files, without extension. Errors: those of io::CsvTable, ValueMissing (a
/// column), TypeUnparsable (names the line).
[[nodiscard]] base::Result<std::map<std::string, mk::SpectralType>> typesByName(
    const std::string& table);

} // namespace maury::cli
