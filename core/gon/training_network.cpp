#include "core/gon/training_network.h"

#include "core/base/contract.h"
#include "core/gon/affine_inference.h"
#include "core/gon/decoder_factory.h"
#include "core/gon/dense_pass.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <type_traits>

namespace maury::gon {
namespace {

template <typename Scalar> RowBlock<Scalar> blockOf(nn::Matrix<Scalar>& matrix)
{
    const auto cols = static_cast<std::size_t>(matrix.cols());
    return { matrix.data(), static_cast<std::size_t>(matrix.rows()), cols, cols };
}

/// A batch's numbers in the network's precision: borrowed where they have it already.
template <typename Scalar> class InPrecision {
public:
    explicit InPrecision(const Matrix& rows)
    {
        if constexpr (std::is_same_v<Scalar, float>) {
            const auto cols = static_cast<std::size_t>(rows.cols());
            // Blocks can be written to, but nobody writes to a batch.
            m_block = { const_cast<float*>(rows.data()), static_cast<std::size_t>(rows.rows()),
                cols, cols };
        } else {
            m_own = rows.cast<Scalar>();
            m_block = blockOf(m_own);
        }
    }
    [[nodiscard]] const RowBlock<Scalar>& block() const { return m_block; }

private:
    nn::Matrix<Scalar> m_own;
    RowBlock<Scalar> m_block;
};

template <typename Scalar>
void appendLayer(const Weights<Scalar>& weights, std::vector<double>& to)
{
    const auto dense = weights.toDense();
    for (Eigen::Index i = 0; i < dense.weights.size(); ++i)
        to.push_back(static_cast<double>(dense.weights.data()[i]));
    for (Eigen::Index i = 0; i < dense.biases.size(); ++i)
        to.push_back(static_cast<double>(dense.biases[i]));
}

nn::DenseParameters<float> rowLayer(const std::vector<float>& row)
{
    nn::DenseParameters<float> layer;
    layer.weights = Eigen::Map<const nn::RowVector<float>>(row.data(), std::ssize(row));
    layer.biases = nn::RowVector<float>::Zero(std::ssize(row));
    return layer;
}

template <typename Scalar> class Network : public TrainingNetwork {
public:
    Network(const NetworkSetup& setup, const NetworkState& start)
        : m_setup(setup)
        , m_products(setup.threads)
        , m_fixed(start)
        , m_pixels(setup.wavelengthAngstrom.size())
        , m_latent(static_cast<std::size_t>(setup.decoder.latent))
    {
        m_decoder = makeDecoderPass<Scalar>(setup.decoder, setup.wavelengthAngstrom, setup.batch,
            setup.inference != InferenceKind::Encoder, start.decoder, m_products);
        if (setup.inference == InferenceKind::Encoder)
            m_encoder = encoder(start);
        else
            m_inference.emplace(setup.inference, setup.stepSize, m_latent, m_pixels, setup.batch,
                m_products);
        if (setup.inference == InferenceKind::LearnedStep)
            m_steps = TrainedLayer<Scalar>(rowLayer(start.extra.step), {}, 0);
        if (setup.variational) {
            m_posterior.emplace_back(start.extra.posteriorMean, std::span<const float>(), 0);
            m_posterior.emplace_back(start.extra.posteriorLogVariance, std::span<const float>(), 0);
            for (auto& layer : m_posterior)
                m_products.refresh(layer.value);
        }
        if (!start.moments.empty())
            restoreMoments(start);
        m_fixed.moments.clear();
    }

    BatchLoss gradient(const TrainingBatch& batch) override
    {
        const InPrecision<Scalar> data(batch.data);
        const InPrecision<Scalar> lossWeight(batch.lossWeight);
        const InPrecision<Scalar> inferenceWeight(batch.inferenceWeight);
        const std::size_t rows = data.block().rows;
        EXPECTS(rows > 0 && rows <= m_setup.batch);
        findCodes(data.block(), inferenceWeight.block());
        m_dCodes.resize(m_codes.rows(), m_codes.cols());

        BatchLoss loss;
        nn::Matrix<Scalar> used = m_codes;
        nn::Matrix<Scalar> posterior[2];
        if (m_setup.variational)
            used = sampled(batch, posterior);
        const double share = 1.0 / (static_cast<double>(m_pixels) * static_cast<double>(rows));
        nn::Matrix<Scalar> dUsed(used.rows(), used.cols());
        loss.chi2PerPixel = share
            * m_decoder->fit(
                blockOf(used), data.block(), lossWeight.block(), share, blockOf(dUsed));
        if (m_setup.variational)
            loss.priorPerPixel = backwardPosterior(batch, posterior, dUsed, share);
        else
            m_dCodes = dUsed;
        if (m_setup.inference == InferenceKind::GaussNewton && !m_setup.variational) {
            loss.priorPerPixel = static_cast<double>(m_codes.squaredNorm()) * share;
            m_dCodes += static_cast<Scalar>(share) * m_codes;
        }
        loss.loss = 0.5 * (loss.chi2PerPixel + loss.priorPerPixel);
        backwardInference(inferenceWeight.block());
        return loss;
    }

    double update(double rate, double beta1, double beta2, double clip) override
    {
        double square = 0.0;
        const auto layers = trained();
        for (const TrainedLayer<Scalar>* layer : layers)
            square += layer->gradientSquare(m_products);
        const double norm = std::sqrt(square);
        ++m_stepCount;
        const auto count = static_cast<double>(m_stepCount);
        const kernels::AdamStep step { beta1, beta2, rate / (1.0 - std::pow(beta1, count)),
            1.0 / std::sqrt(1.0 - std::pow(beta2, count)), norm > clip ? clip / norm : 1.0 };
        for (TrainedLayer<Scalar>* layer : layers)
            layer->update(step, m_products);
        return norm;
    }

    NetworkState state() const override
    {
        NetworkState result = m_fixed;
        result.steps = m_stepCount;
        auto& self = const_cast<Network&>(*this); // layers() hands out what may be changed
        const auto decoder = self.m_decoder->layers();
        for (std::size_t i = 0; i < decoder.size(); ++i)
            result.decoder.layers[i] = decoder[i]->parameters();
        if (m_encoder) {
            const auto encoder = self.m_encoder->layers();
            for (std::size_t i = 0; i < encoder.size(); ++i)
                result.extra.encoder[i] = encoder[i]->parameters();
        }
        if (m_steps) {
            const auto steps = m_steps->parameters();
            result.extra.step.assign(steps.weights.data(), steps.weights.data() + m_latent);
        }
        if (!m_posterior.empty()) {
            result.extra.posteriorMean = m_posterior[0].parameters();
            result.extra.posteriorLogVariance = m_posterior[1].parameters();
        }
        for (const TrainedLayer<Scalar>* layer : self.trained())
            result.moments.push_back({ nn::castParameters<float>(layer->first.toDense()),
                nn::castParameters<float>(layer->second.toDense()) });
        return result;
    }

    void restore(const NetworkState& from) override
    {
        const auto decoder = m_decoder->layers();
        for (std::size_t i = 0; i < decoder.size(); ++i)
            decoder[i]->assign(from.decoder.layers[i]);
        if (m_encoder) {
            const auto encoder = m_encoder->layers();
            for (std::size_t i = 0; i < encoder.size(); ++i)
                encoder[i]->assign(from.extra.encoder[i]);
        }
        if (m_steps)
            m_steps->assign(rowLayer(from.extra.step));
        if (!m_posterior.empty()) {
            m_posterior[0].assign(from.extra.posteriorMean);
            m_posterior[1].assign(from.extra.posteriorLogVariance);
        }
        for (TrainedLayer<Scalar>* layer : trained())
            m_products.refresh(layer->value);
        restoreMoments(from);
    }

    std::vector<double> flatGradient() const override
    {
        std::vector<double> result;
        for (const TrainedLayer<Scalar>* layer : const_cast<Network&>(*this).trained())
            appendLayer(layer->gradient, result);
        return result;
    }

    std::vector<double> flatParameters() const override
    {
        std::vector<double> result;
        for (const TrainedLayer<Scalar>* layer : const_cast<Network&>(*this).trained())
            appendLayer(layer->value, result);
        return result;
    }

    void setFlatParameters(const std::vector<double>& values) override
    {
        std::size_t at = 0;
        for (TrainedLayer<Scalar>* layer : trained()) {
            auto dense = layer->value.toDense();
            for (Eigen::Index i = 0; i < dense.weights.size(); ++i)
                dense.weights.data()[i] = static_cast<Scalar>(values[at++]);
            for (Eigen::Index i = 0; i < dense.biases.size(); ++i)
                dense.biases[i] = static_cast<Scalar>(values[at++]);
            layer->value.assign(dense);
            m_products.refresh(layer->value);
        }
        EXPECTS(at == values.size());
    }

    Matrix codes() const override { return m_codes.template cast<float>(); }

    Matrix encode(const Matrix& data, const Matrix& weight) override
    {
        const InPrecision<Scalar> spectra(data);
        const InPrecision<Scalar> weights(weight);
        EXPECTS(spectra.block().rows <= m_setup.batch);
        findCodes(spectra.block(), weights.block());
        return codes();
    }

    Matrix decode(const Matrix& codes) override
    {
        const InPrecision<Scalar> of(codes);
        return m_decoder->forward(of.block()).map().template cast<float>();
    }

private:
    std::unique_ptr<DensePass<Scalar>> encoder(const NetworkState& start)
    {
        return std::make_unique<DensePass<Scalar>>(
            typename DensePass<Scalar>::Shape { m_setup.batch, m_pixels, m_latent, false, false,
                false, m_setup.decoder.activation, 1.0 },
            start.extra.encoder, std::span<const float>(), m_products);
    }

    void findCodes(const RowBlock<Scalar>& data, const RowBlock<Scalar>& weight)
    {
        m_codes.resize(
            static_cast<Eigen::Index>(data.rows), static_cast<Eigen::Index>(m_latent));
        if (m_encoder) {
            const auto pixels = static_cast<Eigen::Index>(m_pixels);
            const Eigen::Map<const nn::RowVector<float>> mean(
                m_fixed.extra.inputMean.data(), pixels);
            const Eigen::Map<const nn::RowVector<float>> scale(
                m_fixed.extra.inputScale.data(), pixels);
            nn::Matrix<Scalar> input = data.map().rowwise() - mean.template cast<Scalar>();
            input.array().rowwise() /= scale.template cast<Scalar>().array();
            input = (weight.map().array() > Scalar(0)).select(input, Scalar(0));
            m_codes = m_encoder->forward(blockOf(input)).map();
            return;
        }
        m_inference->setOrigin(m_decoder->origin());
        if (m_steps) {
            const auto steps = m_steps->value.toDense();
            m_inference->setSteps(steps.weights.data());
        }
        m_inference->encode(data, weight, blockOf(m_codes));
    }

    /// The codes that the decoder sees: m + exp(½ log σ²) ⊙ noise.
    nn::Matrix<Scalar> sampled(const TrainingBatch& batch, nn::Matrix<Scalar> (&posterior)[2])
    {
        Rows<Scalar> out(static_cast<std::size_t>(m_codes.rows()), m_latent);
        for (int i = 0; i < 2; ++i) {
            m_products.multiply(
                blockOf(m_codes), m_posterior[static_cast<std::size_t>(i)].value, true, out.all());
            posterior[i] = out.all().map();
        }
        posterior[1] = posterior[1].cwiseMax(Scalar(-30)).cwiseMin(Scalar(10)).eval();
        if (batch.noise.size() == 0)
            return posterior[0];
        return posterior[0]
            + ((Scalar(0.5) * posterior[1].array()).exp()
                * batch.noise.cast<Scalar>().array())
                  .matrix();
    }

    /// Returns 2·KL·share and makes m_dCodes and the gradients of the two layers.
    double backwardPosterior(const TrainingBatch& batch, nn::Matrix<Scalar> (&posterior)[2],
        const nn::Matrix<Scalar>& dUsed, double share)
    {
        const auto factor = static_cast<Scalar>(share);
        const nn::Matrix<Scalar> variance = posterior[1].array().exp().matrix();
        nn::Matrix<Scalar> d[2];
        d[0] = dUsed + factor * posterior[0];
        d[1] = (factor * Scalar(0.5) * (variance.array() - Scalar(1))).matrix();
        if (batch.noise.size() > 0)
            d[1].array() += Scalar(0.5) * dUsed.array() * batch.noise.cast<Scalar>().array()
                * variance.array().sqrt();
        m_dCodes.setZero();
        const auto rows = static_cast<std::size_t>(m_codes.rows());
        Rows<Scalar> back(rows, m_latent);
        Rows<Scalar> delta(rows, m_latent);
        for (std::size_t i = 0; i < 2; ++i) {
            delta.all().map() = d[i];
            m_products.multiplyTransposed(delta.all(), m_posterior[i].value, back.all());
            m_dCodes += back.all().map();
            m_products.gradient(blockOf(m_codes), delta.all(), rows, m_posterior[i].gradient);
        }
        return static_cast<double>((posterior[0].array().square() + variance.array() - Scalar(1)
                                       - posterior[1].array())
                                       .sum())
            * share;
    }

    void backwardInference(const RowBlock<Scalar>& weight)
    {
        if (m_encoder) {
            m_encoder->deltas().map() = m_dCodes;
            nn::Matrix<Scalar> unused;
            m_encoder->backward(blockOf(unused));
            m_encoder->gradients(false);
            m_decoder->gradients(false);
            return;
        }
        const bool exact = m_setup.inference != InferenceKind::Detached;
        if (exact)
            m_inference->backward(blockOf(m_dCodes), weight, m_decoder->originDeltas());
        m_decoder->gradients(exact);
        if (!m_steps)
            return;
        auto dense = m_steps->gradient.toDense();
        for (std::size_t d = 0; d < m_latent; ++d)
            dense.weights(0, static_cast<Eigen::Index>(d))
                = static_cast<Scalar>(m_inference->stepGradient()[d]);
        m_steps->gradient.assign(dense);
    }

    std::vector<TrainedLayer<Scalar>*> trained()
    {
        auto result = m_decoder->layers();
        if (m_encoder)
            for (auto* layer : m_encoder->layers())
                result.push_back(layer);
        for (auto& layer : m_posterior)
            result.push_back(&layer);
        if (m_steps)
            result.push_back(&*m_steps);
        return result;
    }

    void restoreMoments(const NetworkState& from)
    {
        const auto layers = trained();
        EXPECTS(from.moments.size() == layers.size());
        for (std::size_t i = 0; i < layers.size(); ++i) {
            layers[i]->first.assign(nn::castParameters<Scalar>(from.moments[i].first));
            layers[i]->second.assign(nn::castParameters<Scalar>(from.moments[i].second));
        }
        m_stepCount = from.steps;
    }

    NetworkSetup m_setup;
    Products<Scalar> m_products;
    NetworkState m_fixed; ///< what training does not change, and the shapes
    std::size_t m_pixels;
    std::size_t m_latent;
    std::unique_ptr<DecoderPass<Scalar>> m_decoder;
    std::unique_ptr<DensePass<Scalar>> m_encoder;
    std::optional<AffineInference<Scalar>> m_inference;
    std::optional<TrainedLayer<Scalar>> m_steps;
    std::vector<TrainedLayer<Scalar>> m_posterior;
    nn::Matrix<Scalar> m_codes;
    nn::Matrix<Scalar> m_dCodes;
    std::int64_t m_stepCount = 0;
};

} // namespace

std::unique_ptr<TrainingNetwork> makeTrainingNetwork(
    const NetworkSetup& setup, const NetworkState& start, NetworkPrecision precision)
{
    if (precision == NetworkPrecision::Double)
        return std::make_unique<Network<double>>(setup, start);
    return std::make_unique<Network<float>>(setup, start);
}

} // namespace maury::gon
