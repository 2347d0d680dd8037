#include "core/gon/reference_network.h"

#include "core/base/contract.h"
#include "core/gon/coordinates.h"
#include "core/gon/element_kernels.h"

#include <Eigen/Cholesky>

namespace maury::gon {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

struct Activated {
    MatrixXd value;
    MatrixXd slope;
    MatrixXd curve;
};

/// A decoder as plain layers on rows: one row for the dense ones, a row for each pixel for networks
/// of the wavelength.
class Net {
public:
    Net(const NetworkSetup& setup, const NetworkState& start, const std::vector<double>& parameters)
        : m_spec(setup.decoder)
        , m_latent(setup.decoder.latent)
        , m_coordinate(isCoordinate(setup.decoder.kind))
        , m_skip(setup.decoder.skip && setup.decoder.kind == DecoderKind::Dense)
    {
        if (m_coordinate) {
            m_features = coordinateFeatures(
                setup.wavelengthAngstrom, setup.decoder.kind, setup.decoder.coordinates);
            m_scale = static_cast<double>(start.decoder.scale.at(0));
            m_mean = static_cast<double>(start.decoder.mean);
        }
        std::size_t at = 0;
        for (const auto& shape : start.decoder.layers) {
            nn::DenseParameters<double> layer { nn::Matrix<double>(shape.weights.rows(),
                                                    shape.weights.cols()),
                nn::RowVector<double>(shape.biases.size()) };
            for (Index i = 0; i < layer.weights.size(); ++i)
                layer.weights.data()[i] = parameters[at++];
            for (Index i = 0; i < layer.biases.size(); ++i)
                layer.biases[i] = parameters[at++];
            m_layers.push_back(layer);
            m_gradient.push_back({ nn::Matrix<double>::Zero(layer.weights.rows(),
                                       layer.weights.cols()),
                nn::RowVector<double>::Zero(layer.biases.size()) });
        }
        for (; at < parameters.size(); ++at)
            m_rest.push_back(parameters[at]);
    }

    /// F(z); keeps what the passes back need.
    VectorXd forward(const VectorXd& z)
    {
        m_code = z;
        m_activated.clear();
        MatrixXd a = firstSum(z, true);
        for (std::size_t l = firstHidden(); l < m_layers.size(); ++l) {
            m_activated.push_back(activated(a));
            const MatrixXd input = withSkip(m_activated.back().value, z, l);
            a = (input * m_layers[l].weights).rowwise() + m_layers[l].biases;
        }
        return toPixels(a).array() * m_scale + m_mean;
    }

    /// The derivative of F along a direction at the last code (Rh and Ra are kept).
    VectorXd tangent(const VectorXd& direction)
    {
        m_direction = direction;
        m_ra.clear();
        MatrixXd ra = firstSum(direction, false);
        for (std::size_t l = firstHidden(); l < m_layers.size(); ++l) {
            m_ra.push_back(ra);
            const MatrixXd rh
                = m_activated[l - firstHidden()].slope.cwiseProduct(ra);
            ra = withSkip(rh, direction, l) * m_layers[l].weights;
        }
        return toPixels(ra) * m_scale;
    }

    /// Adds the gradient of deltaᵀ F + dTangentᵀ (tangent) and returns ∂(deltaᵀ F)/∂z.
    VectorXd backward(const VectorXd& delta, const VectorXd* dTangent)
    {
        MatrixXd d = toRows(delta * m_scale);
        MatrixXd dR = dTangent != nullptr ? toRows(*dTangent * m_scale) : MatrixXd();
        VectorXd dCode = VectorXd::Zero(m_latent);
        for (std::size_t l = m_layers.size(); l-- > firstHidden();) {
            const Activated& level = m_activated[l - firstHidden()];
            auto& gradient = m_gradient[l];
            const Index width = level.value.cols();
            gradient.weights += withSkip(level.value, m_code, l).transpose() * d;
            gradient.biases += d.colwise().sum();
            const MatrixXd back = d * m_layers[l].weights.transpose();
            MatrixXd next = level.slope.cwiseProduct(back.leftCols(width));
            if (back.cols() > width)
                dCode += back.rightCols(m_latent).colwise().sum().transpose();
            if (dTangent != nullptr) {
                const MatrixXd& ra = m_ra[l - firstHidden()];
                gradient.weights
                    += withSkip(level.slope.cwiseProduct(ra), m_direction, l).transpose() * dR;
                const MatrixXd dRh
                    = (dR * m_layers[l].weights.transpose()).leftCols(width);
                next += level.curve.cwiseProduct(ra).cwiseProduct(dRh);
                dR = level.slope.cwiseProduct(dRh);
            }
            d = next;
        }
        return dCode + firstBackward(d, dR, dTangent != nullptr);
    }

    [[nodiscard]] std::vector<double> flatGradient() const
    {
        std::vector<double> result;
        for (const auto& layer : m_gradient) {
            result.insert(result.end(), layer.weights.data(),
                layer.weights.data() + layer.weights.size());
            result.insert(
                result.end(), layer.biases.data(), layer.biases.data() + layer.biases.size());
        }
        return result;
    }
    /// What stands after the decoder's numbers: the learned steps.
    [[nodiscard]] const std::vector<double>& rest() const { return m_rest; }

private:
    /// The layer that the first activation feeds.
    [[nodiscard]] std::size_t firstHidden() const { return m_coordinate ? 2 : 1; }

    [[nodiscard]] MatrixXd firstSum(const VectorXd& z, bool value) const
    {
        MatrixXd sum;
        if (m_coordinate) {
            sum = MatrixXd::Zero(m_features.rows(), m_layers[0].weights.cols());
            if (value)
                sum = (m_features * m_layers[0].weights).rowwise() + m_layers[0].biases;
            sum.rowwise() += z.transpose() * m_layers[1].weights;
            return sum;
        }
        sum = z.transpose() * m_layers[0].weights;
        if (value)
            sum += m_layers[0].biases;
        return sum;
    }

    VectorXd firstBackward(const MatrixXd& d, const MatrixXd& dR, bool tangents)
    {
        if (m_coordinate) {
            m_gradient[0].weights += m_features.transpose() * d;
            m_gradient[0].biases += d.colwise().sum();
            m_gradient[1].weights += m_code * d.colwise().sum();
            if (tangents)
                m_gradient[1].weights += m_direction * dR.colwise().sum();
            return m_layers[1].weights * d.colwise().sum().transpose();
        }
        m_gradient[0].weights += m_code * d;
        m_gradient[0].biases += d;
        if (tangents)
            m_gradient[0].weights += m_direction * dR;
        return m_layers[0].weights * d.transpose();
    }

    [[nodiscard]] Activated activated(const MatrixXd& a) const
    {
        Activated result { a, a, a };
        kernels::activate(m_spec.activation, m_coordinate ? m_spec.coordinates.siren : 1.0,
            result.value.data(), result.slope.data(), result.curve.data(),
            static_cast<std::size_t>(a.size()));
        return result;
    }

    [[nodiscard]] MatrixXd withSkip(const MatrixXd& h, const VectorXd& z, std::size_t layer) const
    {
        if (!m_skip || layer + 1 != m_layers.size())
            return h;
        MatrixXd result(h.rows(), h.cols() + m_latent);
        result << h, z.transpose().replicate(h.rows(), 1);
        return result;
    }

    [[nodiscard]] VectorXd toPixels(const MatrixXd& out) const
    {
        return m_coordinate ? VectorXd(out.col(0)) : VectorXd(out.row(0).transpose());
    }
    [[nodiscard]] MatrixXd toRows(const VectorXd& pixels) const
    {
        return m_coordinate ? MatrixXd(pixels) : MatrixXd(pixels.transpose());
    }

    DecoderSpec m_spec;
    Index m_latent;
    bool m_coordinate;
    bool m_skip;
    nn::Matrix<double> m_features;
    double m_scale = 1.0;
    double m_mean = 0.0;
    std::vector<nn::DenseParameters<double>> m_layers;
    std::vector<nn::DenseParameters<double>> m_gradient;
    std::vector<double> m_rest;
    VectorXd m_code;
    VectorXd m_direction;
    std::vector<Activated> m_activated;
    std::vector<MatrixXd> m_ra;
};

/// One spectrum: its inference, the loss, and its share of the gradient.
class Spectrum {
public:
    Spectrum(const NetworkSetup& setup, Net& net, const TrainingBatch& batch, Index row)
        : m_setup(setup)
        , m_net(net)
        , m_data(batch.data.row(row).cast<double>().transpose())
        , m_lossWeight(batch.lossWeight.row(row).cast<double>().transpose())
        , m_weight(batch.inferenceWeight.row(row).cast<double>().transpose())
    {
    }

    VectorXd infer()
    {
        const Index latent = m_setup.decoder.latent;
        m_base = m_net.forward(VectorXd::Zero(latent));
        MatrixXd jacobian(m_data.size(), latent);
        for (Index d = 0; d < latent; ++d)
            jacobian.col(d) = m_net.tangent(VectorXd::Unit(latent, d));
        const VectorXd projected
            = jacobian.transpose() * m_weight.cwiseProduct(m_data - m_base);
        if (m_setup.inference == InferenceKind::GaussNewton) {
            const MatrixXd normal = jacobian.transpose() * m_weight.asDiagonal() * jacobian
                + MatrixXd::Identity(latent, latent);
            m_factor.compute(normal);
            return m_factor.solve(projected);
        }
        const auto used = static_cast<double>((m_weight.array() > 0.0).count());
        m_norm = m_weight.sum() > 0.0 ? used / m_weight.sum() : 0.0;
        m_steps = m_net.rest().empty() ? VectorXd(VectorXd::Constant(latent, m_setup.stepSize))
                                       : VectorXd(Eigen::Map<const VectorXd>(
                                           m_net.rest().data(), latent));
        m_projected = projected;
        return m_norm * m_steps.cwiseProduct(projected);
    }

    /// Adds the gradient; returns ∂L/∂μ of learned steps.
    VectorXd addGradient(const VectorXd& code, double share, BatchLoss& loss)
    {
        const VectorXd residual = m_net.forward(code) - m_data;
        const VectorXd weighted = m_lossWeight.cwiseProduct(residual);
        loss.chi2PerPixel += share * weighted.dot(residual);
        VectorXd v = m_net.backward(share * weighted, nullptr);
        if (m_setup.inference == InferenceKind::GaussNewton) {
            loss.priorPerPixel += share * code.squaredNorm();
            v += share * code;
        }
        if (m_setup.inference == InferenceKind::Detached)
            return {};
        m_net.forward(VectorXd::Zero(code.size()));
        const VectorXd left = m_data - m_base;
        if (m_setup.inference == InferenceKind::GaussNewton) {
            const VectorXd u = m_factor.solve(v);
            const VectorXd ju = m_net.tangent(u);
            const VectorXd jz = m_net.tangent(code);
            const VectorXd minus = -m_weight.cwiseProduct(ju);
            // (J u)ᵀ W (x − g₀ − J z): through J z and g₀, then through J u.
            m_net.backward(minus, &minus);
            m_net.tangent(u);
            const VectorXd dJu = m_weight.cwiseProduct(left - jz);
            m_net.backward(VectorXd::Zero(left.size()), &dJu);
            return {};
        }
        const VectorXd direction = m_norm * m_steps.cwiseProduct(v);
        const VectorXd jv = m_net.tangent(direction);
        const VectorXd dJv = m_weight.cwiseProduct(left);
        m_net.backward(-m_weight.cwiseProduct(jv), &dJv);
        return m_norm * v.cwiseProduct(m_projected);
    }

private:
    const NetworkSetup& m_setup;
    Net& m_net;
    VectorXd m_data;
    VectorXd m_lossWeight;
    VectorXd m_weight;
    VectorXd m_base;
    VectorXd m_projected;
    VectorXd m_steps;
    double m_norm = 0.0;
    Eigen::LLT<MatrixXd> m_factor;
};

} // namespace

ReferenceGradient referenceGradient(const NetworkSetup& setup, const NetworkState& start,
    const std::vector<double>& parameters, const TrainingBatch& batch)
{
    EXPECTS(setup.inference != InferenceKind::Encoder && !setup.variational);
    Net net(setup, start, parameters);
    const Index latent = setup.decoder.latent;
    const double share
        = 1.0 / static_cast<double>(batch.data.size()); // pixels times spectra
    ReferenceGradient result;
    result.codes.resize(batch.data.rows(), latent);
    VectorXd dSteps = VectorXd::Zero(latent);
    for (Index row = 0; row < batch.data.rows(); ++row) {
        Spectrum spectrum(setup, net, batch, row);
        const VectorXd code = spectrum.infer();
        result.codes.row(row) = code.transpose();
        const VectorXd steps = spectrum.addGradient(code, share, result.loss);
        if (steps.size() > 0)
            dSteps += steps;
    }
    result.loss.loss = 0.5 * (result.loss.chi2PerPixel + result.loss.priorPerPixel);
    result.gradient = net.flatGradient();
    if (setup.inference == InferenceKind::LearnedStep) {
        result.gradient.insert(result.gradient.end(), dSteps.data(), dSteps.data() + latent);
        result.gradient.insert(result.gradient.end(), static_cast<std::size_t>(latent), 0.0);
    }
    return result;
}

} // namespace maury::gon
