#pragma once

#include "core/classify/doubt.h"
#include "core/mk/atlas.h"
#include "core/spectrum/spectrum.h"

#include <Eigen/Core>

#include <optional>
#include <vector>

namespace maury::classify {

/// Tells spectra that are shifted farther than any star's velocity, and those that are upside down:
/// correlates standards of every temperature with the whole spectrum in ln λ, from −6000 km/s to a
/// redshift of 0.3.
class FarShift {
public:
    explicit FarShift(const mk::Atlas& atlas);

    /// The spectrum as read; its wavelengths count as air unless they, or `medium`, say vacuum.
    [[nodiscard]] std::optional<Finding> find(const spectrum::Spectrum& spectrum,
        std::optional<spectrum::Medium> medium = std::nullopt) const;

private:
    /// The spectrum on a logarithmic grid, over its local continuum, minus 1.
    struct Signal {
        Eigen::ArrayXf lines; ///< 0 where not used
        Eigen::ArrayXf used; ///< 1 or 0
    };
    /// For each shift the best and the worst correlation with a standard.
    struct Correlations {
        Eigen::ArrayXf best;
        Eigen::ArrayXf worst;
    };

    [[nodiscard]] Signal signalOf(
        const spectrum::Spectrum& spectrum, std::optional<spectrum::Medium> medium) const;
    [[nodiscard]] Correlations correlate(const Signal& signal) const;

    double m_first; ///< ln λ of the templates' first pixel
    /// [standards, pixels of the library]; empty where the library is too short to tell
    Eigen::MatrixXf m_templates;
    Eigen::MatrixXf m_squares;
};

} // namespace maury::classify
