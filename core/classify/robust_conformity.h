#pragma once

#include "core/classify/balmer_check.h"
#include "core/classify/conformity.h"
#include "core/classify/far_shift.h"
#include "core/classify/line_check.h"
#include "core/classify/star_classifier.h"
#include "core/robust/robust_model.h"

namespace maury::classify {

/// Whether the velocity that was found is off the star's by more than half of the difference
/// between air and vacuum, in its direction. The star's is known of a spectrum at rest and of one
/// with the velocity in its file; without a word on frame and medium rest is the best guess. A
/// shift by the wrong medium itself cannot be told from a velocity: over 3870–4590 Å they differ by
/// 1 km/s.
[[nodiscard]] std::optional<Finding> otherMedium(
    const PreparedSpectrum& prepared, const spectrum::Spectrum& asRead);

/// Tests whether a spectrum is one of those that the robust protocol was made for: much wider
/// limits than the paper's network has, because resolution, velocity, continuum and noise were
/// varied in its training.
class RobustConformity {
public:
    RobustConformity(mk::AtlasPtr atlas, const robust::LogGrid& grid,
        const robust::VariationSettings& variation);

    /// What a spectrum and the answer to it are judged by.
    struct Case {
        const spectrum::Spectrum& asRead;
        const PrepareOptions& options;
        const PreparedSpectrum& prepared;
        const robust::LogSpectrum& blue; ///< what the blue networks see
        const Residual& leastResidual;
        const mk::Standard& nearest;
        const Prediction& answer; ///< type and distance from the atlas count
    };
    /// Every reason to doubt an answer, with its numbers: bad pixels, coverage, signal to noise,
    /// resolution, a velocity that was not found or no star's, lines that are no normal star's, a
    /// nearest standard of quite another type, a spectrum outside of the atlas.
    [[nodiscard]] Conformity judge(const Case& judged) const;
    /// The noise of a mean over `widthAngstrom`, relative to the median flux.
    [[nodiscard]] double noiseOver(double widthAngstrom, const PreparedSpectrum& spectrum) const;

private:
    using Findings = std::vector<Finding>;

    void addCoverage(const PreparedSpectrum& spectrum, Findings& findings) const;
    void addNoise(const PreparedSpectrum& spectrum, Findings& findings) const;
    void addVelocity(const Case& judged, Findings& findings) const;
    void addLines(const Case& judged, Findings& findings) const;
    void addStranger(const Residual& residual, const Prediction& answer, Findings& findings) const;
    void addOtherJudge(
        const mk::Standard& nearest, const Prediction& answer, Findings& findings) const;
    void addResolution(const Residual& residual, Findings& findings) const;

    mk::AtlasPtr m_atlas;
    robust::LogGrid m_grid;
    robust::VariationSettings m_variation;
    LineCheck m_lines;
    BalmerCheck m_balmer;
    FarShift m_farShift;
};

} // namespace maury::classify
