#include "core/gon/dense_pass.h"

#include "core/base/contract.h"

#include <numeric>

namespace maury::gon {
namespace {

template <typename Scalar>
void copyRows(const RowBlock<Scalar>& from, const typename RowBlock<Scalar>::Map& to)
{
    typename RowBlock<Scalar>::Map target = to;
    target = from.map();
}

} // namespace

template <typename Scalar>
DensePass<Scalar>::DensePass(const Shape& shape,
    const std::vector<nn::DenseParameters<float>>& start, std::span<const float> scale,
    Products<Scalar>& products)
    : m_shape(shape)
    , m_products(products)
{
    EXPECTS(!start.empty());
    const std::size_t rows = shape.batch + (shape.withOrigin ? 1 + shape.latent : 0);
    for (std::size_t i = 0; i < start.size(); ++i) {
        Level level;
        const bool last = i + 1 == start.size();
        const auto fanIn = static_cast<std::size_t>(start[i].weights.rows());
        const auto fanOut = static_cast<std::size_t>(start[i].weights.cols());
        const std::size_t hidden = fanIn - (last && shape.skip ? shape.latent : 0);
        level.layer = TrainedLayer<Scalar>(
            start[i], last ? scale : std::span<const float>(), i == 0 ? 0 : hidden);
        m_products.refresh(level.layer.value);
        level.input = Rows<Scalar>(rows, fanIn);
        level.delta = Rows<Scalar>(rows, fanOut);
        if (i > 0) {
            level.slope = Rows<Scalar>(shape.batch + 1, hidden);
            level.dInput = Rows<Scalar>(rows, fanIn);
            if (shape.withOrigin) {
                level.curve = Rows<Scalar>(1, hidden);
                level.tangent = Rows<Scalar>(shape.latent, hidden);
            }
        }
        m_levels.push_back(std::move(level));
    }
    m_output = Rows<Scalar>(rows, shape.pixels);
}

template <typename Scalar> std::size_t DensePass<Scalar>::widthOf(std::size_t level) const
{
    const bool skips = m_shape.skip && level + 1 == m_levels.size() && level > 0;
    return m_levels[level].layer.fanIn() - (skips ? m_shape.latent : 0);
}

/// The activation of rows of `input` in place, each row into its row of `slope`.
template <typename Scalar>
void DensePass<Scalar>::activate(
    std::size_t index, std::size_t firstRow, std::size_t count, bool withCurve)
{
    Level& level = m_levels[index];
    const std::size_t width = widthOf(index);
    m_products.team().run([&](int member) {
        const auto mine
            = m_products.team().share(static_cast<std::int64_t>(count), member);
        for (auto i = static_cast<std::size_t>(mine.begin); i < static_cast<std::size_t>(mine.end);
             ++i)
            kernels::activate(m_shape.activation, m_shape.frequency,
                level.input.row(firstRow + i), level.slope.row(firstRow + i),
                withCurve ? level.curve.row(0) : nullptr, width);
    });
}

template <typename Scalar>
RowBlock<Scalar> DensePass<Scalar>::forward(const RowBlock<Scalar>& codes)
{
    EXPECTS(codes.rows <= m_shape.batch && codes.cols == m_shape.latent);
    m_batch = codes.rows;
    copyRows(codes, m_levels.front().input.block(0, m_batch).map());
    for (std::size_t i = 1; i < m_levels.size(); ++i) {
        const std::size_t width = widthOf(i);
        RowBlock<Scalar> out = m_levels[i].input.block(0, m_batch);
        out.cols = width;
        m_products.multiply(m_levels[i - 1].input.block(0, m_batch),
            m_levels[i - 1].layer.value, true, out);
        activate(i, 0, m_batch, false);
        if (width < m_levels[i].layer.fanIn())
            copyRows(codes, m_levels[i].input.block(0, m_batch).columns(width, m_shape.latent));
    }
    Level& last = m_levels.back();
    m_products.multiply(
        last.input.block(0, m_batch), last.layer.value, true, m_output.block(0, m_batch));
    return m_output.block(0, m_batch);
}

template <typename Scalar> RowBlock<Scalar> DensePass<Scalar>::origin()
{
    EXPECTS(m_shape.withOrigin);
    using Index = Eigen::Index;
    const std::size_t base = m_shape.batch;
    const auto latent = static_cast<Index>(m_shape.latent);
    const std::size_t count = 1 + m_shape.latent;
    const auto setInput = [&](const typename RowBlock<Scalar>::Map& to) {
        typename RowBlock<Scalar>::Map target = to;
        target.row(0).setZero();
        target.bottomRows(latent).setIdentity();
    };
    const auto addBiases = [&](std::size_t level, Scalar* row) {
        const auto& value = m_levels[level].layer.value;
        for (std::size_t i = 0; i < value.fanOut(); ++i)
            row[i] += value.biases.data()[i];
    };
    setInput(m_levels.front().input.block(base, count).map());
    for (std::size_t i = 1; i < m_levels.size(); ++i) {
        const std::size_t width = widthOf(i);
        Level& level = m_levels[i];
        RowBlock<Scalar> out = level.input.block(base, count);
        out.cols = width;
        m_products.multiply(
            m_levels[i - 1].input.block(base, count), m_levels[i - 1].layer.value, false, out);
        addBiases(i - 1, level.input.row(base));
        RowBlock<Scalar> tangents = level.input.block(base + 1, m_shape.latent);
        tangents.cols = width;
        level.tangent.all().map() = tangents.map(); // Ra
        activate(i, base, 1, true);
        const auto slope = level.slope.block(base, 1).map();
        tangents.map().array().rowwise() *= slope.row(0).array(); // Rh = f′ ⊙ Ra
        if (width < level.layer.fanIn())
            setInput(level.input.block(base, count).columns(width, m_shape.latent));
    }
    Level& last = m_levels.back();
    m_products.multiply(
        last.input.block(base, count), last.layer.value, false, m_output.block(base, count));
    addBiases(m_levels.size() - 1, m_output.row(base));
    return m_output.block(base, count);
}

template <typename Scalar>
double DensePass<Scalar>::fit(const RowBlock<Scalar>& codes, const RowBlock<Scalar>& data,
    const RowBlock<Scalar>& weight, double share, const RowBlock<Scalar>& dCodes)
{
    const RowBlock<Scalar> model = forward(codes);
    const RowBlock<Scalar> target = deltas();
    std::vector<double> sums(model.rows);
    m_products.team().run([&](int member) {
        const auto mine = m_products.team().share(static_cast<std::int64_t>(model.rows), member);
        for (auto i = static_cast<std::size_t>(mine.begin); i < static_cast<std::size_t>(mine.end);
             ++i)
            sums[i] = kernels::weightedResidual(model.row(i), data.row(i), weight.row(i),
                static_cast<Scalar>(share), target.row(i), m_shape.pixels);
    });
    backward(dCodes);
    return std::accumulate(sums.begin(), sums.end(), 0.0);
}

template <typename Scalar> RowBlock<Scalar> DensePass<Scalar>::deltas()
{
    return m_levels.back().delta.block(0, m_batch);
}

template <typename Scalar> RowBlock<Scalar> DensePass<Scalar>::originDeltas()
{
    return m_levels.back().delta.block(m_shape.batch, 1 + m_shape.latent);
}

template <typename Scalar> void DensePass<Scalar>::backward(const RowBlock<Scalar>& dCodes)
{
    if (m_shape.inputGradient)
        dCodes.map().setZero();
    for (std::size_t i = m_levels.size(); i-- > 1;) {
        Level& level = m_levels[i];
        const std::size_t width = widthOf(i);
        m_products.multiplyTransposed(
            level.delta.block(0, m_batch), level.layer.value, level.dInput.block(0, m_batch));
        if (width < level.layer.fanIn() && m_shape.inputGradient)
            dCodes.map() += level.dInput.block(0, m_batch).columns(width, m_shape.latent);
        const auto w = static_cast<Eigen::Index>(width);
        m_levels[i - 1].delta.block(0, m_batch).map()
            = level.dInput.block(0, m_batch).map().leftCols(w).cwiseProduct(
                level.slope.block(0, m_batch).map().leftCols(w));
    }
    if (!m_shape.inputGradient)
        return;
    // The first layer's share, into memory of its own.
    Rows<Scalar> first(m_batch, m_shape.latent);
    m_products.multiplyTransposed(m_levels.front().delta.block(0, m_batch),
        m_levels.front().layer.value, first.all());
    dCodes.map() += first.all().map();
}

/// ∂/∂(a, Ra) of every layer at the origin from originDeltas().
template <typename Scalar> void DensePass<Scalar>::backwardOrigin()
{
    const std::size_t base = m_shape.batch;
    const std::size_t count = 1 + m_shape.latent;
    for (std::size_t i = m_levels.size(); i-- > 1;) {
        Level& level = m_levels[i];
        const auto w = static_cast<Eigen::Index>(widthOf(i));
        m_products.multiplyTransposed(
            level.delta.block(base, count), level.layer.value, level.dInput.block(base, count));
        const auto dBase = level.dInput.block(base, 1).map().leftCols(w);
        const auto dTangents
            = level.dInput.block(base + 1, m_shape.latent).map().leftCols(w);
        const auto slope = level.slope.block(base, 1).map().leftCols(w);
        const auto curve = level.curve.all().map().leftCols(w);
        const auto tangents = level.tangent.all().map().leftCols(w);
        // Rh = f′(a) ⊙ Ra, h = f(a)
        m_levels[i - 1].delta.block(base, 1).map()
            = slope.cwiseProduct(dBase)
            + curve.cwiseProduct(tangents.cwiseProduct(dTangents).colwise().sum());
        m_levels[i - 1].delta.block(base + 1, m_shape.latent).map()
            = (dTangents.array().rowwise() * slope.row(0).array()).matrix();
    }
}

template <typename Scalar> void DensePass<Scalar>::gradients(bool throughOrigin)
{
    if (throughOrigin)
        backwardOrigin();
    const std::size_t base = m_shape.batch;
    for (Level& level : m_levels) {
        if (!throughOrigin) {
            m_products.gradient(level.input.block(0, m_batch), level.delta.block(0, m_batch),
                m_batch, level.layer.gradient);
            continue;
        }
        // A batch that is not full leaves rows before the origin's: they count for nothing.
        if (m_batch < base) {
            level.input.block(m_batch, base - m_batch).map().setZero();
            level.delta.block(m_batch, base - m_batch).map().setZero();
        }
        m_products.gradient(
            level.input.all(), level.delta.all(), base + 1, level.layer.gradient);
    }
}

template <typename Scalar>
void DensePass<Scalar>::linearise(const RowBlock<Scalar>& codes, const RowBlock<Scalar>& values,
    const RowBlock<Scalar>& jacobians)
{
    const std::size_t n = codes.rows;
    const std::size_t latent = m_shape.latent;
    // Rows: the codes, then the tangents of the first, of the second …
    Rows<Scalar> input(n * (1 + latent), latent);
    input.block(0, n).map() = codes.map();
    for (std::size_t i = 0; i < n; ++i)
        input.block(n + i * latent, latent).map().setIdentity();
    for (std::size_t l = 1; l < m_levels.size(); ++l) {
        const std::size_t width = widthOf(l);
        Rows<Scalar> next(n * (1 + latent), m_levels[l].layer.fanIn());
        Rows<Scalar> slope(n, width);
        const auto part = [&](std::size_t first, std::size_t count) {
            RowBlock<Scalar> block = next.block(first, count);
            block.cols = width;
            return block;
        };
        const auto& weights = m_levels[l - 1].layer.value;
        m_products.multiply(input.block(0, n), weights, true, part(0, n));
        m_products.multiply(input.block(n, n * latent), weights, false, part(n, n * latent));
        m_products.team().run([&](int member) {
            const auto mine = m_products.team().share(static_cast<std::int64_t>(n), member);
            for (auto i = static_cast<std::size_t>(mine.begin);
                 i < static_cast<std::size_t>(mine.end); ++i) {
                kernels::activate(m_shape.activation, m_shape.frequency, next.row(i),
                    slope.row(i), nullptr, width);
                part(n + i * latent, latent).map().array().rowwise()
                    *= slope.block(i, 1).map().row(0).array();
            }
        });
        if (width < m_levels[l].layer.fanIn()) {
            copyRows(codes, next.block(0, n).columns(width, latent));
            for (std::size_t i = 0; i < n; ++i)
                next.block(n + i * latent, latent).columns(width, latent).setIdentity();
        }
        input = std::move(next);
    }
    const auto& last = m_levels.back().layer.value;
    m_products.multiply(input.block(0, n), last, true, values);
    m_products.multiply(input.block(n, n * latent), last, false, jacobians);
}

template <typename Scalar> std::vector<TrainedLayer<Scalar>*> DensePass<Scalar>::layers()
{
    std::vector<TrainedLayer<Scalar>*> result;
    for (Level& level : m_levels)
        result.push_back(&level.layer);
    return result;
}

template class DensePass<float>;
template class DensePass<double>;

} // namespace maury::gon
