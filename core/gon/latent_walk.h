#pragma once

#include "core/gon/latent_inference.h"

#include <optional>
#include <vector>

namespace maury::gon {

/// Above this many typical gaps between neighbouring standards no standard supports a code.
inline constexpr double kFarthestSupported = 3.0;

/// Walks over a map of stars and says what spectrum lies where.
class LatentWalk {
public:
    /// codes [n, latent] and places [n, 2] of the same stars, n >= 1.
    LatentWalk(const LatentInference& inference, Matrix codes, Matrix places);

    /// The code of a place: the mean of the nearest stars' codes, weighted by the inverse square of
    /// their distance (Shepard 1968), so that the place of a star has its own code. Also off the
    /// stars: the nearest have a say however far they are.
    [[nodiscard]] Eigen::RowVectorXf codeAt(double x, double y) const;

    /// As supportDistance(), without its search for the typical gap.
    [[nodiscard]] double support(const Eigen::RowVectorXf& code) const;

private:
    Matrix m_codes;
    Matrix m_places;
    Matrix m_metric; ///< [latent, latent] L of LLᵀ = JJᵀ
    Matrix m_reference; ///< [reference, latent] codes in that metric
    double m_gap = 0.0; ///< median between neighbouring reference codes; 0: fewer than two
};

/// Which way from standard to standard.
enum class MorphAxis { Temperature, Luminosity };

/// A standard on the way.
struct MorphNode {
    double position = 0.0; ///< temperature or luminosity code
    std::size_t row = 0; ///< of the reference codes
};

/// The reference stars of one luminosity group (`fixed`: a luminosity code) by temperature, or those
/// within half a class of a temperature code by luminosity; one for each position, the nearest to
/// `fixed`. Empty when the reference has no such labels.
[[nodiscard]] std::vector<MorphNode> morphNodes(
    const ReferenceCodes& reference, MorphAxis axis, double fixed);

/// From one standard to another, over those between them.
struct MorphWay {
    MorphAxis axis = MorphAxis::Temperature;
    std::vector<MorphNode> nodes; ///< by position
    double from = 0.0; ///< positions of the two
    double to = 0.0;
    /// The two differ in class and luminosity: a straight line, on which no standard lies.
    bool direct = false;
};
/// Along the classes where both have one luminosity group, along the luminosities where they are
/// within half a class, else straight. Precondition: rows of the reference.
[[nodiscard]] MorphWay morphWay(
    const ReferenceCodes& reference, std::size_t from, std::size_t to);

/// Between two standards.
struct MorphPlace {
    Eigen::RowVectorXf code; ///< on the straight line between theirs
    std::size_t before = 0; ///< rows of the reference; the same at a standard
    std::size_t after = 0;
    double fraction = 0.0; ///< of the way from `before` to `after`
    bool supported = true; ///< false: the two stand so far apart that no standard says what is between
};

/// Precondition: nodes is not empty. Positions beyond the ends are those of the ends.
[[nodiscard]] MorphPlace morphAt(const ReferenceCodes& reference,
    const std::vector<MorphNode>& nodes, MorphAxis axis, double position);

} // namespace maury::gon
