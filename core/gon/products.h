#pragma once

#include "core/base/thread_team.h"
#include "core/nn/aligned_buffer.h"
#include "core/nn/panel_kernels.h"
#include "core/nn/panel_matrix.h"
#include "core/nn/parameters.h"

#include <Eigen/Core>

#include <cstddef>
#include <vector>

namespace maury::gon {

/// Neighbouring rows of a matrix; borrowed.
template <typename Scalar> struct RowBlock {
    Scalar* data = nullptr;
    std::size_t rows = 0;
    std::size_t cols = 0;
    std::size_t stride = 0; ///< numbers from one row to the next

    [[nodiscard]] Scalar* row(std::size_t index) const { return data + index * stride; }
    using Map = Eigen::Map<nn::Matrix<Scalar>, 0, Eigen::OuterStride<>>;
    [[nodiscard]] Map map() const { return columns(0, cols); }
    [[nodiscard]] Map columns(std::size_t first, std::size_t count) const
    {
        return Map(data + first, static_cast<Eigen::Index>(rows), static_cast<Eigen::Index>(count),
            Eigen::OuterStride<>(static_cast<Eigen::Index>(stride)));
    }
};

/// A matrix of whole panels in every row (see nn/panel_kernels.h): products may write zeros beyond
/// the last column.
template <typename Scalar> class Rows {
public:
    Rows() = default;
    Rows(std::size_t rows, std::size_t cols)
        : m_rows(rows)
        , m_cols(cols)
    {
        const std::size_t panel = nn::kernels::panelWidth();
        const std::size_t lines = ((cols + panel - 1) / panel * panel + kLine - 1) / kLine;
        m_stride = (lines | 1U) * kLine; // an odd number of cache lines, against conflicts
        m_data.setZero(static_cast<Eigen::Index>(rows * m_stride));
    }

    [[nodiscard]] RowBlock<Scalar> block(std::size_t first, std::size_t count)
    {
        return { m_data.data() + first * m_stride, count, m_cols, m_stride };
    }
    [[nodiscard]] RowBlock<Scalar> all() { return block(0, m_rows); }
    [[nodiscard]] Scalar* row(std::size_t index) { return m_data.data() + index * m_stride; }
    [[nodiscard]] std::size_t rows() const { return m_rows; }
    [[nodiscard]] std::size_t cols() const { return m_cols; }
    [[nodiscard]] std::size_t stride() const { return m_stride; }

private:
    static constexpr std::size_t kLine = 16;
    std::size_t m_rows = 0;
    std::size_t m_cols = 0;
    std::size_t m_stride = 0;
    Eigen::Array<Scalar, Eigen::Dynamic, 1> m_data;
};

/// Weights [fanIn, fanOut] with biases, in the form that products read. `refresh()` after changes.
template <typename Scalar> struct Weights;

template <> struct Weights<double> {
    nn::Matrix<double> values;
    nn::RowVector<double> biases;

    Weights() = default;
    Weights(std::size_t fanIn, std::size_t fanOut, bool withTransposed = true);
    [[nodiscard]] std::size_t fanIn() const { return static_cast<std::size_t>(values.rows()); }
    [[nodiscard]] std::size_t fanOut() const { return static_cast<std::size_t>(values.cols()); }
    void assign(const nn::DenseParameters<double>& source);
    [[nodiscard]] nn::DenseParameters<double> toDense() const { return { values, biases }; }
};

template <> struct Weights<float> {
    nn::PanelMatrix values;
    nn::PanelMatrix transposed; ///< of values, when it was refreshed
    nn::AlignedBuffer biases; ///< padded to whole panels

    Weights() = default;
    /// Without the transposed form where no product needs it.
    Weights(std::size_t fanIn, std::size_t fanOut, bool withTransposed = true);
    [[nodiscard]] std::size_t fanIn() const { return values.rows(); }
    [[nodiscard]] std::size_t fanOut() const { return values.cols(); }
    void assign(const nn::DenseParameters<float>& source);
    [[nodiscard]] nn::DenseParameters<float> toDense() const;
};

/// The products of a training step, shared among a team. Results do not depend on the team's size.
template <typename Scalar> class Products {
public:
    /// threads >= 1.
    explicit Products(int threads);

    [[nodiscard]] base::ThreadTeam& team() { return m_team; }

    /// out ← in · W (+ biases). in [rows, fanIn], out [rows, fanOut], not the same memory; float
    /// writes out's padding.
    void multiply(const RowBlock<Scalar>& in, const Weights<Scalar>& weights, bool withBiases,
        const RowBlock<Scalar>& out);
    /// out ← in · Wᵀ. in [rows, fanOut], out [rows, fanIn].
    void multiplyTransposed(const RowBlock<Scalar>& in, const Weights<Scalar>& weights,
        const RowBlock<Scalar>& out);
    /// gradient ← inᵀ · d, biases ← Σ over the first `biasRows` rows of d; added to what is there
    /// with `add`. in [rows, fanIn], d [rows, fanOut].
    void gradient(const RowBlock<Scalar>& in, const RowBlock<Scalar>& d, std::size_t biasRows,
        Weights<Scalar>& gradient, bool add = false);
    /// Brings the transposed form up to date.
    void refresh(Weights<Scalar>& weights);
    /// Makes the values from rows [fanIn, fanOut] (biases untouched) and refreshes.
    void assign(const RowBlock<Scalar>& rows, Weights<Scalar>& weights);
    /// The inverse: rows [fanIn, fanOut] of the values.
    void toRows(const Weights<Scalar>& weights, const RowBlock<Scalar>& rows);

private:
    void multiplyPanels(const RowBlock<Scalar>& in, const nn::PanelMatrix& panels,
        const float* biases, const RowBlock<Scalar>& out);

    base::ThreadTeam m_team;
    nn::AlignedBuffer m_packed;
    nn::AlignedBuffer m_panels;
};

} // namespace maury::gon
