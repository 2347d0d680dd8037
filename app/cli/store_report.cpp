#include "app/cli/store_report.h"

#include "app/cli/csv_field.h"
#include "app/cli/json_value.h"

#include "core/base/atomic_file.h"

#include <fmt/format.h>

#include <cmath>
#include <map>

namespace maury::cli {
namespace {

using nlohmann::json;
using store::Store;

json gridJson(const std::optional<store::StoreGrid>& grid)
{
    if (!grid)
        return nullptr;
    return { { "name", grid->name }, { "medium", toString(grid->medium) },
        { "logarithmic", grid->logarithmic }, { "first_angstrom", grid->firstAngstrom },
        { "step", grid->step }, { "pixels", grid->pixels },
        { "resolving_power", orNull(grid->resolvingPower) } };
}

json blocksJson(const Store& opened)
{
    json blocks = json::array();
    for (const store::BlockExtent& block : opened.coverage())
        blocks.push_back({ { "survey", block.survey }, { "first_pixel", block.firstPixel },
            { "pixels", block.pixels }, { "spectra", block.rows },
            { "wavelength_min", opened.grid()->wavelength(block.firstPixel) },
            { "wavelength_max", opened.grid()->wavelength(block.firstPixel + block.pixels - 1) } });
    return blocks;
}

base::Result<std::map<std::string, std::size_t>> countSurveys(const Store& opened)
{
    const auto surveys = opened.texts("survey");
    if (!surveys)
        return base::Unexpected(surveys.error());
    std::map<std::string, std::size_t> counts;
    for (const std::string& survey : *surveys)
        ++counts[survey];
    return counts;
}

std::string textOf(const json& entry)
{
    std::string text = fmt::format("{}: a store of {} {} spectra, {} bytes\n",
        entry["file"].get<std::string>(), entry["spectra"].get<std::size_t>(),
        entry["kind"].get<std::string>(), entry["bytes"].get<std::uintmax_t>());
    for (const auto& [survey, count] : entry["surveys"].items())
        text += fmt::format("  {}: {} spectra\n", survey.empty() ? "no survey" : survey,
            count.get<std::size_t>());
    for (const json& block : entry["blocks"])
        text += fmt::format("  {:.1f} … {:.1f} Å: {} spectra of {}\n",
            block["wavelength_min"].get<double>(), block["wavelength_max"].get<double>(),
            block["spectra"].get<std::size_t>(), block["survey"].get<std::string>());
    if (!entry["selected"].is_null())
        text += fmt::format(
            "  {} spectra fulfil the condition\n", entry["selected"].get<std::size_t>());
    if (entry["verified"] == true)
        text += "  all checksums are right\n";
    return text;
}

std::string numberField(double value)
{
    return std::isfinite(value) ? fmt::format("{:.15g}", value) : std::string();
}

std::string headerOf()
{
    std::string line = "spectrum";
    for (const store::TextColumn& column : store::textColumns())
        line += std::string(",") + column.name;
    for (const store::NumberColumn& column : store::numberColumns())
        line += std::string(",") + column.name;
    return line + "\n";
}

std::string lineOf(std::uint64_t row, const store::Entry& entry)
{
    std::string line = std::to_string(row);
    for (const store::TextColumn& column : store::textColumns())
        line += "," + csvField(entry.*column.value);
    for (const store::NumberColumn& column : store::numberColumns())
        line += "," + numberField(entry.*column.value);
    return line + "\n";
}

} // namespace

base::Result<StoreReport> reportStore(
    const std::filesystem::path& file, const StoreReportOptions& options)
{
    const auto where = store::Where::parse(options.where);
    if (!where)
        return base::Unexpected(where.error());
    const auto opened = Store::open(file);
    if (!opened)
        return base::Unexpected(opened.error());
    if (options.verify)
        if (const auto verified = (*opened)->verify(); !verified)
            return base::Unexpected(verified.error());
    const auto surveys = countSurveys(**opened);
    if (!surveys)
        return base::Unexpected(surveys.error());
    const auto runs = (*opened)->runs();
    const auto recipes = (*opened)->recipes();
    for (const auto* texts : { &runs, &recipes })
        if (!*texts)
            return base::Unexpected(texts->error());
    std::error_code status;
    json entry { { "file", file.string() }, { "format", "maury-store" },
        { "kind", toString((*opened)->kind()) }, { "spectra", (*opened)->size() },
        { "bytes", std::filesystem::file_size(file, status) }, { "surveys", *surveys },
        { "grid", gridJson((*opened)->grid()) }, { "blocks", blocksJson(**opened) },
        { "changes", (*opened)->generation() }, { "runs", json::array() },
        { "recipes", json::array() }, { "selected", nullptr },
        { "verified", options.verify ? json(true) : json(nullptr) } };
    // They are JSON as we wrote it, or damaged in a way that checksums cannot see: then texts.
    for (const auto& [name, texts] : { std::pair { "runs", &runs }, { "recipes", &recipes } })
        for (const std::string& text : **texts) {
            json parsed = json::parse(text, nullptr, false);
            entry[name].push_back(parsed.is_discarded() ? json(text) : std::move(parsed));
        }
    if (!options.where.empty()) {
        const auto rows = where->rows(**opened);
        if (!rows)
            return base::Unexpected(rows.error());
        entry["selected"] = rows->size();
    }
    std::string text = textOf(entry);
    return StoreReport { std::move(entry), std::move(text) };
}

base::Result<std::size_t> exportCatalogue(
    const Store& opened, const store::Where& where, const std::filesystem::path& out)
{
    const auto rows = where.rows(opened);
    if (!rows)
        return base::Unexpected(rows.error());
    auto file = base::AtomicFile::create(out);
    if (!file)
        return base::Unexpected(file.error());
    std::string lines = headerOf();
    constexpr std::size_t kFlushBytes = std::size_t { 1 } << 20;
    for (std::size_t i = 0; i < rows->size(); ++i) {
        const auto entry = opened.entry((*rows)[i]);
        if (!entry)
            return base::Unexpected(entry.error());
        lines += lineOf((*rows)[i], *entry);
        if (lines.size() < kFlushBytes && i + 1 < rows->size())
            continue;
        if (auto written = file->write(std::as_bytes(std::span(lines))); !written)
            return base::Unexpected(written.error());
        lines.clear();
    }
    if (auto written = file->write(std::as_bytes(std::span(lines))); !written)
        return base::Unexpected(written.error());
    if (auto committed = file->commit(); !committed)
        return base::Unexpected(committed.error());
    return rows->size();
}

} // namespace maury::cli
