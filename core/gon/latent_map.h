#pragma once

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

/// How far a code is from any that the training stars support: distance to its nearest reference
/// code over the median distance between neighbouring reference codes. Above about 3 no standard
/// supports it. Infinite without reference codes.
[[nodiscard]] double supportDistance(
    const LatentInference& inference, const Eigen::RowVectorXf& code);

} // namespace maury::gon
