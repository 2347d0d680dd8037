#include "core/nn/panel_matrix.h"

#include "core/base/contract.h"
#include "core/nn/panel_kernels.h"

#include <algorithm>

namespace maury::nn {

PanelMatrix::PanelMatrix(std::size_t rows, std::size_t cols)
    : m_rows(rows)
    , m_cols(cols)
    , m_width(kernels::panelWidth())
    , m_panels((cols + m_width - 1) / m_width)
    , m_data(m_panels * rows * m_width)
{
}

void PanelMatrix::assign(const Matrix<float>& source)
{
    EXPECTS(static_cast<std::size_t>(source.rows()) == m_rows
        && static_cast<std::size_t>(source.cols()) == m_cols);
    setZero();
    for (std::size_t index = 0; index < m_panels; ++index) {
        const std::size_t first = index * m_width;
        const std::size_t count = std::min(m_width, m_cols - first);
        for (std::size_t row = 0; row < m_rows; ++row)
            std::copy_n(source.data() + row * m_cols + first, count, panel(index) + row * m_width);
    }
}

Matrix<float> PanelMatrix::toMatrix() const
{
    Matrix<float> result(static_cast<Eigen::Index>(m_rows), static_cast<Eigen::Index>(m_cols));
    for (std::size_t index = 0; index < m_panels; ++index) {
        const std::size_t first = index * m_width;
        const std::size_t count = std::min(m_width, m_cols - first);
        for (std::size_t row = 0; row < m_rows; ++row)
            std::copy_n(panel(index) + row * m_width, count, result.data() + row * m_cols + first);
    }
    return result;
}

void PanelMatrix::assignTransposed(const PanelMatrix& source, std::size_t index)
{
    EXPECTS(m_rows == source.m_cols && m_cols == source.m_rows);
    const std::size_t first = index * m_width; // first column of ours = first row of source
    const std::size_t count = std::min(m_width, m_cols - first);
    for (std::size_t row = 0; row < m_rows; ++row) {
        const float* from = source.panel(row / m_width) + first * m_width + row % m_width;
        float* to = panel(index) + row * m_width;
        for (std::size_t column = 0; column < count; ++column)
            to[column] = from[column * m_width];
    }
}

} // namespace maury::nn
