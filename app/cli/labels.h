#pragma once

#include "app/cli/verb.h"

namespace maury::cli {

void addLabels(CLI::App& app, CommonOptions& common, Action& action);
void addLabelsList(CLI::App& labels, CommonOptions& common, Action& action);
void addLabelsImport(CLI::App& labels, CommonOptions& common, Action& action);
void addLabelsExport(CLI::App& labels, CommonOptions& common, Action& action);
void addLabelsMerge(CLI::App& labels, CommonOptions& common, Action& action);

} // namespace maury::cli
