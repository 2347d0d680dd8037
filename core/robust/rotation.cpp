#include "core/robust/rotation.h"

#include "core/base/contract.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace maury::robust {
namespace {

/// ∫ G from −1 to x, without the norm.
double integral(double x, double limbDarkening)
{
    const double at = std::clamp(x, -1.0, 1.0);
    const auto primitive = [limbDarkening](double z) {
        const double disk = z * std::sqrt(std::max(0.0, 1.0 - z * z)) + std::asin(z);
        return (1.0 - limbDarkening) * disk
            + 0.5 * std::numbers::pi * limbDarkening * (z - z * z * z / 3.0);
    };
    return primitive(at) - primitive(-1.0);
}

} // namespace

std::vector<float> rotationKernel(double reachPixels, double limbDarkening)
{
    EXPECTS(reachPixels >= 0.0 && limbDarkening >= 0.0 && limbDarkening <= 1.0);
    if (!(reachPixels > 0.0))
        return { 1.0F };
    const double total = integral(1.0, limbDarkening);
    std::vector<float> kernel;
    for (double pixel = 0.0; pixel - 0.5 < reachPixels; pixel += 1.0)
        kernel.push_back(
            static_cast<float>((integral((pixel + 0.5) / reachPixels, limbDarkening)
                                   - integral((pixel - 0.5) / reachPixels, limbDarkening))
                / total));
    return kernel;
}

} // namespace maury::robust
