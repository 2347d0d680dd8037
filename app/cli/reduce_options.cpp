#include "app/cli/reduce_options.h"

#include "app/cli/prepare_options.h"

namespace maury::cli {

base::Result<preprocess::Recipe> ReduceFlags::steps(bool rectify) const
{
    if (!recipe.empty())
        return readRecipe(recipe);
    preprocess::Recipe result;
    const spectrum::Motion motion { velocityKms, barycentricKms };
    // Marks first, on the pixels as they were observed; the grid last.
    if (cosmicRays) {
        preprocess::MarkCosmicRays step;
        step.settings.threshold = cosmicRayThreshold;
        result.steps.push_back(step);
    }
    if (tellurics || weakTellurics)
        result.steps.push_back(preprocess::MarkTellurics { { weakTellurics }, motion });
    if (!medium.empty())
        result.steps.push_back(preprocess::ToMedium {
            medium == "air" ? spectrum::Medium::Air : spectrum::Medium::Vacuum });
    if (const auto frame = frameOf(toFrame))
        result.steps.push_back(preprocess::ToFrame { *frame, motion });
    if (rectify || !continuum.method.empty()) {
        const auto settings = continuum.settings();
        if (!settings)
            return base::Unexpected(settings.error());
        result.steps.push_back(preprocess::Rectify { *settings });
    }
    if (!grid.empty()) {
        const auto named = preprocess::namedGrid(grid);
        if (!named)
            return base::Unexpected(named.error());
        result.steps.push_back(preprocess::Regrid { *named, resolvingPower });
    }
    return result;
}

void addReduceFlags(CLI::App& verb, ReduceFlags& flags)
{
    constexpr const char* kGroup = "Steps, in this order";
    const auto option = [&verb](const char* name, auto& value, const char* help) {
        return verb.add_option(name, value, help)->group(kGroup);
    };
    const auto flag = [&verb](const char* name, bool& value, const char* help) {
        return verb.add_flag(name, value, help)->group(kGroup);
    };
    flag("--cosmic-rays", flags.cosmicRays, "mark hits sharper than the instrument can draw a line");
    option("--cosmic-ray-threshold", flags.cosmicRayThreshold,
        "standard deviations that a hit stands above its surroundings")
        ->check(CLI::Range(1.0, 1000.0))
        ->capture_default_str();
    flag("--tellurics", flags.tellurics,
        "mark the bands of the earth's atmosphere, moved to the spectrum's medium and frame");
    flag("--weak-tellurics", flags.weakTellurics, "the weak bands too");
    option("--medium", flags.medium, "convert the wavelengths to air or vacuum")
        ->check(CLI::IsMember({ "air", "vacuum" }));
    option("--to-frame", flags.toFrame, "convert the wavelengths to another velocity frame")
        ->check(CLI::IsMember(frameNames()));
    option("--velocity", flags.velocityKms,
        "radial velocity of the star in km/s, instead of the file's");
    option("--barycentric-correction", flags.barycentricKms, "in km/s, instead of the file's");
    addContinuumFlags(verb, flags.continuum, "Continuum");
    option("--grid", flags.grid,
        "bring every segment to a grid: mk (3800-4599.5 angstrom in steps of 0.5), mk-log (2e-4 of "
        "ln lambda), survey (3500-17000 angstrom, R = 10000, 5e-5) or survey-1e-4")
        ->check(CLI::IsMember(preprocess::gridNames()));
    option("--resolving-power", flags.resolvingPower,
        "lambda over FWHM of spectra whose file does not say it")
        ->check(CLI::Range(10.0, 1e6));
    option("--recipe", flags.recipe, "do exactly these steps (JSON, as `recipe` of an answer)")
        ->check(CLI::ExistingFile);
    addReadFlags(verb, flags.read);
}

} // namespace maury::cli
