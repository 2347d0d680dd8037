#include "core/gon/spectrum_set.h"

#include "core/base/contract.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <unordered_map>

namespace maury::gon {
namespace {

using base::ErrorCode;
using base::Result;

Matrix rowsOf(const Matrix& matrix, const std::vector<std::size_t>& rows)
{
    if (matrix.rows() == 0)
        return {};
    Matrix result(std::ssize(rows), matrix.cols());
    for (std::size_t i = 0; i < rows.size(); ++i)
        result.row(static_cast<Eigen::Index>(i)) = matrix.row(static_cast<Eigen::Index>(rows[i]));
    return result;
}

template <typename Value>
std::vector<Value> valuesOf(const std::vector<Value>& values, const std::vector<std::size_t>& rows)
{
    std::vector<Value> result;
    if (values.empty())
        return result;
    for (const std::size_t row : rows)
        result.push_back(values[row]);
    return result;
}

std::string nameOf(const SpectrumSet& set, std::size_t row)
{
    return fmt::format("{}, spectrum {}{}", set.source, row + 1,
        row < set.stars.size() ? " (" + set.stars[row] + ")" : std::string());
}

Result<void> checkShapes(const SpectrumSet& set)
{
    const auto pixels = static_cast<Eigen::Index>(set.pixels());
    const auto mismatch = [&](const char* what, std::size_t found) {
        return base::failure(ErrorCode::ModelMismatch, set.source + ", " + what,
            fmt::format("{}", found), fmt::format("{}", set.spectra()));
    };
    if (set.flux.cols() != pixels || set.ivar.cols() != pixels
        || (set.truth.size() > 0 && set.truth.cols() != pixels))
        return base::failure(ErrorCode::ModelMismatch, set.source + ", pixels",
            fmt::format("{} of flux, {} of ivar", set.flux.cols(), set.ivar.cols()),
            fmt::format("{} as wavelengths", pixels));
    if (set.ivar.rows() != set.flux.rows())
        return mismatch("rows of ivar", static_cast<std::size_t>(set.ivar.rows()));
    if (set.truth.size() > 0 && set.truth.rows() != set.flux.rows())
        return mismatch("rows of truth", static_cast<std::size_t>(set.truth.rows()));
    if (set.stars.size() != set.spectra())
        return mismatch("star ids", set.stars.size());
    if (!set.types.empty() && set.types.size() != set.spectra())
        return mismatch("types", set.types.size());
    if (!set.positions.empty() && set.positions.size() != set.spectra())
        return mismatch("positions", set.positions.size());
    for (const Label& label : set.labels)
        if (label.values.size() != set.spectra())
            return mismatch(("label " + label.name).c_str(), label.values.size());
    return {};
}

} // namespace

const Label* SpectrumSet::label(const std::string& name) const
{
    const auto found = std::find_if(
        labels.begin(), labels.end(), [&](const Label& label) { return label.name == name; });
    return found == labels.end() ? nullptr : &*found;
}

Result<void> check(const SpectrumSet& set)
{
    if (set.pixels() < 2)
        return base::failure(ErrorCode::WavelengthsInvalid, set.source,
            fmt::format("{} wavelengths", set.pixels()), "at least two");
    for (std::size_t i = 0; i < set.pixels(); ++i) {
        const double wavelength = set.wavelengthAngstrom[i];
        if (!std::isfinite(wavelength) || (i > 0 && wavelength <= set.wavelengthAngstrom[i - 1]))
            return base::failure(ErrorCode::WavelengthsInvalid,
                fmt::format("{}, pixel {}", set.source, i + 1), fmt::format("{:g} Å", wavelength),
                "finite wavelengths that increase");
    }
    if (const auto shapes = checkShapes(set); !shapes)
        return shapes;
    for (std::size_t row = 0; row < set.spectra(); ++row)
        for (std::size_t i = 0; i < set.pixels(); ++i) {
            const auto r = static_cast<Eigen::Index>(row);
            const auto p = static_cast<Eigen::Index>(i);
            const float ivar = set.ivar(r, p);
            const bool fluxFails = ivar > 0.0F && !std::isfinite(set.flux(r, p));
            if (std::isfinite(ivar) && ivar >= 0.0F && !fluxFails)
                continue;
            return base::failure(ErrorCode::ValueInvalid,
                fmt::format(
                    "{}, {:.2f} Å", nameOf(set, row), set.wavelengthAngstrom[i]),
                fluxFails ? fmt::format("flux {}", set.flux(r, p)) : fmt::format("ivar {}", ivar),
                "finite flux where ivar > 0, finite ivar of at least 0 (0 = not used)");
        }
    return {};
}

std::size_t usablePixels(const SpectrumSet& set, std::size_t spectrum)
{
    return static_cast<std::size_t>(
        (set.ivar.row(static_cast<Eigen::Index>(spectrum)).array() > 0.0F).count());
}

bool isUsable(const SpectrumSet& set, std::size_t spectrum)
{
    const auto needed
        = std::max(1.0, kFewestUsable * static_cast<double>(set.pixels()));
    return static_cast<double>(usablePixels(set, spectrum)) >= needed;
}

Result<void> checkSameGrid(const std::vector<double>& found, const std::vector<double>& expected,
    const std::string& place)
{
    if (found.size() != expected.size())
        return base::failure(ErrorCode::WavelengthsInvalid, place,
            fmt::format("{} pixels", found.size()), fmt::format("{} pixels", expected.size()));
    for (std::size_t i = 0; i < found.size(); ++i) {
        const double step = expected.size() < 2 ? 1.0
                                                : std::abs(expected[std::min(i + 1, found.size() - 1)]
                                                      - expected[i > 0 ? i - 1 : 0]);
        if (std::abs(found[i] - expected[i]) > 1e-3 * step)
            return base::failure(ErrorCode::WavelengthsInvalid,
                fmt::format("{}, pixel {}", place, i + 1), fmt::format("{:.4f} Å", found[i]),
                fmt::format("{:.4f} Å: another grid", expected[i]));
    }
    return {};
}

SpectrumSet subset(const SpectrumSet& set, const std::vector<std::size_t>& rows)
{
    SpectrumSet result;
    result.wavelengthAngstrom = set.wavelengthAngstrom;
    const auto none = Matrix(0, static_cast<Eigen::Index>(set.pixels()));
    result.flux = rows.empty() ? none : rowsOf(set.flux, rows);
    result.ivar = rows.empty() ? none : rowsOf(set.ivar, rows);
    result.truth = rows.empty() ? Matrix() : rowsOf(set.truth, rows);
    result.stars = valuesOf(set.stars, rows);
    result.types = valuesOf(set.types, rows);
    result.positions = valuesOf(set.positions, rows);
    for (const Label& label : set.labels)
        result.labels.push_back({ label.name, valuesOf(label.values, rows) });
    result.source = set.source;
    return result;
}

Result<SpectrumSet> joined(const SpectrumSet& first, const SpectrumSet& second)
{
    if (const auto same
        = checkSameGrid(second.wavelengthAngstrom, first.wavelengthAngstrom, second.source);
        !same)
        return base::Unexpected(same.error());
    SpectrumSet result = first;
    const auto below = [](const Matrix& top, const Matrix& bottom) {
        Matrix both(top.rows() + bottom.rows(), top.cols());
        both << top, bottom;
        return both;
    };
    result.flux = below(first.flux, second.flux);
    result.ivar = below(first.ivar, second.ivar);
    const bool haveTruth = first.truth.rows() == first.flux.rows()
        && second.truth.rows() == second.flux.rows() && first.truth.size() > 0;
    result.truth = haveTruth ? below(first.truth, second.truth) : Matrix();
    result.stars.insert(result.stars.end(), second.stars.begin(), second.stars.end());
    result.types.resize(first.spectra());
    for (std::size_t i = 0; i < second.spectra(); ++i)
        result.types.push_back(i < second.types.size() ? second.types[i] : std::string());
    if (!first.positions.empty() || !second.positions.empty()) {
        result.positions.resize(first.spectra());
        result.positions.insert(
            result.positions.end(), second.positions.begin(), second.positions.end());
        result.positions.resize(result.spectra());
    }
    for (Label& label : result.labels) {
        const Label* other = second.label(label.name);
        for (std::size_t i = 0; i < second.spectra(); ++i)
            label.values.push_back(other != nullptr ? other->values[i]
                                                    : std::numeric_limits<double>::quiet_NaN());
    }
    if (second.source != first.source)
        result.source += ", " + second.source;
    return result;
}

SplitSets splitByStar(const SpectrumSet& set, std::size_t every)
{
    EXPECTS(every >= 2);
    std::unordered_map<std::string, std::size_t> order;
    std::vector<std::size_t> train;
    std::vector<std::size_t> unseen;
    for (std::size_t row = 0; row < set.spectra(); ++row) {
        const std::size_t index = order.try_emplace(set.stars[row], order.size()).first->second;
        (index % every == every - 1 ? unseen : train).push_back(row);
    }
    return { subset(set, train), subset(set, unseen) };
}

SpectrumSet halfOfStars(const SpectrumSet& set, std::size_t parity)
{
    SplitSets halves = splitByStar(set, 2);
    return parity == 0 ? std::move(halves.train) : std::move(halves.unseen);
}

SpectrumSet withHidden(const SpectrumSet& set, const std::vector<WavelengthRange>& ranges)
{
    SpectrumSet result = set;
    for (std::size_t i = 0; i < set.pixels(); ++i) {
        const double wavelength = set.wavelengthAngstrom[i];
        const bool hidden = std::any_of(ranges.begin(), ranges.end(), [&](const auto& range) {
            return wavelength >= range.firstAngstrom && wavelength <= range.lastAngstrom;
        });
        if (hidden)
            result.ivar.col(static_cast<Eigen::Index>(i)).setZero();
    }
    return result;
}

} // namespace maury::gon
