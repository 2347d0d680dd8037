#include "core/preprocess/recipe.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <initializer_list>

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

json toJson(const ContinuumFit& fit)
{
    json pieces = json::array();
    for (const ContinuumPiece& piece : fit)
        pieces.push_back({ { "first_angstrom", piece.firstAngstrom },
            { "last_angstrom", piece.lastAngstrom }, { "coefficients", piece.coefficients } });
    return pieces;
}

json toJson(const Rectify& step)
{
    const ContinuumSettings& by = step.continuum;
    json result { { "step", "rectify" }, { "method", toString(by.method) } };
    if (by.method == ContinuumMethod::Envelope) {
        const EnvelopeSettings& envelope = by.envelope;
        result.update({ { "step_angstrom", envelope.stepAngstrom },
            { "half_width_angstrom", envelope.halfWidthAngstrom },
            { "percentile", envelope.percentile }, { "degree", envelope.degree },
            { "rounds", envelope.rounds } });
    } else {
        result.update({ { "width", by.width },
            { "width_unit", by.widthInKms ? "km/s" : "angstrom" },
            { "percentile", by.percentile }, { "degree", by.degree }, { "clip_low", by.clipLow },
            { "clip_high", by.clipHigh }, { "rounds", by.rounds }, { "weighted", by.weighted } });
    }
    result["split_gap_angstrom"] = by.splitGapAngstrom;
    if (!step.fits.empty()) {
        result["fits"] = json::array();
        for (const ContinuumFit& fit : step.fits)
            result["fits"].push_back(toJson(fit));
    }
    return result;
}

json orNull(const std::optional<double>& value)
{
    return value ? json(*value) : json(nullptr);
}

json withMotion(json step, const spectrum::Motion& motion)
{
    step["velocity_kms"] = orNull(motion.radialVelocityKms);
    step["barycentric_correction_kms"] = orNull(motion.barycentricCorrectionKms);
    return step;
}

json toJson(const ToMedium& step)
{
    return { { "step", "to-medium" }, { "medium", spectrum::toString(step.medium) } };
}

json toJson(const ToFrame& step)
{
    return withMotion(
        { { "step", "to-frame" }, { "frame", spectrum::toString(step.frame) } }, step.motion);
}

json toJson(const MarkCosmicRays& step)
{
    return { { "step", "mark-cosmic-rays" }, { "threshold", step.settings.threshold },
        { "half_window_pixels", step.settings.halfWindowPixels } };
}

json toJson(const MarkTellurics& step)
{
    return withMotion(
        { { "step", "mark-tellurics" }, { "weak_too", step.settings.weakToo } }, step.motion);
}

json toJson(const Regrid& step)
{
    const TargetGrid& grid = step.grid;
    return { { "step", "regrid" }, { "grid", grid.name },
        { "medium", spectrum::toString(grid.medium) }, { "logarithmic", grid.logarithmic },
        { "first_angstrom", grid.firstAngstrom }, { "grid_step", grid.step },
        { "pixels", grid.pixels }, { "resolving_power", orNull(grid.resolvingPower) },
        { "source_resolving_power", orNull(step.sourceResolvingPower) } };
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

    /// Nothing when it is absent or null.
    std::optional<double> numberIfAny(const char* name, double lowest, double highest)
    {
        const auto found = m_from.find(name);
        if (found == m_from.end() || found->is_null())
            return std::nullopt;
        return number(name, lowest, highest);
    }

    bool flag(const char* name)
    {
        const auto found = m_from.find(name);
        if (found != m_from.end() && found->is_boolean())
            return found->get<bool>();
        fail(ErrorCode::ValueMissing, {}, fmt::format("\"{}\": true or false", name));
        return false;
    }

    /// What is below a name; null when there is nothing.
    [[nodiscard]] json below(const char* name) const { return m_from.value(name, json()); }

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

/// The coefficients that were fitted: [[{first_angstrom, last_angstrom, coefficients}, …], …].
std::vector<ContinuumFit> readFits(StepReader& reader)
{
    const json given = reader.below("fits");
    std::vector<ContinuumFit> fits;
    const auto isNumber = [](const json& value) { return value.is_number(); };
    for (const json& segment : given.is_array() ? given : json::array()) {
        fits.emplace_back();
        for (const json& each : segment.is_array() ? segment : json::array()) {
            const json piece = each.is_object() ? each : json::object();
            const json first = piece.value("first_angstrom", json());
            const json last = piece.value("last_angstrom", json());
            const json coefficients = piece.value("coefficients", json());
            if (!isNumber(first) || !isNumber(last) || !coefficients.is_array()
                || coefficients.empty()
                || !std::all_of(coefficients.begin(), coefficients.end(), isNumber)
                || !(first.get<double>() < last.get<double>())) {
                reader.fail(ErrorCode::ValueInvalid, each.dump(),
                    "first_angstrom below last_angstrom, and coefficients");
                return {};
            }
            fits.back().push_back({ first.get<double>(), last.get<double>(),
                coefficients.get<std::vector<double>>() });
        }
    }
    return fits;
}

EnvelopeSettings readEnvelope(StepReader& reader)
{
    EnvelopeSettings envelope;
    envelope.stepAngstrom = reader.number("step_angstrom", 1.0, 1e5);
    envelope.halfWidthAngstrom = reader.number("half_width_angstrom", 1.0, 1e5);
    envelope.percentile = reader.number("percentile", 1.0, 100.0);
    envelope.degree = static_cast<int>(reader.number("degree", 0.0, 20.0));
    envelope.rounds = static_cast<int>(reader.number("rounds", 1.0, 20.0));
    return envelope;
}

Rectify readRectify(StepReader& reader)
{
    const std::string name = reader.text("method");
    const auto method = continuumMethodFromString(name);
    if (!method) {
        reader.fail(ErrorCode::ValueInvalid, name, method.error().expected);
        return {};
    }
    Rectify step { usualContinuum(*method) };
    ContinuumSettings& by = step.continuum;
    by.splitGapAngstrom
        = reader.numberIfAny("split_gap_angstrom", 0.0, 1e5).value_or(by.splitGapAngstrom);
    if (*method == ContinuumMethod::Envelope) {
        by.envelope = readEnvelope(reader);
        return step;
    }
    by.width = reader.number("width", 0.1, 1e5);
    by.widthInKms = reader.text("width_unit") == "km/s";
    by.percentile = reader.number("percentile", 1.0, 100.0);
    by.degree = static_cast<int>(reader.number("degree", 0.0, 12.0));
    by.clipLow = reader.number("clip_low", 0.01, 100.0);
    by.clipHigh = reader.number("clip_high", 0.01, 100.0);
    by.rounds = static_cast<int>(reader.number("rounds", 1.0, 100.0));
    by.weighted = reader.flag("weighted");
    step.fits = readFits(reader);
    return step;
}

/// The value of that name, of those that a text can stand for.
template <typename Value>
Value readNamed(StepReader& reader, const char* name, std::initializer_list<Value> values)
{
    const std::string text = reader.text(name);
    std::string known;
    for (const Value value : values) {
        if (text == spectrum::toString(value))
            return value;
        known += (known.empty() ? "" : ", ") + spectrum::toString(value);
    }
    reader.fail(ErrorCode::ValueInvalid, text, known);
    return *values.begin();
}

spectrum::Medium readMedium(StepReader& reader)
{
    return readNamed(reader, "medium", { spectrum::Medium::Air, spectrum::Medium::Vacuum });
}

spectrum::Motion readMotion(StepReader& reader)
{
    return { reader.numberIfAny("velocity_kms", -2e5, 2e5),
        reader.numberIfAny("barycentric_correction_kms", -2e5, 2e5) };
}

ToFrame readToFrame(StepReader& reader)
{
    using spectrum::Frame;
    const auto frame = readNamed(reader, "frame",
        { Frame::Rest, Frame::Barycentric, Frame::Heliocentric, Frame::Topocentric });
    return { frame, readMotion(reader) };
}

MarkCosmicRays readCosmicRays(StepReader& reader)
{
    const double threshold = reader.number("threshold", 1.0, 1000.0);
    return { { threshold, static_cast<int>(reader.number("half_window_pixels", 3.0, 10000.0)) } };
}

Regrid readRegrid(StepReader& reader)
{
    Regrid step;
    step.grid.name = reader.text("grid");
    step.grid.medium = readMedium(reader);
    step.grid.logarithmic = reader.flag("logarithmic");
    step.grid.firstAngstrom = reader.number("first_angstrom", 1.0, 1e7);
    step.grid.step = reader.number("grid_step", 1e-8, step.grid.logarithmic ? 0.1 : 1e5);
    const double most
        = step.grid.logarithmic ? 20.0 / step.grid.step : static_cast<double>(kMostPixels);
    step.grid.pixels = static_cast<std::size_t>(
        reader.number("pixels", 2.0, std::min(most, static_cast<double>(kMostPixels))));
    step.grid.resolvingPower = reader.numberIfAny("resolving_power", 1.0, 1e7);
    step.sourceResolvingPower = reader.numberIfAny("source_resolving_power", 1.0, 1e7);
    return step;
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
    if (name == "to-medium")
        return reader.result(ToMedium { readMedium(reader) });
    if (name == "to-frame")
        return reader.result(readToFrame(reader));
    if (name == "mark-cosmic-rays")
        return reader.result(readCosmicRays(reader));
    if (name == "mark-tellurics")
        return reader.result(MarkTellurics { { reader.flag("weak_too") }, readMotion(reader) });
    if (name == "regrid")
        return reader.result(readRegrid(reader));
    if (name == "scale")
        return reader.result(Scale { reader.number("divisor", 1e-300, 1e300) });
    if (name == "fill-gaps")
        return reader.result(FillGaps {});
    reader.fail(ErrorCode::ValueInvalid, from.dump(),
        "to-air, remove-velocity, to-grid, trim-edges, rectify, scale, fill-gaps, to-medium, "
        "to-frame, mark-cosmic-rays, mark-tellurics or regrid");
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
