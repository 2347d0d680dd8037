#include "core/preprocess/recipe.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <cmath>

namespace maury::preprocess {
namespace {

using base::ErrorCode;
using base::Result;
using nlohmann::json;

constexpr const char* kFormat = "maury-recipe";
constexpr int kVersion = 1;
constexpr std::size_t kMostPixels = 10'000'000;

json toJson(const ToAir& step)
{
    return { { "step", "to-air" },
        { "from", step.from ? spectrum::toString(*step.from) : "as-stated" } };
}

json toJson(const RemoveVelocity& step)
{
    return { { "step", "remove-velocity" }, { "kms", step.kms } };
}

json toJson(const ToGrid& step)
{
    return { { "step", "to-grid" }, { "first_angstrom", step.grid.firstAngstrom },
        { "step_angstrom", step.grid.stepAngstrom }, { "pixels", step.grid.pixels } };
}

json toJson(const TrimEdges&)
{
    return { { "step", "trim-edges" } };
}

json toJson(const Rectify& step)
{
    const EnvelopeSettings& envelope = step.envelope;
    return { { "step", "rectify" }, { "method", "envelope" },
        { "step_angstrom", envelope.stepAngstrom },
        { "half_width_angstrom", envelope.halfWidthAngstrom },
        { "percentile", envelope.percentile }, { "degree", envelope.degree },
        { "rounds", envelope.rounds } };
}

json toJson(const Scale& step)
{
    return { { "step", "scale" }, { "divisor", step.divisor } };
}

json toJson(const FillGaps&)
{
    return { { "step", "fill-gaps" } };
}

/// Reads the members of one step; the first that is wrong stays as the error.
class StepReader {
public:
    StepReader(const json& from, std::string place)
        : m_from(from)
        , m_place(std::move(place))
    {
    }

    double number(const char* name, double lowest, double highest)
    {
        const auto found = m_from.find(name);
        if (found == m_from.end()) {
            fail(ErrorCode::ValueMissing, {}, name);
            return lowest;
        }
        const double value = found->is_number() ? found->get<double>() : std::nan("");
        if (!(value >= lowest && value <= highest)) {
            fail(ErrorCode::ValueInvalid, fmt::format("\"{}\": {}", name, found->dump()),
                fmt::format("a number from {:g} to {:g}", lowest, highest));
            return lowest;
        }
        return value;
    }

    std::string text(const char* name)
    {
        const auto found = m_from.find(name);
        if (found != m_from.end() && found->is_string())
            return found->get<std::string>();
        fail(ErrorCode::ValueMissing, {}, fmt::format("a text \"{}\"", name));
        return {};
    }

    void fail(ErrorCode code, std::string found, std::string expected)
    {
        if (!m_error)
            m_error = base::Error { code, m_place, std::move(found), std::move(expected), {} };
    }

    [[nodiscard]] Result<Step> result(Step step) const
    {
        return m_error ? Result<Step>(base::Unexpected(*m_error)) : Result<Step>(std::move(step));
    }

private:
    const json& m_from;
    std::string m_place;
    std::optional<base::Error> m_error;
};

ToAir readToAir(StepReader& reader)
{
    const std::string from = reader.text("from");
    if (from == "as-stated")
        return {};
    for (const auto medium :
        { spectrum::Medium::Air, spectrum::Medium::Vacuum, spectrum::Medium::Unknown })
        if (from == spectrum::toString(medium))
            return { medium };
    reader.fail(ErrorCode::ValueInvalid, from, "air, vacuum, unknown or as-stated");
    return {};
}

ToGrid readToGrid(StepReader& reader)
{
    const double first = reader.number("first_angstrom", 1.0, 1e7);
    const double step = reader.number("step_angstrom", 1e-6, 1e5);
    const double pixels = reader.number("pixels", 2.0, static_cast<double>(kMostPixels));
    return { { first, step, static_cast<std::size_t>(pixels) } };
}

Rectify readRectify(StepReader& reader)
{
    EnvelopeSettings envelope;
    envelope.stepAngstrom = reader.number("step_angstrom", 1.0, 1e5);
    envelope.halfWidthAngstrom = reader.number("half_width_angstrom", 1.0, 1e5);
    envelope.percentile = reader.number("percentile", 1.0, 100.0);
    envelope.degree = static_cast<int>(reader.number("degree", 0.0, 20.0));
    envelope.rounds = static_cast<int>(reader.number("rounds", 1.0, 20.0));
    return { envelope };
}

Result<Step> readStep(const json& from, const std::string& place)
{
    StepReader reader(from, place);
    const std::string name = from.is_object() ? reader.text("step") : std::string();
    if (name == "to-air")
        return reader.result(readToAir(reader));
    if (name == "remove-velocity")
        return reader.result(RemoveVelocity { reader.number("kms", -2e5, 2e5) });
    if (name == "to-grid")
        return reader.result(readToGrid(reader));
    if (name == "trim-edges")
        return reader.result(TrimEdges {});
    if (name == "rectify")
        return reader.result(readRectify(reader));
    if (name == "scale")
        return reader.result(Scale { reader.number("divisor", 1e-300, 1e300) });
    if (name == "fill-gaps")
        return reader.result(FillGaps {});
    reader.fail(ErrorCode::ValueInvalid, from.dump(),
        "to-air, remove-velocity, to-grid, trim-edges, rectify, scale or fill-gaps");
    return reader.result(FillGaps {});
}

} // namespace

std::string recipeToJson(const Recipe& recipe, int indent)
{
    json steps = json::array();
    for (const Step& step : recipe.steps)
        steps.push_back(std::visit([](const auto& each) { return toJson(each); }, step));
    return json { { "format", kFormat }, { "version", kVersion }, { "steps", steps } }.dump(indent);
}

Result<Recipe> recipeFromJson(const std::string& text, const std::string& place)
{
    const json from = json::parse(text, nullptr, false);
    if (!from.is_object() || from.value("format", json()) != json(kFormat))
        return base::failure(ErrorCode::FormatUnknown, place, {},
            fmt::format("JSON with \"format\": \"{}\"", kFormat));
    if (const json version = from.value("version", json()); version != json(kVersion))
        return base::failure(
            ErrorCode::FormatVersion, place, version.dump(), fmt::format("version {}", kVersion));
    const auto steps = from.find("steps");
    if (steps == from.end() || !steps->is_array())
        return base::failure(ErrorCode::ValueMissing, place, {}, "a list \"steps\"");
    Recipe recipe;
    for (const json& each : *steps) {
        auto step = readStep(each, fmt::format("{}, step {}", place, recipe.steps.size() + 1));
        if (!step)
            return base::Unexpected(step.error());
        recipe.steps.push_back(*std::move(step));
    }
    return recipe;
}

} // namespace maury::preprocess
