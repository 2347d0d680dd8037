#include "core/gon/gon_checkpoint.h"

#include "core/base/sha256.h"
#include "core/gon/layers_file.h"

#include <fmt/format.h>

#include <array>

namespace maury::gon {
namespace {

using base::ErrorCode;
using base::Result;

const io::Hdf5Format kFormat { "maury-gon-checkpoint", 1 };
constexpr std::size_t kHistoryColumns = 9;
constexpr std::size_t kChangeColumns = 4;

std::vector<double> historyRows(const std::vector<train::EpochDone>& history)
{
    std::vector<double> rows;
    for (const train::EpochDone& epoch : history)
        rows.insert(rows.end(),
            { epoch.train.loss, epoch.train.lossSc, epoch.train.lossLc,
                static_cast<double>(epoch.test.samples), epoch.test.loss, epoch.test.sc.loss,
                epoch.learningRate, epoch.seconds, epoch.samplesPerSecond });
    return rows;
}

train::EpochDone epochFrom(const double* row, int epoch)
{
    train::EpochDone done;
    done.epoch = epoch;
    done.train.loss = row[0];
    done.train.lossSc = row[1];
    done.train.lossLc = row[2];
    done.test.samples = static_cast<std::int64_t>(row[3]);
    done.test.loss = row[4];
    done.test.sc.loss = row[5];
    done.learningRate = row[6];
    done.seconds = row[7];
    done.samplesPerSecond = row[8];
    return done;
}

Result<void> fill(io::Hdf5Group& root, const GonCheckpoint& checkpoint)
{
    GonConfig now = checkpoint.config;
    now.setLive(checkpoint.live);
    std::vector<std::string> names;
    std::vector<double> changes;
    for (const train::SettingChanged& change : checkpoint.changes) {
        names.push_back(change.setting);
        changes.insert(changes.end(),
            { change.before, change.after, static_cast<double>(change.epoch),
                static_cast<double>(change.step) });
    }
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
             root.writeArray<double>("history", historyRows(checkpoint.history),
                 { checkpoint.history.size(), kHistoryColumns }),
             root.writeTexts("change_names", names),
             root.writeArray<double>("changes", changes, { names.size(), kChangeColumns }),
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

Result<void> readHistory(const io::Hdf5Group& root, GonCheckpoint& checkpoint)
{
    const auto history = root.readArray<double>("history");
    const auto names = root.readTexts("change_names");
    const auto changes = root.readArray<double>("changes");
    if (!history)
        return base::Unexpected(history.error());
    if (!names)
        return base::Unexpected(names.error());
    if (!changes)
        return base::Unexpected(changes.error());
    if (history->values.size() % kHistoryColumns != 0
        || changes->values.size() != names->size() * kChangeColumns)
        return base::failure(ErrorCode::FileDamaged, root.place() + ", history",
            "numbers that are no whole epochs or changes", "whole rows");
    for (std::size_t i = 0; i < history->values.size() / kHistoryColumns; ++i)
        checkpoint.history.push_back(
            epochFrom(history->values.data() + i * kHistoryColumns, static_cast<int>(i)));
    for (std::size_t i = 0; i < names->size(); ++i) {
        const double* row = changes->values.data() + i * kChangeColumns;
        checkpoint.changes.push_back({ (*names)[i], row[0], row[1], static_cast<int>(row[2]),
            static_cast<std::int64_t>(row[3]) });
    }
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
    for (const auto& read :
        { readMoments(*root, checkpoint.network), readHistory(*root, checkpoint) })
        if (!read)
            return base::Unexpected(read.error());
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
    }
    const std::string found = configToJson(ours);
    const std::string expected = configToJson(stored);
    if (found == expected)
        return {};
    return base::failure(
        ErrorCode::ModelMismatch, config.checkpoint.string() + ", settings", found, expected);
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
