#include "core/mk/synthetic/profiles.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "core/mk/synthetic/profiles.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include <hwy/contrib/math/math-inl.h>

#include <algorithm>

HWY_BEFORE_NAMESPACE();
namespace maury::mk::synthetic::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;
using D = hn::ScalableTag<float>;
using V = hn::Vec<D>;

struct Complex {
    V re;
    V im;
};

// Horner's rule in complex arithmetic, coefficients from the lowest power up.
template <std::size_t N>
HWY_INLINE Complex polynomial(D d, const float (&coefficients)[N], V re, V im)
{
    Complex sum { hn::Set(d, coefficients[N - 1]), hn::Zero(d) };
    for (std::size_t k = N - 1; k-- > 0;) {
        const V real = hn::MulSub(sum.re, re, hn::Mul(sum.im, im));
        sum.im = hn::MulAdd(sum.re, im, hn::Mul(sum.im, re));
        sum.re = hn::Add(real, hn::Set(d, coefficients[k]));
    }
    return sum;
}

// Hui, Armstrong & Wray (1978), p = 6: Re of a rational function of z = a − iu.
HWY_INLINE V voigtCore(D d, V a, V u)
{
    static constexpr float kNumerator[] = { 122.607931777F, 214.382388695F, 181.928533092F,
        93.1555804581F, 30.1801421962F, 5.91262620977F, 0.564189583563F };
    static constexpr float kDenominator[] = { 122.607931774F, 352.730625111F, 457.334478784F,
        348.703917719F, 170.354001821F, 53.9929069129F, 10.4798571143F, 1.0F };
    const V im = hn::Neg(u);
    const Complex p = polynomial(d, kNumerator, a, im);
    const Complex q = polynomial(d, kDenominator, a, im);
    const V norm = hn::MulAdd(q.re, q.re, hn::Mul(q.im, q.im));
    return hn::Div(hn::MulAdd(p.re, q.re, hn::Mul(p.im, q.im)), norm);
}

// Humlíček (1982), region I, in real arithmetic: t = a − iu, H = Re[t / (√π (½ + t²))].
HWY_INLINE V voigtWing(D d, V a, V u)
{
    const V half = hn::Set(d, 0.5F);
    const V a2 = hn::Mul(a, a);
    const V u2 = hn::Mul(u, u);
    const V p = hn::Add(half, hn::Sub(a2, u2));
    const V q = hn::Mul(hn::Set(d, 2.0F), hn::Mul(a, u));
    const V norm = hn::MulAdd(p, p, hn::Mul(q, q));
    const V top = hn::Mul(a, hn::Add(half, hn::Add(a2, u2)));
    return hn::Div(hn::Mul(hn::Set(d, 0.5641895835F), top), norm);
}

HWY_INLINE V voigtVector(D d, V a, V u)
{
    const auto far = hn::Gt(hn::MulAdd(u, u, hn::Mul(a, a)), hn::Set(d, 36.0F));
    if (hn::AllTrue(d, far))
        return voigtWing(d, a, u);
    if (hn::AllFalse(d, far))
        return voigtCore(d, a, u);
    return hn::IfThenElse(far, voigtWing(d, a, u), voigtCore(d, a, u));
}

HWY_INLINE V starkVector(D d, V x, V core, V wing)
{
    const V distance = hn::Abs(x);
    const V power = hn::Mul(hn::Mul(distance, distance), hn::Sqrt(distance));
    return hn::Div(hn::Set(d, 1.0F), hn::MulAdd(wing, power, core));
}

// sum[i] += amplitude · profile(first + i · step). The last, incomplete vector is done in a buffer.
template <typename Profile>
HWY_INLINE void addProfile(
    float* sum, std::size_t count, float first, float step, float amplitude, const Profile& profile)
{
    const D d;
    const std::size_t lanes = hn::Lanes(d);
    const V vectorStep = hn::Set(d, step);
    const V height = hn::Set(d, amplitude);
    HWY_ALIGN float buffer[HWY_MAX_BYTES / sizeof(float)] = {};
    for (std::size_t i = 0; i < count; i += lanes) {
        const V index = hn::Iota(d, static_cast<float>(i));
        const V x = hn::MulAdd(index, vectorStep, hn::Set(d, first));
        const V value = hn::Mul(height, profile(x));
        if (i + lanes <= count) {
            hn::StoreU(hn::Add(hn::LoadU(d, sum + i), value), d, sum + i);
            continue;
        }
        hn::Store(value, d, buffer);
        for (std::size_t k = 0; i + k < count; ++k)
            sum[i + k] += buffer[k];
    }
}

void addVoigtTarget(
    float* sum, std::size_t count, float first, float step, float a, float amplitude)
{
    const D d;
    const V damping = hn::Set(d, a);
    addProfile(sum, count, first, step, amplitude,
        [&](V u) HWY_ATTR { return voigtVector(d, damping, u); });
}

void addStarkTarget(
    float* sum, std::size_t count, float first, float step, float core, float wing, float amplitude)
{
    const D d;
    const V coreVector = hn::Set(d, core);
    const V wingVector = hn::Set(d, wing);
    addProfile(sum, count, first, step, amplitude,
        [&](V x) HWY_ATTR { return starkVector(d, x, coreVector, wingVector); });
}

void addGaussianTarget(float* sum, std::size_t count, float first, float step, float amplitude)
{
    const D d;
    addProfile(sum, count, first, step, amplitude,
        [&](V u) HWY_ATTR { return hn::Exp(d, hn::Neg(hn::Mul(u, u))); });
}

} // namespace maury::mk::synthetic::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace maury::mk::synthetic {

HWY_EXPORT(addVoigtTarget);
HWY_EXPORT(addStarkTarget);
HWY_EXPORT(addGaussianTarget);

float voigt(float a, float u)
{
    float value = 0.0F;
    addVoigt(&value, 1, u, 0.0F, a, 1.0F);
    return value;
}

void addVoigt(float* sum, std::size_t count, float first, float step, float a, float amplitude)
{
    HWY_DYNAMIC_DISPATCH(addVoigtTarget)(sum, count, first, step, a, amplitude);
}

void addStark(
    float* sum, std::size_t count, float first, float step, float core, float wing, float amplitude)
{
    HWY_DYNAMIC_DISPATCH(addStarkTarget)(sum, count, first, step, core, wing, amplitude);
}

void addGaussian(float* sum, std::size_t count, float first, float step, float amplitude)
{
    HWY_DYNAMIC_DISPATCH(addGaussianTarget)(sum, count, first, step, amplitude);
}

} // namespace maury::mk::synthetic
#endif
