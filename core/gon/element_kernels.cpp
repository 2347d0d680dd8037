#include "core/gon/element_kernels.h"

#include <cmath>
#include <numbers>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "core/gon/element_kernels.cpp"
#define HWY_DISABLED_TARGETS (HWY_SVE | HWY_SVE2 | HWY_SVE_256 | HWY_SVE2_128 | HWY_RVV)
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include <hwy/contrib/math/math-inl.h>

#include "core/nn/gelu-inl.h"

HWY_BEFORE_NAMESPACE();
namespace maury::gon::kernels::HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;
using D = hn::ScalableTag<float>;
using V = hn::Vec<D>;

struct Curve {
    V value;
    V slope;
    V curve;
};

HWY_INLINE Curve gelu(V a)
{
    const D d;
    const auto exact = nn::kernels::HWY_NAMESPACE::geluExactVector(d, a);
    return { exact.value, exact.slope,
        hn::Mul(hn::NegMulAdd(a, a, hn::Set(d, 2.0F)), exact.density) };
}

HWY_INLINE V logistic(V a)
{
    const D d;
    const V one = hn::Set(d, 1.0F);
    const V bounded = hn::Min(hn::Max(a, hn::Set(d, -80.0F)), hn::Set(d, 80.0F));
    return hn::Div(one, hn::Add(one, hn::Exp(d, hn::Neg(bounded))));
}

HWY_INLINE Curve silu(V a)
{
    const D d;
    const V one = hn::Set(d, 1.0F);
    const V s = logistic(a);
    const V rest = hn::Sub(one, s);
    const V slope = hn::Mul(s, hn::MulAdd(a, rest, one));
    // f″ = s(1−s)(2 + a(1 − 2s))
    const V curve = hn::Mul(hn::Mul(s, rest),
        hn::MulAdd(a, hn::NegMulAdd(hn::Set(d, 2.0F), s, one), hn::Set(d, 2.0F)));
    return { hn::Mul(a, s), slope, curve };
}

HWY_INLINE Curve elu(V a)
{
    const D d;
    const V one = hn::Set(d, 1.0F);
    const V exponential = hn::Exp(d, hn::Max(hn::Min(a, hn::Zero(d)), hn::Set(d, -80.0F)));
    const auto positive = hn::Ge(a, hn::Zero(d));
    return { hn::IfThenElse(positive, a, hn::Sub(exponential, one)),
        hn::IfThenElse(positive, one, exponential),
        hn::IfThenElse(positive, hn::Zero(d), exponential) };
}

HWY_INLINE Curve softplus(V a)
{
    const D d;
    const V one = hn::Set(d, 1.0F);
    const V s = logistic(a);
    const V tail = hn::Exp(d, hn::Max(hn::Neg(hn::Abs(a)), hn::Set(d, -80.0F)));
    const V value = hn::Add(hn::Max(a, hn::Zero(d)), hn::Log1p(d, tail));
    return { value, s, hn::Mul(s, hn::Sub(one, s)) };
}

HWY_INLINE Curve sine(V a, V frequency)
{
    const D d;
    const V angle = hn::Mul(frequency, a);
    const V s = hn::Sin(d, angle);
    return { s, hn::Mul(frequency, hn::Cos(d, angle)),
        hn::Neg(hn::Mul(hn::Mul(frequency, frequency), s)) };
}

template <typename Function>
HWY_INLINE void run(
    float* value, float* slope, float* curve, std::size_t count, const Function& function)
{
    const D d;
    const std::size_t lanes = hn::Lanes(d);
    std::size_t i = 0;
    for (; i + lanes <= count; i += lanes) {
        const Curve result = function(hn::LoadU(d, value + i));
        hn::StoreU(result.value, d, value + i);
        if (slope != nullptr)
            hn::StoreU(result.slope, d, slope + i);
        if (curve != nullptr)
            hn::StoreU(result.curve, d, curve + i);
    }
    if (i == count)
        return;
    float rest[3][64] = {};
    for (std::size_t j = i; j < count; ++j)
        rest[0][j - i] = value[j];
    const Curve result = function(hn::LoadU(d, rest[0]));
    hn::StoreU(result.value, d, rest[0]);
    hn::StoreU(result.slope, d, rest[1]);
    hn::StoreU(result.curve, d, rest[2]);
    for (std::size_t j = i; j < count; ++j) {
        value[j] = rest[0][j - i];
        if (slope != nullptr)
            slope[j] = rest[1][j - i];
        if (curve != nullptr)
            curve[j] = rest[2][j - i];
    }
}

void ActivateFloat(Activation activation, float frequency, float* value, float* slope,
    float* curve, std::size_t count)
{
    switch (activation) {
    case Activation::Gelu:
        return run(value, slope, curve, count, [](V a) HWY_ATTR { return gelu(a); });
    case Activation::Silu:
        return run(value, slope, curve, count, [](V a) HWY_ATTR { return silu(a); });
    case Activation::Elu:
        return run(value, slope, curve, count, [](V a) HWY_ATTR { return elu(a); });
    case Activation::Softplus:
        return run(value, slope, curve, count, [](V a) HWY_ATTR { return softplus(a); });
    case Activation::Sine:
        return run(value, slope, curve, count,
            [frequency](V a) HWY_ATTR { return sine(a, hn::Set(D(), frequency)); });
    }
}

double WeightedResidualFloat(const float* model, const float* data, const float* weight,
    float factor, float* delta, std::size_t count)
{
    const D d;
    const std::size_t lanes = hn::Lanes(d);
    const V scale = hn::Set(d, factor);
    V sum = hn::Zero(d);
    std::size_t i = 0;
    for (; i + lanes <= count; i += lanes) {
        const V difference = hn::Sub(hn::LoadU(d, model + i), hn::LoadU(d, data + i));
        const V weighted = hn::Mul(hn::LoadU(d, weight + i), difference);
        sum = hn::MulAdd(weighted, difference, sum);
        hn::StoreU(hn::Mul(scale, weighted), d, delta + i);
    }
    auto total = static_cast<double>(hn::GetLane(hn::SumOfLanes(d, sum)));
    for (; i < count; ++i) {
        const float difference = model[i] - data[i];
        delta[i] = factor * weight[i] * difference;
        total += static_cast<double>(weight[i] * difference * difference);
    }
    return total;
}

void AdamFloat(float* value, const float* gradient, float* first, float* second, std::size_t rows,
    std::size_t width, const float* scale, const AdamStep& step)
{
    const D d;
    const std::size_t lanes = hn::Lanes(d);
    const V beta1 = hn::Set(d, static_cast<float>(step.beta1));
    const V beta2 = hn::Set(d, static_cast<float>(step.beta2));
    const V rest1 = hn::Set(d, static_cast<float>((1.0 - step.beta1) * step.gradientFactor));
    const V factor = hn::Set(d, static_cast<float>(step.gradientFactor));
    const V rest2 = hn::Set(d, static_cast<float>(1.0 - step.beta2));
    const V root = hn::Set(d, static_cast<float>(step.root));
    const V epsilon = hn::Set(d, 1e-8F);
    for (std::size_t row = 0; row < rows; ++row)
        for (std::size_t i = 0; i < width; i += lanes) {
            const std::size_t at = row * width + i;
            const V rate = hn::Set(d, static_cast<float>(step.rate));
            const V scaled = scale == nullptr ? rate : hn::Mul(rate, hn::LoadU(d, scale + i));
            const V g = hn::LoadU(d, gradient + at);
            const V clipped = hn::Mul(factor, g);
            const V m = hn::MulAdd(beta1, hn::LoadU(d, first + at), hn::Mul(rest1, g));
            const V v = hn::MulAdd(beta2, hn::LoadU(d, second + at),
                hn::Mul(rest2, hn::Mul(clipped, clipped)));
            hn::StoreU(m, d, first + at);
            hn::StoreU(v, d, second + at);
            const V below = hn::MulAdd(root, hn::Sqrt(v), epsilon);
            hn::StoreU(hn::NegMulAdd(scaled, hn::Div(m, below), hn::LoadU(d, value + at)), d,
                value + at);
        }
}

std::size_t LanesFloat()
{
    return hn::Lanes(D());
}

} // namespace maury::gon::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace maury::gon::kernels {
namespace {

HWY_EXPORT(ActivateFloat);
HWY_EXPORT(WeightedResidualFloat);
HWY_EXPORT(AdamFloat);
HWY_EXPORT(LanesFloat);

struct Values {
    double value;
    double slope;
    double curve;
};

Values evaluate(Activation activation, double frequency, double a)
{
    switch (activation) {
    case Activation::Gelu: {
        const double phi = 0.5 * std::erfc(-a / std::numbers::sqrt2);
        const double density
            = std::exp(-0.5 * a * a) * std::numbers::inv_sqrtpi / std::numbers::sqrt2;
        return { a * phi, phi + a * density, (2.0 - a * a) * density };
    }
    case Activation::Silu: {
        const double s = 1.0 / (1.0 + std::exp(-a));
        return { a * s, s * (1.0 + a * (1.0 - s)), s * (1.0 - s) * (2.0 + a * (1.0 - 2.0 * s)) };
    }
    case Activation::Elu: {
        if (a >= 0.0)
            return { a, 1.0, 0.0 };
        const double e = std::exp(a);
        return { e - 1.0, e, e };
    }
    case Activation::Softplus: {
        const double s = 1.0 / (1.0 + std::exp(-a));
        return { std::max(a, 0.0) + std::log1p(std::exp(-std::abs(a))), s, s * (1.0 - s) };
    }
    case Activation::Sine:
        break;
    }
    const double s = std::sin(frequency * a);
    return { s, frequency * std::cos(frequency * a), -frequency * frequency * s };
}

template <typename Scalar>
void adamScalar(Scalar* value, const Scalar* gradient, Scalar* first, Scalar* second,
    std::size_t rows, std::size_t width, const Scalar* scale, const AdamStep& step)
{
    for (std::size_t row = 0; row < rows; ++row)
        for (std::size_t i = 0; i < width; ++i) {
            const std::size_t at = row * width + i;
            const double g = step.gradientFactor * static_cast<double>(gradient[at]);
            const double m
                = step.beta1 * static_cast<double>(first[at]) + (1.0 - step.beta1) * g;
            const double v
                = step.beta2 * static_cast<double>(second[at]) + (1.0 - step.beta2) * g * g;
            first[at] = static_cast<Scalar>(m);
            second[at] = static_cast<Scalar>(v);
            const double rate
                = step.rate * (scale == nullptr ? 1.0 : static_cast<double>(scale[i]));
            value[at] -= static_cast<Scalar>(rate * m / (step.root * std::sqrt(v) + 1e-8));
        }
}

} // namespace

void activate(Activation activation, double frequency, float* value, float* slope, float* curve,
    std::size_t count)
{
    HWY_DYNAMIC_DISPATCH(ActivateFloat)
    (activation, static_cast<float>(frequency), value, slope, curve, count);
}

void activate(Activation activation, double frequency, double* value, double* slope, double* curve,
    std::size_t count)
{
    for (std::size_t i = 0; i < count; ++i) {
        const Values result = evaluate(activation, frequency, value[i]);
        value[i] = result.value;
        if (slope != nullptr)
            slope[i] = result.slope;
        if (curve != nullptr)
            curve[i] = result.curve;
    }
}

double weightedResidual(const float* model, const float* data, const float* weight, float factor,
    float* delta, std::size_t count)
{
    return HWY_DYNAMIC_DISPATCH(WeightedResidualFloat)(model, data, weight, factor, delta, count);
}

double weightedResidual(const double* model, const double* data, const double* weight,
    double factor, double* delta, std::size_t count)
{
    double sum = 0.0;
    for (std::size_t i = 0; i < count; ++i) {
        const double difference = model[i] - data[i];
        sum += weight[i] * difference * difference;
        delta[i] = factor * weight[i] * difference;
    }
    return sum;
}

void adam(float* value, const float* gradient, float* first, float* second, std::size_t rows,
    std::size_t width, const float* scale, const AdamStep& step)
{
    if (width % HWY_DYNAMIC_DISPATCH(LanesFloat)() == 0)
        HWY_DYNAMIC_DISPATCH(AdamFloat)
        (value, gradient, first, second, rows, width, scale, step);
    else
        adamScalar(value, gradient, first, second, rows, width, scale, step);
}

void adam(double* value, const double* gradient, double* first, double* second, std::size_t rows,
    std::size_t width, const double* scale, const AdamStep& step)
{
    adamScalar(value, gradient, first, second, rows, width, scale, step);
}

} // namespace maury::gon::kernels
#endif
