#include "core/train/run_checks.h"

#include "core/base/sha256.h"
#include "core/train/config_json.h"

#include <fmt/format.h>

#include <algorithm>

namespace maury::train {

using base::ErrorCode;
using base::Result;

Result<void> checkData(const TrainingConfig& config, const TrainingData& data)
{
    if (data.train == nullptr || data.train->size() == 0)
        return base::failure(ErrorCode::OptionInvalid, "training set", "no samples",
            "at least one batch of samples");
    const dataset::SampleSet& train = *data.train;
    if (static_cast<std::size_t>(config.batchSize) > train.size())
        return base::failure(ErrorCode::OptionInvalid, "--batch", std::to_string(config.batchSize),
            fmt::format("at most the {} samples of the training set", train.size()));
    if (data.test != nullptr
        && (!(data.test->grid == train.grid) || !(data.test->scheme == train.scheme)))
        return base::failure(ErrorCode::ModelMismatch, "test set against training set",
            fmt::format("{} pixels, classes {}", data.test->grid.pixels,
                fmt::join(data.test->scheme.names, " ")),
            fmt::format(
                "{} pixels, classes {}", train.grid.pixels, fmt::join(train.scheme.names, " ")));
    if (config.freshEveryEpoch && data.atlases.empty())
        return base::failure(ErrorCode::OptionInvalid, "--fresh", "a stored set without its atlas",
            "the atlases that the set was made from (--atlas)");
    return {};
}

Result<void> checkSameRun(const TrainingConfig& config, const Checkpoint& checkpoint)
{
    TrainingConfig ours = config;
    TrainingConfig stored = checkpoint.config;
    for (TrainingConfig* either : { &ours, &stored }) {
        either->live = {};
        either->threads = 0;
        either->backend.clear();
        either->precision = {};
        either->keepEvery = 1;
        either->keepBudgetBytes = 0;
        if (either->schedule != Schedule::Cosine) // a longer run is the same run
            either->epochs = 1;
    }
    return checkSameSettings(config.checkpoint, configToJson(ours), configToJson(stored));
}

Result<void> checkSameSettings(const std::filesystem::path& checkpoint, const std::string& found,
    const std::string& expected)
{
    if (found == expected)
        return {};
    return base::failure(
        ErrorCode::ModelMismatch, checkpoint.string() + ", settings", found, expected);
}

Result<void> checkSameData(
    const TrainingConfig& config, const TrainingData& data, const Checkpoint& checkpoint)
{
    const std::string testIdentity = data.test == nullptr ? "" : identityOf(*data.test);
    if (checkpoint.trainIdentity == identityOf(*data.train)
        && checkpoint.testIdentity == testIdentity)
        return {};
    return base::failure(ErrorCode::ModelMismatch, config.checkpoint.string(),
        "other training or test spectra than " + data.train->description, checkpoint.model.atlas);
}

std::string identityOf(const dataset::SampleSet& set)
{
    base::Sha256 sha;
    sha.updateValues(std::span<const std::uint16_t>(set.sc));
    sha.updateValues(std::span<const std::uint16_t>(set.lc));
    for (const std::string& name : set.standardNames)
        sha.updateValues(std::span<const char>(name));
    // About a hundred spectra tell two sets apart as well as all of them would, in no time.
    const auto stride = std::max<Eigen::Index>(1, set.flux.rows() / 100);
    for (Eigen::Index row = 0; row < set.flux.rows(); row += stride)
        sha.updateValues(std::span<const float>(
            set.flux.row(row).data(), static_cast<std::size_t>(set.flux.cols())));
    return sha.hexDigest();
}

Model untrainedModel(const TrainingConfig& config, const dataset::SampleSet& train)
{
    Model model;
    model.spec = { static_cast<int>(train.grid.pixels), config.hidden, config.activation,
        static_cast<int>(train.scheme.size()), static_cast<int>(luminosityNames().size()) };
    model.scheme = train.scheme;
    model.grid = train.grid;
    model.atlas = train.description;
    model.provenance = train.provenance;
    model.trainSha256 = train.sha256;
    model.settings = configToJson(config);
    model.programVersion = MAURY_VERSION;
    return model;
}

} // namespace maury::train
