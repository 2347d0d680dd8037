#include "app/cli/inspect_model.h"

#include "app/cli/atlas_options.h"
#include "app/cli/report.h"
#include "core/classify/training_atlas.h"
#include "core/io/file_bytes.h"
#include "core/robust/robust_model.h"
#include "core/train/metrics.h"
#include "core/train/probed_network.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

namespace maury::cli {
namespace {

using nlohmann::json;

constexpr int kFilters = 12;
constexpr int kClassesOfFilter = 3;

bool isHdf5(const std::filesystem::path& file)
{
    const std::string magic = "\x89HDF\r\n\x1A\n";
    const auto start = io::readFirstBytes(file, magic.size());
    return start && *start == magic;
}

std::string nameOf(const nn::LayerProbe& layer)
{
    switch (layer.kind) {
    case nn::LayerProbe::Kind::Hidden:
        return fmt::format("hidden{}", layer.number);
    case nn::LayerProbe::Kind::SpectralHead:
        return "sc";
    case nn::LayerProbe::Kind::LuminosityHead:
        return "lc";
    }
    return {};
}

json describe(const nn::Distribution& numbers)
{
    if (numbers.isEmpty() && numbers.notFinite == 0)
        return nullptr;
    json entry { { "count", numbers.count }, { "not_finite", numbers.notFinite } };
    if (!numbers.isEmpty())
        entry.update({ { "mean", numbers.mean }, { "standard_deviation", numbers.deviation },
            { "min", numbers.smallest }, { "max", numbers.largest },
            { "histogram",
                { { "low", numbers.smallest }, { "high", numbers.largest },
                    { "counts", numbers.bins } } } });
    return entry;
}

json describe(const nn::LayerProbe& layer, const nn::LayerProbe* initial)
{
    const bool hidden = layer.kind == nn::LayerProbe::Kind::Hidden;
    return { { "name", nameOf(layer) }, { "fan_in", layer.fanIn }, { "fan_out", layer.fanOut },
        { "parameters", layer.parameterCount() }, { "weights", describe(layer.weights) },
        { "initial_weights", initial != nullptr ? describe(initial->weights) : json() },
        { "biases", describe(layer.biases) }, { "sums", describe(layer.sums) },
        { "outputs", describe(layer.outputs) }, { "gradients", describe(layer.gradients) },
        { "silent_units", hidden && !layer.outputs.isEmpty() ? json(layer.silentUnits) : json() } };
}

std::vector<std::string> namesOf(
    const std::vector<int>& classes, const std::vector<std::string>& names)
{
    std::vector<std::string> result;
    for (const int index : classes)
        result.push_back(names[static_cast<std::size_t>(index)]);
    return result;
}

json describeFilter(const train::ProbedNetwork& network, int unit)
{
    const nn::FirstLayer& layer = network.firstLayer;
    const auto classes
        = [&](const nn::Matrix<float>& path, bool raises, const std::vector<std::string>& names) {
              return namesOf(nn::strongestClasses(path, unit, raises, kClassesOfFilter), names);
          };
    const auto& sc = network.scheme.names;
    return { { "unit", unit + 1 }, { "influence", layer.influence[static_cast<std::size_t>(unit)] },
        { "raises", classes(layer.pathSc, true, sc) },
        { "lowers", classes(layer.pathSc, false, sc) },
        { "raises_luminosity", classes(layer.pathLc, true, train::luminosityNames()) },
        { "lowers_luminosity", classes(layer.pathLc, false, train::luminosityNames()) } };
}

json describe(const train::Model& model, const train::ProbedNetwork& network)
{
    const nn::NetworkSpec& spec = network.spec;
    json layers = json::array();
    for (std::size_t i = 0; i < network.probe.layers.size(); ++i)
        layers.push_back(describe(network.probe.layers[i],
            network.initial != nullptr ? &network.initial->probe.layers[i] : nullptr));
    json filters = json::array();
    for (int rank = 0; rank < std::min(kFilters, network.firstLayer.units()); ++rank)
        filters.push_back(
            describeFilter(network, network.firstLayer.order[static_cast<std::size_t>(rank)]));
    return { { "format", "maury-model" }, { "protocol", model.protocol },
        { "trained_on", model.atlas }, { "epochs", model.epoch }, { "classes", model.scheme.names },
        { "luminosity_classes", train::luminosityNames() },
        { "grid",
            { { "wavelength_min", model.grid.wavelength(0) }, { "step", model.grid.stepAngstrom },
                { "pixels", model.grid.pixels },
                { "medium", "air" } } },
        { "network",
            { { "inputs", spec.inputs }, { "hidden", spec.hidden },
                { "activation", nn::toString(spec.activation) },
                { "parameters", spec.parameterCount() } } },
        { "probe_spectra", network.probe.samples }, { "probe_loss", network.probe.loss },
        { "layers", layers }, { "filters", filters } };
}

std::string spreadText(const nn::Distribution& numbers)
{
    return numbers.isEmpty() ? "n/a"
                             : fmt::format("{:+.3g} ± {:.3g}", numbers.mean, numbers.deviation);
}

std::string textOf(
    const std::filesystem::path& file, const train::ProbedNetwork& network, const json& entry)
{
    std::string text
        = fmt::format("{}: a network of {} parameters, {} epochs, activation {}\n", file.string(),
            network.spec.parameterCount(), network.epoch, nn::toString(network.spec.activation));
    text += network.probe.samples > 0
        ? fmt::format(
            "  looked at on {} standards, loss {:.4g}\n", network.probe.samples, network.probe.loss)
        : std::string("  no spectra to look at it on: weights and biases only\n");
    text += fmt::format("  {:<8} {:>13} {:>11}  {:<20} {:<20} {:<20} {}\n", "layer", "size",
        "parameters", "weights", "sums", "outputs", "silent units");
    for (const nn::LayerProbe& layer : network.probe.layers)
        text += fmt::format("  {:<8} {:>13} {:>11}  {:<20} {:<20} {:<20} {}\n", nameOf(layer),
            fmt::format("{} x {}", layer.fanIn, layer.fanOut), layer.parameterCount(),
            spreadText(layer.weights), spreadText(layer.sums), spreadText(layer.outputs),
            layer.kind == nn::LayerProbe::Kind::Hidden && !layer.outputs.isEmpty()
                ? fmt::format("{} of {}", layer.silentUnits, layer.fanOut)
                : "n/a");
    text += "  first-layer units by influence (classes by path weight):\n";
    for (const json& filter : entry["filters"])
        text += fmt::format("    unit {:>5}  {:<10.4g} raises {}, lowers {}\n",
            filter["unit"].get<int>(), filter["influence"].get<double>(),
            fmt::join(filter["raises"].get<std::vector<std::string>>(), " "),
            fmt::join(filter["lowers"].get<std::vector<std::string>>(), " "));
    return text;
}

/// A robust model: what it was trained for, and the weights of its first member.
InspectedModel inspectedRobust(const std::filesystem::path& file, const robust::RobustModel& model)
{
    const robust::RobustPart& part = model.blue;
    const nn::NetworkProbe probe = nn::probeNetwork(part.spec, part.members.front(), {});
    const auto& variation = part.variation;
    const double first = part.grid.wavelength(part.grid.cropBegin);
    const double last = part.grid.wavelength(part.grid.cropBegin + part.grid.cropPixels - 1);
    json layers = json::array();
    for (const nn::LayerProbe& layer : probe.layers)
        layers.push_back(describe(layer, nullptr));
    InspectedModel result;
    result.entry = { { "file", file.string() }, { "format", "maury-robust-model" },
        { "protocol", "robust" }, { "trained_on", model.atlas }, { "members", part.members.size() },
        { "classes", model.scheme.names },
        { "grid",
            { { "wavelength_min", first }, { "wavelength_max", last },
                { "step_ln", part.grid.step }, { "pixels", part.grid.cropPixels },
                { "medium", "air" } } },
        { "limits",
            { { "fwhm_min", variation.nativeFwhmAngstrom },
                { "fwhm_max", variation.widestFwhmAngstrom },
                { "signal_to_noise_min", variation.lowestSignalToNoise } } },
        { "network",
            { { "inputs", part.spec.inputs }, { "hidden", part.spec.hidden },
                { "activation", nn::toString(part.spec.activation) },
                { "parameters", part.spec.parameterCount() } } },
        { "layers", layers } };
    result.text = fmt::format("{}: a robust model, {} network{} of {} parameters\n"
                              "  trained on {}\n"
                              "  for {:.0f} to {:.0f} Å (air), lines of {:.1f} to {:.1f} Å, signal "
                              "to noise from {:.0f}; types {} to {}\n",
        file.string(), part.members.size(), part.members.size() == 1 ? "" : "s",
        part.spec.parameterCount(), model.atlas, first, last, variation.nativeFwhmAngstrom,
        variation.widestFwhmAngstrom, variation.lowestSignalToNoise, model.scheme.names.front(),
        model.scheme.names.back());
    return result;
}

} // namespace

base::Result<std::optional<InspectedModel>> inspectModel(
    const std::filesystem::path& file, const std::string& atlas)
{
    if (!isHdf5(file))
        return std::optional<InspectedModel>();
    if (robust::isRobustModel(file)) {
        const auto robust = robust::readRobustModel(file);
        if (!robust)
            return base::Unexpected(robust.error());
        return std::optional<InspectedModel>(inspectedRobust(file, *robust));
    }
    const auto model = train::readModel(file);
    if (!model && model.error().code == base::ErrorCode::FormatUnknown)
        return std::optional<InspectedModel>();
    if (!model)
        return base::Unexpected(model.error());
    const auto standards
        = atlas.empty() ? classify::openTrainingAtlas(*model) : openAtlasWithWarnings(atlas);
    if (!standards && !atlas.empty())
        return base::Unexpected(standards.error());
    if (!standards)
        notice("no spectra to look at the network on (name them with --atlas): "
            + base::describe(standards.error()));
    const auto network = train::probeModel(*model, standards ? *standards : nullptr);
    InspectedModel result;
    result.entry = describe(*model, *network);
    result.entry["file"] = file.string();
    result.text = textOf(file, *network, result.entry);
    return std::optional<InspectedModel>(std::move(result));
}

} // namespace maury::cli
