#include "core/gon/layers_file.h"

#include "core/gon/coordinates.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace maury::gon {
namespace {

using base::ErrorCode;
using base::Result;
using Layers = std::vector<nn::DenseParameters<float>>;

std::vector<std::size_t> shapeOf(const Matrix& matrix)
{
    return { static_cast<std::size_t>(matrix.rows()), static_cast<std::size_t>(matrix.cols()) };
}

Result<void> writeFloats(
    io::Hdf5Group& group, const std::string& name, const std::vector<float>& values)
{
    return group.writeArray<float>(name, values, { values.size() });
}

Result<std::vector<float>> readFloats(const io::Hdf5Group& group, const std::string& name)
{
    auto array = group.readArray<float>(name);
    if (!array)
        return base::Unexpected(array.error());
    return std::move(array->values);
}

/// Reads into `target` unless an error is there already.
template <typename Value, typename Read>
void take(Result<void>& status, Value& target, const Read& read)
{
    if (!status)
        return;
    auto value = read();
    if (value)
        target = *std::move(value);
    else
        status = base::Unexpected(value.error());
}

} // namespace

Result<void> writeMatrix(io::Hdf5Group& group, const std::string& name, const Matrix& matrix)
{
    return group.writeArray<float>(name,
        std::span(matrix.data(), static_cast<std::size_t>(matrix.size())), shapeOf(matrix));
}

Result<Matrix> readMatrix(const io::Hdf5Group& group, const std::string& name)
{
    const auto array = group.readArray<float>(name);
    if (!array)
        return base::Unexpected(array.error());
    if (array->shape.size() != 2)
        return base::failure(ErrorCode::FileDamaged, group.place() + ", " + name,
            fmt::format("{} dimensions", array->shape.size()), "2");
    return Matrix(Eigen::Map<const Matrix>(array->values.data(),
        static_cast<Eigen::Index>(array->shape[0]), static_cast<Eigen::Index>(array->shape[1])));
}

Result<void> writeLayers(io::Hdf5Group& group, const std::string& name, const Layers& layers)
{
    if (const auto written = group.setAttribute(
            name + "_layers", static_cast<std::int64_t>(layers.size()));
        !written)
        return written;
    for (std::size_t i = 0; i < layers.size(); ++i) {
        const std::string prefix = fmt::format("{}{}_", name, i);
        if (const auto written = writeMatrix(group, prefix + "weights", layers[i].weights);
            !written)
            return written;
        if (const auto written = group.writeArray<float>(prefix + "biases",
                std::span(layers[i].biases.data(),
                    static_cast<std::size_t>(layers[i].biases.size())),
                { static_cast<std::size_t>(layers[i].biases.size()) });
            !written)
            return written;
    }
    return {};
}

Result<Layers> readLayers(const io::Hdf5Group& group, const std::string& name)
{
    const auto count = group.integerAttribute(name + "_layers");
    if (!count)
        return base::Unexpected(count.error());
    constexpr std::int64_t kMost = 64;
    if (*count < 0 || *count > kMost)
        return base::failure(ErrorCode::FileDamaged, group.place() + ", " + name,
            fmt::format("{} layers", *count), fmt::format("0 to {}", kMost));
    Layers layers;
    for (std::int64_t i = 0; i < *count; ++i) {
        const std::string prefix = fmt::format("{}{}_", name, i);
        auto weights = readMatrix(group, prefix + "weights");
        if (!weights)
            return base::Unexpected(weights.error());
        const auto biases = readFloats(group, prefix + "biases");
        if (!biases)
            return base::Unexpected(biases.error());
        nn::DenseParameters<float> layer { *std::move(weights),
            Eigen::Map<const nn::RowVector<float>>(biases->data(), std::ssize(*biases)) };
        if (layer.biases.size() != layer.weights.cols() || !layer.weights.allFinite()
            || !layer.biases.allFinite())
            return base::failure(ErrorCode::FileDamaged, group.place() + ", " + prefix,
                "weights and biases that do not fit or are not finite", "a layer");
        layers.push_back(std::move(layer));
    }
    return layers;
}

Result<void> writeNetwork(io::Hdf5Group& parent, const NetworkState& state)
{
    const InferenceParameters& extra = state.extra;
    Layers posterior;
    if (extra.posteriorMean.weights.size() > 0)
        posterior = { extra.posteriorMean, extra.posteriorLogVariance };
    for (const auto& written : { writeLayers(parent, "decoder", state.decoder.layers),
             writeFloats(parent, "scale", state.decoder.scale),
             parent.setAttribute("mean", static_cast<double>(state.decoder.mean)),
             writeLayers(parent, "posterior", posterior),
             writeLayers(parent, "encoder", extra.encoder), writeFloats(parent, "step", extra.step),
             writeFloats(parent, "input_mean", extra.inputMean),
             writeFloats(parent, "input_scale", extra.inputScale) })
        if (!written)
            return written;
    return {};
}

Result<NetworkState> readNetwork(const io::Hdf5Group& parent)
{
    NetworkState state;
    Layers posterior;
    double mean = 0.0;
    Result<void> status;
    take(status, state.decoder.layers, [&] { return readLayers(parent, "decoder"); });
    take(status, state.decoder.scale, [&] { return readFloats(parent, "scale"); });
    take(status, mean, [&] { return parent.realAttribute("mean"); });
    take(status, posterior, [&] { return readLayers(parent, "posterior"); });
    take(status, state.extra.encoder, [&] { return readLayers(parent, "encoder"); });
    take(status, state.extra.step, [&] { return readFloats(parent, "step"); });
    take(status, state.extra.inputMean, [&] { return readFloats(parent, "input_mean"); });
    take(status, state.extra.inputScale, [&] { return readFloats(parent, "input_scale"); });
    if (!status)
        return base::Unexpected(status.error());
    state.decoder.mean = static_cast<float>(mean);
    if (posterior.size() == 2) {
        state.extra.posteriorMean = posterior[0];
        state.extra.posteriorLogVariance = posterior[1];
    }
    return state;
}

Result<void> checkShapes(const NetworkState& state, const DecoderSpec& spec,
    InferenceKind inference, const std::vector<double>& wavelengths, const std::string& place)
{
    const Layers& layers = state.decoder.layers;
    const auto latent = static_cast<Eigen::Index>(spec.latent);
    const auto pixels = std::ssize(wavelengths);
    const bool coordinate = isCoordinate(spec.kind);
    const std::size_t hidden = spec.kind == DecoderKind::Linear ? 0 : spec.hidden.size();
    bool fits = layers.size() == hidden + (coordinate ? 2 : 1);
    if (fits && coordinate) {
        fits = layers[0].weights.rows()
                == coordinateFeatures(wavelengths, spec.kind, spec.coordinates).cols()
            && layers[1].weights.rows() == latent && layers.back().weights.cols() == 1
            && state.decoder.scale.size() == 1;
        for (std::size_t i = 2; fits && i < layers.size(); ++i)
            fits = layers[i].weights.rows() == spec.hidden[i - 2];
        fits = fits && layers[0].weights.cols() == spec.hidden[0]
            && layers[1].weights.cols() == spec.hidden[0];
    } else if (fits) {
        Eigen::Index fanIn = latent;
        for (std::size_t i = 0; fits && i < hidden; ++i) {
            fits = layers[i].weights.rows() == fanIn && layers[i].weights.cols() == spec.hidden[i];
            fanIn = spec.hidden[i];
        }
        if (spec.kind == DecoderKind::Dense && spec.skip)
            fanIn += latent;
        fits = fits && layers.back().weights.rows() == fanIn
            && layers.back().weights.cols() == pixels;
    }
    if (inference == InferenceKind::Encoder)
        fits = fits && !state.extra.encoder.empty()
            && state.extra.encoder.front().weights.rows() == pixels
            && state.extra.encoder.back().weights.cols() == latent
            && std::ssize(state.extra.inputMean) == pixels
            && std::ssize(state.extra.inputScale) == pixels;
    if (inference == InferenceKind::LearnedStep)
        fits = fits && std::ssize(state.extra.step) == latent;
    if (fits)
        return {};
    return base::failure(ErrorCode::FileDamaged, place,
        "layers that do not belong to the decoder or its inference",
        fmt::format("{} decoder, latent {}, {} pixels", toString(spec.kind), latent, pixels));
}

} // namespace maury::gon
