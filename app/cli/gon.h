#pragma once

#include "app/cli/verb.h"
#include "core/gon/gon_sources.h"
#include "core/gon/latent_inference.h"

#include <nlohmann/json.hpp>

#include <memory>
#include <string>
#include <vector>

namespace maury::cli {

void addGon(CLI::App& app, CommonOptions& common, Action& action);

// The verbs below `maury-cli gon`.
void addGonTrain(CLI::App& gon, CommonOptions& common, Action& action);
void addGonEncode(CLI::App& gon, CommonOptions& common, Action& action);
void addGonReconstruct(CLI::App& gon, CommonOptions& common, Action& action);
void addGonImpute(CLI::App& gon, CommonOptions& common, Action& action);
void addGonScore(CLI::App& gon, CommonOptions& common, Action& action);
void addGonVelocity(CLI::App& gon, CommonOptions& common, Action& action);
void addGonSample(CLI::App& gon, CommonOptions& common, Action& action);
void addGonMap(CLI::App& gon, CommonOptions& common, Action& action);
void addGonTwins(CLI::App& gon, CommonOptions& common, Action& action);
void addGonMorph(CLI::App& gon, CommonOptions& common, Action& action);
void addGonTransfer(CLI::App& gon, CommonOptions& common, Action& action);

/// Where spectra for a model come from: an atlas (its observed standards), or files and folders of
/// spectra, brought to the grid and continuum of an atlas.
struct GonSpectraOptions {
    std::string data;
    std::string where; ///< of a store only the spectra that fulfil this
    std::string labels; ///< CSV with columns file and type
    std::string atlas = "builtin"; ///< of the preparation of spectra
    double gain = 5000.0; ///< photons at flux 1 of an atlas's standards
};
/// Adds --data, --labels, --atlas; `options` outlives the parsing.
void addGonSpectra(CLI::App& verb, GonSpectraOptions& options);

/// What could not be read or prepared is told on stderr. Errors: those of atlas and labels;
/// ValueMissing when nothing is left.
[[nodiscard]] base::Result<gon::SpectrumSet> openGonSpectra(const GonSpectraOptions& options);

/// A model to use. Errors: those of reading it.
[[nodiscard]] base::Result<gon::LatentInference> openGonModel(
    const std::string& file, const CommonOptions& common);

/// How a set is reconstructed, imputed, how odd oddities look and how velocities come back, for one
/// model.
struct GonSets {
    gon::SpectrumSet seen; ///< A: fresh variations of training standards
    gon::SpectrumSet unseen; ///< B: of unseen ones
    gon::SpectrumSet stars; ///< real ones; may be empty
    /// The same as A and B without shifts of their own, for velocities; may be empty.
    gon::SpectrumSet seenAtRest;
    gon::SpectrumSet unseenAtRest;
};
/// Settings of variations that do not move wavelengths.
[[nodiscard]] dataset::AugmentationSettings atRest(dataset::AugmentationSettings settings);
[[nodiscard]] base::Result<nlohmann::json> judgeJson(
    const gon::LatentInference& inference, const GonSets& sets, bool quick, std::uint64_t seed);
/// The tables of several judged models, side by side.
void printJudged(const std::vector<nlohmann::json>& judged);

} // namespace maury::cli
