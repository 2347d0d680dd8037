#include "core/gon/gon_checkpoint.h"

#include "core/base/sha256.h"
#include "core/gon/layers_file.h"
#include "core/train/history_file.h"
#include "core/train/run_checks.h"

#include <fmt/format.h>

#include <array>

namespace maury::gon {
namespace {

using base::ErrorCode;
using base::Result;

const io::Hdf5Format kFormat { "maury-gon-checkpoint", 2 };

Result<void> fill(io::Hdf5Group& root, const GonCheckpoint& checkpoint)
{
    GonConfig now = checkpoint.config;
    now.setLive(checkpoint.live);
    std::vector<nn::DenseParameters<float>> first;
    std::vector<nn::DenseParameters<float>> second;
    for (const LayerMoments& moments : checkpoint.network.moments) {
        first.push_back(moments.first);
        second.push_back(moments.second);
    }
    for (const auto& written : { root.setAttribute("config", configToJson(checkpoint.config)),
             root.setAttribute("config_now", configToJson(now)),
             root.setAttribute("identity", checkpoint.identity),
             root.setAttribute("optimizer_steps", checkpoint.network.steps),
             train::writeCourse(root, checkpoint.history, checkpoint.changes),
             writeNetwork(root, checkpoint.network), writeLayers(root, "first", first),
             writeLayers(root, "second", second) })
        if (!written)
            return written;
    return {};
}

Result<GonConfig> readConfig(const io::Hdf5Group& root, const char* name)
{
    const auto text = root.textAttribute(name);
    if (!text)
        return base::Unexpected(text.error());
    return configFromJson(*text, root.place());
}

Result<void> readMoments(const io::Hdf5Group& root, NetworkState& network)
{
    const auto steps = root.integerAttribute("optimizer_steps");
    auto first = readLayers(root, "first");
    auto second = readLayers(root, "second");
    if (!steps)
        return base::Unexpected(steps.error());
    if (!first)
        return base::Unexpected(first.error());
    if (!second)
        return base::Unexpected(second.error());
    if (first->size() != second->size())
        return base::failure(ErrorCode::FileDamaged, root.place() + ", moments",
            fmt::format("{} and {}", first->size(), second->size()), "as many of both");
    network.steps = *steps;
    for (std::size_t i = 0; i < first->size(); ++i)
        network.moments.push_back({ (*first)[i], (*second)[i] });
    return {};
}

} // namespace

Result<void> writeCheckpoint(const GonCheckpoint& checkpoint, const std::filesystem::path& file)
{
    return io::writeHdf5(
        file, kFormat, [&](io::Hdf5Group& root) { return fill(root, checkpoint); });
}

Result<GonCheckpoint> readGonCheckpoint(const std::filesystem::path& file)
{
    const auto root = io::openHdf5(file, kFormat);
    if (!root)
        return base::Unexpected(root.error());
    GonCheckpoint checkpoint;
    const auto config = readConfig(*root, "config");
    const auto now = readConfig(*root, "config_now");
    auto identity = root->textAttribute("identity");
    auto network = readNetwork(*root);
    if (!config)
        return base::Unexpected(config.error());
    if (!now)
        return base::Unexpected(now.error());
    if (!identity)
        return base::Unexpected(identity.error());
    if (!network)
        return base::Unexpected(network.error());
    checkpoint.config = *config;
    checkpoint.live = now->live();
    checkpoint.identity = *std::move(identity);
    checkpoint.network = *std::move(network);
    if (const auto read = readMoments(*root, checkpoint.network); !read)
        return base::Unexpected(read.error());
    auto course = train::readCourse(*root);
    if (!course)
        return base::Unexpected(course.error());
    checkpoint.history = std::move(course->epochs);
    checkpoint.changes = std::move(course->changes);
    if (checkpoint.history.empty()
        || std::ssize(checkpoint.history) > std::ptrdiff_t { epochsOf(checkpoint.config) })
        return base::failure(ErrorCode::FileDamaged, root->place() + ", history",
            fmt::format("{} epochs", checkpoint.history.size()),
            fmt::format("1 to {}", epochsOf(checkpoint.config)));
    return checkpoint;
}

Result<void> checkSameRun(const GonConfig& config, const GonCheckpoint& checkpoint)
{
    GonConfig ours = config;
    GonConfig stored = checkpoint.config;
    for (GonConfig* either : { &ours, &stored }) {
        either->setLive({});
        either->threads = 0;
        either->backend.clear();
    }
    return train::checkSameSettings(config.checkpoint, configToJson(ours), configToJson(stored));
}

std::string identityOf(const GonData& data)
{
    base::Sha256 hash;
    const auto add = [&](const auto* values, std::size_t count) {
        hash.updateValues(std::span(values, count));
    };
    for (const SpectrumSet* set : { &data.train, &data.test }) {
        add(set->wavelengthAngstrom.data(), set->pixels());
        add(set->flux.data(), static_cast<std::size_t>(set->flux.size()));
        add(set->ivar.data(), static_cast<std::size_t>(set->ivar.size()));
    }
    if (data.variation) {
        const dataset::AugmentationSettings& v = *data.variation;
        const std::array<double, 8> numbers { v.registrationSigmaAngstrom,
            v.registrationLinearSigma, v.dopplerSigmaKms, v.continuumSigma0, v.continuumSigma1,
            v.continuumSigma2, v.broadeningSigmaPixels, v.gain };
        add(numbers.data(), numbers.size());
    }
    return hash.hexDigest();
}

} // namespace maury::gon
