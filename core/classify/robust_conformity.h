#pragma once

#include "core/classify/conformity.h"
#include "core/classify/star_classifier.h"
#include "core/robust/robust_model.h"

namespace maury::classify {

/// Tests whether a spectrum is one of those that the robust protocol was made for: much wider
/// limits than the paper's network has, because resolution, velocity, continuum and noise were
/// varied in its training.
class RobustConformity {
public:
    RobustConformity(mk::AtlasPtr atlas, const robust::LogGrid& grid,
        const robust::VariationSettings& variation);

    /// Every reason to doubt an answer, with its numbers: coverage, signal to noise, resolution, a
    /// velocity that was not found, a nearest standard of quite another type, a spectrum outside of
    /// the atlas. `leastResidual` is the spectrum's; of `answer` type and distance from the atlas
    /// count.
    [[nodiscard]] Conformity judge(const PreparedSpectrum& spectrum, const Residual& leastResidual,
        const mk::Standard& nearest, const Prediction& answer) const;

private:
    void addCoverage(const PreparedSpectrum& spectrum, std::vector<std::string>& reasons) const;
    void addStranger(const Residual& residual, const Prediction& answer,
        std::vector<std::string>& reasons) const;
    void addOtherJudge(const mk::Standard& nearest, const Prediction& answer,
        std::vector<std::string>& reasons) const;
    void addResolution(const Residual& residual, std::vector<std::string>& reasons) const;

    mk::AtlasPtr m_atlas;
    robust::LogGrid m_grid;
    robust::VariationSettings m_variation;
};

} // namespace maury::classify
