#include "core/gon/latent_walk.h"

#include "core/base/contract.h"
#include "core/gon/latent_map.h"
#include "core/mk/spectral_type.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace maury::gon {
namespace {

using Eigen::Index;

constexpr std::size_t kNeighbours = 6;
/// Standards farther apart than this do not say what lies between them, in temperature codes (one is
/// about one subclass of the paper's grid) and luminosity codes.
constexpr double kWidestTemperatureGap = 3.0;
constexpr double kWidestLuminosityGap = 2.0;
constexpr double kSameClass = 0.5; ///< temperature codes

const std::vector<double>* valuesOf(const ReferenceCodes& reference, const char* name)
{
    for (const Label& label : reference.labels)
        if (label.name == name)
            return &label.values;
    return nullptr;
}

} // namespace

LatentWalk::LatentWalk(const LatentInference& inference, Matrix codes, Matrix places)
    : m_codes(std::move(codes))
    , m_places(std::move(places))
{
    EXPECTS(m_codes.rows() >= 1 && m_codes.rows() == m_places.rows() && m_places.cols() == 2);
    const auto latent = static_cast<Index>(inference.model().latent());
    m_metric = metricCodes(inference, Matrix::Identity(latent, latent));
    m_reference = inference.model().reference.codes * m_metric;
    if (m_reference.rows() >= 2)
        m_gap = std::max(typicalGap(m_reference), 1e-12);
}

Eigen::RowVectorXf LatentWalk::codeAt(double x, double y) const
{
    const Eigen::RowVector2f place(static_cast<float>(x), static_cast<float>(y));
    Eigen::RowVectorXf code = Eigen::RowVectorXf::Zero(m_codes.cols());
    double sum = 0.0;
    for (const Neighbour& star : nearestNeighbours(m_places, place, kNeighbours)) {
        const auto row = static_cast<Index>(star.row);
        if (star.distance == 0.0)
            return m_codes.row(row);
        const double weight = 1.0 / (star.distance * star.distance);
        code += static_cast<float>(weight) * m_codes.row(row);
        sum += weight;
    }
    return code / static_cast<float>(sum);
}

double LatentWalk::support(const Eigen::RowVectorXf& code) const
{
    if (!(m_gap > 0.0))
        return std::numeric_limits<double>::infinity();
    return nearestNeighbours(m_reference, code * m_metric, 1).front().distance / m_gap;
}

std::vector<MorphNode> morphNodes(const ReferenceCodes& reference, MorphAxis axis, double fixed)
{
    const auto* temperatures = valuesOf(reference, kTemperatureLabel);
    const auto* luminosities = valuesOf(reference, kLuminosityLabel);
    if (temperatures == nullptr || luminosities == nullptr)
        return {};
    const bool byTemperature = axis == MorphAxis::Temperature;
    const auto& along = byTemperature ? *temperatures : *luminosities;
    const auto& across = byTemperature ? *luminosities : *temperatures;
    std::vector<MorphNode> nodes;
    for (std::size_t row = 0; row < along.size(); ++row) {
        if (!std::isfinite(along[row]) || !std::isfinite(across[row]))
            continue;
        const bool belongs = byTemperature
            ? mk::luminosityGroup(across[row]) == mk::luminosityGroup(fixed)
            : std::abs(across[row] - fixed) <= kSameClass;
        if (belongs)
            nodes.push_back({ along[row], row });
    }
    std::stable_sort(nodes.begin(), nodes.end(), [&](const MorphNode& a, const MorphNode& b) {
        if (a.position != b.position)
            return a.position < b.position;
        return std::abs(across[a.row] - fixed) < std::abs(across[b.row] - fixed);
    });
    nodes.erase(std::unique(nodes.begin(), nodes.end(),
                    [](const MorphNode& a, const MorphNode& b) { return a.position == b.position; }),
        nodes.end());
    return nodes;
}

MorphWay morphWay(const ReferenceCodes& reference, std::size_t from, std::size_t to)
{
    const auto count = static_cast<std::size_t>(reference.codes.rows());
    EXPECTS(from < count && to < count);
    const auto* temperatures = valuesOf(reference, kTemperatureLabel);
    const auto* luminosities = valuesOf(reference, kLuminosityLabel);
    const auto straight = [&] {
        return MorphWay { MorphAxis::Temperature, { { 0.0, from }, { 1.0, to } }, 0.0, 1.0, true };
    };
    if (temperatures == nullptr || luminosities == nullptr)
        return straight();
    const double t[] { (*temperatures)[from], (*temperatures)[to] };
    const double l[] { (*luminosities)[from], (*luminosities)[to] };
    if (!std::isfinite(t[0] + t[1] + l[0] + l[1]))
        return straight();
    const bool byTemperature
        = mk::luminosityGroup(l[0]) == mk::luminosityGroup(l[1]) && t[0] != t[1];
    if (!byTemperature && (std::abs(t[0] - t[1]) > kSameClass || l[0] == l[1]))
        return straight();
    MorphWay way;
    way.axis = byTemperature ? MorphAxis::Temperature : MorphAxis::Luminosity;
    way.from = byTemperature ? t[0] : l[0];
    way.to = byTemperature ? t[1] : l[1];
    const auto [low, high] = std::minmax(way.from, way.to);
    way.nodes.push_back({ low, low == way.from ? from : to });
    for (const MorphNode& node : morphNodes(reference, way.axis, byTemperature ? l[0] : t[0]))
        if (node.position > low && node.position < high)
            way.nodes.push_back(node);
    way.nodes.push_back({ high, high == way.from ? from : to });
    return way;
}

MorphPlace morphAt(const ReferenceCodes& reference, const std::vector<MorphNode>& nodes,
    MorphAxis axis, double position)
{
    EXPECTS(!nodes.empty());
    const double at = std::clamp(position, nodes.front().position, nodes.back().position);
    const auto after = std::lower_bound(nodes.begin(), nodes.end(), at,
        [](const MorphNode& node, double wanted) { return node.position < wanted; });
    MorphPlace place;
    place.after = after->row;
    if (after->position == at) {
        place.before = after->row;
        place.code = reference.codes.row(static_cast<Index>(after->row));
        return place;
    }
    const auto before = after - 1;
    place.before = before->row;
    const double gap = after->position - before->position;
    place.fraction = (at - before->position) / gap;
    place.supported = gap
        <= (axis == MorphAxis::Temperature ? kWidestTemperatureGap : kWidestLuminosityGap);
    const auto share = static_cast<float>(place.fraction);
    place.code = (1.0F - share) * reference.codes.row(static_cast<Index>(before->row))
        + share * reference.codes.row(static_cast<Index>(after->row));
    return place;
}

} // namespace maury::gon
