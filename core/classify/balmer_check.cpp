#include "core/classify/balmer_check.h"

#include "core/base/contract.h"
#include "core/preprocess/gaussian_blur.h"
#include "core/robust/local_continuum.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <span>
#include <utility>
#include <vector>

namespace maury::classify {
namespace {

using Eigen::ArrayXd;
using Eigen::Index;

/// Hγ, Hδ, Hε, H8, air Å; the last two, blended with Ca II H and at the edge, are only left out.
constexpr std::array kBalmerLines { 4340.47, 4101.74, 3970.07, 3889.05 };
constexpr double kCoreAngstrom = 6.0; ///< on either side of a line
constexpr std::size_t kPixelsTogether = 5; ///< about 4 Å
/// FWHM in Å by which standards are blurred: resolution and rotation of the star.
constexpr std::array kBlurs { 0.0, 2.0, 3.0, 4.0, 5.5 };
constexpr double kFewestUsed = 0.5; ///< of the bins
/// Standards whose mean square difference elsewhere is within this factor of the least may be the
/// star's type;
constexpr double kLikely = 1.5;
/// below this root mean square, which stars of one type differ by, all are as good.
constexpr double kAlike = 0.01;
/// Worse than this no standard fits: nothing foretells the cores.
constexpr double kWorstFit = 0.05;
constexpr double kLeastMissing = 0.8; ///< Å of a core
constexpr double kLeastMissingShare = 0.25; ///< of the least that a likely standard has
constexpr double kSigmas = 5.0;

/// First and last pixel of a line's core.
std::pair<std::size_t, std::size_t> coreOf(const robust::LogGrid& grid, double line)
{
    const auto pixelOf = [&grid](double wavelength) {
        const double at = std::round(std::log(wavelength / grid.firstAngstrom) / grid.step);
        return static_cast<std::size_t>(std::clamp(at, 0.0, static_cast<double>(grid.pixels - 1)));
    };
    return { pixelOf(line - kCoreAngstrom), pixelOf(line + kCoreAngstrom) };
}

/// The flux with a straight line through every core, so that what fills a core does not raise the
/// mean around it.
std::vector<float> withoutCores(std::vector<float> flux, const robust::LogGrid& grid)
{
    for (const double line : kBalmerLines) {
        const auto [first, last] = coreOf(grid, line);
        if (last <= first)
            continue;
        const float slope = (flux[last] - flux[first]) / static_cast<float>(last - first);
        for (std::size_t i = first + 1; i < last; ++i)
            flux[i] = flux[first] + slope * static_cast<float>(i - first);
    }
    return flux;
}

} // namespace

BalmerCheck::BalmerCheck(const mk::Atlas& atlas, const robust::LogGrid& grid)
    : m_grid(grid)
{
    const auto count = static_cast<Index>(atlas.standards().size());
    const auto blurs = std::ssize(kBlurs);
    m_elsewhere.resize(static_cast<Index>(grid.cropPixels / kPixelsTogether), count * blurs);
    m_core.resize(kCores, count * blurs);
    for (Index row = 0; row < count; ++row) {
        const std::span flux(atlas.flux().row(row).data(), atlas.grid().pixels);
        // The atlas has filled what its standards lack.
        const std::vector<std::uint8_t> good(atlas.grid().pixels, 1);
        const robust::LogSpectrum standard = robust::toLogGrid(flux, good, atlas.grid(), grid);
        for (Index blur = 0; blur < blurs; ++blur) {
            robust::LogSpectrum blurred = standard;
            const double sigma = kBlurs.at(static_cast<std::size_t>(blur))
                / preprocess::kFwhmPerSigma / grid.middleStepAngstrom();
            if (sigma > 0.0) {
                const Eigen::Map<const Eigen::ArrayXf> sharp(
                    standard.flux.data(), std::ssize(standard.flux));
                Eigen::Map<Eigen::ArrayXf>(blurred.flux.data(), sharp.size())
                    = preprocess::gaussianBlurred(sharp.cast<double>(), sigma).cast<float>();
            }
            const Lines lines = linesOf(blurred);
            const Index column = row * blurs + blur;
            m_elsewhere.col(column) = lines.elsewhere;
            for (std::size_t core = 0; core < kCores; ++core)
                m_core(static_cast<Index>(core), column)
                    = lines.core.at(core).value_or(-std::numeric_limits<double>::infinity());
        }
    }
}

BalmerCheck::Lines BalmerCheck::linesOf(const robust::LogSpectrum& spectrum) const
{
    std::vector<float> mean(m_grid.pixels);
    robust::runningMean(withoutCores(spectrum.flux, m_grid), m_grid.localWindow(), mean);
    std::vector<float> lines(m_grid.cropPixels);
    robust::divideLocally(spectrum.flux, mean, m_grid, lines);
    const auto bins = static_cast<Index>(m_grid.cropPixels / kPixelsTogether);
    std::vector<std::uint8_t> isCore(m_grid.pixels, 0);
    for (const double line : kBalmerLines) {
        const auto [first, last] = coreOf(m_grid, line);
        std::fill(isCore.begin() + static_cast<std::ptrdiff_t>(first),
            isCore.begin() + static_cast<std::ptrdiff_t>(last) + 1, std::uint8_t { 1 });
    }
    Lines result { ArrayXd::Zero(bins), ArrayXd::Zero(bins), {} };
    for (Index bin = 0; bin < bins; ++bin) {
        double sum = 0.0;
        bool used = true;
        const std::size_t first = static_cast<std::size_t>(bin) * kPixelsTogether;
        for (std::size_t i = first; i < first + kPixelsTogether; ++i) {
            const std::size_t pixel = m_grid.cropBegin + i;
            used = used && spectrum.good[pixel] != 0 && isCore[pixel] == 0;
            sum += static_cast<double>(lines[i]);
        }
        if (!used)
            continue;
        result.elsewhere[bin] = sum / static_cast<double>(kPixelsTogether);
        result.used[bin] = 1.0;
    }
    for (std::size_t core = 0; core < kCores; ++core) {
        const auto [first, last] = coreOf(m_grid, kBalmerLines.at(core));
        double width = 0.0;
        bool whole = m_grid.isCropped(first) && m_grid.isCropped(last);
        for (std::size_t pixel = first; whole && pixel <= last; ++pixel) {
            whole = spectrum.good[pixel] != 0;
            width -= static_cast<double>(lines[pixel - m_grid.cropBegin]) * m_grid.step
                * kBalmerLines.at(core);
        }
        if (whole)
            result.core.at(core) = width;
    }
    return result;
}

std::optional<Finding> BalmerCheck::find(const robust::LogSpectrum& spectrum, double noise) const
{
    EXPECTS(spectrum.flux.size() == m_grid.pixels && noise >= 0.0);
    const Lines lines = linesOf(spectrum);
    const double used = lines.used.sum();
    if (used < kFewestUsed * static_cast<double>(lines.used.size()) || !lines.core[0]
        || !lines.core[1])
        return std::nullopt;
    const ArrayXd distance
        = ((m_elsewhere.colwise() - lines.elsewhere).square().colwise() * lines.used)
              .colwise()
              .sum()
              .transpose()
        / used;
    const double ofNoise = noise * noise / static_cast<double>(kPixelsTogether);
    const double best = distance.minCoeff();
    if (best > kWorstFit * kWorstFit + ofNoise)
        return std::nullopt;
    const double limit = kLikely * std::max({ best, ofNoise, kAlike * kAlike });
    std::array<double, kCores> least {};
    least.fill(std::numeric_limits<double>::infinity());
    for (Index column = 0; column < distance.size(); ++column)
        if (distance[column] <= limit)
            for (std::size_t core = 0; core < kCores; ++core)
                least.at(core) = std::min(least.at(core), m_core(static_cast<Index>(core), column));
    for (std::size_t core = 0; core < kCores; ++core) {
        const double angstrom = m_grid.step * kBalmerLines.at(core);
        const double error = noise * angstrom * std::sqrt(2.0 * kCoreAngstrom / angstrom);
        const double missing = least.at(core) - *lines.core.at(core);
        if (missing
            < std::max({ kLeastMissing, kLeastMissingShare * least.at(core), kSigmas * error }))
            return std::nullopt;
    }
    return Finding { { DoubtCode::BalmerFilled,
                         { { "hgamma_angstrom", *lines.core[0] }, { "least_angstrom", least[0] } },
                         {} },
        fmt::format("Balmer lines filled in: the core of Hγ is {:.1f} Å wide, at least {:.1f} Å in "
                    "standards with such other lines",
            *lines.core[0], least[0]) };
}

} // namespace maury::classify
