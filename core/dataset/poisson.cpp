#include "core/dataset/poisson.h"

#include "core/base/contract.h"

#include <cmath>
#include <numbers>

namespace maury::dataset {
namespace {

// Chop-down search from 0: exact with the 53 bits of the uniform, about λ steps.
double poissonByInversion(double lambda, base::RandomStream& stream)
{
    double left = stream.uniform();
    double probability = std::exp(-lambda);
    // Far beyond any number that 53 bits can reach at λ < 10: stops a search that rounding left
    // short.
    constexpr int kLongest = 200;
    int k = 0;
    while (left >= probability && k < kLongest) {
        left -= probability;
        ++k;
        probability *= lambda / k;
    }
    return k;
}

// ln k! − [(k + ½) ln k − k + ½ ln 2π]: Stirling's series, error below 1e-15 for k > 20.
double stirlingError(double k)
{
    const double inverse = 1.0 / (k * k);
    return (1.0 / 12.0 - inverse * (1.0 / 360.0 - inverse * (1.0 / 1260.0 - inverse / 1680.0))) / k;
}

// k ln(k / λ) + λ − k without cancellation: with e = (λ − k) / k it is k (e − ln(1 + e)).
double deviance(double k, double lambda)
{
    const double e = (lambda - k) / k;
    if (std::abs(e) > 0.05)
        return k * (e - std::log1p(e));
    double power = e * e;
    double sum = 0.0;
    // e²/2 − e³/3 + e⁴/4 …
    for (int n = 2; n <= 14; ++n) {
        sum += (n % 2 == 0 ? power : -power) / n;
        power *= e;
    }
    return k * sum;
}

// Poisson's law in the saddle-point form of Loader (2000), "Fast and accurate computation of
// binomial probabilities", whose relative error stays near rounding at any λ.
double poissonProbability(double k, double lambda)
{
    if (k < 0.0)
        return 0.0;
    if (k <= 20.0) {
        double probability = std::exp(-lambda);
        for (int i = 1; i <= static_cast<int>(k); ++i)
            probability *= lambda / i;
        return probability;
    }
    return std::exp(-stirlingError(k) - deviance(k, lambda))
        / std::sqrt(2.0 * std::numbers::pi * k);
}

// Probability that floor(λ + √λ T) is k: the normal law between k and k + 1, from the nearer tail.
double proposalProbability(double k, double lambda)
{
    const double scale = 1.0 / std::sqrt(2.0 * lambda);
    const double from = (k - lambda) * scale;
    const double to = (k + 1.0 - lambda) * scale;
    return from > 0.0 ? 0.5 * (std::erfc(from) - std::erfc(to))
                      : 0.5 * (std::erfc(-to) - std::erfc(-from));
}

} // namespace

double settlePoisson(double lambda, double proposal, double uniform, base::RandomStream& stream)
{
    EXPECTS(lambda >= kPoissonNormalFrom);
    const double proposed = proposalProbability(proposal, lambda);
    if (uniform * proposed >= proposed - poissonProbability(proposal, lambda))
        return proposal;
    // The surplus lies under 0.1069/λ · exp(−|t − 1.8|) and vanishes below t = −0.6744 (constants
    // of PD).
    const double sigma = std::sqrt(lambda);
    const double height = 0.1069 / lambda;
    for (;;) {
        const double distance = -std::log1p(-stream.uniform());
        const double signedUniform = 2.0 * stream.uniform() - 1.0;
        const double t = 1.8 + std::copysign(distance, signedUniform);
        if (t <= -0.6744)
            continue;
        const double k = std::floor(lambda + sigma * t);
        const double surplus = poissonProbability(k, lambda) - proposalProbability(k, lambda);
        if (height * std::abs(signedUniform) <= surplus * std::exp(distance))
            return k;
    }
}

double poissonNumber(double lambda, base::RandomStream& stream)
{
    if (!std::isfinite(lambda))
        return lambda;
    if (lambda <= 0.0)
        return 0.0;
    if (lambda < kPoissonNormalFrom)
        return poissonByInversion(lambda, stream);
    const double proposal = std::floor(lambda + std::sqrt(lambda) * stream.normal());
    const double uniform = stream.uniform();
    return acceptedBySqueeze(lambda, proposal, uniform)
        ? proposal
        : settlePoisson(lambda, proposal, uniform, stream);
}

} // namespace maury::dataset
