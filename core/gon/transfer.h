#pragma once

#include "core/gon/latent_inference.h"
#include "core/gon/star_pairs.h"

#include <cstdint>
#include <vector>

namespace maury::gon {

/// One direction of the cross-survey experiment, per pixel of the target survey.
struct TransferScore {
    std::size_t trainStars = 0; ///< common stars that the map was fitted on
    std::size_t testStars = 0; ///< common stars that it was judged on
    std::size_t byPosition = 0; ///< of all of them: matched by their place on the sky
    double rms = 0.0; ///< of target spectra predicted from source codes
    double ownRms = 0.0; ///< of the target model's own reconstructions: the floor
    double meanRms = 0.0; ///< of the mean target spectrum: the ceiling
    double shuffledRms = 0.0; ///< with pairs of stars shuffled in training: the control
    double chi2PerDof = 0.0; ///< median, of the predictions
    double codeR2 = 0.0; ///< of target codes predicted from source codes
    double shuffledCodeR2 = 0.0;
};

/// The common stars of two surveys, those that the map is fitted on and those that it is judged on.
struct TransferSplit {
    StarPairs fit;
    StarPairs test;
};
/// A quarter of the pairs, drawn by `seed`, for the judging. Errors: ValueMissing (fewer than 10
/// common stars, with the numbers).
[[nodiscard]] base::Result<TransferSplit> splitCommonStars(const SpectrumSet& source,
    const SpectrumSet& target, double radiusArcsec, std::uint64_t seed);

/// A model trained on one survey seen from another: a ridge map from the codes of `source` spectra
/// to the codes of the same stars in the `target` survey, fitted on most of the common stars, judged
/// on the rest: their target spectra are predicted from their source spectra alone. The two surveys
/// may have any pixels. Errors: those of encode().
[[nodiscard]] base::Result<TransferScore> transfer(const LatentInference& source,
    const SpectrumSet& sourceSet, const LatentInference& target, const SpectrumSet& targetSet,
    const TransferSplit& split, std::stop_token stop = {});

} // namespace maury::gon
