#include "ui/models/fitted_standard.h"

#include "core/preprocess/doppler.h"
#include "core/preprocess/gaussian_blur.h"

#include <cmath>
#include <limits>

namespace maury::ui {

namespace {

/// A sampled Gaussian narrower than half a pixel has no true width.
constexpr double kNarrowestSigma = 0.5;

} // namespace

Trace fittedStandardTrace(
    const mk::Atlas& atlas, const classify::NearestStandard& fit, double scale)
{
    EXPECTS(fit.row < atlas.standards().size());
    const auto& grid = atlas.grid();
    const auto row = static_cast<Eigen::Index>(fit.row);
    Eigen::ArrayXd flux = atlas.flux().row(row).cast<double>().transpose().array();
    const double sigma = fit.broadening / preprocess::kFwhmPerSigma / grid.stepAngstrom;
    if (sigma >= kNarrowestSigma)
        flux = preprocess::gaussianBlurred(flux, sigma);
    const double factor = preprocess::dopplerFactor(fit.velocityKms);
    Trace trace;
    trace.name = standardName(atlas.standards()[fit.row]);
    trace.wavelength.reserve(static_cast<qsizetype>(grid.pixels));
    trace.flux.reserve(static_cast<qsizetype>(grid.pixels));
    for (std::size_t pixel = 0; pixel < grid.pixels; ++pixel) {
        const double wavelength = grid.wavelength(pixel);
        trace.wavelength.append(wavelength);
        const double from = (wavelength / factor - grid.firstAngstrom) / grid.stepAngstrom;
        const double whole = std::floor(from);
        const auto left = static_cast<Eigen::Index>(whole);
        double value = std::numeric_limits<double>::quiet_NaN();
        if (left >= 0 && left < flux.size()) {
            const Eigen::Index right = std::min(left + 1, flux.size() - 1);
            if (atlas.good()(row, left) != 0 && atlas.good()(row, right) != 0)
                value = scale * (flux[left] + (from - whole) * (flux[right] - flux[left]));
        }
        trace.flux.append(value);
    }
    return trace;
}

Trace differenceTrace(const Trace& star, const Trace& standard)
{
    EXPECTS(star.flux.size() == standard.flux.size());
    Trace difference = star;
    for (qsizetype pixel = 0; pixel < difference.flux.size(); ++pixel)
        difference.flux[pixel] -= standard.flux[pixel];
    return difference;
}

} // namespace maury::ui
