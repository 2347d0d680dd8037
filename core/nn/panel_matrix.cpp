#include "core/nn/panel_matrix.h"

#include "core/base/contract.h"
#include "core/nn/panel_kernels.h"

#include <algorithm>
#include <vector>

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
    std::vector<const float*> rows(count);
    for (std::size_t p = 0; p < source.m_panels; ++p) {
        for (std::size_t i = 0; i < count; ++i)
            rows[i] = source.panel(p) + (first + i) * m_width;
        kernels::transpose(rows.data(), count, 0, std::min(m_width, m_rows - p * m_width),
            panel(index) + p * m_width * m_width, m_width);
    }
}

} // namespace maury::nn
