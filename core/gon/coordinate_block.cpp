#include "core/gon/coordinate_block.h"

#include "core/gon/row_kernels.h"

#include <algorithm>

namespace maury::gon {

template <typename Scalar>
CoordinateBlock<Scalar>::CoordinateBlock(const CoordinateShared<Scalar>& shared, std::size_t pixels,
    std::size_t batch, std::size_t latent)
    : products(1)
    , out(kRows)
    , dOut(kRows)
    , chi2(batch)
    , m_shared(shared)
{
    for (const auto& layer : shared.tail) {
        Level level;
        for (Rows<Scalar>* rows : { &level.value, &level.slope, &level.curve, &level.sumTangent,
                 &level.tangent, &level.dSum, &level.dTangent })
            *rows = Rows<Scalar>(kRows, layer.fanIn());
        m_levels.push_back(std::move(level));
        gradients.emplace_back(layer.fanIn(), layer.fanOut(), false);
    }
    gradients.pop_back();
    const std::size_t width = m_levels.front().value.cols();
    dWavelength = Rows<Scalar>(pixels, width);
    dCode = Rows<Scalar>(batch, width);
    dCodeWeights.resize(static_cast<Eigen::Index>(latent), static_cast<Eigen::Index>(width));
}

template <typename Scalar> void CoordinateBlock<Scalar>::beginGradients()
{
    for (Weights<Scalar>& gradient : gradients)
        gradient = Weights<Scalar>(gradient.fanIn(), gradient.fanOut(), false);
    outputGradient.assign(m_levels.back().value.cols(), Scalar(0));
    outputBiasGradient = Scalar(0);
    dWavelength.all().map().setZero();
    dCode.all().map().setZero();
    dCodeWeights.setZero();
    std::fill(chi2.begin(), chi2.end(), 0.0);
}

template <typename Scalar>
void CoordinateBlock<Scalar>::forward(
    std::size_t first, std::size_t count, const Scalar* codePart, bool withCurve)
{
    // Rows of the shared part are handed out for writing, but nobody writes to them.
    auto& wavelengthPart = const_cast<Rows<Scalar>&>(m_shared.wavelengthPart);
    for (std::size_t l = 0; l < m_levels.size(); ++l) {
        Level& level = m_levels[l];
        for (std::size_t i = 0; i < count; ++i)
            kernels::activateSum(m_shared.activation, m_shared.frequency,
                l == 0 ? wavelengthPart.row(first + i) : level.value.row(i),
                l == 0 ? codePart : nullptr, level.value.row(i), level.slope.row(i),
                withCurve ? level.curve.row(i) : nullptr, level.value.cols());
        if (l + 1 < m_levels.size())
            products.multiply(level.value.block(0, count), m_shared.tail[l].value, true,
                m_levels[l + 1].value.block(0, count));
    }
    // One output: a product of vectors instead of one of matrices.
    Level& last = m_levels.back();
    for (std::size_t i = 0; i < count; ++i)
        out[i] = m_shared.outputBias
            + kernels::dot(last.value.row(i), m_shared.outputWeights.data(), last.value.cols());
}

template <typename Scalar>
void CoordinateBlock<Scalar>::backward(std::size_t count, bool withGradients)
{
    Level& last = m_levels.back();
    const std::size_t width = last.value.cols();
    for (std::size_t i = 0; i < count; ++i) {
        kernels::scaledProduct(
            dOut[i], m_shared.outputWeights.data(), last.slope.row(i), last.dSum.row(i), width);
        if (!withGradients)
            continue;
        kernels::addScaled(dOut[i], last.value.row(i), outputGradient.data(), width);
        outputBiasGradient += dOut[i];
    }
    for (std::size_t l = m_levels.size() - 1; l-- > 0;) {
        Level& level = m_levels[l];
        const RowBlock<Scalar> d = m_levels[l + 1].dSum.block(0, count);
        if (withGradients)
            products.gradient(level.value.block(0, count), d, count, gradients[l], true);
        products.multiplyTransposed(d, m_shared.tail[l].value, level.dSum.block(0, count));
        for (std::size_t i = 0; i < count; ++i)
            kernels::scaledProduct(Scalar(1), level.dSum.row(i), level.slope.row(i),
                level.dSum.row(i), level.dSum.cols());
    }
}

template <typename Scalar>
void CoordinateBlock<Scalar>::forwardAlong(
    std::size_t count, Rows<Scalar>& direction, const Weights<Scalar>& codeWeights)
{
    products.multiply(
        direction.all(), codeWeights, false, m_levels.front().tangent.block(0, count));
    for (std::size_t l = 0; l < m_levels.size(); ++l) {
        Level& level = m_levels[l];
        for (std::size_t i = 0; i < count; ++i) {
            std::copy_n(level.tangent.row(i), level.tangent.cols(), level.sumTangent.row(i));
            kernels::scaledProduct(Scalar(1), level.tangent.row(i), level.slope.row(i),
                level.tangent.row(i), level.tangent.cols());
        }
        if (l + 1 < m_levels.size())
            products.multiply(level.tangent.block(0, count), m_shared.tail[l].value, false,
                m_levels[l + 1].tangent.block(0, count));
    }
}

template <typename Scalar>
void CoordinateBlock<Scalar>::backwardAlong(std::size_t first, std::size_t count,
    Rows<Scalar>& direction, const Weights<Scalar>& codeWeights, Scalar dTangentOut)
{
    forwardAlong(count, direction, codeWeights);
    Level& last = m_levels.back();
    const std::size_t width = last.value.cols();
    const Scalar* weights = m_shared.outputWeights.data();
    for (std::size_t i = 0; i < count; ++i) {
        kernels::addScaled(dOut[i], last.value.row(i), outputGradient.data(), width);
        kernels::addScaled(dTangentOut, last.tangent.row(i), outputGradient.data(), width);
        outputBiasGradient += dOut[i];
        std::fill_n(last.dSum.row(i), width, Scalar(0));
        std::fill_n(last.dTangent.row(i), width, Scalar(0));
        kernels::addScaled(dOut[i], weights, last.dSum.row(i), width);
        kernels::addScaled(dTangentOut, weights, last.dTangent.row(i), width);
    }
    for (std::size_t l = m_levels.size(); l-- > 0;) {
        Level& level = m_levels[l];
        for (std::size_t i = 0; i < count; ++i)
            kernels::backThroughTangent(level.slope.row(i), level.curve.row(i),
                level.sumTangent.row(i), level.dSum.row(i), level.dTangent.row(i),
                level.dSum.cols());
        if (l == 0)
            break;
        Level& before = m_levels[l - 1];
        const RowBlock<Scalar> d = level.dSum.block(0, count);
        const RowBlock<Scalar> dTangent = level.dTangent.block(0, count);
        products.gradient(before.value.block(0, count), d, count, gradients[l - 1], true);
        products.gradient(before.tangent.block(0, count), dTangent, 0, gradients[l - 1], true);
        const Weights<Scalar>& layer = m_shared.tail[l - 1].value;
        products.multiplyTransposed(d, layer, before.dSum.block(0, count));
        products.multiplyTransposed(dTangent, layer, before.dTangent.block(0, count));
    }
    Level& start = m_levels.front();
    for (std::size_t i = 0; i < count; ++i)
        kernels::addScaled(Scalar(1), start.dSum.row(i), dWavelength.row(first + i),
            start.dSum.cols());
    dCodeWeights.noalias()
        += direction.all().map().transpose() * start.dTangent.block(0, count).map();
}

template class CoordinateBlock<float>;
template class CoordinateBlock<double>;

} // namespace maury::gon
