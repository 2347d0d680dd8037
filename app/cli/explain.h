#pragma once

#include "app/cli/verb.h"

namespace maury::cli {

void addExplain(CLI::App& app, CommonOptions& common, Action& action);

} // namespace maury::cli
