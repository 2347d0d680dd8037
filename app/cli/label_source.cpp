#include "app/cli/label_source.h"

#include "core/project/label_exchange.h"

#include <fmt/format.h>

#include <array>
#include <fstream>
#include <set>
#include <string_view>

namespace maury::cli {
namespace {

using base::ErrorCode;
using base::Unexpected;
using Labels = std::vector<project::SignedLabel>;

base::Result<Labels> allLabelsOf(const std::filesystem::path& file)
{
    if (isProject(file)) {
        const auto opened = project::Project::open(file, project::Project::Access::ReadOnly);
        if (!opened)
            return Unexpected(opened.error());
        return opened->acceptedLabels();
    }
    auto read = project::readLabels(file, file.stem().string());
    if (!read)
        return Unexpected(read.error());
    if (!read->unusable.empty())
        return base::failure(ErrorCode::ValueInvalid,
            fmt::format("{}: line {}", file.string(), read->unusable.front().line),
            read->unusable.front().reason);
    return std::move(read->labels);
}

} // namespace

bool isProject(const std::filesystem::path& file)
{
    constexpr std::string_view kBeginning = "SQLite format 3";
    std::array<char, kBeginning.size()> bytes {};
    std::ifstream stream(file, std::ios::binary);
    stream.read(bytes.data(), bytes.size());
    return stream && std::string_view(bytes.data(), bytes.size()) == kBeginning;
}

base::Result<Labels> labelsOf(
    const std::filesystem::path& file, const std::string& classifier, const char* option)
{
    auto all = allLabelsOf(file);
    if (!all)
        return all;
    std::set<std::string> names;
    for (const auto& label : *all)
        names.insert(label.classifier);
    const bool isKnown = classifier.empty() ? names.size() <= 1 : names.contains(classifier);
    if (!isKnown)
        return base::failure(ErrorCode::OptionInvalid, file.string(),
            fmt::format("labels of {}",
                names.empty() ? "nobody" : fmt::format("{}", fmt::join(names, ", "))),
            fmt::format("one of them with {}", option));
    if (classifier.empty())
        return all;
    Labels chosen;
    for (auto& label : *all)
        if (label.classifier == classifier)
            chosen.push_back(std::move(label));
    return chosen;
}

} // namespace maury::cli
