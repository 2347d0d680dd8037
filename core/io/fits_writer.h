#pragma once

#include "core/io/spectrum_writer.h"

#include <string>
#include <variant>
#include <vector>

namespace maury::io {

/// A keyword of a header. Texts may be longer than a card.
struct FitsCard {
    std::string keyword; ///< at most eight letters
    std::variant<std::string, double, bool> value;
    std::string comment {};
};

/// A binary table with its keywords. descriptors: UCD and utype of a column, or empty.
struct FitsTableToWrite {
    TableToWrite table;
    std::vector<FitsCard> cards;
    std::vector<std::pair<std::string, std::string>> descriptors {};
};

/// Writes a file of an empty primary HDU with keywords, and tables, in one step. Errors:
/// WriteFailed, LibraryFailed.
[[nodiscard]] base::Result<void> writeFitsTables(const std::filesystem::path& file,
    const std::vector<FitsCard>& primary, const std::vector<FitsTableToWrite>& tables);

} // namespace maury::io
