#include "app/cli/preset_options.h"

#include "app/cli/training_options.h"

#include <algorithm>
#include <vector>

namespace maury::cli {

void addPresetOption(CLI::App& verb, std::string& id)
{
    std::string help
        = "settings of a known experiment, which the other options given then change; "
          "the libraries are folders of these names here unless --atlas and --test name "
          "others:";
    std::vector<std::string> ids;
    for (const train::Preset& preset : train::presets()) {
        help += "\n  " + preset.id + ": " + preset.summary;
        ids.push_back(preset.id);
    }
    verb.add_option("--preset", id, help)->check(CLI::IsMember(ids));
}

train::TrainingConfig withGivenOptions(const CLI::App& verb, train::TrainingConfig preset)
{
    // The same options once more, bound to the preset, get what was given to the verb.
    CLI::App again;
    addTrainingOptions(again, preset);
    std::vector<std::string> arguments;
    for (const CLI::Option* option : again.get_options()) {
        const CLI::Option* given = verb.get_option_no_throw(option->get_name());
        if (given == nullptr || given->count() == 0)
            continue;
        arguments.push_back(option->get_name());
        if (option->get_items_expected_max() > 0)
            for (const std::string& value : given->results())
                arguments.push_back(value);
    }
    std::reverse(arguments.begin(), arguments.end()); // as CLI::App::parse() takes them
    again.parse(arguments);
    return preset;
}

} // namespace maury::cli
