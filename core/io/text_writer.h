#pragma once

#include "core/io/spectrum_writer.h"

#include <string>

namespace maury::io {

/// A table as ECSV: a YAML preamble with types, units and facts, then columns parted by blanks.
[[nodiscard]] std::string ecsvText(const TableToWrite& table);
/// A table as CSV; `comments` come first, each on a line of its own after '#'.
[[nodiscard]] std::string csvText(
    const TableToWrite& table, const std::vector<std::string>& comments);

} // namespace maury::io
