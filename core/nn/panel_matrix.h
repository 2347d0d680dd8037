#pragma once

#include "core/nn/aligned_buffer.h"
#include "core/nn/parameters.h"

namespace maury::nn {

/// A matrix [rows, cols] kept in panels (see panel_kernels.h): panel p holds columns p·width … of
/// every row.
class PanelMatrix {
public:
    PanelMatrix() = default;
    PanelMatrix(std::size_t rows, std::size_t cols);

    [[nodiscard]] std::size_t rows() const { return m_rows; }
    [[nodiscard]] std::size_t cols() const { return m_cols; }
    [[nodiscard]] std::size_t panels() const { return m_panels; }
    [[nodiscard]] std::size_t panelSize() const { return m_rows * m_width; }
    /// Columns with the padding to whole panels.
    [[nodiscard]] std::size_t paddedCols() const { return m_panels * m_width; }
    [[nodiscard]] float* panel(std::size_t index) { return m_data.data() + index * panelSize(); }
    [[nodiscard]] const float* panel(std::size_t index) const
    {
        return m_data.data() + index * panelSize();
    }
    void setZero() { m_data.fill(0.0F); }

    /// Copies from and to an ordinary row-major matrix [rows, cols].
    void assign(const Matrix<float>& source);
    [[nodiscard]] Matrix<float> toMatrix() const;

    /// Overwrites panel `index` of *this with that part of the transpose of `source`.
    /// Precondition: rows() == source.cols() and cols() == source.rows().
    void assignTransposed(const PanelMatrix& source, std::size_t index);

private:
    std::size_t m_rows = 0;
    std::size_t m_cols = 0;
    std::size_t m_width = 1;
    std::size_t m_panels = 0;
    AlignedBuffer m_data;
};

} // namespace maury::nn
