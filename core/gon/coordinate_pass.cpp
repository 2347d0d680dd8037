#include "core/gon/coordinate_pass.h"

#include "core/base/contract.h"
#include "core/gon/row_kernels.h"

#include <algorithm>
#include <numeric>

namespace maury::gon {
namespace {

template <typename Scalar> RowBlock<Scalar> blockOf(nn::Matrix<Scalar>& matrix)
{
    const auto cols = static_cast<std::size_t>(matrix.cols());
    return { matrix.data(), static_cast<std::size_t>(matrix.rows()), cols, cols };
}

template <typename Scalar> void addWeights(Weights<Scalar>& to, const Weights<Scalar>& from);

template <> void addWeights(Weights<double>& to, const Weights<double>& from)
{
    to.values += from.values;
    to.biases += from.biases;
}

template <> void addWeights(Weights<float>& to, const Weights<float>& from)
{
    const auto add = [](float* target, const float* source, std::size_t count) {
        for (std::size_t i = 0; i < count; ++i)
            target[i] += source[i];
    };
    for (std::size_t p = 0; p < to.values.panels(); ++p)
        add(to.values.panel(p), from.values.panel(p), to.values.panelSize());
    add(to.biases.data(), from.biases.data(), to.biases.size());
}

} // namespace

template <typename Scalar>
CoordinatePass<Scalar>::CoordinatePass(const DecoderSpec& spec,
    const std::vector<double>& wavelengthAngstrom, std::size_t batch,
    const DecoderParameters& start, Products<Scalar>& products)
    : m_pixels(wavelengthAngstrom.size())
    , m_latent(static_cast<std::size_t>(spec.latent))
    , m_width(static_cast<std::size_t>(spec.hidden.front()))
    , m_products(products)
    , m_mean(static_cast<Scalar>(start.mean))
    , m_scale(static_cast<Scalar>(start.scale.at(0)))
    , m_features(coordinateFeatures(wavelengthAngstrom, spec.kind, spec.coordinates)
                     .template cast<Scalar>())
    , m_wavelengthLayer(start.layers.at(0), {}, 0)
    , m_codeLayer(start.layers.at(1), {}, 0)
    , m_codePart(batch, m_width)
    , m_codes(batch, m_latent)
    , m_output(batch, m_pixels)
    , m_origin(1 + m_latent, m_pixels)
    , m_originDeltas(1 + m_latent, m_pixels)
    , m_dSum(batch, m_width)
{
    m_shared.activation = spec.activation;
    m_shared.frequency = spec.coordinates.siren;
    m_shared.wavelengthPart = Rows<Scalar>(m_pixels, m_width);
    for (std::size_t i = 2; i < start.layers.size(); ++i)
        m_shared.tail.emplace_back(start.layers[i], std::span<const float>(), 0);
    for (auto* layer : layers())
        m_products.refresh(layer->value);
    for (int i = 0; i < m_products.team().size(); ++i)
        m_blocks.push_back(std::make_unique<Block>(m_shared, m_pixels, batch, m_latent));
}

template <typename Scalar>
template <typename Function>
void CoordinatePass<Scalar>::forEachBlock(std::size_t spectra, const Function& function)
{
    constexpr std::size_t kRows = Block::kRows;
    const std::size_t blocks = (m_pixels + kRows - 1) / kRows;
    m_products.team().run([&](int index) {
        Block& block = *m_blocks[static_cast<std::size_t>(index)];
        const auto mine
            = m_products.team().share(static_cast<std::int64_t>(blocks * spectra), index);
        // All spectra of some pixels before the next: what belongs to these stays in the cache.
        for (auto i = static_cast<std::size_t>(mine.begin); i < static_cast<std::size_t>(mine.end);
             ++i) {
            const std::size_t first = i / spectra * kRows;
            function(block, i % spectra, first, std::min(kRows, m_pixels - first));
        }
    });
}

template <typename Scalar> void CoordinatePass<Scalar>::beginPass()
{
    m_products.multiply(
        blockOf(m_features), m_wavelengthLayer.value, true, m_shared.wavelengthPart.all());
    const auto output = m_shared.tail.back().value.toDense();
    m_shared.outputWeights.assign(
        output.weights.data(), output.weights.data() + output.weights.size());
    m_shared.outputBias = output.biases[0];
}

template <typename Scalar>
void CoordinatePass<Scalar>::makeCodePart(const RowBlock<Scalar>& codes)
{
    m_batch = codes.rows;
    m_products.multiply(codes, m_codeLayer.value, false, m_codePart.block(0, m_batch));
}

/// ∂F/∂z of the rows of a block, after its forward(): [count, latent].
template <typename Scalar>
Rows<Scalar> CoordinatePass<Scalar>::jacobianOf(Block& block, std::size_t count)
{
    std::fill_n(block.dOut.begin(), count, m_scale);
    block.backward(count, false);
    Rows<Scalar> jacobian(count, m_latent);
    block.products.multiplyTransposed(block.dFirst(count), m_codeLayer.value, jacobian.all());
    return jacobian;
}

template <typename Scalar> RowBlock<Scalar> CoordinatePass<Scalar>::origin()
{
    beginPass();
    forEachBlock(1, [this](Block& block, std::size_t, std::size_t first, std::size_t count) {
        block.forward(first, count, nullptr, false);
        for (std::size_t i = 0; i < count; ++i)
            m_origin.row(0)[first + i] = m_mean + m_scale * block.out[i];
        Rows<Scalar> jacobian = jacobianOf(block, count);
        for (std::size_t d = 0; d < m_latent; ++d)
            for (std::size_t i = 0; i < count; ++i)
                m_origin.row(1 + d)[first + i] = jacobian.row(i)[d];
    });
    return m_origin.all();
}

template <typename Scalar>
RowBlock<Scalar> CoordinatePass<Scalar>::forward(const RowBlock<Scalar>& codes)
{
    beginPass();
    makeCodePart(codes);
    forEachBlock(m_batch,
        [this](Block& block, std::size_t spectrum, std::size_t first, std::size_t count) {
            block.forward(first, count, m_codePart.row(spectrum), false);
            for (std::size_t i = 0; i < count; ++i)
                m_output.row(spectrum)[first + i] = m_mean + m_scale * block.out[i];
        });
    return m_output.block(0, m_batch);
}

template <typename Scalar>
double CoordinatePass<Scalar>::fit(const RowBlock<Scalar>& codes, const RowBlock<Scalar>& data,
    const RowBlock<Scalar>& weight, double share, const RowBlock<Scalar>& dCodes)
{
    beginPass();
    makeCodePart(codes);
    m_codes.block(0, m_batch).map() = codes.map();
    for (auto& block : m_blocks)
        block->beginGradients();
    forEachBlock(m_batch,
        [&](Block& block, std::size_t spectrum, std::size_t first, std::size_t count) {
            block.forward(first, count, m_codePart.row(spectrum), false);
            for (std::size_t i = 0; i < count; ++i) {
                const Scalar residual = m_mean + m_scale * block.out[i]
                    - data.row(spectrum)[first + i];
                const Scalar weighted = weight.row(spectrum)[first + i] * residual;
                block.chi2[spectrum] += static_cast<double>(weighted * residual);
                block.dOut[i] = static_cast<Scalar>(share) * weighted * m_scale;
            }
            block.backward(count, true);
            const RowBlock<Scalar> d = block.dFirst(count);
            for (std::size_t i = 0; i < count; ++i)
                kernels::addToBoth(
                    d.row(i), block.dCode.row(spectrum), block.dWavelength.row(first + i), m_width);
        });
    m_dSum.all().map().setZero();
    double chi2 = 0.0;
    for (auto& block : m_blocks) {
        m_dSum.all().map() += block->dCode.all().map();
        chi2 += std::accumulate(block->chi2.begin(), block->chi2.end(), 0.0);
    }
    Rows<Scalar> back(m_batch, m_latent);
    m_products.multiplyTransposed(m_dSum.block(0, m_batch), m_codeLayer.value, back.all());
    dCodes.map() = back.all().map();
    return chi2;
}

template <typename Scalar>
void CoordinatePass<Scalar>::linearise(const RowBlock<Scalar>& codes,
    const RowBlock<Scalar>& values, const RowBlock<Scalar>& jacobians)
{
    beginPass();
    Rows<Scalar> part(codes.rows, m_width);
    m_products.multiply(codes, m_codeLayer.value, false, part.all());
    forEachBlock(codes.rows,
        [&](Block& block, std::size_t spectrum, std::size_t first, std::size_t count) {
            block.forward(first, count, part.row(spectrum), false);
            for (std::size_t i = 0; i < count; ++i)
                values.row(spectrum)[first + i] = m_mean + m_scale * block.out[i];
            Rows<Scalar> jacobian = jacobianOf(block, count);
            for (std::size_t d = 0; d < m_latent; ++d)
                for (std::size_t i = 0; i < count; ++i)
                    jacobians.row(spectrum * m_latent + d)[first + i] = jacobian.row(i)[d];
        });
}

template <typename Scalar> RowBlock<Scalar> CoordinatePass<Scalar>::originDeltas()
{
    return m_originDeltas.all();
}

/// Σ_p ḡ₀ g₀ + J̄_p·J_p: the second part is the derivative of F_p along J̄_p.
template <typename Scalar>
void CoordinatePass<Scalar>::backwardOrigin(Block& block, std::size_t first, std::size_t count)
{
    block.forward(first, count, nullptr, true);
    Rows<Scalar> direction(count, m_latent);
    for (std::size_t i = 0; i < count; ++i) {
        block.dOut[i] = m_scale * m_originDeltas.row(0)[first + i];
        for (std::size_t d = 0; d < m_latent; ++d)
            direction.row(i)[d] = m_originDeltas.row(1 + d)[first + i];
    }
    block.backwardAlong(first, count, direction, m_codeLayer.value, m_scale);
}

template <typename Scalar> void CoordinatePass<Scalar>::gradients(bool throughOrigin)
{
    if (throughOrigin)
        forEachBlock(1, [this](Block& block, std::size_t, std::size_t first, std::size_t count) {
            backwardOrigin(block, first, count);
        });
    collect();
}

/// Adds up what the blocks have: in a fixed order.
template <typename Scalar> void CoordinatePass<Scalar>::collect()
{
    std::vector<TrainedLayer<Scalar>>& tail = m_shared.tail;
    for (std::size_t l = 0; l + 1 < tail.size(); ++l) {
        tail[l].gradient = Weights<Scalar>(tail[l].fanIn(), tail[l].fanOut(), false);
        for (auto& block : m_blocks)
            addWeights(tail[l].gradient, block->gradients[l]);
    }
    auto output = tail.back().gradient.toDense();
    output.weights.setZero();
    output.biases.setZero();
    for (auto& block : m_blocks) {
        output.weights += Eigen::Map<const nn::Matrix<Scalar>>(
            block->outputGradient.data(), output.weights.rows(), 1);
        output.biases[0] += block->outputBiasGradient;
    }
    tail.back().gradient.assign(output);
    Rows<Scalar>& dWavelength = m_blocks.front()->dWavelength;
    nn::Matrix<Scalar> dCodeWeights = m_blocks.front()->dCodeWeights;
    for (std::size_t i = 1; i < m_blocks.size(); ++i) {
        dWavelength.all().map() += m_blocks[i]->dWavelength.all().map();
        dCodeWeights += m_blocks[i]->dCodeWeights;
    }
    m_products.gradient(
        blockOf(m_features), dWavelength.all(), m_pixels, m_wavelengthLayer.gradient);
    m_products.gradient(
        m_codes.block(0, m_batch), m_dSum.block(0, m_batch), 0, m_codeLayer.gradient);
    auto dense = m_codeLayer.gradient.toDense();
    dense.weights += dCodeWeights;
    m_codeLayer.gradient.assign(dense);
}

template <typename Scalar> std::vector<TrainedLayer<Scalar>*> CoordinatePass<Scalar>::layers()
{
    std::vector<TrainedLayer<Scalar>*> result { &m_wavelengthLayer, &m_codeLayer };
    for (auto& layer : m_shared.tail)
        result.push_back(&layer);
    return result;
}

template class CoordinatePass<float>;
template class CoordinatePass<double>;

} // namespace maury::gon
