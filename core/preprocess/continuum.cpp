#include "core/preprocess/continuum.h"

#include "core/base/contract.h"
#include "core/preprocess/doppler.h"
#include "core/preprocess/polynomial_fit.h"
#include "core/preprocess/running_percentile.h"
#include "core/spectrum/air_vacuum.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace maury::preprocess {
namespace {

using base::ErrorCode;
using base::Result;
using spectrum::Segment;

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
constexpr std::size_t kFewestGood = 16;
/// Bins of the Gaussian's σ in which flux is gathered before it is convolved.
constexpr double kBinsPerSigma = 16.0;
constexpr double kReach = 4.0;

struct MethodName {
    ContinuumMethod method;
    const char* name;
};
constexpr MethodName kNames[] = { { ContinuumMethod::Gaussian, "gaussian" },
    { ContinuumMethod::Polynomial, "polynomial" }, { ContinuumMethod::Chebyshev, "chebyshev" },
    { ContinuumMethod::Median, "median" }, { ContinuumMethod::Percentile, "percentile" },
    { ContinuumMethod::Envelope, "envelope" } };

bool isPolynomial(ContinuumMethod method)
{
    return method == ContinuumMethod::Polynomial || method == ContinuumMethod::Chebyshev;
}

bool isObserved(const Segment& segment, std::size_t i)
{
    return (segment.mask[i] & (spectrum::mask::kNoData | spectrum::mask::kGapOrEdge)) == 0;
}

/// Stretches that are parted by more than the settings' gap without data, from their first to their
/// last observed pixel.
std::vector<PixelRange> piecesOf(const Segment& segment, double splitGap)
{
    std::vector<PixelRange> pieces;
    const auto& w = segment.wavelengthAngstrom;
    for (std::size_t i = 0; i < segment.pixels(); ++i) {
        if (!isObserved(segment, i))
            continue;
        if (pieces.empty() || (splitGap > 0.0 && w[i] - w[pieces.back().end - 1] > splitGap))
            pieces.push_back({ i, i + 1 });
        pieces.back().end = i + 1;
    }
    return pieces;
}

/// The weights of a piece's pixels: 0 where bad.
std::vector<double> weightsOf(const Segment& segment, const PixelRange& piece, bool byErrors)
{
    std::vector<double> weights(piece.end - piece.begin, 0.0);
    for (std::size_t i = piece.begin; i < piece.end; ++i) {
        const double ivar = segment.ivar.empty() ? 1.0 : segment.ivar[i];
        if (segment.isGood(i) && std::isfinite(segment.flux[i]) && ivar > 0.0)
            weights[i - piece.begin] = byErrors ? ivar : 1.0;
    }
    return weights;
}

/// Where pixels stand in units of the width.
std::vector<double> positionsOf(
    std::span<const double> wavelengths, const ContinuumSettings& settings)
{
    std::vector<double> positions(wavelengths.begin(), wavelengths.end());
    for (double& each : positions)
        each = settings.widthInKms ? std::log(each) * kSpeedOfLightKms / settings.width
                                   : each / settings.width;
    return positions;
}

/// What the pixels have in bins of σ / 16, each shared between the two bins around it.
struct Binned {
    std::vector<double> flux; ///< Σ w f
    std::vector<double> weight; ///< Σ w
};

/// Σ w f K / Σ w K with K a Gaussian of σ = 1 in `positions`, through bins: a constant comes back as
/// it is, the effective σ is 0.1 % wider.
std::vector<double> gaussianMean(const std::vector<double>& positions,
    std::span<const double> flux, const std::vector<double>& weights)
{
    const auto binOf = [&](std::size_t i) { return (positions[i] - positions[0]) * kBinsPerSigma; };
    const auto bins = static_cast<std::size_t>(binOf(positions.size() - 1)) + 2;
    Binned gathered { std::vector<double>(bins, 0.0), std::vector<double>(bins, 0.0) };
    for (std::size_t i = 0; i < positions.size(); ++i) {
        const double at = binOf(i);
        const auto bin = static_cast<std::size_t>(at);
        const double upper = at - static_cast<double>(bin);
        const double value = weights[i] > 0.0 ? flux[i] : 0.0;
        gathered.flux[bin] += (1.0 - upper) * weights[i] * value;
        gathered.weight[bin] += (1.0 - upper) * weights[i];
        gathered.flux[bin + 1] += upper * weights[i] * value;
        gathered.weight[bin + 1] += upper * weights[i];
    }
    const auto reach = static_cast<std::size_t>(kReach * kBinsPerSigma);
    std::vector<double> kernel(reach + 1);
    for (std::size_t k = 0; k <= reach; ++k) {
        const double z = static_cast<double>(k) / kBinsPerSigma;
        kernel[k] = std::exp(-0.5 * z * z);
    }
    Binned smooth { std::vector<double>(bins, 0.0), std::vector<double>(bins, 0.0) };
    for (std::size_t bin = 0; bin < bins; ++bin) {
        if (gathered.weight[bin] == 0.0)
            continue;
        const std::size_t first = bin - std::min(bin, reach);
        const std::size_t last = std::min(bins - 1, bin + reach);
        for (std::size_t to = first; to <= last; ++to) {
            const double k = kernel[to > bin ? to - bin : bin - to];
            smooth.flux[to] += k * gathered.flux[bin];
            smooth.weight[to] += k * gathered.weight[bin];
        }
    }
    std::vector<double> mean(positions.size(), kNone);
    for (std::size_t i = 0; i < positions.size(); ++i) {
        const auto bin = static_cast<std::size_t>(binOf(i));
        const double upper = binOf(i) - static_cast<double>(bin);
        const double weight
            = (1.0 - upper) * smooth.weight[bin] + upper * smooth.weight[bin + 1];
        if (weight > 0.0)
            mean[i] = ((1.0 - upper) * smooth.flux[bin] + upper * smooth.flux[bin + 1]) / weight;
    }
    return mean;
}

std::vector<double> windowPercentile(const std::vector<double>& positions,
    std::span<const double> flux, const std::vector<double>& weights, double percentile)
{
    std::vector<PixelRange> windows(positions.size());
    PixelRange window;
    for (std::size_t i = 0; i < positions.size(); ++i) {
        while (positions[window.begin] < positions[i] - 0.5)
            ++window.begin;
        while (window.end < positions.size() && positions[window.end] <= positions[i] + 0.5)
            ++window.end;
        windows[i] = window;
    }
    return runningPercentile(flux, weights, windows, percentile);
}

Result<std::vector<double>> envelopeOf(const Segment& segment, const PixelRange& piece,
    const std::vector<double>& weights, const EnvelopeSettings& settings)
{
    std::vector<double> air(segment.wavelengthAngstrom.begin() + static_cast<std::ptrdiff_t>(piece.begin),
        segment.wavelengthAngstrom.begin() + static_cast<std::ptrdiff_t>(piece.end));
    if (segment.medium == spectrum::Medium::Vacuum) // it knows lines by their wavelengths in air
        for (double& each : air)
            each = each > 2000.0 ? spectrum::airFromVacuum(each) : each;
    std::vector<std::uint8_t> good(weights.size());
    for (std::size_t i = 0; i < good.size(); ++i)
        good[i] = weights[i] > 0.0 ? 1 : 0;
    return upperEnvelope(
        air, std::span(segment.flux).subspan(piece.begin, good.size()), good, settings);
}

/// Draws the continuum of one piece into `result`.
Result<void> drawPiece(const Segment& segment, const PixelRange& piece,
    const ContinuumSettings& settings, Continuum& result)
{
    const std::size_t count = piece.end - piece.begin;
    const bool byErrors = settings.weighted && !segment.ivar.empty();
    const std::vector<double> weights = weightsOf(segment, piece, byErrors);
    const auto good = static_cast<std::size_t>(std::count_if(
        weights.begin(), weights.end(), [](double weight) { return weight > 0.0; }));
    const std::size_t needed = isPolynomial(settings.method)
        ? std::max(kFewestGood, 2 * static_cast<std::size_t>(settings.degree + 1))
        : kFewestGood;
    if (good < needed)
        return base::failure(ErrorCode::ValueInvalid, "continuum",
            fmt::format("{} good pixels", good), fmt::format("at least {}", needed));
    const auto wavelengths = std::span(segment.wavelengthAngstrom).subspan(piece.begin, count);
    const auto flux = std::span(segment.flux).subspan(piece.begin, count);
    std::vector<double> curve;
    switch (settings.method) {
    case ContinuumMethod::Gaussian:
        curve = gaussianMean(positionsOf(wavelengths, settings), flux, weights);
        break;
    case ContinuumMethod::Median:
    case ContinuumMethod::Percentile:
        curve = windowPercentile(positionsOf(wavelengths, settings), flux, weights,
            settings.method == ContinuumMethod::Median ? 50.0 : settings.percentile);
        break;
    case ContinuumMethod::Envelope: {
        auto envelope = envelopeOf(segment, piece, weights, settings.envelope);
        if (!envelope)
            return base::Unexpected(envelope.error());
        curve = *std::move(envelope);
        break;
    }
    case ContinuumMethod::Polynomial:
    case ContinuumMethod::Chebyshev: {
        std::vector<double> finite(flux.begin(), flux.end());
        for (std::size_t i = 0; i < count; ++i)
            if (weights[i] == 0.0)
                finite[i] = 0.0;
        result.fit.push_back(fitPolynomial(
            wavelengths, finite, weights, wavelengths.front(), wavelengths.back(), settings));
        curve = continuumOf({ result.fit.back() }, settings.method, wavelengths);
        break;
    }
    }
    std::copy(curve.begin(), curve.end(),
        result.flux.begin() + static_cast<std::ptrdiff_t>(piece.begin));
    return {};
}

Result<void> inRange(const char* setting, double value, double lowest, double highest)
{
    if (value >= lowest && value <= highest)
        return {};
    return base::failure(ErrorCode::OptionInvalid, setting, fmt::format("{:g}", value),
        fmt::format("{:g} to {:g}", lowest, highest));
}

} // namespace

std::string toString(ContinuumMethod method)
{
    for (const MethodName& each : kNames)
        if (each.method == method)
            return each.name;
    return {};
}

Result<ContinuumMethod> continuumMethodFromString(const std::string& name)
{
    std::string known;
    for (const MethodName& each : kNames) {
        if (name == each.name)
            return each.method;
        known += (known.empty() ? "" : ", ") + std::string(each.name);
    }
    return base::failure(ErrorCode::OptionInvalid, "method", name, known);
}

const std::vector<ContinuumMethod>& continuumMethods()
{
    static const std::vector<ContinuumMethod> methods = [] {
        std::vector<ContinuumMethod> all;
        for (const MethodName& each : kNames)
            all.push_back(each.method);
        return all;
    }();
    return methods;
}

ContinuumSettings usualContinuum(ContinuumMethod method)
{
    ContinuumSettings settings;
    settings.method = method;
    if (method == ContinuumMethod::Median || method == ContinuumMethod::Percentile)
        settings.width = 100.0;
    if (method == ContinuumMethod::Chebyshev) {
        settings.degree = 2;
        settings.clipLow = 1.0;
    }
    return settings;
}

Result<void> validate(const ContinuumSettings& settings)
{
    const EnvelopeSettings& envelope = settings.envelope;
    for (const auto& check :
        { inRange("--width", settings.width, 0.1, 1e5),
            inRange("--percentile", settings.percentile, 1.0, 100.0),
            inRange("--degree", settings.degree, 0.0, 12.0),
            inRange("--clip-low", settings.clipLow, 0.01, 100.0),
            inRange("--clip-high", settings.clipHigh, 0.01, 100.0),
            inRange("--rounds", settings.rounds, 1.0, 100.0),
            inRange("--split-gap", settings.splitGapAngstrom, 0.0, 1e5),
            inRange("--envelope-percentile", envelope.percentile, 50.0, 100.0),
            inRange("--envelope-step", envelope.stepAngstrom, 5.0, 400.0),
            inRange("--envelope-degree", envelope.degree, 0.0, 12.0) })
        if (!check)
            return check;
    return {};
}

Result<Continuum> drawContinuum(const Segment& segment, const ContinuumSettings& settings)
{
    if (const auto valid = validate(settings); !valid)
        return base::Unexpected(valid.error());
    Continuum result { std::vector<double>(segment.pixels(), kNone), {} };
    const auto pieces = piecesOf(segment, settings.splitGapAngstrom);
    Result<void> last = base::failure(ErrorCode::ValueInvalid, "continuum", "no observed pixel",
        fmt::format("at least {}", kFewestGood));
    for (const PixelRange& piece : pieces)
        if (auto drawn = drawPiece(segment, piece, settings, result); !drawn)
            last = std::move(drawn);
    bool isAny = false;
    for (double& value : result.flux) {
        if (!(value > 0.0) || !std::isfinite(value))
            value = kNone;
        isAny = isAny || !std::isnan(value);
    }
    if (isAny)
        return result;
    if (result.fit.empty() && !last)
        return base::Unexpected(last.error());
    return base::failure(
        ErrorCode::ValueInvalid, "continuum", "no positive continuum", "flux above zero");
}

std::vector<double> continuumOf(
    const ContinuumFit& fit, ContinuumMethod method, std::span<const double> wavelengthsAngstrom)
{
    std::vector<double> result(wavelengthsAngstrom.size(), kNone);
    for (std::size_t i = 0; i < result.size(); ++i)
        for (const ContinuumPiece& piece : fit)
            if (wavelengthsAngstrom[i] >= piece.firstAngstrom
                && wavelengthsAngstrom[i] <= piece.lastAngstrom) {
                const double value = valueOf(piece, method, wavelengthsAngstrom[i]);
                if (value > 0.0 && std::isfinite(value))
                    result[i] = value;
            }
    return result;
}

void divideByContinuum(Segment& segment, std::span<const double> continuum)
{
    EXPECTS(continuum.size() == segment.pixels());
    for (std::size_t i = 0; i < continuum.size(); ++i) {
        if (std::isnan(continuum[i])) {
            if (segment.isGood(i))
                segment.mask[i] |= spectrum::mask::kBadPixel;
            segment.flux[i] = 0.0;
            if (!segment.ivar.empty())
                segment.ivar[i] = 0.0;
            continue;
        }
        segment.flux[i] /= continuum[i];
        if (!segment.ivar.empty())
            segment.ivar[i] *= continuum[i] * continuum[i];
    }
    segment.rectified = true;
    segment.fluxUnit.clear();
}

} // namespace maury::preprocess
