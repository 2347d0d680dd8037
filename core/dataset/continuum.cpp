#include "core/dataset/continuum.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "core/dataset/continuum.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include <cstddef>

HWY_BEFORE_NAMESPACE();
namespace maury::dataset::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

// flux[i] times the polynomial at x = first + step · i, for whole vectors; returns how many were
// done.
std::size_t multiplyPolynomial(float* flux, std::size_t count, float first, float step,
    float constant, float linear, float quadratic)
{
    const hn::ScalableTag<float> d;
    const std::size_t lanes = hn::Lanes(d);
    const auto lane = hn::Iota(d, 0.0F); // of a variable, Highway would go through memory
    std::size_t i = 0;
    for (; i + lanes <= count; i += lanes) {
        const auto x = hn::MulAdd(
            hn::Add(lane, hn::Set(d, static_cast<float>(i))), hn::Set(d, step), hn::Set(d, first));
        const auto slope = hn::MulAdd(x, hn::Set(d, quadratic), hn::Set(d, linear));
        const auto factor = hn::MulAdd(x, slope, hn::Set(d, constant));
        hn::StoreU(hn::Mul(hn::LoadU(d, flux + i), factor), d, flux + i);
    }
    return i;
}

} // namespace maury::dataset::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace maury::dataset {

HWY_EXPORT(multiplyPolynomial);

void multiplyContinuum(std::span<float> flux, const std::array<double, 3>& coefficients)
{
    const double step = flux.size() > 1 ? 2.0 / static_cast<double>(flux.size() - 1) : 0.0;
    const double first = flux.size() > 1 ? -1.0 : 0.0;
    const double constant = 1.0 + coefficients[0];
    const std::size_t done = HWY_DYNAMIC_DISPATCH(multiplyPolynomial)(flux.data(), flux.size(),
        static_cast<float>(first), static_cast<float>(step), static_cast<float>(constant),
        static_cast<float>(coefficients[1]), static_cast<float>(coefficients[2]));
    for (std::size_t i = done; i < flux.size(); ++i) {
        const double x = first + step * static_cast<double>(i);
        flux[i] = static_cast<float>(static_cast<double>(flux[i])
            * (constant + x * (coefficients[1] + x * coefficients[2])));
    }
}

} // namespace maury::dataset
#endif
