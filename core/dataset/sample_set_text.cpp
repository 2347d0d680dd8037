#include "core/dataset/sample_set_text.h"

#include "core/base/sha256.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace maury::dataset {
namespace {

std::string noiseText(const AugmentationSettings& settings)
{
    if (settings.gain == 0.0)
        return "no noise";
    return fmt::format("{} noise at gain {}", toString(settings.noise), settings.gain);
}

/// Where nothing is missing, nobody learned what stands for it.
EdgePixels edgesSeen(const std::vector<mk::AtlasPtr>& atlases, const BuildOptions& options)
{
    const bool missing = std::any_of(atlases.begin(), atlases.end(),
        [](const mk::AtlasPtr& atlas) { return (atlas->good().array() == 0).any(); });
    return missing ? options.edges : EdgePixels::Filled;
}

nlohmann::json sourcesJson(const std::vector<mk::AtlasPtr>& atlases)
{
    nlohmann::json sources = nlohmann::json::array();
    for (const mk::AtlasPtr& atlas : atlases) {
        const std::span<const float> flux(
            atlas->flux().data(), static_cast<std::size_t>(atlas->flux().size()));
        sources.push_back({ { "name", atlas->name() }, { "source", atlas->source().string() },
            { "standards", atlas->standards().size() },
            { "flux_sha256", base::sha256(std::as_bytes(flux)) } });
    }
    return sources;
}

/// Replace, not throw: a folder's name may hold bytes that are not UTF-8.
std::string dumped(const nlohmann::json& document)
{
    return document.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

} // namespace

std::string toString(EdgePixels edges)
{
    return edges == EdgePixels::AsRead ? "file" : "filled";
}

std::string atlasNames(const std::vector<mk::AtlasPtr>& atlases)
{
    std::string names;
    for (const mk::AtlasPtr& atlas : atlases)
        names += (names.empty() ? "" : ", ") + atlas->name();
    return names;
}

std::string describeBuild(
    const std::vector<mk::AtlasPtr>& atlases, const SampleSet& set, const BuildOptions& options)
{
    const std::string what = fmt::format("{}: {} standards of {} classes ({}–{})",
        atlasNames(atlases), set.standardNames.size(), set.scheme.size(), set.scheme.names.front(),
        set.scheme.names.back());
    if (options.perSpectrum == 0)
        return what + ", unchanged";
    const AugmentationSettings& s = options.augmentation;
    return fmt::format("{} × {} variations; seed {}; registration {} Å, linear {:g}, Doppler {} "
                       "km/s, continuum {:g}, {:g}, {:g}, broadening {} px, {}",
        what, options.perSpectrum, options.seed, s.registrationSigmaAngstrom,
        s.registrationLinearSigma, s.dopplerSigmaKms, s.continuumSigma0, s.continuumSigma1,
        s.continuumSigma2, s.broadeningSigmaPixels, noiseText(s));
}

std::string atlasProvenance(const std::vector<mk::AtlasPtr>& atlases)
{
    return dumped({ { "program", "maury " MAURY_VERSION }, { "atlases", sourcesJson(atlases) } });
}

std::string buildProvenance(const std::vector<mk::AtlasPtr>& atlases, const BuildOptions& options)
{
    const AugmentationSettings& s = options.augmentation;
    return dumped({ { "program", "maury " MAURY_VERSION }, { "atlases", sourcesJson(atlases) },
        { "per_spectrum", options.perSpectrum }, { "seed", options.seed },
        { "shuffled", options.shuffle }, { "edges", toString(edgesSeen(atlases, options)) },
        { "augmentation",
            { { "registration_sigma_angstrom", s.registrationSigmaAngstrom },
                { "registration_linear_sigma", s.registrationLinearSigma },
                { "doppler_sigma_kms", s.dopplerSigmaKms },
                { "continuum_sigma", { s.continuumSigma0, s.continuumSigma1, s.continuumSigma2 } },
                { "broadening_sigma_pixels", s.broadeningSigmaPixels }, { "gain", s.gain },
                { "noise", toString(s.noise) } } } });
}

} // namespace maury::dataset
