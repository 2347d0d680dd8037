#include "core/train/parameters_file.h"

#include "core/base/sha256.h"

#include <algorithm>

namespace maury::train {
namespace {

using base::ErrorCode;
using base::Result;

std::string layerName(std::size_t at, std::size_t hiddenLayers)
{
    if (at < hiddenLayers)
        return "hidden" + std::to_string(at);
    return at == hiddenLayers ? "sc" : "lc";
}

std::string digest(const nn::Parameters& parameters)
{
    base::Sha256 sha;
    parameters.forEach([&](const nn::DenseParameters<float>& layer) {
        sha.updateValues(std::span<const float>(
            layer.weights.data(), static_cast<std::size_t>(layer.weights.size())));
        sha.updateValues(std::span<const float>(
            layer.biases.data(), static_cast<std::size_t>(layer.biases.size())));
    });
    return sha.hexDigest();
}

Result<void> writeLayer(
    io::Hdf5Group& group, const std::string& name, const nn::DenseParameters<float>& layer)
{
    const auto rows = static_cast<std::size_t>(layer.weights.rows());
    const auto cols = static_cast<std::size_t>(layer.weights.cols());
    const auto weights = group.writeArray<float>(
        name + "_weights", std::span(layer.weights.data(), rows * cols), { rows, cols });
    if (!weights)
        return weights;
    return group.writeArray<float>(
        name + "_biases", std::span(layer.biases.data(), cols), { cols });
}

Result<void> readLayer(
    const io::Hdf5Group& group, const std::string& name, nn::DenseParameters<float>& layer)
{
    const auto rows = static_cast<std::size_t>(layer.weights.rows());
    const auto cols = static_cast<std::size_t>(layer.weights.cols());
    const auto weights = group.readInto<float>(
        name + "_weights", { rows, cols }, std::span(layer.weights.data(), rows * cols));
    if (!weights)
        return weights;
    return group.readInto<float>(name + "_biases", { cols }, std::span(layer.biases.data(), cols));
}

Result<nn::NetworkSpec> readSpec(const io::Hdf5Group& group)
{
    nn::NetworkSpec spec;
    const auto hidden = group.readArray<std::int32_t>("hidden");
    if (!hidden)
        return base::Unexpected(hidden.error());
    spec.hidden.assign(hidden->values.begin(), hidden->values.end());
    const auto activation = group.textAttribute("activation");
    if (!activation)
        return base::Unexpected(activation.error());
    const auto kind = nn::activationFromString(*activation);
    if (!kind)
        return base::failure(ErrorCode::ValueInvalid, group.place() + ", attribute activation",
            *activation, kind.error().expected);
    spec.activation = *kind;
    for (const auto& [name, target] :
        { std::pair { "inputs", &spec.inputs }, std::pair { "sc_classes", &spec.scClasses },
            std::pair { "lc_classes", &spec.lcClasses } }) {
        const auto value = group.integerAttribute(name);
        if (!value)
            return base::Unexpected(value.error());
        *target = static_cast<int>(std::clamp<std::int64_t>(*value, -1, 1 << 20));
    }
    if (const auto valid = nn::validate(spec); !valid)
        return base::failure(ErrorCode::ValueInvalid, group.place() + ", " + valid.error().place,
            valid.error().found, valid.error().expected);
    return spec;
}

} // namespace

Result<void> writeParameters(io::Hdf5Group& parent, const std::string& name,
    const nn::NetworkSpec& spec, const nn::Parameters& parameters)
{
    auto group = parent.createGroup(name);
    if (!group)
        return base::Unexpected(group.error());
    const std::vector<std::int32_t> hidden(spec.hidden.begin(), spec.hidden.end());
    for (const auto& written :
        { group->writeArray<std::int32_t>("hidden", hidden, { hidden.size() }),
            group->setAttribute("activation", nn::toString(spec.activation)),
            group->setAttribute("inputs", std::int64_t { spec.inputs }),
            group->setAttribute("sc_classes", std::int64_t { spec.scClasses }),
            group->setAttribute("lc_classes", std::int64_t { spec.lcClasses }),
            group->setAttribute("sha256", digest(parameters)) })
        if (!written)
            return written;
    Result<void> result;
    std::size_t at = 0;
    parameters.forEach([&](const nn::DenseParameters<float>& layer) {
        if (result)
            result = writeLayer(*group, layerName(at, spec.hidden.size()), layer);
        ++at;
    });
    return result;
}

Result<StoredNetwork> readParameters(const io::Hdf5Group& parent, const std::string& name)
{
    const auto group = parent.group(name);
    if (!group)
        return base::Unexpected(group.error());
    const auto spec = readSpec(*group);
    if (!spec)
        return base::Unexpected(spec.error());
    StoredNetwork network { *spec, nn::zeroParameters<float>(*spec) };
    Result<void> result;
    std::size_t at = 0;
    network.parameters.forEach([&](nn::DenseParameters<float>& layer) {
        if (result)
            result = readLayer(*group, layerName(at, spec->hidden.size()), layer);
        ++at;
    });
    if (!result)
        return base::Unexpected(result.error());
    const auto stored = group->textAttribute("sha256");
    if (!stored)
        return base::Unexpected(stored.error());
    if (const std::string found = digest(network.parameters); found != *stored)
        return base::failure(
            ErrorCode::FileDamaged, group->place(), "numbers with SHA-256 " + found, *stored);
    if (!allFinite(network.parameters))
        return base::failure(ErrorCode::FileDamaged, group->place(), "weights that are not finite",
            "finite weights");
    return network;
}

Result<nn::Parameters> readFitting(
    const io::Hdf5Group& parent, const std::string& name, const nn::NetworkSpec& spec)
{
    auto network = readParameters(parent, name);
    if (!network)
        return base::Unexpected(network.error());
    if (!(network->spec == spec))
        return base::failure(base::ErrorCode::FileDamaged, parent.place() + name,
            "a network of another shape", "the shape of the model beside it");
    return std::move(network->parameters);
}

} // namespace maury::train
