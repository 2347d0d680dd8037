#include "core/gon/latent_inference.h"

#include "core/gon/latent_state.h"

#include <algorithm>
#include <cmath>

namespace maury::gon {
namespace {

using base::Result;

/// Noise variance of every pixel: that of the nearest usable pixel where there is none. [pixels]
std::vector<float> noiseVariance(const SpectrumSet& set, Eigen::Index row)
{
    const auto pixels = set.ivar.cols();
    std::vector<float> variance(static_cast<std::size_t>(pixels), 0.0F);
    std::vector<Eigen::Index> nearest(variance.size(), -1);
    Eigen::Index last = -1;
    for (Eigen::Index p = 0; p < pixels; ++p) {
        if (set.ivar(row, p) > 0.0F)
            last = p;
        nearest[static_cast<std::size_t>(p)] = last;
    }
    last = -1;
    for (Eigen::Index p = pixels; p-- > 0;) {
        if (set.ivar(row, p) > 0.0F)
            last = p;
        auto& best = nearest[static_cast<std::size_t>(p)];
        if (last >= 0 && (best < 0 || last - p < p - best))
            best = last;
        if (best >= 0)
            variance[static_cast<std::size_t>(p)] = 1.0F / set.ivar(row, best);
    }
    return variance;
}

} // namespace

LatentInference::LatentInference(GonModelPtr model, int threads)
    : m_state(std::make_unique<State>(std::move(model), threads))
{
}
LatentInference::~LatentInference() = default;
LatentInference::LatentInference(LatentInference&&) noexcept = default;
LatentInference& LatentInference::operator=(LatentInference&&) noexcept = default;

const GonModel& LatentInference::model() const
{
    return *m_state->model;
}

const GonModelPtr& LatentInference::modelPtr() const
{
    return m_state->model;
}

Result<Encoding> LatentInference::encode(
    const SpectrumSet& set, const EncodeOptions& options, std::stop_token stop) const
{
    if (const auto fits = m_state->checkSet(set); !fits)
        return base::Unexpected(fits.error());
    return m_state->encode(set, options, nullptr, stop);
}

Matrix LatentInference::decode(const Matrix& codes) const
{
    return m_state->decode(codes);
}

LatentInference::Linearisation LatentInference::linearise(const Matrix& codes) const
{
    return m_state->linearisation(codes);
}

Matrix LatentInference::jacobian(const Eigen::VectorXf& code) const
{
    return m_state->linearisation(code.transpose()).jacobians;
}

Result<Reconstruction> LatentInference::reconstruct(
    const SpectrumSet& set, const EncodeOptions& options, std::stop_token stop) const
{
    if (const auto fits = m_state->checkSet(set); !fits)
        return base::Unexpected(fits.error());
    Reconstruction result;
    EncodeOptions all = options;
    all.covariance = true;
    all.fit = true;
    auto encoding = m_state->encode(set, all, &result, stop);
    if (!encoding)
        return base::Unexpected(encoding.error());
    result.encoding = *std::move(encoding);
    result.half68.resizeLike(result.sigma);
    result.half95.resizeLike(result.sigma);
    const BandCalibration& bands = m_state->model->bands;
    for (Eigen::Index row = 0; row < result.sigma.rows(); ++row) {
        const std::vector<float> noise = noiseVariance(set, row);
        const double excess = std::max(
            result.encoding.chi2PerDof(static_cast<std::size_t>(row)) - 1.0, bands.floor);
        const Eigen::Map<const Eigen::ArrayXf> variance(noise.data(), std::ssize(noise));
        const auto sigma = (result.sigma.row(row).array().square()
            + static_cast<float>(excess) * variance.transpose())
                               .sqrt()
                               .eval();
        result.half68.row(row) = static_cast<float>(bands.factor68) * sigma;
        result.half95.row(row) = static_cast<float>(bands.factor95) * sigma;
    }
    return result;
}

Result<Reconstruction> LatentInference::impute(const SpectrumSet& set,
    const std::vector<WavelengthRange>& hidden, int iterations, std::stop_token stop) const
{
    return reconstruct(withHidden(set, hidden), { iterations, true, true }, std::move(stop));
}

} // namespace maury::gon
