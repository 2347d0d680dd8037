#include "core/classify/line_check.h"

#include "core/base/contract.h"
#include "core/robust/local_continuum.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <optional>
#include <span>

namespace maury::classify {
namespace {

using Eigen::ArrayXd;
using Eigen::Index;

constexpr std::size_t kPixelsTogether = 5;
/// Lines weaker than this part of the weakest-lined standard's are none: blur and rotation weaken
/// them to about a half.
constexpr double kWeakestLines = 0.3;
/// Above the highest standard of any type, in units of the continuum.
constexpr double kLeastEmission = 0.12;
constexpr double kEmissionSigmas = 6.0;

constexpr std::array kBalmerLines { 4340.47, 4101.74 }; ///< Hγ and Hδ, air Å
constexpr double kBalmerReach = 14.0; ///< Å on either side; blur hardly changes the width inside
constexpr double kAllBalmerReach = 18.0; ///< Å about any Balmer line, left out when types are found
constexpr std::array kAllBalmer { 4340.47, 4101.74, 3970.07, 3889.05 };
/// Cooler than F8 metal lines rule the width inside.
constexpr double kCoolestBalmer = 27.0;
/// Standards whose other lines fit within this factor of the best fit count as possible types.
constexpr double kLikely = 1.15;
/// A Balmer line with less than this part of the least that a possible type has is filled in.
constexpr double kLeastBalmer = 0.55;
constexpr double kLeastBalmerAngstrom = 1.5; ///< of that type's width
constexpr double kBalmerSigmas = 4.0;

/// Those around a line, as bins.
std::pair<Index, Index> binsAround(
    const robust::LogGrid& grid, double line, double reach, Index bins)
{
    const double width = static_cast<double>(kPixelsTogether) * grid.step;
    const double begin = grid.wavelength(grid.cropBegin);
    const auto binOf = [&](double wavelength) {
        return static_cast<Index>(std::floor(std::log(wavelength / begin) / width));
    };
    return { std::clamp<Index>(binOf(line - reach), 0, bins),
        std::clamp<Index>(binOf(line + reach) + 1, 0, bins) };
}

double wavelengthOf(const robust::LogGrid& grid, Index bin)
{
    return grid.wavelength(
        grid.cropBegin + static_cast<std::size_t>(bin) * kPixelsTogether + kPixelsTogether / 2);
}

} // namespace

LineCheck::LineCheck(const mk::Atlas& atlas, const robust::LogGrid& grid)
    : m_grid(grid)
{
    const auto bins = static_cast<Index>(grid.cropPixels / kPixelsTogether);
    const auto count = static_cast<Index>(atlas.standards().size());
    m_standards = Eigen::ArrayXXd::Zero(bins, count);
    m_widths = Eigen::ArrayXXd::Zero(std::ssize(kBalmerLines), count);
    m_highest = ArrayXd::Constant(bins, -std::numeric_limits<double>::infinity());
    m_withoutBalmer = ArrayXd::Ones(bins);
    for (const double line : kAllBalmer) {
        const auto [begin, end] = binsAround(grid, line, kAllBalmerReach, bins);
        m_withoutBalmer.segment(begin, end - begin).setZero();
    }
    m_leastStrength = std::numeric_limits<double>::infinity();
    for (Index row = 0; row < count; ++row) {
        const std::span flux(atlas.flux().row(row).data(), atlas.grid().pixels);
        const std::span good(atlas.good().row(row).data(), atlas.grid().pixels);
        const Binned standard = binned(robust::toLogGrid(flux, good, atlas.grid(), grid));
        m_standards.col(row) = standard.lines;
        m_codes.push_back(atlas.standards()[static_cast<std::size_t>(row)].temperatureCode);
        for (std::size_t line = 0; line < kBalmerLines.size(); ++line)
            m_widths(static_cast<Index>(line), row)
                = balmerWidth(standard, kBalmerLines.at(line)).value_or(0.0);
        for (Index bin = 0; bin < bins; ++bin)
            for (Index near = std::max<Index>(0, bin - 1); near < std::min(bins, bin + 2); ++near)
                m_highest[near] = std::max(m_highest[near], standard.lines[bin]);
        m_leastStrength = std::min(m_leastStrength, strength(standard, 0.0));
    }
}

LineCheck::Binned LineCheck::binned(const robust::LogSpectrum& spectrum) const
{
    std::vector<float> mean(m_grid.pixels);
    robust::runningMean(spectrum.flux, m_grid.localWindow(), mean);
    std::vector<float> lines(m_grid.cropPixels);
    robust::divideLocally(spectrum.flux, mean, m_grid, lines);
    const auto bins = static_cast<Index>(m_grid.cropPixels / kPixelsTogether);
    Binned result { ArrayXd::Zero(bins), ArrayXd::Zero(bins), ArrayXd::Zero(bins) };
    for (Index bin = 0; bin < bins; ++bin) {
        const std::size_t first = static_cast<std::size_t>(bin) * kPixelsTogether;
        double sum = 0.0;
        bool good = true;
        for (std::size_t i = first; i < first + kPixelsTogether; ++i) {
            sum += static_cast<double>(lines[i]);
            good = good && spectrum.good[m_grid.cropBegin + i] != 0;
        }
        const auto level
            = static_cast<double>(mean[m_grid.cropBegin + first + kPixelsTogether / 2]);
        if (!good || !(level > 0.0))
            continue;
        result.lines[bin] = sum / static_cast<double>(kPixelsTogether);
        result.noise[bin] = 1.0 / std::sqrt(level); // photon noise, relative
        result.used[bin] = 1.0;
    }
    return result;
}

double LineCheck::strength(const Binned& spectrum, double noise) const
{
    const double used = std::max(1.0, spectrum.used.sum());
    const double meanSquare = (spectrum.used * spectrum.lines.square()).sum() / used;
    const double ofNoise = (spectrum.used * (noise * spectrum.noise).square()).sum() / used;
    return std::sqrt(std::max(0.0, meanSquare - ofNoise));
}

std::optional<double> LineCheck::balmerWidth(const Binned& spectrum, double line) const
{
    const auto [begin, end] = binsAround(m_grid, line, kBalmerReach, spectrum.lines.size());
    if (end <= begin || spectrum.used.segment(begin, end - begin).minCoeff() <= 0.0)
        return std::nullopt;
    const double angstrom = static_cast<double>(kPixelsTogether) * m_grid.step * line;
    return -angstrom * spectrum.lines.segment(begin, end - begin).sum();
}

std::optional<Finding> LineCheck::emission(const Binned& spectrum, double noise) const
{
    double highest = 0.0;
    Index where = -1;
    for (Index bin = 0; bin < spectrum.lines.size(); ++bin) {
        const double above = spectrum.lines[bin] - std::max(0.0, m_highest[bin]);
        const double limit
            = std::max(kLeastEmission, kEmissionSigmas * noise * spectrum.noise[bin]);
        if (spectrum.used[bin] > 0.0 && above > limit && above > highest) {
            highest = above;
            where = bin;
        }
    }
    if (where < 0)
        return std::nullopt;
    const double wavelength = wavelengthOf(m_grid, where);
    return Finding { { DoubtCode::Emission,
                         { { "wavelength_angstrom", wavelength }, { "height", highest } }, {} },
        fmt::format("lines in emission: at {:.0f} Å {:.0f} % of the continuum above all standards",
            wavelength, 100.0 * highest) };
}

std::optional<Finding> LineCheck::balmerFilled(const Binned& spectrum, double noise) const
{
    std::array<double, kBalmerLines.size()> widths {};
    for (std::size_t line = 0; line < widths.size(); ++line) {
        const auto width = balmerWidth(spectrum, kBalmerLines.at(line));
        if (!width)
            return std::nullopt;
        widths.at(line) = *width;
    }
    // Which types the other lines allow.
    const ArrayXd weight = spectrum.used * m_withoutBalmer;
    const Eigen::ArrayXd distance
        = ((m_standards.colwise() - spectrum.lines).square().colwise() * weight)
              .colwise()
              .sum()
              .transpose();
    const double floor = noise * noise * (weight * spectrum.noise.square()).sum();
    const double limit = kLikely * std::max(distance.minCoeff(), floor);
    std::array<double, kBalmerLines.size()> least {};
    least.fill(std::numeric_limits<double>::infinity());
    for (Index row = 0; row < distance.size(); ++row) {
        if (distance[row] > limit)
            continue;
        if (m_codes[static_cast<std::size_t>(row)] > kCoolestBalmer)
            return std::nullopt;
        for (std::size_t line = 0; line < least.size(); ++line)
            least.at(line) = std::min(least.at(line), m_widths(static_cast<Index>(line), row));
    }
    for (std::size_t line = 0; line < least.size(); ++line) {
        const double angstrom
            = static_cast<double>(kPixelsTogether) * m_grid.step * kBalmerLines.at(line);
        const double error
            = kBalmerSigmas * noise * angstrom * std::sqrt(2.0 * kBalmerReach / angstrom);
        if (least.at(line) < kLeastBalmerAngstrom
            || widths.at(line) + error > kLeastBalmer * least.at(line))
            return std::nullopt;
    }
    return Finding { { DoubtCode::BalmerFilled,
                         { { "hgamma_angstrom", widths[0] }, { "least_angstrom", least[0] } }, {} },
        fmt::format("Balmer lines filled in: Hγ is {:.1f} Å wide, at least {:.1f} Å in standards "
                    "with such other lines",
            widths[0], least[0]) };
}

std::vector<Finding> LineCheck::findings(const robust::LogSpectrum& spectrum, double noise) const
{
    EXPECTS(spectrum.flux.size() == m_grid.pixels && noise >= 0.0);
    const Binned lines = binned(spectrum);
    const double seen = strength(lines, noise);
    if (seen < kWeakestLines * m_leastStrength)
        return { { { DoubtCode::NoLines,
                       { { "strength_percent", 100.0 * seen },
                           { "least_percent", 100.0 * m_leastStrength } },
                       {} },
            fmt::format("no lines: they make {:.1f} % of the flux, at least {:.1f} % in standards",
                100.0 * seen, 100.0 * m_leastStrength) } };
    std::vector<Finding> findings;
    if (auto finding = emission(lines, noise))
        findings.push_back(*std::move(finding));
    if (auto finding = balmerFilled(lines, noise))
        findings.push_back(*std::move(finding));
    return findings;
}

} // namespace maury::classify
