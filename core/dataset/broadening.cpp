#include "core/dataset/broadening.h"

#include "core/base/contract.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "core/dataset/broadening.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include <algorithm>
#include <cmath>
#include <cstddef>

HWY_BEFORE_NAMESPACE();
namespace maury::dataset::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

// out[i] for i in [begin, end), whose neighbours up to `radius` away exist. A range shorter than a
// vector is left alone; the last vector overlaps the one before. Returns whether the range was
// done.
bool smoothInside(const float* flux, const float* kernel, std::size_t radius, std::size_t begin,
    std::size_t end, float* out)
{
    const hn::ScalableTag<float> d;
    const std::size_t lanes = hn::Lanes(d);
    if (begin + lanes > end)
        return false;
    for (std::size_t next = begin; next < end; next += lanes) {
        const std::size_t i = std::min(next, end - lanes);
        auto sum = hn::Mul(hn::Set(d, kernel[0]), hn::LoadU(d, flux + i));
        for (std::size_t k = 1; k <= radius; ++k) {
            const auto pair = hn::Add(hn::LoadU(d, flux + i - k), hn::LoadU(d, flux + i + k));
            sum = hn::MulAdd(hn::Set(d, kernel[k]), pair, sum);
        }
        hn::StoreU(sum, d, out + i);
    }
    return true;
}

} // namespace maury::dataset::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace maury::dataset {

HWY_EXPORT(smoothInside);

namespace {

float smoothClamped(std::span<const float> flux, std::span<const float> kernel, std::size_t pixel)
{
    const std::size_t last = flux.size() - 1;
    float sum = kernel[0] * flux[pixel];
    for (std::size_t k = 1; k < kernel.size(); ++k)
        sum += kernel[k] * (flux[pixel < k ? 0 : pixel - k] + flux[std::min(last, pixel + k)]);
    return sum;
}

} // namespace

std::vector<float> broadeningKernel(double width)
{
    EXPECTS(width >= 0.0 && width <= kMaximumBroadening);
    const double t = width * width;
    constexpr double kNothingLeft = 0x1p-25; // t / 2, the neighbours' weight, is lost beside 1
    if (t < kNothingLeft)
        return { 1.0F };
    // Bessel functions by Miller's downward recurrence I_{k−1} = I_{k+1} + (2 k / t) I_k from far
    // out in the tail; the scale is free, because Σ exp(−t) I_k = 1.
    constexpr double kNegligible = 1e-8;
    const auto far = static_cast<std::size_t>(std::ceil(8.0 * width)) + 8;
    std::vector<double> weights(far + 2, 0.0);
    weights[far] = 1e-300;
    double sum = 0.0;
    for (std::size_t k = far; k > 0; --k) {
        weights[k - 1] = weights[k + 1] + 2.0 * static_cast<double>(k) / t * weights[k];
        if (weights[k - 1] > 1e200)
            for (double& weight : weights)
                weight *= 1e-200;
    }
    std::size_t length = far;
    while (length > 1 && weights[length - 1] < kNegligible * weights[0])
        --length;
    for (std::size_t k = 0; k < length; ++k)
        sum += (k == 0 ? 1.0 : 2.0) * weights[k];
    std::vector<float> kernel(length);
    for (std::size_t k = 0; k < length; ++k)
        kernel[k] = static_cast<float>(weights[k] / sum);
    return kernel;
}

void broaden(std::span<const float> flux, std::span<const float> kernel, std::span<float> out)
{
    EXPECTS(flux.size() == out.size() && !flux.empty() && !kernel.empty());
    const std::size_t radius = kernel.size() - 1;
    const std::size_t pixels = flux.size();
    std::size_t begin = std::min(radius, pixels);
    std::size_t end = pixels - begin;
    if (begin >= end
        || !HWY_DYNAMIC_DISPATCH(smoothInside)(
            flux.data(), kernel.data(), radius, begin, end, out.data()))
        begin = end = pixels;
    for (std::size_t pixel = 0; pixel < begin; ++pixel)
        out[pixel] = smoothClamped(flux, kernel, pixel);
    for (std::size_t pixel = end; pixel < pixels; ++pixel)
        out[pixel] = smoothClamped(flux, kernel, pixel);
}

} // namespace maury::dataset
#endif
