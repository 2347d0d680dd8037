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
    m_highest = ArrayXd::Constant(bins, -std::numeric_limits<double>::infinity());
    m_leastStrength = std::numeric_limits<double>::infinity();
    for (Index row = 0; row < count; ++row) {
        const std::span flux(atlas.flux().row(row).data(), atlas.grid().pixels);
        const std::span good(atlas.good().row(row).data(), atlas.grid().pixels);
        const Binned standard = binned(robust::toLogGrid(flux, good, atlas.grid(), grid));
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
    return findings;
}

} // namespace maury::classify
