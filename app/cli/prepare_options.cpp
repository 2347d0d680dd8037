#include "app/cli/prepare_options.h"

#include "core/io/file_bytes.h"

namespace maury::cli {
namespace {

constexpr const char* kGroup = "Preparation";

} // namespace

base::Result<preprocess::Recipe> readRecipe(const std::string& file)
{
    const auto text = io::readBytes(file);
    if (!text)
        return base::Unexpected(text.error());
    return preprocess::recipeFromJson(*text, file);
}

base::Result<classify::PrepareOptions> PrepareFlags::prepareOptions() const
{
    classify::PrepareOptions options = values;
    options.shift = !noShift;
    options.rectify = !noRectify;
    options.medium = read.readOptions().medium;
    options.frame = read.readOptions().frame;
    const auto drawn = continuum.settings();
    if (!drawn)
        return base::Unexpected(drawn.error());
    options.continuum = *drawn;
    if (!recipe.empty()) {
        auto steps = readRecipe(recipe);
        if (!steps)
            return base::Unexpected(steps.error());
        options.recipe = *std::move(steps);
    }
    if (const auto valid = classify::validate(options); !valid)
        return base::Unexpected(valid.error());
    return options;
}

void addPrepareFlags(CLI::App& verb, PrepareFlags& flags)
{
    const auto flag = [&verb](const char* name, bool& value, const char* help) {
        return verb.add_flag(name, value, help)->group(kGroup);
    };
    const auto option = [&verb](const char* name, auto& value, const char* help) {
        return verb.add_option(name, value, help)->group(kGroup);
    };
    classify::PrepareOptions& values = flags.values;
    CLI::Option* noShift = flag("--no-shift", flags.noShift, "do not look for a velocity");
    option(
        "--velocity", values.velocityKms, "remove this velocity in km/s instead of looking for one")
        ->excludes(noShift);
    option(
        "--velocity-range", values.velocityRangeKms, "look for velocities within ± this, in km/s")
        ->capture_default_str();
    CLI::Option* noRectify = flag("--no-rectify", flags.noRectify, "take the spectra as rectified");
    addContinuumFlags(verb, flags.continuum, kGroup);
    for (const char* name : { "--method", "--envelope-percentile", "--envelope-step",
             "--envelope-degree" })
        verb.get_option(name)->excludes(noRectify);
    addReadFlags(verb, flags.read);
    option("--recipe", flags.recipe,
        "replay exactly these steps (JSON, as `recipe` of an answer of --json)");
}

} // namespace maury::cli
