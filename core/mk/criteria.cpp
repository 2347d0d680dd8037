#include "core/mk/criteria.h"

#include "core/base/contract.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace maury::mk {
namespace {

/// Least equivalent width of which a ratio can be made, in Å.
constexpr double kFaintest = 0.02;
constexpr double kLeastSignal = 2.0; ///< widths over their error
constexpr double kContinuumPercentile = 0.8; ///< of the flux beside a feature
constexpr std::size_t kLeastSidePixels = 3;

/// The flux of the good pixels between two wavelengths.
struct Piece {
    std::vector<double> flux;
    double middle = 0.0; ///< mean wavelength
};

Piece pieceOf(const MeasuredSpectrum& spectrum, double first, double last)
{
    Piece piece;
    for (std::size_t i = 0; i < spectrum.flux.size(); ++i) {
        const double wavelength = spectrum.wavelengthAngstrom[i];
        if (wavelength < first || wavelength > last || spectrum.good[i] == 0)
            continue;
        piece.flux.push_back(static_cast<double>(spectrum.flux[i]));
        piece.middle += wavelength;
    }
    piece.middle /= static_cast<double>(std::max<std::size_t>(1, piece.flux.size()));
    return piece;
}

double upperLevel(Piece piece)
{
    const auto at = static_cast<std::ptrdiff_t>(
        kContinuumPercentile * static_cast<double>(piece.flux.size() - 1));
    std::nth_element(piece.flux.begin(), piece.flux.begin() + at, piece.flux.end());
    return piece.flux[static_cast<std::size_t>(at)];
}

/// Width in Å of the pixel: half-way to its neighbours.
double pixelWidth(const MeasuredSpectrum& spectrum, std::size_t pixel)
{
    const auto& wavelength = spectrum.wavelengthAngstrom;
    const std::size_t left = pixel > 0 ? pixel - 1 : 0;
    const std::size_t right = std::min(pixel + 1, wavelength.size() - 1);
    return (wavelength[right] - wavelength[left]) / static_cast<double>(right - left);
}

bool usable(const FeatureStrength& strength)
{
    return strength.widthAngstrom > std::max(kFaintest, kLeastSignal * strength.error);
}

} // namespace

std::string Criterion::name() const
{
    return denominator ? numerator.name + " / " + denominator->name : numerator.name;
}

FeatureStrength measure(const Feature& feature, const MeasuredSpectrum& spectrum)
{
    EXPECTS(spectrum.wavelengthAngstrom.size() == spectrum.flux.size());
    EXPECTS(spectrum.good.size() == spectrum.flux.size() && spectrum.flux.size() > 1);
    const double first = feature.firstAngstrom();
    const double last = feature.lastAngstrom();
    if (first < spectrum.wavelengthAngstrom.front() || last > spectrum.wavelengthAngstrom.back())
        return { Measured::OutOfRange };
    const Piece left
        = pieceOf(spectrum, first - feature.sideGap - feature.sideWidth, first - feature.sideGap);
    const Piece right
        = pieceOf(spectrum, last + feature.sideGap, last + feature.sideGap + feature.sideWidth);
    if (std::min(left.flux.size(), right.flux.size()) < kLeastSidePixels)
        return { Measured::NoData };
    const double leftLevel = upperLevel(left);
    const double slope = (upperLevel(right) - leftLevel) / (right.middle - left.middle);
    FeatureStrength strength { Measured::Yes };
    double variance = 0.0;
    double reach = 0.0;
    for (std::size_t i = 0; i < spectrum.flux.size(); ++i) {
        const double wavelength = spectrum.wavelengthAngstrom[i];
        const bool inside = std::any_of(feature.ranges.begin(), feature.ranges.end(),
            [wavelength](const Feature::Range& range) {
                return wavelength >= range.first && wavelength <= range.last;
            });
        if (!inside)
            continue;
        const double continuum = leftLevel + slope * (wavelength - left.middle);
        if (spectrum.good[i] == 0 || !(continuum > 0.0))
            return { Measured::NoData };
        const double width = pixelWidth(spectrum, i);
        strength.widthAngstrom += width * (1.0 - static_cast<double>(spectrum.flux[i]) / continuum);
        const double noise = width * spectrum.noise / continuum;
        variance += noise * noise;
        reach += noise;
    }
    // The continuum is as uncertain as a mean of the pixels beside, for the whole width at once.
    const auto sides = static_cast<double>(left.flux.size() + right.flux.size());
    strength.error = std::sqrt(variance + reach * reach / sides);
    return strength;
}

CriterionValue measure(const Criterion& criterion, const MeasuredSpectrum& spectrum)
{
    const auto blame = [](Measured state, const Feature& feature) {
        return CriterionValue { state, 0.0, 0.0, feature.name };
    };
    const FeatureStrength above = measure(criterion.numerator, spectrum);
    if (above.state != Measured::Yes)
        return blame(above.state, criterion.numerator);
    if (!criterion.denominator) {
        if (!usable(above))
            return blame(Measured::TooWeak, criterion.numerator);
        return { Measured::Yes, above.widthAngstrom, above.error / above.widthAngstrom, {} };
    }
    const FeatureStrength below = measure(*criterion.denominator, spectrum);
    if (below.state != Measured::Yes)
        return blame(below.state, *criterion.denominator);
    for (const auto& [strength, feature] :
        { std::pair { &above, &criterion.numerator }, { &below, &*criterion.denominator } })
        if (!usable(*strength))
            return blame(Measured::TooWeak, *feature);
    return { Measured::Yes, above.widthAngstrom / below.widthAngstrom,
        std::hypot(above.error / above.widthAngstrom, below.error / below.widthAngstrom), {} };
}

} // namespace maury::mk
