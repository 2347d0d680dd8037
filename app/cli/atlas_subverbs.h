#pragma once

#include "app/cli/verb.h"

namespace maury::cli {

/// The subverbs of `atlas`, each in a file of its own; they are added to the verb, not to the
/// program.
void addAtlasExport(CLI::App& atlas, CommonOptions& common, Action& action);
void addAtlasInfo(CLI::App& atlas, CommonOptions& common, Action& action);

} // namespace maury::cli
