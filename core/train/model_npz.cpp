#include "core/train/model_npz.h"

#include "core/io/file_bytes.h"
#include "core/io/npz_file.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace maury::train {
namespace {

using base::ErrorCode;
using base::Result;
using io::NumpyArray;
using nlohmann::json;

constexpr const char* kMetadata = "metadata";
constexpr const char* kFormat = "maury-model";
constexpr int kVersion = 1;

std::string layerName(std::size_t at, std::size_t hiddenLayers)
{
    if (at < hiddenLayers)
        return "hidden." + std::to_string(at);
    return at == hiddenLayers ? "sc" : "lc";
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

std::string metadataOf(const Model& model)
{
    return json { { "format", kFormat }, { "version", kVersion },
        { "activation", nn::toString(model.spec.activation) },
        { "classes", model.scheme.names },
        { "class_temperature_codes", model.scheme.temperatureCodes },
        { "grid_first_angstrom", model.grid.firstAngstrom },
        { "grid_step_angstrom", model.grid.stepAngstrom }, { "grid_pixels", model.grid.pixels },
        { "protocol", model.protocol }, { "atlas", model.atlas },
        { "provenance", model.provenance }, { "train_sha256", model.trainSha256 },
        { "settings", model.settings }, { "trained_by", model.programVersion },
        { "epoch", model.epoch } }
        .dump();
}

/// Everything but the numbers of the network.
Result<Model> fromMetadata(const std::string& text, const std::string& place)
{
    const json from = json::parse(text, nullptr, false);
    if (!from.is_object() || from.value("format", json()) != json(kFormat))
        return base::failure(ErrorCode::FormatUnknown, place, {},
            fmt::format("JSON with \"format\": \"{}\"", kFormat));
    if (const json version = from.value("version", json()); version != json(kVersion))
        return base::failure(ErrorCode::FormatVersion, place, version.dump(),
            fmt::format("version {}", kVersion));
    Model model;
    try {
        const auto activation = nn::activationFromString(from.at("activation").get<std::string>());
        if (!activation)
            return base::failureIn(activation.error(), place);
        model.spec.activation = *activation;
        from.at("classes").get_to(model.scheme.names);
        from.at("class_temperature_codes").get_to(model.scheme.temperatureCodes);
        from.at("grid_first_angstrom").get_to(model.grid.firstAngstrom);
        from.at("grid_step_angstrom").get_to(model.grid.stepAngstrom);
        from.at("grid_pixels").get_to(model.grid.pixels);
        from.at("protocol").get_to(model.protocol);
        from.at("atlas").get_to(model.atlas);
        from.at("provenance").get_to(model.provenance);
        from.at("train_sha256").get_to(model.trainSha256);
        from.at("settings").get_to(model.settings);
        from.at("trained_by").get_to(model.programVersion);
        from.at("epoch").get_to(model.epoch);
    } catch (const json::exception& error) {
        return base::failure(ErrorCode::ValueInvalid, place, error.what(), "a model's metadata");
    }
    if (model.scheme.names.size() != model.scheme.temperatureCodes.size())
        return base::failure(ErrorCode::ValueInvalid, place,
            fmt::format("{} temperature codes", model.scheme.temperatureCodes.size()),
            fmt::format("{}, one a class", model.scheme.names.size()));
    return model;
}

/// The arrays of an archive by name.
class Archive {
public:
    Archive(std::vector<NumpyArray> arrays, std::string place)
        : m_arrays(std::move(arrays))
        , m_place(std::move(place))
    {
    }

    [[nodiscard]] const std::string& place() const { return m_place; }

    [[nodiscard]] const NumpyArray* find(const std::string& name) const
    {
        const auto found = std::find_if(m_arrays.begin(), m_arrays.end(),
            [&name](const NumpyArray& array) { return array.name == name; });
        return found == m_arrays.end() ? nullptr : &*found;
    }

    /// A layer with `fanIn` inputs (0: whatever it has), [in, out] as we keep it.
    Result<nn::DenseParameters<float>> layer(const std::string& name, std::size_t fanIn) const
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

private:
    [[nodiscard]] Result<const NumpyArray*> array(
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

    std::vector<NumpyArray> m_arrays;
    std::string m_place;
};

Result<void> readNetwork(const Archive& archive, Model& model)
{
    nn::NetworkSpec& spec = model.spec;
    spec.hidden.clear();
    std::size_t fanIn = 0;
    while (spec.hidden.empty()
        || archive.find(layerName(spec.hidden.size(), spec.hidden.size() + 1) + ".weight")
            != nullptr) {
        auto layer
            = archive.layer(layerName(spec.hidden.size(), spec.hidden.size() + 1), fanIn);
        if (!layer)
            return base::Unexpected(layer.error());
        if (spec.hidden.empty())
            spec.inputs = static_cast<int>(layer->weights.rows());
        fanIn = static_cast<std::size_t>(layer->weights.cols());
        spec.hidden.push_back(static_cast<int>(fanIn));
        model.parameters.hidden.push_back(*std::move(layer));
    }
    for (const auto& [name, target, classes] :
        { std::tuple("sc", &model.parameters.sc, &spec.scClasses),
            std::tuple("lc", &model.parameters.lc, &spec.lcClasses) }) {
        auto head = archive.layer(name, fanIn);
        if (!head)
            return base::Unexpected(head.error());
        *classes = static_cast<int>(head->weights.cols());
        *target = *std::move(head);
    }
    if (const auto valid = nn::validate(spec); !valid)
        return base::failure(ErrorCode::ValueInvalid, archive.place() + ": " + valid.error().place,
            valid.error().found, valid.error().expected);
    if (!nn::allFinite(model.parameters))
        return base::failure(ErrorCode::ValueInvalid, archive.place(),
            "weights that are not finite", "finite weights");
    return {};
}

Result<void> checkFits(const Model& model, const std::string& place)
{
    const auto mismatch = [&place](const char* what, std::size_t found, std::size_t expected) {
        return base::failure(ErrorCode::ModelMismatch, place, fmt::format("{} {}", found, what),
            fmt::format("{}", expected));
    };
    const auto inputs = static_cast<std::size_t>(model.spec.inputs);
    if (inputs != model.grid.pixels)
        return mismatch("inputs", inputs, model.grid.pixels);
    const auto classes = static_cast<std::size_t>(model.spec.scClasses);
    if (classes != model.scheme.names.size())
        return mismatch("spectral classes", classes, model.scheme.names.size());
    return {};
}

} // namespace

Result<void> writeModelNpz(const Model& model, const std::filesystem::path& file)
{
    std::vector<NumpyArray> arrays;
    model.parameters.forEach([&](const nn::DenseParameters<float>& layer) {
        const std::string name = layerName(arrays.size() / 2, model.spec.hidden.size());
        arrays.push_back(weightArray(name, layer.weights));
        arrays.push_back(biasArray(name, layer.biases));
    });
    arrays.push_back({ kMetadata, {}, {}, metadataOf(model), true });
    return io::writeNpz(file, arrays);
}

Result<Model> readModelNpz(const std::filesystem::path& file, const Model* like)
{
    const auto bytes = io::readBytes(file);
    if (!bytes)
        return base::Unexpected(bytes.error());
    auto arrays = io::readNpz(*bytes, file.string());
    if (!arrays)
        return base::Unexpected(arrays.error());
    const Archive archive(*std::move(arrays), file.string());
    const NumpyArray* metadata = archive.find(kMetadata);
    Model model;
    if (like != nullptr) {
        model = *like;
        model.parameters = {};
    } else if (metadata != nullptr && metadata->isText) {
        auto described = fromMetadata(metadata->text, file.string() + ": " + kMetadata);
        if (!described)
            return described;
        model = *std::move(described);
    } else {
        return base::failure(ErrorCode::ValueMissing, file.string(), "no metadata",
            "a text \"metadata\", or a model to take classes and grid from (--like)");
    }
    if (const auto read = readNetwork(archive, model); !read)
        return base::Unexpected(read.error());
    if (const auto fits = checkFits(model, file.string()); !fits)
        return base::Unexpected(fits.error());
    return model;
}

} // namespace maury::train
