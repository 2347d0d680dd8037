#include "core/classify/standard_matcher.h"

#include "core/base/contract.h"
#include "core/preprocess/doppler.h"
#include "core/preprocess/gaussian_blur.h"
#include "core/robust/local_continuum.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace maury::classify {
namespace {

/// FWHM in Å that a standard is blurred by.
constexpr std::array kBlurs { 0.0, 1.4, 2.0, 2.6, 3.3, 4.2, 5.3 };
/// FWHM in Å that a spectrum sharper than the library is blurred by.
constexpr std::array kSmoothings { 0.0, 1.2, 1.8 };
constexpr double kLogStep = 2e-4; ///< 60 km/s
constexpr int kFewestPixels = 64; ///< a grid of a few Å gets finer steps
/// Pixels at each end that lend their flux to the local continuum and are not compared: beyond the
/// end of a spectrum its lines shift out of sight.
constexpr std::size_t kMargin = 20;
/// A velocity beyond this many pixels is not small: the derivative says nothing about it.
constexpr float kLargestShift = 1.5F;

robust::LogGrid logGrid(const spectrum::WavelengthGrid& from)
{
    const double length = std::log(from.lastAngstrom() / from.firstAngstrom);
    robust::LogGrid grid;
    grid.firstAngstrom = from.firstAngstrom;
    grid.step = std::min(kLogStep, length / (kFewestPixels - 1));
    grid.pixels = static_cast<std::size_t>(length / grid.step) + 1;
    grid.cropBegin = std::min(kMargin, grid.pixels / 8);
    grid.cropPixels = grid.pixels - 2 * grid.cropBegin;
    return grid;
}

/// Change of a row for a shift of one pixel to the red: the derivative of fourth order, because
/// lines are hardly wider than the pixels.
template <typename Row> Row slopeOf(const Row& row)
{
    const Eigen::Index inner = row.size() - 4;
    Row slope = Row::Zero(row.size());
    slope.segment(2, inner) = (8.0F * (row.segment(1, inner) - row.segment(3, inner))
                                  - (row.head(inner) - row.tail(inner)))
        / 12.0F;
    return slope;
}

std::vector<float> blurred(
    std::span<const float> flux, double fwhmAngstrom, const spectrum::WavelengthGrid& grid)
{
    std::vector<float> result(flux.begin(), flux.end());
    if (fwhmAngstrom <= 0.0)
        return result;
    const Eigen::Map<const Eigen::ArrayXf> values(
        flux.data(), static_cast<Eigen::Index>(flux.size()));
    Eigen::Map<Eigen::ArrayXf>(result.data(), values.size()) = preprocess::gaussianBlurred(
        values.cast<double>(), fwhmAngstrom / preprocess::kFwhmPerSigma / grid.stepAngstrom)
                                                                   .cast<float>();
    return result;
}

} // namespace

StandardMatcher::StandardMatcher(mk::AtlasPtr atlas)
    : m_atlas(std::move(atlas))
    , m_grid(logGrid(m_atlas->grid()))
{
    const auto count = static_cast<Eigen::Index>(m_atlas->standards().size());
    const auto crop = static_cast<Eigen::Index>(m_grid.cropPixels);
    const std::vector<std::uint8_t> allGood(m_atlas->grid().pixels, 1);
    for (const double blur : kBlurs) {
        Rows rows(count, crop);
        Rows slopes = Rows::Zero(count, crop);
        for (Eigen::Index row = 0; row < count; ++row) {
            const std::span flux(m_atlas->flux().row(row).data(), m_atlas->grid().pixels);
            // The atlas has filled what its standards lack; what is left out is the spectrum's.
            rows.row(row) = locally(robust::toLogGrid(
                blurred(flux, blur, m_atlas->grid()), allGood, m_atlas->grid(), m_grid)
                                        .flux);
            slopes.row(row) = slopeOf(Row(rows.row(row)));
        }
        m_standards.push_back(std::move(rows));
        m_slopes.push_back(std::move(slopes));
    }
}

StandardMatcher::Row StandardMatcher::locally(std::span<const float> flux) const
{
    std::vector<float> mean(flux.size());
    robust::runningMean(flux, m_grid.localWindow(), mean);
    Row row(static_cast<Eigen::Index>(m_grid.cropPixels));
    robust::divideLocally(flux, mean, m_grid, { row.data(), m_grid.cropPixels });
    return row;
}

StandardMatcher::Observed StandardMatcher::observe(
    const PreparedSpectrum& spectrum, double blurAngstrom) const
{
    const auto& linear = m_atlas->grid();
    const auto onGrid = robust::toLogGrid(
        blurred(spectrum.unrectified, blurAngstrom, linear), spectrum.good, linear, m_grid);
    Observed observed { locally(onGrid.flux),
        Row::Zero(static_cast<Eigen::Index>(m_grid.cropPixels)) };
    const double noise = spectrum.noise / std::max(spectrum.medianFlux(), 1e-6);
    for (std::size_t i = 0; i < m_grid.cropPixels; ++i) {
        const std::size_t pixel = m_grid.cropBegin + i;
        const double wavelength = m_grid.wavelength(pixel);
        const auto nearest = std::min(linear.pixels - 1,
            static_cast<std::size_t>(
                std::lround((wavelength - linear.firstAngstrom) / linear.stepAngstrom)));
        // The wider logarithmic pixel averages the noise of several linear ones.
        const double share = std::min(1.0, linear.stepAngstrom / (wavelength * m_grid.step));
        const double level = static_cast<double>(spectrum.flux[nearest]);
        const double ivar = spectrum.ivar.empty() ? 1.0 / (noise * noise)
                                                  : spectrum.ivar[nearest] * level * level;
        const auto place = static_cast<Eigen::Index>(i);
        if (onGrid.good[pixel] != 0)
            observed.weight[place] = static_cast<float>(ivar / share);
        else
            observed.flux[place] = 0.0F;
    }
    return observed;
}

void StandardMatcher::compare(const Observed& observed, std::size_t blur, double blurOfSpectrum,
    std::vector<NearestStandard>& best) const
{
    const Row& weight = observed.weight;
    const auto used = static_cast<double>((weight > 0.0F).count());
    if (used <= 0.0)
        return;
    for (std::size_t row = 0; row < best.size(); ++row) {
        const auto index = static_cast<Eigen::Index>(row);
        const auto slope = m_slopes[blur].row(index);
        const Row difference = observed.flux - m_standards[blur].row(index);
        const float power = (weight * slope.square()).sum();
        const float along = (weight * slope * difference).sum();
        const float shift
            = power > 0.0F ? std::clamp(along / power, -kLargestShift, kLargestShift) : 0.0F;
        const double chi2
            = static_cast<double>((weight * (difference - shift * slope).square()).sum()) / used;
        if (chi2 >= best[row].chi2)
            continue;
        best[row].chi2 = chi2;
        best[row].broadening = kBlurs[blur] - blurOfSpectrum;
        best[row].velocityKms
            = static_cast<double>(shift) * m_grid.step * preprocess::kSpeedOfLightKms;
    }
}

std::vector<NearestStandard> StandardMatcher::nearest(
    const PreparedSpectrum& spectrum, std::size_t count) const
{
    EXPECTS(spectrum.unrectified.size() == m_atlas->grid().pixels && spectrum.noise > 0.0);
    std::vector<NearestStandard> result(m_atlas->standards().size());
    for (std::size_t row = 0; row < result.size(); ++row) {
        result[row].row = row;
        result[row].name = m_atlas->standards()[row].name;
        result[row].chi2 = std::numeric_limits<double>::infinity();
    }
    for (const double smoothing : kSmoothings) {
        const Observed observed = observe(spectrum, smoothing);
        const std::size_t blurs = smoothing > 0.0 ? 1 : kBlurs.size();
        for (std::size_t blur = 0; blur < blurs; ++blur)
            compare(observed, blur, smoothing, result);
    }
    const std::size_t kept = std::min(count, result.size());
    std::partial_sort(result.begin(), result.begin() + static_cast<std::ptrdiff_t>(kept),
        result.end(), [](const NearestStandard& a, const NearestStandard& b) {
            return a.chi2 != b.chi2 ? a.chi2 < b.chi2 : a.row < b.row;
        });
    result.resize(kept);
    return result;
}

} // namespace maury::classify
