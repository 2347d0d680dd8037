#include "core/gon/products.h"

#include "core/base/contract.h"

#include <algorithm>
#include <array>
#include <cstring>

namespace maury::gon {
namespace {

namespace kernels = nn::kernels;

void reserve(nn::AlignedBuffer& buffer, std::size_t size)
{
    if (buffer.size() < size)
        buffer = nn::AlignedBuffer(size);
}

std::int64_t ssize(std::size_t size)
{
    return static_cast<std::int64_t>(size);
}

} // namespace

Weights<double>::Weights(std::size_t fanIn, std::size_t fanOut, bool)
    : values(nn::Matrix<double>::Zero(
        static_cast<Eigen::Index>(fanIn), static_cast<Eigen::Index>(fanOut)))
    , biases(nn::RowVector<double>::Zero(static_cast<Eigen::Index>(fanOut)))
{
}

void Weights<double>::assign(const nn::DenseParameters<double>& source)
{
    values = source.weights;
    biases = source.biases;
}

Weights<float>::Weights(std::size_t fanIn, std::size_t fanOut, bool withTransposed)
    : values(fanIn, fanOut)
    , transposed(withTransposed ? nn::PanelMatrix(fanOut, fanIn) : nn::PanelMatrix())
    , biases(values.paddedCols())
{
}

void Weights<float>::assign(const nn::DenseParameters<float>& source)
{
    values.assign(source.weights);
    biases.fill(0.0F);
    std::copy_n(source.biases.data(), source.biases.size(), biases.data());
}

nn::DenseParameters<float> Weights<float>::toDense() const
{
    return { values.toMatrix(),
        Eigen::Map<const nn::RowVector<float>>(
            biases.data(), static_cast<Eigen::Index>(values.cols())) };
}

template <typename Scalar>
Products<Scalar>::Products(int threads)
    : m_team(threads)
{
}

// Double precision: the plain formulas.

template <>
void Products<double>::multiply(const RowBlock<double>& in, const Weights<double>& weights,
    bool withBiases, const RowBlock<double>& out)
{
    out.map().noalias() = in.map() * weights.values;
    if (withBiases)
        out.map().rowwise() += weights.biases;
}

template <>
void Products<double>::multiplyTransposed(
    const RowBlock<double>& in, const Weights<double>& weights, const RowBlock<double>& out)
{
    out.map().noalias() = in.map() * weights.values.transpose();
}

template <>
void Products<double>::gradient(const RowBlock<double>& in, const RowBlock<double>& d,
    std::size_t biasRows, Weights<double>& gradient, bool add)
{
    if (!add) {
        gradient.values.setZero();
        gradient.biases.setZero();
    }
    gradient.values.noalias() += in.map().transpose() * d.map();
    gradient.biases += d.map().topRows(static_cast<Eigen::Index>(biasRows)).colwise().sum();
}

template <> void Products<double>::refresh(Weights<double>&) { }

template <> void Products<double>::assign(const RowBlock<double>& rows, Weights<double>& weights)
{
    weights.values = rows.map();
}

template <>
void Products<double>::toRows(const Weights<double>& weights, const RowBlock<double>& rows)
{
    rows.map() = weights.values;
}

// Single precision: the panel kernels.

template <>
void Products<float>::multiplyPanels(const RowBlock<float>& in, const nn::PanelMatrix& panels,
    const float* biases, const RowBlock<float>& out)
{
    EXPECTS(in.rows == out.rows && in.cols == panels.rows() && out.cols == panels.cols());
    if (in.rows == 0)
        return;
    const std::size_t depth = in.cols;
    const std::size_t width = kernels::panelWidth();
    const auto members = static_cast<std::size_t>(m_team.size());
    const kernels::Tiling tiling(in.rows, members);
    reserve(m_packed, in.rows * depth);
    const bool shareTiles = panels.panels() < 2 * members;
    m_team.run([&](int member) {
        const auto mine = m_team.share(ssize(tiling.tiles), member);
        std::array<const float*, kernels::kMaximumTile> rows {};
        for (std::int64_t t = mine.begin; t < mine.end; ++t) {
            const auto tile = static_cast<std::size_t>(t);
            for (std::size_t i = 0; i < tiling.height(tile); ++i)
                rows[i] = in.row(tiling.begin(tile) + i);
            kernels::packTile(rows.data(), tiling.height(tile), depth,
                m_packed.data() + tiling.begin(tile) * depth, nullptr);
        }
        m_team.barrier();
        const auto of = shareTiles ? mine : m_team.share(ssize(panels.panels()), member);
        const std::size_t firstPanel = shareTiles ? 0 : static_cast<std::size_t>(of.begin);
        const std::size_t lastPanel
            = shareTiles ? panels.panels() : static_cast<std::size_t>(of.end);
        const std::size_t firstTile = shareTiles ? static_cast<std::size_t>(mine.begin) : 0;
        const std::size_t lastTile
            = shareTiles ? static_cast<std::size_t>(mine.end) : tiling.tiles;
        for (std::size_t p = firstPanel; p < lastPanel; ++p)
            kernels::multiplyPanel(m_packed.data(), tiling, firstTile, lastTile, depth,
                panels.panel(p), biases == nullptr ? nullptr : biases + p * width,
                out.data + p * width, out.stride,
                p + 1 < lastPanel ? panels.panel(p + 1) : nullptr);
    });
}

template <>
void Products<float>::multiply(const RowBlock<float>& in, const Weights<float>& weights,
    bool withBiases, const RowBlock<float>& out)
{
    multiplyPanels(in, weights.values, withBiases ? weights.biases.data() : nullptr, out);
}

template <>
void Products<float>::multiplyTransposed(
    const RowBlock<float>& in, const Weights<float>& weights, const RowBlock<float>& out)
{
    multiplyPanels(in, weights.transposed, nullptr, out);
}

template <>
void Products<float>::gradient(const RowBlock<float>& in, const RowBlock<float>& d,
    std::size_t biasRows, Weights<float>& gradient, bool add)
{
    EXPECTS(in.rows == d.rows && in.cols == gradient.fanIn() && d.cols == gradient.fanOut());
    const std::size_t width = kernels::panelWidth();
    const std::size_t batch = in.rows;
    nn::PanelMatrix& values = gradient.values;
    const kernels::Tiling columns(in.cols);
    reserve(m_packed, batch * in.cols);
    reserve(m_panels, batch * values.paddedCols());
    std::vector<const float*> rows(batch);
    for (std::size_t i = 0; i < batch; ++i)
        rows[i] = in.row(i);
    m_team.run([&](int member) {
        const auto mine = m_team.share(ssize(batch), member);
        if (mine.size() > 0)
            kernels::packColumns(rows.data() + mine.begin, static_cast<std::size_t>(mine.begin),
                static_cast<std::size_t>(mine.size()), batch, columns, m_packed.data());
        m_team.barrier();
        const auto panels = m_team.share(ssize(values.panels()), member);
        for (auto p = static_cast<std::size_t>(panels.begin);
             p < static_cast<std::size_t>(panels.end); ++p) {
            float* panel = m_panels.data() + p * batch * width;
            for (std::size_t i = 0; i < batch; ++i)
                std::memcpy(panel + i * width, d.row(i) + p * width, width * sizeof(float));
            float* biases = gradient.biases.data() + p * width;
            if (add) {
                kernels::updatePanel(
                    m_packed.data(), batch, columns, panel, 1.0F, values.panel(p));
            } else {
                kernels::gradientPanel(m_packed.data(), batch, columns, panel, values.panel(p));
                std::fill_n(biases, width, 0.0F);
            }
            kernels::updateBias(panel, biasRows, 1.0F, biases);
        }
    });
}

template <> void Products<float>::refresh(Weights<float>& weights)
{
    m_team.run([&](int member) {
        const auto mine = m_team.share(ssize(weights.transposed.panels()), member);
        for (std::int64_t p = mine.begin; p < mine.end; ++p)
            weights.transposed.assignTransposed(weights.values, static_cast<std::size_t>(p));
    });
}

template <> void Products<float>::assign(const RowBlock<float>& rows, Weights<float>& weights)
{
    const std::size_t width = kernels::panelWidth();
    m_team.run([&](int member) {
        const auto mine = m_team.share(ssize(weights.values.panels()), member);
        for (auto p = static_cast<std::size_t>(mine.begin); p < static_cast<std::size_t>(mine.end);
             ++p) {
            const std::size_t first = p * width;
            const std::size_t count = std::min(width, rows.cols - first);
            for (std::size_t i = 0; i < rows.rows; ++i)
                std::copy_n(
                    rows.row(i) + first, count, weights.values.panel(p) + i * width);
        }
    });
    refresh(weights);
}

template <>
void Products<float>::toRows(const Weights<float>& weights, const RowBlock<float>& rows)
{
    const std::size_t width = kernels::panelWidth();
    m_team.run([&](int member) {
        const auto mine = m_team.share(ssize(weights.values.panels()), member);
        for (auto p = static_cast<std::size_t>(mine.begin); p < static_cast<std::size_t>(mine.end);
             ++p) {
            const std::size_t first = p * width;
            const std::size_t count = std::min(width, rows.cols - first);
            for (std::size_t i = 0; i < rows.rows; ++i)
                std::copy_n(weights.values.panel(p) + i * width, count, rows.row(i) + first);
        }
    });
}

template class Products<float>;
template class Products<double>;

} // namespace maury::gon
