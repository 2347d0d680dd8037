#include "app/cli/augmentation_options.h"

#include <string>

namespace maury::cli {

void addAugmentationOptions(CLI::App& verb, dataset::AugmentationSettings& settings)
{
    constexpr const char* kGroup = "Augmentation (a sigma of 0 switches its step off)";
    const auto add = [&](const char* name, double& value, const char* help) {
        verb.add_option(name, value, help)->group(kGroup)->capture_default_str();
    };
    add("--registration-sigma", settings.registrationSigmaAngstrom,
        "zero point of the wavelengths, Å");
    add("--registration-linear-sigma", settings.registrationLinearSigma,
        "linear term of the wavelengths about the middle of the grid");
    add("--doppler-sigma", settings.dopplerSigmaKms, "radial velocity, km/s");
    add("--continuum-sigma0", settings.continuumSigma0, "continuum, constant term");
    add("--continuum-sigma1", settings.continuumSigma1, "continuum, linear term on [-1, 1]");
    add("--continuum-sigma2", settings.continuumSigma2, "continuum, quadratic term on [-1, 1]");
    add("--broadening-sigma", settings.broadeningSigmaPixels,
        "broadening: the kernel's width is |N(0, this)|, pixels");
    add("--gain", settings.gain, "photons at flux 1 (S/N is its root); 0 = no noise");
    const auto chooseLaw = [&settings](const std::string& name) {
        settings.noise = name == toString(dataset::NoiseLaw::Poisson) ? dataset::NoiseLaw::Poisson
                                                                      : dataset::NoiseLaw::Gaussian;
    };
    verb.add_option_function<std::string>(
            "--noise", chooseLaw, "law of the photon noise (poisson is exact)")
        ->check(CLI::IsMember(
            { toString(dataset::NoiseLaw::Poisson), toString(dataset::NoiseLaw::Gaussian) }))
        ->group(kGroup)
        ->default_str(toString(settings.noise));
}

void addEdgesOption(CLI::App& verb, dataset::EdgePixels& edges, const char* group)
{
    using dataset::EdgePixels;
    const auto choose = [&edges](const std::string& name) {
        edges = name == toString(EdgePixels::AsRead) ? EdgePixels::AsRead : EdgePixels::Filled;
    };
    verb.add_option_function<std::string>("--edges", choose,
            "where a standard has no data: file (what the file has there, as in the paper: mostly zeros, whose "
            "number gives stars away) or filled (the nearest value)")
        ->check(CLI::IsMember({ toString(EdgePixels::AsRead), toString(EdgePixels::Filled) }))
        ->group(group)
        ->default_str(toString(edges));
}

base::Error asOption(base::Error error)
{
    if (error.code == base::ErrorCode::OptionInvalid && !error.place.empty()
        && error.place.front() != '-')
        error.place = "--" + error.place;
    return error;
}

} // namespace maury::cli
