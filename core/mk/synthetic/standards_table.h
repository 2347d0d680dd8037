#pragma once

#include "core/base/result.h"
#include "core/mk/atlas.h"
#include "core/mk/synthetic/atmosphere.h"
#include "core/mk/synthetic/degrade.h"

#include <filesystem>
#include <vector>

namespace maury::mk::synthetic {

/// One standard of the synthetic atlas: what it is called and what it is computed from.
struct SyntheticStandard {
    Standard standard;
    StellarParameters parameters;
    Blur blur;
};

struct StandardsTable {
    std::vector<SyntheticStandard> standards; ///< by temperature code, then luminosity code
    std::string sha256; ///< of the table
};

/// Reads `standards.csv` from `folder`. Supergiants of type F and later are marked illustrative: a
/// static grey atmosphere in LTE is right for them in kind only. Errors: those of io::CsvTable;
/// ValueInvalid (also rows out of order).
[[nodiscard]] base::Result<StandardsTable> readStandardsTable(const std::filesystem::path& folder);

} // namespace maury::mk::synthetic
