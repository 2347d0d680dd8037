#include "core/robust/robust_npz.h"

#include "core/train/network_npz.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace maury::robust {
namespace {

using base::ErrorCode;
using base::Result;
using io::NumpyArray;
using nlohmann::json;

constexpr const char* kFormat = "maury-robust-model";
constexpr int kVersion = 1;
constexpr const char* kBlue = "blue";
constexpr const char* kWide = "wide";

std::string prefixOf(const std::string& range, std::size_t member)
{
    return fmt::format("{}.{}.", range, member);
}

NumpyArray vectorArray(const std::string& name, std::vector<double> values)
{
    return { name, { values.size() }, std::move(values), {}, false };
}

void addPart(const RobustPart& part, const std::string& range, std::vector<NumpyArray>& arrays)
{
    for (std::size_t member = 0; member < part.members.size(); ++member)
        for (NumpyArray& array : train::networkArrays(part.members[member], prefixOf(range, member)))
            arrays.push_back(std::move(array));
    std::vector<double> wavelengths;
    for (std::size_t i = 0; i < part.grid.cropPixels; ++i)
        wavelengths.push_back(part.grid.wavelength(part.grid.cropBegin + i));
    const auto& [mean, deviation] = part.standardisation;
    arrays.push_back(vectorArray(range + ".wavelength", std::move(wavelengths)));
    arrays.push_back(vectorArray(range + ".mean", { mean.begin(), mean.end() }));
    arrays.push_back(vectorArray(range + ".deviation", { deviation.begin(), deviation.end() }));
}

json binsOf(const OrdinalBins& bins)
{
    return { { "first", bins.first }, { "step", bins.step }, { "count", bins.count } };
}

std::string metadataOf(const RobustModel& model)
{
    return json { { "format", kFormat }, { "version", kVersion },
        { "activation", nn::toString(model.blue.spec.activation) },
        { "temperature_bins", binsOf(temperatureBins()) },
        { "luminosity_bins", binsOf(luminosityBins()) }, { "classes", model.scheme.names },
        { "input",
            fmt::format("(flux over its running mean - 1 - mean) / (deviation + {})",
                Standardisation::kQuiet) },
        { "atlas", model.atlas }, { "trained_by", model.programVersion } }
        .dump();
}

bool sameNumbers(const nn::Parameters& a, const nn::Parameters& b)
{
    std::vector<const nn::DenseParameters<float>*> layers;
    a.forEach([&](const nn::DenseParameters<float>& layer) { layers.push_back(&layer); });
    bool same = true;
    std::size_t at = 0;
    b.forEach([&](const nn::DenseParameters<float>& layer) {
        same = same && layer.weights == layers[at]->weights && layer.biases == layers[at]->biases;
        ++at;
    });
    return same;
}

bool sameMembers(const RobustPart& a, const RobustPart& b)
{
    return a.spec == b.spec
        && std::equal(
            a.members.begin(), a.members.end(), b.members.begin(), b.members.end(), sameNumbers);
}

/// The part with the archive's networks in place of its own.
Result<RobustPart> readPart(
    const train::NpzArchive& archive, const std::string& range, const RobustPart& like)
{
    RobustPart part = like;
    part.members.clear();
    do {
        const std::string prefix = prefixOf(range, part.members.size());
        auto network = archive.network(like.spec.activation, prefix);
        if (!network)
            return base::Unexpected(network.error());
        const nn::NetworkSpec& spec = network->spec;
        const bool fits = spec.inputs == like.spec.inputs && spec.scClasses == like.spec.scClasses
            && spec.lcClasses == like.spec.lcClasses;
        if (!fits || (!part.members.empty() && spec != part.spec))
            return base::failure(ErrorCode::ModelMismatch, archive.place() + ": " + prefix,
                fmt::format("{} inputs, {} and {} bins", spec.inputs,
                    spec.scClasses, spec.lcClasses),
                fmt::format("{} inputs, {} and {} bins, and members of one shape", like.spec.inputs,
                    like.spec.scClasses, like.spec.lcClasses));
        part.spec = spec;
        part.members.push_back(std::move(network->parameters));
    } while (archive.has(prefixOf(range, part.members.size())));
    return part;
}

} // namespace

Result<void> writeRobustNpz(const RobustModel& model, const std::filesystem::path& file)
{
    std::vector<NumpyArray> arrays;
    addPart(model.blue, kBlue, arrays);
    if (model.wide)
        addPart(*model.wide, kWide, arrays);
    arrays.push_back({ train::kNpzMetadata, {}, {}, metadataOf(model), true });
    return io::writeNpz(file, arrays);
}

Result<RobustModel> readRobustNpz(const std::filesystem::path& file, const RobustModel& like)
{
    const auto archive = train::NpzArchive::open(file);
    if (!archive)
        return base::Unexpected(archive.error());
    RobustModel model = like;
    auto blue = readPart(*archive, kBlue, like.blue);
    if (!blue)
        return base::Unexpected(blue.error());
    model.blue = *std::move(blue);
    bool isSame = sameMembers(model.blue, like.blue);
    if (like.wide) {
        auto wide = readPart(*archive, kWide, *like.wide);
        if (!wide)
            return base::Unexpected(wide.error());
        model.wide = *std::move(wide);
        isSame = isSame && sameMembers(*model.wide, *like.wide);
    }
    if (!isSame)
        model.calibration.reset();
    return model;
}

bool isRobustNpz(const std::filesystem::path& file)
{
    const auto archive = train::NpzArchive::open(file);
    const NumpyArray* metadata = archive ? archive->find(train::kNpzMetadata) : nullptr;
    if (metadata == nullptr || !metadata->isText)
        return false;
    const json described = json::parse(metadata->text, nullptr, false);
    return described.is_object() && described.value("format", json()) == json(kFormat);
}

} // namespace maury::robust
