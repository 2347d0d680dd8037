#include "gpu/gon_pass.h"

namespace maury::gpu {
namespace {

std::size_t asSize(int number)
{
    return static_cast<std::size_t>(number);
}

} // namespace

GonPass::Rows GonPass::part(
    const Memory& memory, int width, int first, int count, int column, int columns)
{
    return { memory.as<float>() + std::ptrdiff_t { first } * width + column, count, columns, width };
}

GonPass::Rows GonPass::input(std::size_t level, int first, int count) const
{
    const int width = layers()[level].fanIn;
    return part(m_levels[level].input, width, first, count, 0, width);
}

GonPass::Rows GonPass::delta(std::size_t level, int first, int count) const
{
    const int width = layers()[level].fanOut;
    return part(m_levels[level].delta, width, first, count, 0, width);
}

GonPass::Rows GonPass::dInput(std::size_t level, int first, int count) const
{
    const int width = layers()[level].fanIn;
    return part(m_levels[level].dInput, width, first, count, 0, width);
}

GonPass::Rows GonPass::weights(std::size_t level) const
{
    const GonLayer& layer = layers()[level];
    return { m_network->values() + layer.weights, layer.fanIn, layer.fanOut, layer.fanOut };
}

const float* GonPass::originFlux() const
{
    return m_origin.as<float>() + std::ptrdiff_t { latent() } * pixels();
}

float* GonPass::codes() const
{
    return input(0, latent() + 1, 1).data;
}

float* GonPass::flux() const
{
    return delta(m_levels.size() - 1, latent() + 1, 1).data;
}

/// ∂L/∂z solved or scaled: behind the codes, so that both are one factor of a product.
float* GonPass::cotangents(int rows) const
{
    return input(0, latent() + 1 + rows, 1).data;
}

/// The codes once more where the last layer's skip reads them; null without one.
float* GonPass::skippedCodes() const
{
    const GonLayer& last = layers().back();
    return last.skips ? input(m_levels.size() - 1, latent() + 1, 1).data + last.hidden : nullptr;
}

const float* GonPass::steps() const
{
    const GonLayout& layout = m_network->layout();
    return layout.learnsSteps() ? m_network->values() + layout.steps() : m_steps.as<float>();
}

float GonPass::share(int rows) const
{
    return static_cast<float>(1.0 / (static_cast<double>(m_network->layout().pixelUnits()) * rows));
}

void GonPass::multiply(
    Sequence& sequence, const Rows& a, const Rows& b, const Rows& c, Transposed transposed)
{
    Product product;
    product.transposedA = transposed == Transposed::First;
    product.transposedB = transposed == Transposed::Second;
    product.rows = product.transposedA ? a.columns : a.count;
    product.columns = product.transposedB ? b.count : b.columns;
    product.depth = product.transposedA ? a.count : a.columns;
    product.a = a.data;
    product.strideA = a.stride;
    product.b = b.data;
    product.strideB = b.stride;
    product.c = c.data;
    product.strideC = c.stride;
    sequence.multiply(product);
}

void GonPass::activateOrigin(Sequence& sequence, std::size_t at) const
{
    const GonLayer& layer = layers()[at];
    const Level& level = m_levels[at];
    sequence.launch(GonActivateOrigin { level.z.as<float>(),
        m_network->values() + layers()[at - 1].biases, level.input.as<float>(),
        level.slope.as<float>(), level.curve.as<float>(), latent(), layer.hidden, layer.units,
        layer.fanIn, m_activation });
}

void GonPass::origin(Sequence& sequence) const
{
    const int rows = latent() + 1;
    const std::size_t last = m_levels.size() - 1;
    for (std::size_t i = 1; i <= last; ++i) {
        const int hidden = layers()[i].hidden;
        multiply(sequence, input(i - 1, 0, rows), weights(i - 1),
            part(m_levels[i].z, hidden, 0, rows, 0, hidden));
        activateOrigin(sequence, i);
    }
    multiply(sequence, input(last, 0, rows), weights(last), part(m_origin, pixels(), 0, rows, 0, pixels()));
    sequence.launch(AddBias { m_origin.as<float>() + std::ptrdiff_t { latent() } * pixels(),
        m_network->values() + layers()[last].biases, 1, pixels() });
    if (solves())
        sequence.launch(PairProducts {
            jacobian().data, m_pairs.as<float>(), latent(), pixels() });
}

void GonPass::encode(Sequence& sequence, int rows) const
{
    const Rows residuals = part(m_weighted, pixels(), rows, rows, 0, pixels());
    sequence.launch(WeighResiduals { data(), inferenceWeight(), originFlux(), residuals.data,
        m_norm.as<float>(), rows, pixels() });
    multiplyTransposed(sequence, residuals, jacobian(),
        part(m_projected, latent(), 0, rows, 0, latent()));
    const int skipStride = layers().back().fanIn;
    if (!solves()) {
        sequence.launch(ApplySteps { m_norm.as<float>(), steps(), m_projected.as<float>(), codes(),
            skippedCodes(), rows, latent(), skipStride });
        return;
    }
    const int pairs = triangleSize(latent());
    multiplyTransposed(sequence, part(m_inferenceWeight, pixels(), 0, rows, 0, pixels()),
        part(m_pairs, pixels(), 0, pairs, 0, pixels()), part(m_normal, pairs, 0, rows, 0, pairs));
    sequence.launch(SolveCodes { m_normal.as<float>(), m_factor.as<double>(),
        m_projected.as<float>(), codes(), skippedCodes(), rows, latent(), skipStride });
}

void GonPass::placeCodes(Sequence& sequence, int rows) const
{
    if (skippedCodes() == nullptr)
        return;
    const std::size_t rowBytes = asSize(latent()) * sizeof(float);
    sequence.work().then([&](Device& device) {
        return device.copyRows(skippedCodes(), asSize(layers().back().fanIn) * sizeof(float), codes(),
            rowBytes, rowBytes, asSize(rows), Stream::Main);
    });
}

void GonPass::forward(Sequence& sequence, int first, int rows) const
{
    const std::size_t last = m_levels.size() - 1;
    for (std::size_t i = 1; i <= last; ++i) {
        const GonLayer& layer = layers()[i];
        const Rows z = part(m_levels[i].z, layer.hidden, first, rows, 0, layer.hidden);
        multiply(sequence, input(i - 1, first, rows), weights(i - 1), z);
        sequence.launch(GonActivate { z.data, m_network->values() + layers()[i - 1].biases,
            input(i, first, rows).data, m_levels[i].slope.as<float>() + layer.hidden, rows,
            layer.hidden, layer.units, layer.fanIn, m_activation });
    }
    multiply(sequence, input(last, first, rows), weights(last), delta(last, first, rows));
}

void GonPass::decode(Sequence& sequence, int rows) const
{
    forward(sequence, latent() + 1, rows);
    sequence.launch(
        AddBias { flux(), m_network->values() + layers().back().biases, rows, pixels() });
}

void GonPass::fit(Sequence& sequence, int rows) const
{
    forward(sequence, latent() + 1, rows);
    sequence.launch(FitResiduals { flux(), m_network->values() + layers().back().biases, data(),
        lossWeight(), codes(), m_sums.as<GonSums>(), share(rows), rows, pixels(), latent() });
}

/// ∂L/∂z and the deltas of all layers from those of the last.
void GonPass::backward(Sequence& sequence, int rows) const
{
    const int first = latent() + 1;
    const GonLayer& last = layers().back();
    for (std::size_t i = m_levels.size() - 1; i > 0; --i) {
        const GonLayer& layer = layers()[i];
        multiplyTransposed(sequence, delta(i, first, rows), weights(i), dInput(i, first, rows));
        sequence.launch(GonMultiplySlopes { dInput(i, first, rows).data,
            m_levels[i].slope.as<float>() + layer.hidden, delta(i - 1, first, rows).data, rows,
            layer.hidden, layer.fanIn });
    }
    multiplyTransposed(sequence, delta(0, first, rows), weights(0),
        part(m_fromFirst, latent(), 0, rows, 0, latent()));
    const float* skipped = last.skips
        ? dInput(m_levels.size() - 1, first, rows).data + last.hidden
        : nullptr;
    sequence.launch(GatherCotangents { m_fromFirst.as<float>(), skipped, codes(),
        m_dCodes.as<float>(), solves() ? share(rows) : 0.0F, rows, latent(), last.fanIn });
}

/// The cotangents of J and g₀ into the last layer's deltas of the origin's rows.
void GonPass::backwardInference(Sequence& sequence, int rows) const
{
    float* u = cotangents(rows);
    float* model = m_model.as<float>();
    const std::size_t last = m_levels.size() - 1;
    const Rows ofCotangents = part(m_model, pixels(), solves() ? rows : 0, rows, 0, pixels());
    if (solves()) {
        sequence.launch(SolveCodes { nullptr, m_factor.as<double>(), m_dCodes.as<float>(), u,
            nullptr, rows, latent(), 0 });
        multiply(sequence, part(m_levels[0].input, latent(), latent() + 1, 2 * rows, 0, latent()),
            jacobian(), part(m_model, pixels(), 0, 2 * rows, 0, pixels()));
    } else {
        sequence.launch(ApplySteps { m_norm.as<float>(), steps(), m_dCodes.as<float>(), u, nullptr,
            rows, latent(), 0 });
        multiply(sequence, { u, rows, latent(), latent() }, jacobian(), ofCotangents);
        if (m_network->layout().learnsSteps())
            sequence.launch(StepGradients { m_dCodes.as<float>(), m_norm.as<float>(),
                m_projected.as<float>(), m_network->gradients() + m_network->layout().steps(), rows,
                latent() });
    }
    sequence.launch(SpreadCotangents { inferenceWeight(), solves() ? model : nullptr,
        ofCotangents.data, m_weighted.as<float>(), rows, pixels() });
    // z belongs to the rows −W J u, u to those of the residuals.
    const Rows factors = solves()
        ? part(m_levels[0].input, latent(), latent() + 1, 2 * rows, 0, latent())
        : Rows { u, rows, latent(), latent() };
    const Rows residuals = solves() ? part(m_weighted, pixels(), 0, 2 * rows, 0, pixels())
                                    : part(m_weighted, pixels(), rows, rows, 0, pixels());
    multiplyGradient(sequence, factors, residuals, delta(last, 0, latent()));
    ReduceBiases sum {};
    sum.layers[0] = { m_weighted.as<float>(), delta(last, latent(), 1).data, pixels() };
    sum.count = 1;
    sum.rows = rows;
    sequence.launch(sum);
}

void GonPass::backwardOrigin(Sequence& sequence) const
{
    const int rows = latent() + 1;
    for (std::size_t i = m_levels.size() - 1; i > 0; --i) {
        const GonLayer& layer = layers()[i];
        const Level& level = m_levels[i];
        multiplyTransposed(sequence, delta(i, 0, rows), weights(i), dInput(i, 0, rows));
        sequence.launch(GonBackOrigin { level.dInput.as<float>(), level.z.as<float>(),
            level.slope.as<float>(), level.curve.as<float>(), delta(i - 1, 0, rows).data, latent(),
            layer.hidden, layer.fanIn });
    }
}

void GonPass::biasGradients(Sequence& sequence, int first, int rows) const
{
    ReduceBiases reduce {};
    reduce.rows = rows;
    for (std::size_t i = 0; i < m_levels.size(); ++i) {
        const GonLayer& layer = layers()[i];
        reduce.layers[reduce.count++] = { delta(i, first, rows).data,
            m_network->gradients() + layer.biases, layer.fanOut };
        if (reduce.count == ReduceBiases::kMostLayers || i + 1 == m_levels.size()) {
            sequence.launch(reduce);
            reduce.count = 0;
        }
    }
}

void GonPass::gradients(Sequence& sequence, int rows) const
{
    const int first = exact() ? 0 : latent() + 1;
    const int count = exact() ? latent() + 1 + rows : rows;
    for (std::size_t i = 0; i < m_levels.size(); ++i) {
        const GonLayer& layer = layers()[i];
        multiplyGradient(sequence, input(i, first, count), delta(i, first, count),
            { m_network->gradients() + layer.weights, layer.fanIn, layer.fanOut, layer.fanOut });
    }
    // Tangents do not see the biases.
    biasGradients(sequence, exact() ? latent() : latent() + 1, exact() ? rows + 1 : rows);
}

void GonPass::update(Sequence& sequence) const
{
    const auto size = static_cast<std::int64_t>(m_network->layout().size());
    const SquareGradients squares { m_network->gradients(), m_network->scales(),
        m_parts.as<double>(), size };
    sequence.launch(squares);
    sequence.launch(PrepareUpdate { m_parts.as<double>(), control(), m_numbers.as<GonNumbers>(),
        static_cast<int>(squares.grid().blocks) });
    sequence.launch(ScaledAdam { m_network->values(), m_network->gradients(), m_network->first(),
        m_network->second(), m_network->scales(), numbers(), size });
}

void GonPass::trainStep(Sequence& sequence, int rows) const
{
    origin(sequence);
    encode(sequence, rows);
    fit(sequence, rows);
    backward(sequence, rows);
    if (exact()) {
        backwardInference(sequence, rows);
        backwardOrigin(sequence);
    }
    gradients(sequence, rows);
    update(sequence);
}

} // namespace maury::gpu
