#pragma once

#include "core/base/result.h"
#include "core/explain/judges.h"
#include "core/gon/gon_sources.h"
#include "core/gon/latent_inference.h"
#include "core/mk/atlas.h"

#include <cstddef>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

namespace maury::explain {

/// What a Gradient Origin Network makes of a star.
struct GonFinding {
    Opinion opinion; ///< the type of the nearest standard; less sure the farther that is
    std::string standard; ///< the nearest one, by its name among the training stars
    /// To that standard in the metric of spectra, in typical gaps between neighbouring standards.
    double distance = 0.0;
    double chi2PerDof = 0.0; ///< of the best spectrum that the network can draw
    double chi2Excess = 0.0; ///< (χ² − dof) / √(2 dof): how many sigmas odder than noise allows
};

/// Types stars by a Gradient Origin Network: a star is encoded to the maximum of its posterior, and
/// the nearest of the standards that the network was trained on, as distances between spectra go,
/// gives the type. How badly the network can draw the star says how odd it is.
class GonJudge {
public:
    /// `atlas`: grid and continuum that stars are brought to. threads: 0 = the machine's. Errors:
    /// WavelengthsInvalid (the network has another grid: one of a survey's pixels, say),
    /// ValueMissing (it was not trained on stars of known type).
    [[nodiscard]] static base::Result<GonJudge> create(
        gon::GonModelPtr model, mk::AtlasPtr atlas, int threads = 1);

    /// A star, and the name of the standard that it is: not to be its own nearest one.
    struct Question {
        spectrum::SpectrumPtr spectrum;
        std::string standard; ///< empty: it is none
    };
    /// One entry each; nothing for stars that cannot be brought to the grid or have too few usable
    /// pixels. Errors: Cancelled.
    [[nodiscard]] base::Result<std::vector<std::optional<GonFinding>>> judge(
        std::span<const Question> stars, std::stop_token stop = {}) const;

private:
    GonJudge(gon::LatentInference inference, mk::AtlasPtr atlas);
    /// Place of a standard among the typed ones; −1 for none.
    [[nodiscard]] std::ptrdiff_t placeOf(const std::string& standard) const;
    [[nodiscard]] GonFinding find(const gon::Encoding& encoding, const gon::Matrix& points,
        std::size_t row, std::ptrdiff_t leaveOut) const;

    gon::LatentInference m_inference;
    mk::AtlasPtr m_atlas;
    std::vector<std::size_t> m_typed; ///< rows of the reference codes whose type is known
    gon::Matrix m_standards; ///< their codes in the metric of spectra
    double m_gap = 0.0; ///< typical, between neighbours of these
};

} // namespace maury::explain
