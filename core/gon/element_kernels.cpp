#include "core/gon/element_kernels.h"

#include "core/nn/vector_targets.h"

#include <cmath>
#include <numbers>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "core/gon/element_kernels.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include <hwy/contrib/math/math-inl.h>

#include "core/nn/gelu-inl.h"
#include "core/nn/vector-inl.h"

HWY_BEFORE_NAMESPACE();
namespace maury::gon::kernels::HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;
using nn::kernels::HWY_NAMESPACE::D;
using nn::kernels::HWY_NAMESPACE::V;

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

/// Sine and cosine of one angle at a time: the same reduction to |r| ≤ π/4 serves both (Cody & Waite
/// 1980, with π/2 in three parts, good to |angle| of 10⁴), and minimax polynomials (Moshier's Cephes).
HWY_INLINE Curve sine(V a, V frequency)
{
    const D d;
    const hn::RebindToSigned<D> di;
    const V angle = hn::Mul(frequency, a);
    const V quarters = hn::Round(hn::Mul(angle, hn::Set(d, 0.636619772F)));
    V r = hn::NegMulAdd(quarters, hn::Set(d, 1.5703125F), angle);
    r = hn::NegMulAdd(quarters, hn::Set(d, 4.837512969970703e-4F), r);
    r = hn::NegMulAdd(quarters, hn::Set(d, 7.549789954891882e-8F), r);
    const V square = hn::Mul(r, r);
    V odd = hn::MulAdd(
        hn::Set(d, -1.9515295891e-4F), square, hn::Set(d, 8.3321608736e-3F));
    odd = hn::MulAdd(odd, square, hn::Set(d, -1.6666654611e-1F));
    odd = hn::MulAdd(hn::Mul(odd, square), r, r);
    V even = hn::MulAdd(hn::Set(d, 2.443315711809948e-5F), square,
        hn::Set(d, -1.388731625493765e-3F));
    even = hn::MulAdd(even, square, hn::Set(d, 4.166664568298827e-2F));
    even = hn::MulAdd(hn::Mul(even, square), square,
        hn::NegMulAdd(hn::Set(d, 0.5F), square, hn::Set(d, 1.0F)));
    const auto quadrant = hn::ConvertTo(di, quarters);
    const auto swapped
        = hn::RebindMask(d, hn::TestBit(quadrant, hn::Set(di, 1)));
    const auto two = hn::Set(di, 2);
    const auto signBit = [&](auto of) HWY_ATTR {
        return hn::BitCast(d, hn::ShiftLeft<30>(hn::And(of, two)));
    };
    const V s = hn::Xor(hn::IfThenElse(swapped, even, odd), signBit(quadrant));
    const V c = hn::Xor(hn::IfThenElse(swapped, odd, even),
        signBit(hn::Add(quadrant, hn::Set(di, 1))));
    return { s, hn::Mul(frequency, c),
        hn::Neg(hn::Mul(hn::Mul(frequency, frequency), s)) };
}

/// b may be null.
struct Input {
    const float* a;
    const float* b;
};

template <typename Function>
HWY_INLINE void run(const Input& input, float* value, float* slope, float* curve,
    std::size_t count, const Function& function)
{
    const D d;
    const std::size_t lanes = hn::Lanes(d);
    std::size_t i = 0;
    for (; i + lanes <= count; i += lanes) {
        V a = hn::LoadU(d, input.a + i);
        if (input.b != nullptr)
            a = hn::Add(a, hn::LoadU(d, input.b + i));
        const Curve result = function(a);
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
        rest[0][j - i] = input.b != nullptr ? input.a[j] + input.b[j] : input.a[j];
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

void ActivateFloat(Activation activation, float frequency, const float* a, const float* b,
    float* value, float* slope, float* curve, std::size_t count)
{
    const Input input { a, b };
    switch (activation) {
    case Activation::Gelu:
        return run(input, value, slope, curve, count, [](V x) HWY_ATTR { return gelu(x); });
    case Activation::Silu:
        return run(input, value, slope, curve, count, [](V x) HWY_ATTR { return silu(x); });
    case Activation::Elu:
        return run(input, value, slope, curve, count, [](V x) HWY_ATTR { return elu(x); });
    case Activation::Softplus:
        return run(input, value, slope, curve, count, [](V x) HWY_ATTR { return softplus(x); });
    case Activation::Sine:
        return run(input, value, slope, curve, count,
            [frequency](V x) HWY_ATTR { return sine(x, hn::Set(D(), frequency)); });
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

void activateSum(Activation activation, double frequency, const float* a, const float* b,
    float* value, float* slope, float* curve, std::size_t count)
{
    HWY_DYNAMIC_DISPATCH(ActivateFloat)
    (activation, static_cast<float>(frequency), a, b, value, slope, curve, count);
}

void activate(Activation activation, double frequency, float* value, float* slope, float* curve,
    std::size_t count)
{
    activateSum(activation, frequency, value, static_cast<const float*>(nullptr), value, slope, curve,
        count);
}

void activateSum(Activation activation, double frequency, const double* a, const double* b,
    double* value, double* slope, double* curve, std::size_t count)
{
    for (std::size_t i = 0; i < count; ++i) {
        const Values result
            = evaluate(activation, frequency, b != nullptr ? a[i] + b[i] : a[i]);
        value[i] = result.value;
        if (slope != nullptr)
            slope[i] = result.slope;
        if (curve != nullptr)
            curve[i] = result.curve;
    }
}

void activate(Activation activation, double frequency, double* value, double* slope, double* curve,
    std::size_t count)
{
    activateSum(activation, frequency, value, static_cast<const double*>(nullptr), value, slope,
        curve, count);
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
