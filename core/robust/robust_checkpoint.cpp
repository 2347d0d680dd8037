#include "core/robust/robust_checkpoint.h"

#include "core/io/hdf5_file.h"
#include "core/train/history_file.h"

#include <fmt/format.h>

#include <utility>

namespace maury::robust {
namespace {

using base::ErrorCode;
using base::Result;

const io::Hdf5Format kFormat { "maury-robust-checkpoint", 1 };

constexpr std::size_t kMoments = 2; ///< of AdamW
constexpr int kMostParts = 2; ///< blue and wide

/// Configuration with the settings as they stand now.
std::string withLive(RobustConfig config, const RobustLive& live)
{
    config.setLive(live);
    return configToJson(config);
}

Result<void> fill(io::Hdf5Group& root, const RobustCheckpoint& checkpoint)
{
    for (const auto& written : { root.setAttribute("config", configToJson(checkpoint.config)),
             root.setAttribute("config_now", withLive(checkpoint.config, checkpoint.live)),
             root.setAttribute("identity", checkpoint.identity),
             root.setAttribute("optimizer_steps", checkpoint.optimizer.steps),
             root.setAttribute(
                 "finished_members", static_cast<std::int64_t>(checkpoint.members.size())),
             root.writeTexts("classes", checkpoint.classes),
             train::writeParameters(
                 root, "current", checkpoint.current.spec, checkpoint.current.parameters),
             train::writeHistory(root, checkpoint.history, checkpoint.changes) })
        if (!written)
            return written;
    for (std::size_t i = 0; i < checkpoint.members.size(); ++i)
        if (const auto written = train::writeParameters(root, fmt::format("member{}", i),
                checkpoint.members[i].spec, checkpoint.members[i].parameters);
            !written)
            return written;
    for (std::size_t i = 0; i < checkpoint.optimizer.moments.size(); ++i)
        if (const auto written = train::writeParameters(root, fmt::format("moment{}", i),
                checkpoint.current.spec, checkpoint.optimizer.moments[i]);
            !written)
            return written;
    return {};
}

Result<RobustConfig> readConfig(const io::Hdf5Group& root, const char* name)
{
    const auto text = root.textAttribute(name);
    if (!text)
        return base::Unexpected(text.error());
    return configFromJson(*text, root.place());
}

Result<void> readNetworks(const io::Hdf5Group& root, RobustCheckpoint& checkpoint)
{
    const auto steps = root.integerAttribute("optimizer_steps");
    const auto finished = root.integerAttribute("finished_members");
    if (!steps)
        return base::Unexpected(steps.error());
    if (!finished)
        return base::Unexpected(finished.error());
    const std::int64_t most = std::int64_t { kMostParts } * checkpoint.config.members;
    if (*finished < 0 || *finished > most)
        return base::failure(ErrorCode::FileDamaged, root.place() + ", finished_members",
            std::to_string(*finished), fmt::format("0 to {}", most));
    const auto read = [&root](const std::string& name, train::StoredNetwork& target) {
        auto network = train::readParameters(root, name);
        if (network)
            target = *std::move(network);
        return network ? Result<void>() : base::Unexpected(network.error());
    };
    if (const auto done = read("current", checkpoint.current); !done)
        return done;
    checkpoint.members.resize(static_cast<std::size_t>(*finished));
    for (std::size_t i = 0; i < checkpoint.members.size(); ++i)
        if (const auto done = read(fmt::format("member{}", i), checkpoint.members[i]); !done)
            return done;
    checkpoint.optimizer.steps = *steps;
    for (std::size_t i = 0; i < kMoments; ++i) {
        train::StoredNetwork moment;
        if (const auto done = read(fmt::format("moment{}", i), moment); !done)
            return done;
        if (!(moment.spec == checkpoint.current.spec))
            return base::failure(ErrorCode::FileDamaged,
                root.place() + fmt::format(", moment{}", i), "a network of another shape",
                "the shape of the network that is being trained");
        checkpoint.optimizer.moments.push_back(std::move(moment.parameters));
    }
    return {};
}

} // namespace

Result<void> writeCheckpoint(const RobustCheckpoint& checkpoint, const std::filesystem::path& file)
{
    return io::writeHdf5(
        file, kFormat, [&](io::Hdf5Group& root) { return fill(root, checkpoint); });
}

Result<RobustCheckpoint> readRobustCheckpoint(const std::filesystem::path& file)
{
    const auto root = io::openHdf5(file, kFormat);
    if (!root)
        return base::Unexpected(root.error());
    RobustCheckpoint checkpoint;
    auto config = readConfig(*root, "config");
    auto now = readConfig(*root, "config_now");
    auto identity = root->textAttribute("identity");
    auto classes = root->readTexts("classes");
    if (!config)
        return base::Unexpected(config.error());
    if (!now)
        return base::Unexpected(now.error());
    if (!identity)
        return base::Unexpected(identity.error());
    if (!classes)
        return base::Unexpected(classes.error());
    checkpoint.config = *std::move(config);
    checkpoint.live = now->live();
    checkpoint.identity = *std::move(identity);
    checkpoint.classes = *std::move(classes);
    if (const auto read = readNetworks(*root, checkpoint); !read)
        return base::Unexpected(read.error());
    auto history = train::readHistory(*root, checkpoint.classes);
    if (!history)
        return base::Unexpected(history.error());
    checkpoint.history = std::move(history->epochs);
    checkpoint.changes = std::move(history->changes);
    const auto most = static_cast<std::size_t>(
        kMostParts * epochsPerMember(checkpoint.config) * checkpoint.config.members);
    if (checkpoint.history.empty() || checkpoint.history.size() > most)
        return base::failure(ErrorCode::FileDamaged, root->place() + ", history",
            fmt::format("{} epochs", checkpoint.history.size()), fmt::format("1 to {}", most));
    return checkpoint;
}

Result<void> checkSameRun(const RobustConfig& config, const RobustCheckpoint& checkpoint)
{
    RobustConfig ours = config;
    RobustConfig stored = checkpoint.config;
    for (RobustConfig* either : { &ours, &stored }) {
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

} // namespace maury::robust
