#pragma once

#include "app/cli/verb.h"
#include "core/robust/calibrator.h"

#include <CLI/CLI.hpp>

#include <string>
#include <vector>

namespace maury::cli {

/// What `train --protocol robust` works on, besides the settings.
struct RobustTrainOptions {
    std::vector<std::string> atlases;
    std::string test; ///< an atlas; empty: held-out variations of the standards
    std::string resume; ///< a checkpoint to go on with
    std::string backend = "auto";
    train::Precision precision = train::Precision::Tf32; ///< on cuda
    std::string out;
    std::vector<double> fwhms; ///< resolution of each atlas, or of all; empty: as their names tell
    robust::RobustConfig config;
    robust::CalibrationEffort calibration;
    bool calibrationRequired = false; ///< asked for by name
};

/// Libraries with their warnings on stderr. fwhms: one resolution for all, one for each, or none:
/// as their names tell. Errors: OptionInvalid (another number of them), those of
/// robust::openTrainingLibrary().
[[nodiscard]] base::Result<std::vector<robust::Library>> openTrainingLibraries(
    const std::vector<std::string>& names, const std::vector<double>& fwhms);

/// Adds the options of the robust protocol that the paper's has not (--steps, --members, …).
void addRobustOptions(CLI::App& verb, RobustTrainOptions& options);

/// Takes the options that both protocols share (--hidden, --lr …) where they were given: their
/// defaults are the paper's. Errors: OptionInvalid for a given option that is the paper's alone.
[[nodiscard]] base::Result<void> takeSharedOptions(
    const CLI::App& verb, robust::RobustConfig& config);

/// Errors: OptionInvalid when an option of the robust protocol was given for the paper's.
[[nodiscard]] base::Result<void> refuseRobustOptions(const CLI::App& verb);

/// Trains, writes the model and reports; returns the exit status.
[[nodiscard]] int runRobustTraining(RobustTrainOptions options, const CommonOptions& common);

} // namespace maury::cli
