#pragma once

#include "core/gon/anomaly.h"
#include "core/gon/latent_inference.h"

#include <cstdint>
#include <vector>

namespace maury::gon {

/// Codes in the metric of the decoder: z·L with LLᵀ = JJᵀ at the prior's mean, so that distances are
/// those of spectra.
[[nodiscard]] Matrix metricCodes(const LatentInference& inference, const Matrix& codes);

/// Principal axes of points.
struct PlaneMap {
    Matrix points; ///< [n, 2]
    Eigen::RowVectorXf centre; ///< [dimensions]
    Matrix axes; ///< [2, dimensions]
    double explained[2] = { 0.0, 0.0 }; ///< share of the variance of each axis
};
/// Precondition: at least two points.
[[nodiscard]] PlaneMap principalMap(const Matrix& points);

/// A star's nearest neighbours ("twins").
struct Neighbour {
    std::size_t row = 0;
    double distance = 0.0;
};
/// The `count` nearest rows of `points` to `query`, nearest first; `skip`: a row left out (itself).
[[nodiscard]] std::vector<Neighbour> nearestNeighbours(const Matrix& points,
    const Eigen::RowVectorXf& query, std::size_t count, std::ptrdiff_t skip = -1);

/// The median distance between neighbouring points; 0 for fewer than two.
[[nodiscard]] double typicalGap(const Matrix& points);

/// Stars laid out by their codes; rows are spectra.
struct StarMap {
    Encoding encoding;
    Matrix metric; ///< codes in the metric of spectra: metricCodes()
    PlaneMap plane; ///< principal axes of these
    std::vector<AnomalyScore> scores;
};
/// Maps a set of at least two spectra, all of them usable. Errors: ValueMissing (fewer), those of
/// encode().
[[nodiscard]] base::Result<StarMap> mapStars(
    const LatentInference& inference, const SpectrumSet& set, std::stop_token stop = {});

inline constexpr std::size_t kTwins = 12; ///< shown of a star
/// The `count` stars of a map whose spectra are most like that of a row: distances are the rms of the
/// difference of the two as the model sees them, in flux.
[[nodiscard]] std::vector<Neighbour> twins(
    const StarMap& map, std::size_t row, std::size_t count, std::size_t pixels);

/// How far a code is from any that the training stars support: distance to its nearest reference
/// code over the median distance between neighbouring reference codes. Above about 3 no standard
/// supports it. Infinite without reference codes.
[[nodiscard]] double supportDistance(
    const LatentInference& inference, const Eigen::RowVectorXf& code);

} // namespace maury::gon
