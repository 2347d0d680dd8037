#include "app/cli/continuum_options.h"

#include <vector>

namespace maury::cli {

base::Result<preprocess::ContinuumSettings> ContinuumFlags::settings() const
{
    const auto known = preprocess::continuumMethodFromString(method.empty() ? "envelope" : method);
    if (!known)
        return base::Unexpected(known.error());
    preprocess::ContinuumSettings result = preprocess::usualContinuum(*known);
    result.width = width.value_or(result.width);
    result.widthInKms = widthUnit == "km/s";
    result.percentile = percentile.value_or(result.percentile);
    result.degree = degree.value_or(result.degree);
    result.clipLow = clipLow.value_or(result.clipLow);
    result.clipHigh = clipHigh.value_or(result.clipHigh);
    result.rounds = rounds.value_or(result.rounds);
    result.splitGapAngstrom = splitGap.value_or(result.splitGapAngstrom);
    result.weighted = !noWeights;
    result.envelope = envelope;
    if (const auto valid = preprocess::validate(result); !valid)
        return base::Unexpected(valid.error());
    return result;
}

void addContinuumFlags(CLI::App& verb, ContinuumFlags& flags, const std::string& group)
{
    const auto option = [&](const char* name, auto& value, const char* help) {
        return verb.add_option(name, value, help)->group(group);
    };
    std::vector<std::string> methods;
    for (const auto method : preprocess::continuumMethods())
        methods.push_back(toString(method));
    option("--method", flags.method, "how the continuum is drawn (default: envelope)")
        ->check(CLI::IsMember(methods));
    option("--width", flags.width,
        "sigma of the Gaussian (50), whole width of the running median or percentile (100)");
    option("--width-unit", flags.widthUnit, "of --width")
        ->check(CLI::IsMember({ "angstrom", "km/s" }))
        ->capture_default_str();
    option("--percentile", flags.percentile, "of the running percentile (90)");
    option("--degree", flags.degree, "of the polynomial (polynomial 4, chebyshev 2)");
    option("--clip-low", flags.clipLow,
        "pixels this many standard deviations below the polynomial are left out (0.1; chebyshev "
        "1)");
    option("--clip-high", flags.clipHigh, "and this many above it (3)");
    option("--rounds", flags.rounds, "rounds of clipping (10)");
    option("--split-gap", flags.splitGap,
        "gaps longer than this in angstrom part a segment into pieces of their own (20; 0: none)");
    verb.add_flag("--no-weights", flags.noWeights, "do not weight pixels by inverse variance")
        ->group(group);
    option("--envelope-percentile", flags.envelope.percentile,
        "where the envelope runs among the pixels of a stretch, in per cent")
        ->capture_default_str();
    option("--envelope-step", flags.envelope.stepAngstrom,
        "distance of the points that the envelope is drawn through, in angstrom")
        ->capture_default_str();
    option("--envelope-degree", flags.envelope.degree, "of the polynomial through these points")
        ->capture_default_str();
}

} // namespace maury::cli
