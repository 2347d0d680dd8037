#include "core/gon/decoder_start.h"

#include "core/base/contract.h"
#include "core/gon/coordinates.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace maury::gon {
namespace {

constexpr double kHiddenGain = 1.6;
constexpr double kLastBesideSkip = 0.03;
constexpr std::uint64_t kWeightsStream = 11;
constexpr double kFirstLogVariance = -4.0; ///< of the variational posterior: σ = 0.14

using Layer = nn::DenseParameters<float>;

Layer normalLayer(std::size_t fanIn, std::size_t fanOut, double sigma, base::RandomStream& stream)
{
    Layer layer { Matrix(static_cast<Eigen::Index>(fanIn), static_cast<Eigen::Index>(fanOut)),
        nn::RowVector<float>::Zero(static_cast<Eigen::Index>(fanOut)) };
    for (Eigen::Index i = 0; i < layer.weights.size(); ++i)
        layer.weights.data()[i] = static_cast<float>(sigma * stream.normal());
    return layer;
}

Layer uniformLayer(std::size_t fanIn, std::size_t fanOut, double limit, base::RandomStream& stream)
{
    Layer layer = normalLayer(fanIn, fanOut, 0.0, stream);
    for (Eigen::Index i = 0; i < layer.weights.size(); ++i)
        layer.weights.data()[i] = static_cast<float>(limit * (2.0 * stream.uniform() - 1.0));
    return layer;
}

std::vector<float> scaleOf(const std::vector<float>& deviation)
{
    double mean = 0.0;
    for (const float d : deviation)
        mean += static_cast<double>(d) * static_cast<double>(d);
    mean /= static_cast<double>(deviation.size());
    std::vector<float> scale;
    for (const float d : deviation)
        scale.push_back(static_cast<float>(
            std::sqrt(0.5 * static_cast<double>(d) * static_cast<double>(d) + 0.5 * mean)));
    return scale;
}

std::size_t count(int number)
{
    return static_cast<std::size_t>(number);
}

double fanGain(std::size_t fanIn, double gain)
{
    return gain / std::sqrt(static_cast<double>(fanIn));
}

void startLinear(const DataMoments& moments, DecoderParameters& decoder)
{
    decoder.layers = { { moments.components,
        Eigen::Map<const nn::RowVector<float>>(moments.mean.data(), std::ssize(moments.mean)) } };
}

void startDense(const DecoderSpec& spec, const DataMoments& moments, base::RandomStream& stream,
    DecoderParameters& decoder)
{
    const std::size_t pixels = moments.mean.size();
    std::size_t fanIn = count(spec.latent);
    for (const int width : spec.hidden) {
        decoder.layers.push_back(
            normalLayer(fanIn, count(width), fanGain(fanIn, kHiddenGain), stream));
        fanIn = count(width);
    }
    decoder.scale = scaleOf(moments.deviation);
    Layer last = normalLayer(
        fanIn, pixels, fanGain(fanIn, spec.skip ? kLastBesideSkip : 1.0), stream);
    for (Eigen::Index p = 0; p < last.weights.cols(); ++p) {
        last.weights.col(p) *= decoder.scale[static_cast<std::size_t>(p)];
        last.biases[p] = moments.mean[static_cast<std::size_t>(p)];
    }
    if (spec.skip) {
        Matrix weights(last.weights.rows() + spec.latent, last.weights.cols());
        weights << last.weights, moments.components;
        last.weights = std::move(weights);
    }
    decoder.layers.push_back(std::move(last));
}

void startCoordinate(const GonConfig& config, const std::vector<double>& wavelengths,
    const DataMoments& moments, base::RandomStream& stream, DecoderParameters& decoder)
{
    const DecoderSpec& spec = config.decoder;
    const auto columns = static_cast<std::size_t>(
        coordinateFeatures(wavelengths, spec.kind, spec.coordinates).cols());
    const std::size_t latent = count(spec.latent);
    const bool siren = spec.kind == DecoderKind::Siren;
    std::size_t fanIn = columns + latent;
    if (siren) {
        // The coordinates' columns are scaled to their bandwidth already; the code turns the phases.
        decoder.layers.push_back(uniformLayer(columns, count(spec.hidden.front()), 1.0, stream));
        decoder.layers.push_back(uniformLayer(latent, count(spec.hidden.front()),
            1.0 / static_cast<double>(fanIn), stream));
    } else {
        decoder.layers.push_back(normalLayer(
            columns, count(spec.hidden.front()), fanGain(columns / 2, kHiddenGain), stream));
        decoder.layers.push_back(normalLayer(
            latent, count(spec.hidden.front()), fanGain(latent, kHiddenGain), stream));
    }
    fanIn = count(spec.hidden.front());
    for (std::size_t i = 1; i <= spec.hidden.size(); ++i) {
        const bool last = i == spec.hidden.size();
        const std::size_t width = last ? 1 : count(spec.hidden[i]);
        if (siren)
            decoder.layers.push_back(uniformLayer(fanIn, width,
                std::sqrt(6.0 / static_cast<double>(fanIn)) / spec.coordinates.siren, stream));
        else
            decoder.layers.push_back(
                normalLayer(fanIn, width, fanGain(fanIn, last ? 1.0 : kHiddenGain), stream));
        fanIn = width;
    }
    const double pixels = static_cast<double>(moments.mean.size());
    const double mean = std::accumulate(moments.mean.begin(), moments.mean.end(), 0.0) / pixels;
    double square = 0.0;
    for (std::size_t p = 0; p < moments.mean.size(); ++p) {
        const double off = static_cast<double>(moments.mean[p]) - mean;
        const auto deviation = static_cast<double>(moments.deviation[p]);
        square += off * off + deviation * deviation;
    }
    decoder.mean = static_cast<float>(mean);
    decoder.scale = { static_cast<float>(std::sqrt(square / pixels)) };
}

void startEncoder(const DecoderSpec& spec, const DataMoments& moments, base::RandomStream& stream,
    InferenceParameters& extra)
{
    std::size_t fanIn = moments.mean.size();
    for (auto width = spec.hidden.rbegin(); width != spec.hidden.rend(); ++width) {
        extra.encoder.push_back(
            normalLayer(fanIn, count(*width), fanGain(fanIn, kHiddenGain), stream));
        fanIn = count(*width);
    }
    extra.encoder.push_back(normalLayer(fanIn, count(spec.latent), fanGain(fanIn, 1.0), stream));
    extra.inputMean = moments.mean;
    extra.inputScale = scaleOf(moments.deviation);
}

} // namespace

NetworkState initialState(const GonConfig& config, const std::vector<double>& wavelengths,
    const DataMoments& moments)
{
    const DecoderSpec& spec = config.decoder;
    EXPECTS(moments.mean.size() == wavelengths.size());
    base::RandomStream stream = base::RandomStream(config.seed).split(kWeightsStream);
    NetworkState state;
    if (spec.kind == DecoderKind::Linear)
        startLinear(moments, state.decoder);
    else if (spec.kind == DecoderKind::Dense)
        startDense(spec, moments, stream, state.decoder);
    else
        startCoordinate(config, wavelengths, moments, stream, state.decoder);
    if (config.inference == InferenceKind::Encoder)
        startEncoder(spec, moments, stream, state.extra);
    if (config.inference == InferenceKind::LearnedStep)
        state.extra.step.assign(count(spec.latent), static_cast<float>(config.stepSize));
    if (config.variational) {
        const auto latent = static_cast<Eigen::Index>(spec.latent);
        state.extra.posteriorMean
            = { Matrix::Identity(latent, latent), nn::RowVector<float>::Zero(latent) };
        state.extra.posteriorLogVariance = { Matrix::Zero(latent, latent),
            nn::RowVector<float>::Constant(latent, static_cast<float>(kFirstLogVariance)) };
    }
    return state;
}

} // namespace maury::gon
