#include "core/gon/affine_inference.h"

#include "core/base/contract.h"

#include <algorithm>
#include <cstring>

namespace maury::gon {
namespace {

template <typename Scalar, typename Function>
void forEachRow(Products<Scalar>& products, std::size_t rows, const Function& function)
{
    products.team().run([&](int member) {
        const auto mine = products.team().share(static_cast<std::int64_t>(rows), member);
        for (auto i = static_cast<std::size_t>(mine.begin); i < static_cast<std::size_t>(mine.end);
             ++i)
            function(i);
    });
}

/// Products of the Jacobian's columns a and a + k (cyclic) for k = 0 … latent/2: every pair is there,
/// and each k is one run of neighbouring numbers.
std::size_t outerColumns(std::size_t latent)
{
    return latent * (latent / 2 + 1);
}

void putOuter(Weights<float>& outer, std::size_t pixel, const float* values)
{
    const std::size_t width = nn::kernels::panelWidth();
    for (std::size_t p = 0; p < outer.values.panels(); ++p) {
        const std::size_t first = p * width;
        std::memcpy(outer.values.panel(p) + pixel * width, values + first,
            std::min(width, outer.fanOut() - first) * sizeof(float));
    }
}

void putOuter(Weights<double>& outer, std::size_t pixel, const double* values)
{
    std::copy_n(values, outer.fanOut(), outer.values.row(static_cast<Eigen::Index>(pixel)).data());
}

template <typename Scalar>
using Line = Eigen::Map<Eigen::Array<Scalar, 1, Eigen::Dynamic>>;

template <typename Scalar> Line<Scalar> line(Scalar* data, std::size_t count)
{
    return Line<Scalar>(data, static_cast<Eigen::Index>(count));
}

} // namespace

template <typename Scalar>
AffineInference<Scalar>::AffineInference(InferenceKind kind, double stepSize, std::size_t latent,
    std::size_t pixels, std::size_t batch, Products<Scalar>& products)
    : m_kind(kind)
    , m_latent(latent)
    , m_pixels(pixels)
    , m_products(products)
    , m_steps(latent, static_cast<Scalar>(stepSize))
    , m_origin(1 + latent, pixels)
    , m_jacobian(latent, pixels)
    , m_weighted(2 * batch, pixels)
    , m_model(batch, pixels)
    , m_projected(batch, latent)
    , m_left(2 * batch, latent)
    , m_u(batch, latent)
    , m_norm(batch)
    , m_factor(batch)
    , m_dJacobian(latent, pixels, false)
    , m_capacity(batch)
{
    EXPECTS(kind != InferenceKind::Encoder);
    if (gaussNewton()) {
        m_outer = Weights<Scalar>(pixels, outerColumns(latent), false);
        m_normal = Rows<Scalar>(batch, outerColumns(latent));
    }
}

template <typename Scalar>
void AffineInference<Scalar>::setOrigin(const RowBlock<Scalar>& origin)
{
    m_origin.all().map() = origin.map();
    m_products.assign(m_origin.block(1, m_latent), m_jacobian);
    if (gaussNewton())
        buildOuter();
}

template <typename Scalar> void AffineInference<Scalar>::setSteps(const Scalar* steps)
{
    std::copy_n(steps, m_latent, m_steps.begin());
}

template <typename Scalar> void AffineInference<Scalar>::buildOuter()
{
    constexpr std::size_t kTogether = 64;
    const std::size_t groups = (m_pixels + kTogether - 1) / kTogether;
    forEachRow(m_products, groups, [&](std::size_t group) {
        std::vector<Scalar> twice(2 * m_latent);
        std::vector<Scalar> values(outerColumns(m_latent));
        const std::size_t last = std::min(m_pixels, (group + 1) * kTogether);
        for (std::size_t pixel = group * kTogether; pixel < last; ++pixel) {
            for (std::size_t a = 0; a < m_latent; ++a)
                twice[a] = twice[a + m_latent] = m_origin.row(1 + a)[pixel];
            for (std::size_t k = 0; k <= m_latent / 2; ++k)
                line(values.data() + k * m_latent, m_latent)
                    = line(twice.data(), m_latent) * line(twice.data() + k, m_latent);
            putOuter(m_outer, pixel, values.data());
        }
    });
}

template <typename Scalar>
Eigen::MatrixXd AffineInference<Scalar>::normalMatrix(std::size_t spectrum) const
{
    const auto latent = static_cast<Eigen::Index>(m_latent);
    Eigen::MatrixXd normal(latent, latent);
    const Scalar* values = m_normal.row(spectrum);
    for (Eigen::Index k = 0; k <= latent / 2; ++k)
        for (Eigen::Index a = 0; a < latent; ++a) {
            const Eigen::Index b = (a + k) % latent;
            normal(a, b) = normal(b, a) = static_cast<double>(values[k * latent + a]);
        }
    return normal;
}

template <typename Scalar>
Eigen::MatrixXd AffineInference<Scalar>::precision(std::size_t spectrum) const
{
    Eigen::MatrixXd result = normalMatrix(spectrum);
    result.diagonal().array() += 1.0;
    return result;
}

template <typename Scalar>
void AffineInference<Scalar>::encode(const RowBlock<Scalar>& data, const RowBlock<Scalar>& weight,
    const RowBlock<Scalar>& codes)
{
    EXPECTS(data.rows <= m_capacity && data.rows == weight.rows && codes.rows == data.rows);
    m_batch = data.rows;
    const auto base = line(m_origin.row(0), m_pixels);
    forEachRow(m_products, m_batch, [&](std::size_t i) {
        const auto w = line(weight.row(i), m_pixels);
        line(m_weighted.row(m_batch + i), m_pixels) = w * (line(data.row(i), m_pixels) - base);
        if (gaussNewton())
            return;
        const auto used = static_cast<double>((w > Scalar(0)).count());
        const auto sum = static_cast<double>(w.sum());
        m_norm[i] = sum > 0.0 ? used / sum : 0.0;
    });
    m_products.multiplyTransposed(
        m_weighted.block(m_batch, m_batch), m_jacobian, m_projected.block(0, m_batch));
    if (gaussNewton())
        m_products.multiply(weight, m_outer, false, m_normal.block(0, m_batch));
    solve(codes);
    m_left.block(0, m_batch).map() = codes.map();
}

template <typename Scalar> void AffineInference<Scalar>::solve(const RowBlock<Scalar>& codes)
{
    forEachRow(m_products, m_batch, [&](std::size_t i) {
        if (!gaussNewton()) {
            for (std::size_t d = 0; d < m_latent; ++d)
                codes.row(i)[d]
                    = static_cast<Scalar>(m_norm[i]) * m_steps[d] * m_projected.row(i)[d];
            return;
        }
        m_factor[i].compute(precision(i));
        const Eigen::VectorXd right
            = line(m_projected.row(i), m_latent).matrix().transpose().template cast<double>();
        line(codes.row(i), m_latent)
            = m_factor[i].solve(right).transpose().array().template cast<Scalar>();
    });
}

template <typename Scalar>
void AffineInference<Scalar>::backward(const RowBlock<Scalar>& dCodes,
    const RowBlock<Scalar>& weight, const RowBlock<Scalar>& originDeltas)
{
    EXPECTS(dCodes.rows == m_batch);
    m_stepGradient.assign(m_latent, 0.0);
    for (std::size_t i = 0; i < m_batch; ++i) {
        const auto v = line(dCodes.row(i), m_latent);
        auto u = line(m_u.row(i), m_latent);
        if (gaussNewton()) {
            const Eigen::VectorXd right = v.matrix().transpose().template cast<double>();
            u = m_factor[i].solve(right).transpose().array().template cast<Scalar>();
            continue;
        }
        for (std::size_t d = 0; d < m_latent; ++d) {
            u[static_cast<Eigen::Index>(d)] = static_cast<Scalar>(m_norm[i]) * m_steps[d]
                * v[static_cast<Eigen::Index>(d)];
            m_stepGradient[d] += static_cast<double>(v[static_cast<Eigen::Index>(d)])
                * m_norm[i] * static_cast<double>(m_projected.row(i)[d]);
        }
    }
    m_left.block(m_batch, m_batch).map() = m_u.block(0, m_batch).map();
    // Rows of residuals: E = W(r − Jz), or W r for steps; above them −Q = −W J u.
    if (gaussNewton()) {
        m_products.multiply(m_left.block(0, m_batch), m_jacobian, false, m_model.block(0, m_batch));
        forEachRow(m_products, m_batch, [&](std::size_t i) {
            line(m_weighted.row(m_batch + i), m_pixels)
                -= line(weight.row(i), m_pixels) * line(m_model.row(i), m_pixels);
        });
    } else {
        m_left.block(0, m_batch).map().setZero();
    }
    m_products.multiply(m_u.block(0, m_batch), m_jacobian, false, m_model.block(0, m_batch));
    forEachRow(m_products, m_batch, [&](std::size_t i) {
        line(m_weighted.row(i), m_pixels)
            = -line(weight.row(i), m_pixels) * line(m_model.row(i), m_pixels);
    });
    m_products.gradient(
        m_left.block(0, 2 * m_batch), m_weighted.block(0, 2 * m_batch), m_batch, m_dJacobian);
    std::copy_n(m_dJacobian.biases.data(), m_pixels, originDeltas.row(0));
    m_products.toRows(m_dJacobian,
        { originDeltas.row(1), m_latent, m_pixels, originDeltas.stride });
}

template class AffineInference<float>;
template class AffineInference<double>;

} // namespace maury::gon
