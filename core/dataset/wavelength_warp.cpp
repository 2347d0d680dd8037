#include "core/dataset/wavelength_warp.h"

#include "core/base/contract.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "core/dataset/wavelength_warp.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include <algorithm>
#include <cmath>
#include <cstddef>

HWY_BEFORE_NAMESPACE();
namespace maury::dataset::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

// out[i] for i in [0, count) from source[i − 2 … i + 3] at the fraction start + slope · i of the
// way from source[i] to source[i + 1]. Needs count ≥ lanes: the last vector overlaps the one
// before.
void interpolateRun(const float* source, float start, float slope, std::size_t count, float* out)
{
    const hn::ScalableTag<float> d;
    const std::size_t lanes = hn::Lanes(d);
    const auto lane = hn::Iota(d, 0.0F); // of a variable, Highway would go through memory
    for (std::size_t next = 0; next < count; next += lanes) {
        const std::size_t i = std::min(next, count - lanes);
        const auto f = hn::MulAdd(
            hn::Add(lane, hn::Set(d, static_cast<float>(i))), hn::Set(d, slope), hn::Set(d, start));
        const auto one = hn::Set(d, 1.0F);
        const auto two = hn::Set(d, 2.0F);
        const auto q = hn::MulSub(f, f, f); // f (f − 1)
        const auto r = hn::Sub(q, two); // (f + 1) (f − 2)
        const auto s = hn::Sub(q, hn::Set(d, 6.0F)); // (f + 2) (f − 3)
        const auto value = [&](int offset) { return hn::LoadU(d, source + i + offset); };
        // The six weights times 120, in pairs that share a factor.
        const auto outer = hn::NegMulAdd(
            hn::Sub(f, hn::Set(d, 3.0F)), value(-2), hn::Mul(hn::Add(f, two), value(3)));
        const auto middle
            = hn::NegMulAdd(hn::Add(f, one), value(2), hn::Mul(hn::Sub(f, two), value(-1)));
        const auto inner = hn::NegMulAdd(hn::Sub(f, one), value(0), hn::Mul(f, value(1)));
        auto sum = hn::Mul(hn::Mul(q, r), outer);
        sum = hn::MulAdd(hn::Mul(hn::Mul(s, q), hn::Set(d, 5.0F)), middle, sum);
        sum = hn::MulAdd(hn::Mul(hn::Mul(s, r), hn::Set(d, 10.0F)), inner, sum);
        hn::StoreU(hn::Mul(sum, hn::Set(d, 1.0F / 120.0F)), d, out + i);
    }
}

std::size_t runLanes()
{
    return hn::Lanes(hn::ScalableTag<float>());
}

} // namespace maury::dataset::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace maury::dataset {

HWY_EXPORT(interpolateRun);
HWY_EXPORT(runLanes);

namespace {

// The same polynomial for one pixel anywhere, with the ends repeated.
float interpolateClamped(std::span<const float> flux, double position)
{
    const auto last = static_cast<double>(flux.size() - 1);
    position = std::clamp(position, 0.0, last);
    const double base = std::floor(position);
    const double f = position - base;
    const double q = f * (f - 1.0);
    const double r = q - 2.0;
    const double s = q - 6.0;
    const double weights[]
        = { -q * r * (f - 3.0) / 120.0, q * s * (f - 2.0) / 24.0, -r * s * (f - 1.0) / 12.0,
              r * s * f / 12.0, -q * s * (f + 1.0) / 24.0, q * r * (f + 2.0) / 120.0 };
    double sum = 0.0;
    for (int tap = 0; tap < 6; ++tap) {
        const double pixel = std::clamp(base + tap - 2, 0.0, last);
        sum += weights[tap] * static_cast<double>(flux[static_cast<std::size_t>(pixel)]);
    }
    return static_cast<float>(sum);
}

// The first pixel from `begin` on whose displacement has another integer part than begin's.
std::ptrdiff_t runEnd(double fraction, double slope, std::ptrdiff_t begin, std::ptrdiff_t end)
{
    double length = static_cast<double>(end - begin);
    if (slope > 0.0)
        length = std::min(length, std::ceil((1.0 - fraction) / slope));
    else if (slope < 0.0)
        length = std::min(length, std::floor(fraction / -slope) + 1.0);
    return begin + std::max(std::ptrdiff_t { 1 }, static_cast<std::ptrdiff_t>(length));
}

} // namespace

PixelShift pixelShift(const spectrum::WavelengthGrid& grid, const WavelengthShift& shift)
{
    constexpr double kSpeedOfLightKms = 299792.458;
    const double doppler = 1.0 + shift.velocityKms / kSpeedOfLightKms;
    const double scale = 1.0 + shift.registrationLinear;
    const double middle = 0.5 * (grid.firstAngstrom + grid.lastAngstrom());
    const double first
        = (middle + (grid.firstAngstrom - middle - shift.registrationAngstrom) / scale) / doppler;
    return { (first - grid.firstAngstrom) / grid.stepAngstrom, 1.0 / (scale * doppler) - 1.0 };
}

void warpWavelengths(std::span<const float> flux, const PixelShift& shift, std::span<float> out)
{
    EXPECTS(flux.size() == out.size() && !flux.empty());
    const auto pixels = static_cast<std::ptrdiff_t>(flux.size());
    const auto lanes = static_cast<std::ptrdiff_t>(HWY_DYNAMIC_DISPATCH(runLanes)());
    std::ptrdiff_t pixel = 0;
    while (pixel < pixels) {
        const double displacement = shift.offset + shift.slope * static_cast<double>(pixel);
        const double whole = std::floor(displacement);
        const double fraction = displacement - whole;
        // Pixels of this run whose six source pixels exist
        const double firstInside = 2.0 - whole;
        const double lastInside = static_cast<double>(pixels) - 4.0 - whole;
        const std::ptrdiff_t end = std::min(runEnd(fraction, shift.slope, pixel, pixels),
            lastInside < 0.0 ? 0 : static_cast<std::ptrdiff_t>(lastInside) + 1);
        if (static_cast<double>(pixel) >= firstInside && end - pixel >= lanes) {
            HWY_DYNAMIC_DISPATCH(interpolateRun)
            (flux.data() + pixel + static_cast<std::ptrdiff_t>(whole), static_cast<float>(fraction),
                static_cast<float>(shift.slope), static_cast<std::size_t>(end - pixel),
                out.data() + pixel);
            pixel = end;
        } else {
            out[static_cast<std::size_t>(pixel)]
                = interpolateClamped(flux, static_cast<double>(pixel) + displacement);
            ++pixel;
        }
    }
}

} // namespace maury::dataset
#endif
