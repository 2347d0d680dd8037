#include "core/project/label_exchange.h"

#include "core/io/csv_table.h"
#include "core/io/text_table.h"
#include "core/mk/spectral_type.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <set>
#include <utility>

namespace maury::project {
namespace {

using base::ErrorCode;
using base::Unexpected;

/// The cells of a row by the names of their columns; absent columns are empty cells.
class Row {
public:
    Row(const io::CsvTable& table, std::size_t row)
        : m_table(table)
        , m_row(row)
    {
    }
    [[nodiscard]] std::string operator[](const char* name) const
    {
        const auto column = m_table.find(name);
        return column ? m_table.cell(m_row, *column) : std::string();
    }

private:
    const io::CsvTable& m_table;
    std::size_t m_row;
};

std::string inQuotes(const std::string& text)
{
    return "\"" + text + "\"";
}

/// The label of a row; the error's `found` and `expected` say why there is none.
base::Result<Label> labelOf(const Row& row)
{
    Label label { row["type"], {}, {}, row["notes"], 0.0, row["atlas"], row["model"],
        row["program"], row["time_utc"] };
    auto flags = flagsFromString(row["flags"]);
    if (!flags)
        return Unexpected(flags.error());
    label.flags = *flags;
    if (label.type.empty() && !label.flags.bad)
        return base::failure(ErrorCode::ValueMissing, "type", "no type", "one, or the flag bad");
    if (!label.type.empty())
        if (const auto type = mk::parseSpectralType(label.type); !type)
            return base::failure(
                ErrorCode::TypeUnparsable, "type", inQuotes(label.type), type.error().expected);
    if (const std::string text = row["quality"]; !text.empty()) {
        const auto quality = io::parseNumber(text);
        if (!quality || *quality < 0 || *quality > kBestQuality || *quality != std::floor(*quality))
            return base::failure(ErrorCode::ValueInvalid, "quality", inQuotes(text), "0 to 4");
        label.quality = static_cast<int>(*quality);
    }
    if (const std::string text = row["seconds"]; !text.empty()) {
        const auto seconds = io::parseNumber(text);
        if (!seconds || !std::isfinite(*seconds) || *seconds < 0)
            return base::failure(
                ErrorCode::ValueInvalid, "seconds", inQuotes(text), "a time in seconds");
        label.seconds = *seconds;
    }
    return label;
}

/// Moves the labels of stars that are not in `known` to the unusable rows.
void setAsideUnknown(LabelFile& labels, const std::set<std::string>& known)
{
    std::size_t kept = 0;
    for (std::size_t i = 0; i < labels.labels.size(); ++i) {
        if (!known.contains(labels.labels[i].star)) {
            labels.unusable.push_back(
                { labels.lines[i], "the project has no star " + inQuotes(labels.labels[i].star) });
            continue;
        }
        if (kept != i) {
            labels.labels[kept] = std::move(labels.labels[i]);
            labels.lines[kept] = labels.lines[i];
        }
        ++kept;
    }
    labels.labels.resize(kept);
    labels.lines.resize(kept);
    std::sort(labels.unusable.begin(), labels.unusable.end(),
        [](const UnusableRow& a, const UnusableRow& b) { return a.line < b.line; });
}

base::Result<std::set<std::string>> namesOf(const Project& project)
{
    const auto stars = project.stars();
    if (!stars)
        return Unexpected(stars.error());
    std::set<std::string> names;
    for (const Star& star : *stars)
        names.insert(star.name);
    return names;
}

} // namespace

base::Result<LabelFile> readLabels(const std::filesystem::path& file, const std::string& classifier)
{
    const auto table = io::CsvTable::read(file);
    if (!table)
        return Unexpected(table.error());
    for (const char* name : { "star", "type" })
        if (const auto column = table->column(name); !column)
            return Unexpected(column.error());
    LabelFile labels { file, {}, {}, {} };
    std::map<std::pair<std::string, std::string>, std::size_t> seen;
    for (std::size_t i = 0; i < table->rows(); ++i) {
        const Row row(*table, i);
        const std::string star = row["star"];
        const std::string named = row["classifier"];
        const std::string& by = named.empty() ? classifier : named;
        auto label = labelOf(row);
        if (star.empty())
            labels.unusable.push_back({ table->line(i), "no name of a star" });
        else if (!label)
            labels.unusable.push_back({ table->line(i),
                fmt::format("{}: {}: {}, expected {}", star, label.error().place,
                    label.error().found, label.error().expected) });
        else if (const auto [first, isNew] = seen.try_emplace({ star, by }, table->line(i)); !isNew)
            labels.unusable.push_back({ table->line(i),
                fmt::format("{} by {} again: first in line {}", star, by, first->second) });
        else {
            labels.labels.push_back({ star, by, std::move(*label) });
            labels.lines.push_back(table->line(i));
        }
    }
    return labels;
}

io::TableToWrite labelTable(std::span<const SignedLabel> labels)
{
    enum Column {
        Star,
        Classifier,
        Type,
        Quality,
        Flagged,
        Notes,
        Seconds,
        Atlas,
        Model,
        Program,
        Time
    };
    io::TableToWrite table { "LABELS",
        { { "star" }, { "classifier" }, { "type" },
            { "quality", {}, {}, true, "0 unusable, 1 poor, 2 fair, 3 good, 4 excellent" },
            { "flags" }, { "notes" }, { "seconds", {}, "s", false, "spent on the star" },
            { "atlas" }, { "model" }, { "program" }, { "time_utc" } },
        {} };
    for (const SignedLabel& each : labels) {
        const Label& label = each.label;
        const std::array<std::pair<Column, std::string>, 9> texts { { { Star, each.star },
            { Classifier, each.classifier }, { Type, label.type },
            { Flagged, toString(label.flags) }, { Notes, label.notes }, { Atlas, label.atlas },
            { Model, label.model }, { Program, label.program }, { Time, label.timeUtc } } };
        for (const auto& [column, text] : texts)
            table.columns[column].texts.push_back(text);
        table.columns[Quality].values.push_back(label.quality ? *label.quality : std::nan(""));
        table.columns[Seconds].values.push_back(label.seconds);
    }
    return table;
}

base::Result<void> writeLabels(
    const std::filesystem::path& file, std::span<const SignedLabel> labels)
{
    return io::writeTable(file, labelTable(labels));
}

base::Result<ImportReport> importLabels(
    Project& project, LabelFile labels, const ImportOptions& options)
{
    const auto known = namesOf(project);
    if (!known)
        return Unexpected(known.error());
    if (!options.addStars)
        setAsideUnknown(labels, *known);
    if (!labels.unusable.empty() && !options.skipUnusable) {
        const UnusableRow& first = labels.unusable.front();
        return base::failure(ErrorCode::ValueInvalid,
            fmt::format("{}: line {}", labels.file.string(), first.line), first.reason,
            fmt::format("labels that can be used ({} of {} rows cannot; nothing was taken in)",
                labels.unusable.size(), labels.unusable.size() + labels.labels.size()));
    }
    ImportReport report;
    report.skipped = std::move(labels.unusable);
    std::vector<Star> news;
    std::set<std::string> added;
    for (const SignedLabel& label : labels.labels)
        if (!known->contains(label.star) && added.insert(label.star).second)
            news.push_back({ 0, label.star, {}, {}, {}, {} });
    report.newStars = news.size();
    if (const auto ids = project.addStars(news); !ids)
        return Unexpected(ids.error());
    const auto count = project.takeIn(labels.labels);
    if (!count)
        return Unexpected(count.error());
    report.count = *count;
    return report;
}

} // namespace maury::project
