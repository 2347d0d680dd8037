#pragma once

// Poisson numbers as core/dataset/poisson.h and noise.h draw them, for kernels.

#include "gpu/kernels/philox.h"

#include <math.h>

namespace maury::gpu {

inline constexpr float kProposedFrom = 10.0F;
inline constexpr float kProposedBelow = 0x1p22F;

MAURY_DEVICE inline double poissonByInversion(double lambda, RandomNumbers& random)
{
    double left = random.uniform();
    double probability = ::exp(-lambda);
    int k = 0;
    while (left >= probability && k < 200) {
        left -= probability;
        ++k;
        probability *= lambda / k;
    }
    return k;
}

MAURY_DEVICE inline double stirlingError(double k)
{
    const double inverse = 1.0 / (k * k);
    return (1.0 / 12.0 - inverse * (1.0 / 360.0 - inverse * (1.0 / 1260.0 - inverse / 1680.0))) / k;
}

MAURY_DEVICE inline double deviance(double k, double lambda)
{
    const double e = (lambda - k) / k;
    if (::fabs(e) > 0.05)
        return k * (e - ::log1p(e));
    double power = e * e;
    double sum = 0.0;
    for (int n = 2; n <= 14; ++n) {
        sum += (n % 2 == 0 ? power : -power) / n;
        power *= e;
    }
    return k * sum;
}

MAURY_DEVICE inline double poissonProbability(double k, double lambda)
{
    if (k < 0.0)
        return 0.0;
    if (k <= 20.0) {
        double probability = ::exp(-lambda);
        for (int i = 1; i <= static_cast<int>(k); ++i)
            probability *= lambda / i;
        return probability;
    }
    return ::exp(-stirlingError(k) - deviance(k, lambda)) / ::sqrt(6.28318530717958647692 * k);
}

MAURY_DEVICE inline double proposalProbability(double k, double lambda)
{
    const double scale = 1.0 / ::sqrt(2.0 * lambda);
    const double from = (k - lambda) * scale;
    const double to = (k + 1.0 - lambda) * scale;
    return from > 0.0 ? 0.5 * (::erfc(from) - ::erfc(to)) : 0.5 * (::erfc(-to) - ::erfc(-from));
}

MAURY_DEVICE inline double settlePoisson(
    double lambda, double proposal, double uniform, RandomNumbers& random)
{
    const double proposed = proposalProbability(proposal, lambda);
    if (uniform * proposed >= proposed - poissonProbability(proposal, lambda))
        return proposal;
    const double sigma = ::sqrt(lambda);
    const double height = 0.1069 / lambda;
    for (;;) {
        const double distance = -::log1p(-random.uniform());
        const double signedUniform = 2.0 * random.uniform() - 1.0;
        const double t = 1.8 + ::copysign(distance, signedUniform);
        if (t <= -0.6744)
            continue;
        const double k = ::floor(lambda + sigma * t);
        const double surplus = poissonProbability(k, lambda) - proposalProbability(k, lambda);
        if (height * ::fabs(signedUniform) <= surplus * ::exp(distance))
            return k;
    }
}

MAURY_DEVICE inline double poissonNumber(double lambda, RandomNumbers& random)
{
    if (!(lambda - lambda == 0.0)) // not finite
        return lambda;
    if (lambda <= 0.0)
        return 0.0;
    if (lambda < static_cast<double>(kProposedFrom))
        return poissonByInversion(lambda, random);
    const double proposal = ::floor(lambda + ::sqrt(lambda) * random.normal());
    const double uniform = random.uniform();
    const double below = lambda - proposal;
    return below * below * below <= 6.0 * lambda * lambda * uniform
        ? proposal
        : settlePoisson(lambda, proposal, uniform, random);
}

/// A flux with the noise of a pixel: `normal` and `bits` are the pixel's, `key` the noise stream's.
MAURY_DEVICE inline float withPoissonNoise(
    float flux, double gain, float normal, std::uint32_t bits, std::uint64_t key, int pixel)
{
    const float lambda = flux * static_cast<float>(gain);
    const bool proposes = lambda >= kProposedFrom && lambda < kProposedBelow;
    float proposal = 0.0F;
    if (proposes) {
        // From the whole and the rest of λ apart: λ + √λ T would lose the rest to float32.
        const float whole = ::floorf(lambda);
        const float part = lambda - whole;
        const float shift = ::floorf(::sqrtf(lambda) * normal + part);
        const float below = part - shift;
        const float uniform = static_cast<float>(bits >> 8U) * 0x1p-24F;
        proposal = whole + shift;
        if (below * below * below <= lambda * lambda * 6.0F * uniform)
            return proposal * static_cast<float>(1.0 / gain);
    }
    RandomNumbers own(splitKey(key, static_cast<std::uint64_t>(pixel)));
    const double mean = static_cast<double>(lambda);
    const double count = proposes
        ? settlePoisson(mean, static_cast<double>(proposal), bits * 0x1p-32, own)
        : poissonNumber(mean, own);
    return static_cast<float>(count / gain);
}

/// The normal law of the same mean and variance.
MAURY_DEVICE inline float withGaussianNoise(float flux, double gain, float normal)
{
    const float mean = flux > 0.0F ? flux : 0.0F;
    return mean + ::sqrtf(mean * static_cast<float>(1.0 / gain)) * normal;
}

} // namespace maury::gpu
