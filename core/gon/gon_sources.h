#pragma once

#include "core/dataset/augmentation.h"
#include "core/gon/gon_trainer.h"
#include "core/gon/spectrum_set.h"
#include "core/mk/atlas.h"
#include "core/spectrum/spectrum.h"

#include <cstdint>
#include <vector>

namespace maury::gon {

/// The observed standards of an atlas as templates: interpolated cells are dropped, ivar is
/// gain / flux of photon noise (0 where the file had no data), labels are the codes. Star ids are
/// the cells' names. Errors: ClassesInsufficient (fewer than two observed standards).
[[nodiscard]] base::Result<SpectrumSet> standardsSet(const mk::Atlas& atlas, double gain);

/// Variations of templates: row i is variation (epoch, i) of template i % templates, with noise of
/// the settings' gain as a normal law and the ivar that belongs to it; truth is without noise. A
/// pure function of its arguments. Precondition: validate(settings) succeeds, a regular grid.
[[nodiscard]] SpectrumSet variationsOf(const SpectrumSet& templates,
    const dataset::AugmentationSettings& settings, std::size_t count, std::uint32_t epoch,
    std::uint64_t seed);

/// The usual data of a run on an atlas: templates of four fifths of the standards (by
/// `everyUnseen`), variations of the unseen ones as test. Errors: as standardsSet().
[[nodiscard]] base::Result<GonData> atlasData(const mk::Atlas& atlas,
    const dataset::AugmentationSettings& settings, std::size_t everyUnseen, std::uint64_t seed);

/// Adds what is known of a star besides its pixels: its id, its type, and the labels temperature,
/// luminosity (both of the type, NaN where it is not known) and snr.
void addStar(
    SpectrumSet& set, const std::string& star, const std::string& type, double signalToNoise);

/// One spectrum file on the grid of a model or atlas, with ivar from its errors or, where it has
/// none, from an estimate of its noise. Rectified as the atlas is.
struct PreparedStar {
    std::string star;
    std::string type;
    spectrum::SpectrumPtr spectrum;
};
/// Brings spectra to the grid of `atlas` with the classifier's preparation (velocity removed unless
/// at rest, rectified). What cannot be brought there is left out and told in `failures`. Errors:
/// ValueMissing when nothing is left.
[[nodiscard]] base::Result<SpectrumSet> preparedSet(const mk::AtlasPtr& atlas,
    const std::vector<PreparedStar>& stars, std::vector<base::Error>& failures);

} // namespace maury::gon
