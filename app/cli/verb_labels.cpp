#include "app/cli/labels.h"

namespace maury::cli {

void addLabels(CLI::App& app, CommonOptions& common, Action& action)
{
    CLI::App* verb = app.add_subcommand("labels", "types that people gave, in projects and files");
    verb->require_subcommand(1);
    addLabelsList(*verb, common, action);
    addLabelsImport(*verb, common, action);
    addLabelsExport(*verb, common, action);
    addLabelsMerge(*verb, common, action);
}

} // namespace maury::cli
