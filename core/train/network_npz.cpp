#include "core/train/network_npz.h"

#include "core/io/file_bytes.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <tuple>

namespace maury::train {
namespace {

using base::ErrorCode;
using base::Result;
using io::NumpyArray;

std::string hiddenName(std::size_t at)
{
    return "hidden." + std::to_string(at);
}

/// PyTorch keeps the weights of a layer as [out, in].
NumpyArray weightArray(const std::string& layer, const nn::Matrix<float>& weights)
{
    const nn::Matrix<float> transposed = weights.transpose();
    return { layer + ".weight",
        { static_cast<std::size_t>(transposed.rows()), static_cast<std::size_t>(transposed.cols()) },
        std::vector<double>(transposed.data(), transposed.data() + transposed.size()), {}, false };
}

NumpyArray biasArray(const std::string& layer, const nn::RowVector<float>& biases)
{
    return { layer + ".bias", { static_cast<std::size_t>(biases.size()) },
        std::vector<double>(biases.data(), biases.data() + biases.size()), {}, false };
}

} // namespace

std::vector<NumpyArray> networkArrays(const nn::Parameters& parameters, const std::string& prefix)
{
    std::vector<NumpyArray> arrays;
    const auto add = [&](const std::string& name, const nn::DenseParameters<float>& layer) {
        arrays.push_back(weightArray(prefix + name, layer.weights));
        arrays.push_back(biasArray(prefix + name, layer.biases));
    };
    for (std::size_t at = 0; at < parameters.hidden.size(); ++at)
        add(hiddenName(at), parameters.hidden[at]);
    add("sc", parameters.sc);
    add("lc", parameters.lc);
    return arrays;
}

NpzArchive::NpzArchive(std::vector<NumpyArray> arrays, std::string place)
    : m_arrays(std::move(arrays))
    , m_place(std::move(place))
{
}

Result<NpzArchive> NpzArchive::open(const std::filesystem::path& file)
{
    const auto bytes = io::readBytes(file);
    if (!bytes)
        return base::Unexpected(bytes.error());
    auto arrays = io::readNpz(*bytes, file.string());
    if (!arrays)
        return base::Unexpected(arrays.error());
    return NpzArchive(*std::move(arrays), file.string());
}

const NumpyArray* NpzArchive::find(const std::string& name) const
{
    const auto found = std::find_if(m_arrays.begin(), m_arrays.end(),
        [&name](const NumpyArray& array) { return array.name == name; });
    return found == m_arrays.end() ? nullptr : &*found;
}

bool NpzArchive::has(const std::string& prefix) const
{
    return std::any_of(m_arrays.begin(), m_arrays.end(),
        [&prefix](const NumpyArray& array) { return array.name.starts_with(prefix); });
}

/// A layer with `fanIn` inputs (0: whatever it has), [in, out] as we keep it.
Result<nn::DenseParameters<float>> NpzArchive::layer(
    const std::string& name, std::size_t fanIn) const
{
    const auto weight = array(name + ".weight", 2);
    if (!weight)
        return base::Unexpected(weight.error());
    const auto bias = array(name + ".bias", 1);
    if (!bias)
        return base::Unexpected(bias.error());
    const auto& shape = (*weight)->shape;
    if ((fanIn != 0 && shape[1] != fanIn) || (*bias)->shape[0] != shape[0] || shape[0] == 0
        || shape[1] == 0)
        return base::failure(ErrorCode::ValueInvalid, m_place + ": " + name,
            fmt::format("weights {} and {} biases", fmt::join(shape, " × "),
                (*bias)->shape[0]),
            fanIn != 0 ? fmt::format("weights of {} inputs, one bias an output", fanIn)
                       : "one bias an output");
    nn::DenseParameters<float> layer;
    const auto out = static_cast<Eigen::Index>(shape[0]);
    const auto in = static_cast<Eigen::Index>(shape[1]);
    layer.weights = Eigen::Map<const nn::Matrix<double>>((*weight)->values.data(), out, in)
                        .transpose()
                        .cast<float>();
    layer.biases = Eigen::Map<const nn::RowVector<double>>((*bias)->values.data(), out)
                       .cast<float>();
    return layer;
}

Result<const NumpyArray*> NpzArchive::array(
    const std::string& name, std::size_t dimensions) const
{
    const NumpyArray* found = find(name);
    if (found == nullptr || found->isText) {
        std::vector<std::string> names;
        for (const NumpyArray& each : m_arrays)
            names.push_back(each.name);
        return base::failure(ErrorCode::ValueMissing, m_place,
            fmt::format("the arrays {}", fmt::join(names, ", ")),
            fmt::format("an array {}", name));
    }
    if (found->shape.size() != dimensions)
        return base::failure(ErrorCode::ValueInvalid, m_place + ": " + name,
            fmt::format("{} dimensions", found->shape.size()), std::to_string(dimensions));
    return found;
}

Result<StoredNetwork> NpzArchive::network(nn::Activation activation, const std::string& prefix) const
{
    StoredNetwork network;
    nn::NetworkSpec& spec = network.spec;
    spec.hidden.clear();
    spec.activation = activation;
    std::size_t fanIn = 0;
    while (spec.hidden.empty()
        || find(prefix + hiddenName(spec.hidden.size()) + ".weight") != nullptr) {
        auto hidden = layer(prefix + hiddenName(spec.hidden.size()), fanIn);
        if (!hidden)
            return base::Unexpected(hidden.error());
        if (spec.hidden.empty())
            spec.inputs = static_cast<int>(hidden->weights.rows());
        fanIn = static_cast<std::size_t>(hidden->weights.cols());
        spec.hidden.push_back(static_cast<int>(fanIn));
        network.parameters.hidden.push_back(*std::move(hidden));
    }
    for (const auto& [name, target, classes] :
        { std::tuple("sc", &network.parameters.sc, &spec.scClasses),
            std::tuple("lc", &network.parameters.lc, &spec.lcClasses) }) {
        auto head = layer(prefix + name, fanIn);
        if (!head)
            return base::Unexpected(head.error());
        *classes = static_cast<int>(head->weights.cols());
        *target = *std::move(head);
    }
    if (const auto valid = nn::validate(spec); !valid)
        return base::failure(ErrorCode::ValueInvalid, m_place + ": " + valid.error().place,
            valid.error().found, valid.error().expected);
    if (!nn::allFinite(network.parameters))
        return base::failure(ErrorCode::ValueInvalid, m_place,
            "weights that are not finite", "finite weights");
    return network;
}

} // namespace maury::train
