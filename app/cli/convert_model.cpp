#include "app/cli/convert_model.h"

#include "app/cli/report.h"
#include "core/base/text.h"
#include "core/robust/robust_npz.h"
#include "core/train/model_npz.h"

#include <fmt/core.h>

#include <filesystem>

namespace maury::cli {
namespace {

bool isArchive(const std::string& file)
{
    return base::lowerCase(std::filesystem::path(file).extension().string()) == ".npz";
}

base::Result<train::Model> readArchive(const std::string& file, const std::string& like)
{
    if (like.empty())
        return train::readModelNpz(file);
    const auto model = train::readModel(like);
    if (!model)
        return model;
    return train::readModelNpz(file, &*model);
}

int tell(const CommonOptions& common, const std::string& file, const std::string& out,
    const nn::NetworkSpec& spec, const mk::ClassScheme& scheme, std::size_t networks)
{
    const auto parameters = spec.parameterCount();
    if (common.json)
        printJson({ { "file", file }, { "out", out }, { "networks", networks },
            { "parameters", parameters }, { "hidden", spec.hidden }, { "classes", scheme.names } });
    else
        fmt::print("{}: {} of {} parameters written to {}\n", file,
            networks == 1 ? std::string("a network") : fmt::format("{} networks", networks),
            parameters, out);
    return kDone;
}

int convertPaper(const CommonOptions& common, const std::string& file, const std::string& out,
    const std::string& like)
{
    const auto model = isArchive(file) ? readArchive(file, like) : train::readModel(file);
    if (!model)
        return report(model.error());
    const auto written
        = isArchive(out) ? train::writeModelNpz(*model, out) : train::writeModel(*model, out);
    if (!written)
        return report(written.error());
    return tell(common, file, out, model->spec, model->scheme, 1);
}

base::Result<robust::RobustModel> readRobust(const std::string& file, const std::string& like)
{
    if (!isArchive(file))
        return robust::readRobustModel(file);
    if (like.empty())
        return base::failure(base::ErrorCode::ValueMissing, file,
            "networks of the robust protocol without what goes with them",
            "the model to put them into (--like)");
    const auto model = robust::readRobustModel(like);
    if (!model)
        return model;
    return robust::readRobustNpz(file, *model);
}

int convertRobust(const CommonOptions& common, const std::string& file, const std::string& out,
    const std::string& like)
{
    const auto model = readRobust(file, like);
    if (!model)
        return report(model.error());
    const auto written = isArchive(out) ? robust::writeRobustNpz(*model, out)
                                        : robust::writeModel(*model, out);
    if (!written)
        return report(written.error());
    const std::size_t wide = model->wide ? model->wide->members.size() : 0;
    return tell(
        common, file, out, model->blue.spec, model->scheme, model->blue.members.size() + wide);
}

} // namespace

std::optional<int> convertModel(const CommonOptions& common, const std::string& file,
    const std::string& out, const std::string& like)
{
    if (!isArchive(file) && !isArchive(out))
        return std::nullopt;
    const bool isRobust = isArchive(file)
        ? robust::isRobustNpz(file) || (!like.empty() && robust::isRobustModel(like))
        : robust::isRobustModel(file);
    return isRobust ? convertRobust(common, file, out, like)
                    : convertPaper(common, file, out, like);
}

} // namespace maury::cli
