#include "core/nn/panel_elements.h"

#include "core/nn/vector_targets.h"

// Compiled once for each instruction set; Highway picks the best at run time.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "core/nn/panel_elements.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "core/nn/gelu-inl.h"
#include "core/nn/vector-inl.h"

HWY_BEFORE_NAMESPACE();
namespace maury::nn::kernels::HWY_NAMESPACE {

// Calls function(vector of z) for a panel of z; its value and slope overwrite z and slope.
template <typename Function>
HWY_INLINE void activatePanel(
    float* z, float* slope, std::size_t stride, std::size_t rows, const Function& function)
{
    const D d;
    for (std::size_t row = 0; row < rows; ++row)
        for (std::size_t i = 0; i < width(); i += hn::Lanes(d)) {
            const std::size_t at = row * stride + i;
            const ValueAndSlope<V> result = function(hn::LoadU(d, z + at));
            hn::StoreU(result.value, d, z + at);
            hn::StoreU(result.slope, d, slope + at);
        }
}

void GeluTanh(float* z, float* slope, std::size_t stride, std::size_t rows)
{
    activatePanel(z, slope, stride, rows, [](V value) HWY_ATTR { return geluTanhVector(D(), value); });
}

void GeluExact(float* z, float* slope, std::size_t stride, std::size_t rows)
{
    activatePanel(z, slope, stride, rows, [](V value) HWY_ATTR { return geluExactVector(D(), value); });
}

void Relu(float* z, float* slope, std::size_t stride, std::size_t rows)
{
    activatePanel(z, slope, stride, rows, [](V value) HWY_ATTR {
        const D d;
        return ValueAndSlope<V> { hn::Max(value, hn::Zero(d)),
            hn::IfThenElseZero(hn::Gt(value, hn::Zero(d)), hn::Set(d, 1.0F)) };
    });
}

void MultiplySlope(
    float* values, const float* slope, std::size_t stride, std::size_t rows, float* panel)
{
    const D d;
    for (std::size_t row = 0; row < rows; ++row)
        for (std::size_t i = 0; i < width(); i += hn::Lanes(d)) {
            const std::size_t at = row * stride + i;
            const V value = hn::Mul(hn::LoadU(d, values + at), hn::LoadU(d, slope + at));
            hn::StoreU(value, d, values + at);
            hn::Store(value, d, panel + row * width() + i);
        }
}

void Momentum(
    float* value, const float* gradient, float* velocity, std::size_t size, float rate, float beta)
{
    const D d;
    for (std::size_t i = 0; i < size; i += hn::Lanes(d)) {
        const V v
            = hn::MulAdd(hn::Set(d, beta), hn::Load(d, velocity + i), hn::Load(d, gradient + i));
        hn::Store(v, d, velocity + i);
        hn::Store(hn::NegMulAdd(hn::Set(d, rate), v, hn::Load(d, value + i)), d, value + i);
    }
}

void Adamw(float* value, const float* gradient, float* first, float* second, std::size_t size,
    const AdamFactors& factors)
{
    const D d;
    const V beta1 = hn::Set(d, factors.beta1);
    const V beta2 = hn::Set(d, factors.beta2);
    const V rest1 = hn::Set(d, 1.0F - factors.beta1);
    const V rest2 = hn::Set(d, 1.0F - factors.beta2);
    for (std::size_t i = 0; i < size; i += hn::Lanes(d)) {
        const V g = hn::Load(d, gradient + i);
        const V m = hn::MulAdd(beta1, hn::Load(d, first + i), hn::Mul(rest1, g));
        const V v = hn::MulAdd(beta2, hn::Load(d, second + i), hn::Mul(rest2, hn::Mul(g, g)));
        hn::Store(m, d, first + i);
        hn::Store(v, d, second + i);
        const V root = hn::MulAdd(hn::Set(d, factors.scale), hn::Sqrt(v), hn::Set(d, 1e-8F));
        const V kept = hn::Mul(hn::Set(d, factors.keep), hn::Load(d, value + i));
        hn::Store(hn::NegMulAdd(hn::Set(d, factors.rate), hn::Div(m, root), kept), d, value + i);
    }
}

} // namespace maury::nn::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace maury::nn::kernels {

HWY_EXPORT(GeluTanh);
HWY_EXPORT(GeluExact);
HWY_EXPORT(Relu);
HWY_EXPORT(MultiplySlope);
HWY_EXPORT(Momentum);
HWY_EXPORT(Adamw);

void geluTanh(float* z, float* slope, std::size_t stride, std::size_t rows)
{
    HWY_DYNAMIC_DISPATCH(GeluTanh)(z, slope, stride, rows);
}
void geluExact(float* z, float* slope, std::size_t stride, std::size_t rows)
{
    HWY_DYNAMIC_DISPATCH(GeluExact)(z, slope, stride, rows);
}
void relu(float* z, float* slope, std::size_t stride, std::size_t rows)
{
    HWY_DYNAMIC_DISPATCH(Relu)(z, slope, stride, rows);
}
void multiplySlope(
    float* values, const float* slope, std::size_t stride, std::size_t rows, float* panel)
{
    HWY_DYNAMIC_DISPATCH(MultiplySlope)(values, slope, stride, rows, panel);
}
void momentum(
    float* value, const float* gradient, float* velocity, std::size_t size, float rate, float beta)
{
    HWY_DYNAMIC_DISPATCH(Momentum)(value, gradient, velocity, size, rate, beta);
}
void adamw(float* value, const float* gradient, float* first, float* second, std::size_t size,
    const AdamFactors& factors)
{
    HWY_DYNAMIC_DISPATCH(Adamw)(value, gradient, first, second, size, factors);
}

} // namespace maury::nn::kernels
#endif
