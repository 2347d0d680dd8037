#include "core/gon/gon_backend.h"

#include "core/base/contract.h"
#include "core/gon/coordinates.h"
#include "core/train/backend_plugin.h"

#include <algorithm>
#include <cmath>

namespace maury::gon {
namespace {

using base::ErrorCode;
using base::Result;
using Eigen::Index;

class ProcessorBackend final : public GonBackend {
public:
    explicit ProcessorBackend(NetworkPrecision precision)
        : m_precision(precision)
    {
    }

    [[nodiscard]] std::string name() const override
    {
        return m_precision == NetworkPrecision::Double ? "reference" : "cpu";
    }

    Result<void> load(const NetworkSetup& setup, const NetworkState& start) override
    {
        m_together = static_cast<Index>(setup.batch);
        m_pixels = static_cast<Index>(setup.wavelengthAngstrom.size());
        m_latent = Index { setup.decoder.latent };
        m_network = makeTrainingNetwork(setup, start, m_precision);
        return {};
    }

    Result<GonStepOutcome> trainStep(
        const TrainingBatch& batch, const GonStepSettings& settings) override
    {
        EXPECTS(m_network);
        GonStepOutcome outcome;
        outcome.loss = m_network->gradient(batch);
        if (std::isfinite(outcome.loss.loss))
            outcome.gradientNorm = m_network->update(
                settings.learningRate, settings.beta1, settings.beta2, settings.clip);
        return outcome;
    }

    [[nodiscard]] Result<NetworkState> state() const override
    {
        EXPECTS(m_network);
        return m_network->state();
    }

    Result<void> restore(const NetworkState& state) override
    {
        EXPECTS(m_network);
        m_network->restore(state);
        return {};
    }

    Result<Matrix> encode(const Matrix& data, const Matrix& weight) override
    {
        EXPECTS(m_network && data.rows() == weight.rows());
        Matrix codes(data.rows(), m_latent);
        for (Index first = 0; first < data.rows(); first += m_together) {
            const Index count = std::min(m_together, data.rows() - first);
            codes.middleRows(first, count) = m_network->encode(
                data.middleRows(first, count), weight.middleRows(first, count));
        }
        return codes;
    }

    Result<Matrix> decode(const Matrix& codes) override
    {
        EXPECTS(m_network && codes.cols() == m_latent);
        Matrix flux(codes.rows(), m_pixels);
        for (Index first = 0; first < codes.rows(); first += m_together) {
            const Index count = std::min(m_together, codes.rows() - first);
            flux.middleRows(first, count) = m_network->decode(codes.middleRows(first, count));
        }
        return flux;
    }

private:
    NetworkPrecision m_precision;
    Index m_together = 0;
    Index m_pixels = 0;
    Index m_latent = 0;
    std::unique_ptr<TrainingNetwork> m_network;
};

} // namespace

std::string deviceObstacle(const NetworkSetup& setup)
{
    if (isCoordinate(setup.decoder.kind))
        return "a decoder of the wavelength: on the GPU only decoders to all pixels at once run";
    if (setup.inference == InferenceKind::Encoder)
        return "an autoencoder: on the GPU only inferences through the decoder run";
    if (setup.variational)
        return "a variational posterior: on the GPU only codes that are points are found";
    return {};
}

std::unique_ptr<GonBackend> createProcessorGonBackend(NetworkPrecision precision)
{
    return std::make_unique<ProcessorBackend>(precision);
}

Result<std::unique_ptr<GonBackend>> createGonBackend(
    const std::string& name, const NetworkSetup& setup)
{
    if (name == "reference")
        return createProcessorGonBackend(NetworkPrecision::Double);
    if (name == "cpu")
        return createProcessorGonBackend(NetworkPrecision::Single);
    if (name != "cuda" && name != "auto")
        return base::failure(
            ErrorCode::OptionInvalid, "--backend", name, "auto, reference, cpu or cuda");
    const std::string obstacle = deviceObstacle(setup);
    if (name == "auto" && !obstacle.empty())
        return createProcessorGonBackend(NetworkPrecision::Single);
    if (!obstacle.empty())
        return base::failure(
            ErrorCode::BackendUnavailable, "backend cuda", obstacle, "auto, cpu or reference");
    const auto plugin = train::usableCudaPlugin();
    if (plugin)
        return (*plugin)->createGon();
    if (name == "auto")
        return createProcessorGonBackend(NetworkPrecision::Single);
    return base::Unexpected(plugin.error());
}

} // namespace maury::gon
