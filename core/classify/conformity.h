#pragma once

#include "core/classify/doubt.h"
#include "core/classify/prepare.h"
#include "core/classify/residual.h"
#include "core/dataset/augmentation.h"
#include "core/mk/atlas.h"

#include <vector>

namespace maury::classify {

/// What a spectrum lacks of a grid. Precondition: the coverage is of that grid.
[[nodiscard]] Finding coverageFinding(
    const Coverage& coverage, const spectrum::WavelengthGrid& grid);
/// Whether what is missing is more than a little at the edges.
[[nodiscard]] bool isHarmful(const Coverage& coverage);

/// How far the training library's own spectra and their variations go; beyond, a spectrum does not
/// conform.
struct ConformityLimits {
    double levelOffset = 0.0; ///< |level − 1|
    double slope = 0.0; ///< |slope|
    double curvature = 0.0;
    double velocityKms = 0.0; ///< absolute
    double broadening = 0.0; ///< absolute, Å
    double signalToNoise = 0.0; ///< least
    double lowestFlux = 0.0; ///< without noise
    double highestFlux = 0.0;
    std::vector<double> excess; ///< of each standard: Residual::excess
};

/// Tests whether a spectrum is one of the kind a network was trained on: the paper's network
/// answers with confidence whatever it is given, so that its own probabilities do not tell.
class ConformityTest {
public:
    /// Measures the limits on variations of every standard (a fixed seed: always the same limits),
    /// with room of a quarter to a half beyond the widest. Precondition: validate(augmentation)
    /// succeeds.
    ConformityTest(mk::AtlasPtr atlas, const dataset::AugmentationSettings& augmentation);

    /// Every reason to doubt that the prepared spectrum gives, measured and named with its numbers.
    /// `leastResidual` is the spectrum's.
    [[nodiscard]] Conformity judge(
        const PreparedSpectrum& spectrum, const Residual& leastResidual) const;

    [[nodiscard]] const ConformityLimits& limits() const { return m_limits; }

private:
    mk::AtlasPtr m_atlas;
    dataset::AugmentationSettings m_augmentation;
    ConformityLimits m_limits;
};

} // namespace maury::classify
