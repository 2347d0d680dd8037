#include "app/cli/report.h"
#include "app/cli/verb.h"
#include "core/io/text_table.h"
#include "core/mk/line_list.h"
#include "core/mk/spectral_type.h"

#include <fmt/core.h>

#include <memory>

namespace maury::cli {
namespace {

struct Options {
    std::string range;
    std::string type;
    std::string list;
};

/// The lines that are asked for.
struct Selection {
    double shortest = 0.0;
    double longest = 1e9;
    std::optional<double> decimal;
    [[nodiscard]] bool holds(const mk::SpectralLine& line) const
    {
        return line.wavelengthAngstrom >= shortest && line.wavelengthAngstrom <= longest
            && (!decimal || mk::isUsedAt(line, *decimal));
    }
};

base::Result<Selection> select(const Options& options)
{
    Selection selection;
    if (!options.range.empty()) {
        const std::size_t between = options.range.find_first_of("-:,");
        const bool whole = between != std::string::npos;
        const auto shortest = io::parseNumber(options.range.substr(0, between));
        const auto longest
            = whole ? io::parseNumber(options.range.substr(between + 1)) : std::nullopt;
        if (!shortest || !longest || *shortest > *longest)
            return base::failure(base::ErrorCode::OptionInvalid, "--range", options.range,
                "two wavelengths in Å such as 4000-4200");
        selection.shortest = *shortest;
        selection.longest = *longest;
    }
    if (!options.type.empty()) {
        const auto type = mk::parseSpectralType(options.type);
        if (!type)
            return base::failure(base::ErrorCode::OptionInvalid, "--type", type.error().found,
                type.error().expected);
        selection.decimal = mk::decimalSubclass(*type);
    }
    return selection;
}

std::string useText(const mk::SpectralLine& line)
{
    std::string text;
    text += line.temperature ? "T" : "";
    text += line.luminosity ? "L" : "";
    text += line.peculiarity ? "P" : "";
    return text;
}

int run(const CommonOptions& common, const Options& options)
{
    const auto selection = select(options);
    if (!selection)
        return report(selection.error());
    const auto list = options.list.empty() ? mk::defaultLineList() : mk::readLineList(options.list);
    if (!list)
        return report(list.error());
    nlohmann::json lines = nlohmann::json::array();
    for (const mk::SpectralLine& line : list->lines) {
        if (!selection->holds(line))
            continue;
        if (common.json)
            lines.push_back(
                { { "wavelength", line.wavelengthAngstrom }, { "species", line.species },
                    { "kind", mk::toString(line.kind) }, { "use", useText(line) },
                    { "from", line.from }, { "to", line.to }, { "note", line.note } });
        else
            fmt::print("{:9.2f}  {:<6}  {:<12}  {:<3}  {:>4} {:<4}  {}\n", line.wavelengthAngstrom,
                line.species, mk::toString(line.kind), useText(line), line.from, line.to,
                line.note);
    }
    if (common.json)
        printJson({ { "file", list->file.string() }, { "medium", "air" }, { "lines", lines } });
    return kDone;
}

} // namespace

void addLines(CLI::App& app, CommonOptions& common, Action& action)
{
    CLI::App* verb = app.add_subcommand("lines", "list the lines and bands of MK classification");
    addCommonOptions(*verb, common);
    auto options = std::make_shared<Options>();
    verb->add_option("--range", options->range, "wavelengths in air, Å: 4000-4200");
    verb->add_option("--type", options->type, "only lines used at this type (B2, G5III)");
    verb->add_option("--list", options->list, "a line list of your own (CSV)");
    verb->callback([&common, &action, options] {
        action = [&common, options] { return run(common, *options); };
    });
}

} // namespace maury::cli
