#include "app/cli/convert_model.h"

#include "app/cli/report.h"
#include "core/base/text.h"
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

} // namespace

std::optional<int> convertModel(const CommonOptions& common, const std::string& file,
    const std::string& out, const std::string& like)
{
    if (!isArchive(file) && !isArchive(out))
        return std::nullopt;
    const auto model = isArchive(file) ? readArchive(file, like) : train::readModel(file);
    if (!model)
        return report(model.error());
    const auto written
        = isArchive(out) ? train::writeModelNpz(*model, out) : train::writeModel(*model, out);
    if (!written)
        return report(written.error());
    const auto parameters = model->spec.parameterCount();
    if (common.json)
        printJson({ { "file", file }, { "out", out }, { "parameters", parameters },
            { "hidden", model->spec.hidden }, { "classes", model->scheme.names } });
    else
        fmt::print("{}: a network of {} parameters written to {}\n", file, parameters, out);
    return kDone;
}

} // namespace maury::cli
