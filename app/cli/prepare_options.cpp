#include "app/cli/prepare_options.h"

#include "core/io/file_bytes.h"

namespace maury::cli {
namespace {

constexpr const char* kGroup = "Preparation";

} // namespace

base::Result<classify::PrepareOptions> PrepareFlags::prepareOptions() const
{
    classify::PrepareOptions options = values;
    options.shift = !noShift;
    options.rectify = !noRectify;
    options.medium = read.readOptions().medium;
    options.frame = read.readOptions().frame;
    if (!recipe.empty()) {
        const auto text = io::readBytes(recipe);
        if (!text)
            return base::Unexpected(text.error());
        auto steps = preprocess::recipeFromJson(*text, recipe);
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
    option("--envelope-percentile", values.envelope.percentile,
        "where the continuum runs among the pixels of a stretch, in per cent")
        ->capture_default_str()
        ->excludes(noRectify);
    option("--envelope-step", values.envelope.stepAngstrom,
        "distance of the points that the continuum is drawn through, in angstrom")
        ->capture_default_str()
        ->excludes(noRectify);
    option("--envelope-degree", values.envelope.degree, "of the polynomial through these points")
        ->capture_default_str()
        ->excludes(noRectify);
    addReadFlags(verb, flags.read);
    option("--recipe", flags.recipe,
        "replay exactly these steps (JSON, as `recipe` of an answer of --json)");
}

} // namespace maury::cli
