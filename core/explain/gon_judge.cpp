#include "core/explain/gon_judge.h"

#include "core/gon/latent_map.h"

#include <algorithm>
#include <cmath>
#include <string>

namespace maury::explain {

using base::ErrorCode;
using base::Result;

GonJudge::GonJudge(gon::LatentInference inference, mk::AtlasPtr atlas)
    : m_inference(std::move(inference))
    , m_atlas(std::move(atlas))
{
    const gon::ReferenceCodes& reference = m_inference.model().reference;
    for (std::size_t row = 0; row < reference.types.size(); ++row)
        if (humanOpinion(reference.types[row]))
            m_typed.push_back(row);
    if (m_typed.empty())
        return;
    m_standards = gon::metricCodes(m_inference, reference.codes(m_typed, Eigen::all));
    m_gap = gon::typicalGap(m_standards);
}

Result<GonJudge> GonJudge::create(gon::GonModelPtr model, mk::AtlasPtr atlas, int threads)
{
    if (const auto same = gon::checkSameGrid(
            atlas->grid().wavelengths(), model->wavelengthAngstrom, atlas->name());
        !same)
        return base::Unexpected(same.error());
    GonJudge judge(gon::LatentInference(std::move(model), threads), std::move(atlas));
    if (judge.m_typed.size() < 2)
        return base::failure(ErrorCode::ValueMissing, gon::describe(judge.m_inference.model()),
            std::to_string(judge.m_typed.size()) + " training stars of known type",
            "a network trained on standards");
    return judge;
}

std::ptrdiff_t GonJudge::placeOf(const std::string& standard) const
{
    const auto& stars = m_inference.model().reference.stars;
    const auto found = std::find_if(m_typed.begin(), m_typed.end(),
        [&](std::size_t row) { return !standard.empty() && stars[row] == standard; });
    return found == m_typed.end() ? -1 : found - m_typed.begin();
}

GonFinding GonJudge::find(const gon::Encoding& encoding, const gon::Matrix& points,
    std::size_t row, std::ptrdiff_t leaveOut) const
{
    const auto nearest = gon::nearestNeighbours(
        m_standards, points.row(static_cast<Eigen::Index>(row)), 1, leaveOut)
                             .front();
    const gon::ReferenceCodes& reference = m_inference.model().reference;
    const std::size_t standard = m_typed[nearest.row];
    GonFinding finding;
    finding.opinion = *humanOpinion(reference.types[standard]);
    finding.standard = reference.stars[standard];
    finding.distance = nearest.distance / std::max(m_gap, 1e-12);
    finding.opinion.sigmaCodes = kNearestSigmaCodes * std::max(1.0, finding.distance);
    finding.chi2PerDof = encoding.chi2PerDof(row);
    finding.chi2Excess
        = (encoding.chi2[row] - encoding.dof[row]) / std::sqrt(2.0 * encoding.dof[row]);
    return finding;
}

Result<std::vector<std::optional<GonFinding>>> GonJudge::judge(
    std::span<const Question> stars, std::stop_token stop) const
{
    std::vector<std::optional<GonFinding>> findings(stars.size());
    std::vector<gon::PreparedStar> prepared;
    for (std::size_t i = 0; i < stars.size(); ++i) // numbers for names: two may have the same one
        prepared.push_back({ std::to_string(i), {}, stars[i].spectrum });
    std::vector<base::Error> failures;
    const auto set = gon::preparedSet(m_atlas, prepared, failures);
    if (!set)
        return findings; // none could be brought to the grid
    const auto encoding
        = m_inference.encode(*set, { gon::kMapIterations, false, true }, std::move(stop));
    if (!encoding)
        return base::Unexpected(encoding.error());
    const gon::Matrix points = gon::metricCodes(m_inference, encoding->codes);
    for (std::size_t row = 0; row < set->spectra(); ++row)
        if (encoding->usable[row] != 0) {
            const std::size_t star = std::stoul(set->stars[row]);
            findings[star] = find(*encoding, points, row, placeOf(stars[star].standard));
        }
    return findings;
}

} // namespace maury::explain
