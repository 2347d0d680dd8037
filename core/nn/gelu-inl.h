// Vectorised GELU with its derivative. Included once for each instruction set (Highway's scheme).
#if defined(MAURY_NN_GELU_INL_H) == defined(HWY_TARGET_TOGGLE)
#ifdef MAURY_NN_GELU_INL_H
#undef MAURY_NN_GELU_INL_H
#else
#define MAURY_NN_GELU_INL_H
#endif

#include <hwy/contrib/math/math-inl.h>
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace maury::nn::kernels::HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

template <typename V> struct ValueAndSlope {
    V value;
    V slope;
};
template <typename V> struct ExactGelu : ValueAndSlope<V> {
    V density; ///< φ(a); f″ = (2 − a²)·φ
};

/// 1 / a to float precision for 1 ≤ a < 1e30: an estimate of 12 bits or more and two steps of Newton's
/// method, in half the time of a division.
template <typename D, typename V = hn::Vec<D>> HWY_INLINE V reciprocal(D d, V a)
{
    const V two = hn::Set(d, 2.0F);
    const V estimate = hn::ApproximateReciprocal(a);
    const V better = hn::Mul(estimate, hn::NegMulAdd(a, estimate, two));
    return hn::Mul(better, hn::NegMulAdd(a, better, two));
}

/// tanh form (nn/activation.h): a · s with s = (1 + tanh u) / 2 = 1 / (1 + e^{−2u}), with u bounded so
/// that e^{2u} stays finite; where it is, s is constant. No difference of nearly equal numbers is
/// multiplied by powers of a: the estimates behind reciprocal() differ between processors.
template <typename D, typename V = hn::Vec<D>> HWY_INLINE ValueAndSlope<V> geluTanhVector(D d, V a)
{
    const V one = hn::Set(d, 1.0F);
    const V scale = hn::Set(d, 0.7978845608F); // √(2/π)
    const V bound = hn::Set(d, 20.0F);
    const V cubic = hn::Mul(hn::Set(d, 0.044715F), hn::Mul(a, a));
    const V u = hn::Mul(scale, hn::MulAdd(a, cubic, a));
    const V bounded = hn::Min(hn::Max(u, hn::Neg(bound)), bound);
    const V exponential = hn::Exp(d, hn::Add(bounded, bounded));
    const V rest = reciprocal(d, hn::Add(exponential, one)); // 1 − s
    const V s = hn::IfThenElse(
        hn::Lt(a, hn::Zero(d)), hn::Mul(exponential, rest), hn::Sub(one, rest));
    const V slopeOfU = hn::Mul(scale, hn::MulAdd(hn::Set(d, 3.0F), cubic, one));
    const V slopeOfS = hn::IfThenElseZero(hn::Lt(hn::Abs(u), bound),
        hn::Mul(hn::Mul(hn::Set(d, 2.0F), hn::Mul(s, rest)), slopeOfU));
    return { hn::Mul(a, s), hn::MulAdd(a, slopeOfS, s) };
}

/// Exact GELU. Φ from Abramowitz & Stegun 7.1.26 (|error of erf| ≤ 1.5e-7), whose exponential is
/// that of φ.
template <typename D, typename V = hn::Vec<D>> HWY_INLINE ExactGelu<V> geluExactVector(D d, V a)
{
    const V one = hn::Set(d, 1.0F);
    const V x = hn::Mul(hn::Abs(a), hn::Set(d, 0.70710678119F));
    const V gauss = hn::Exp(d, hn::Max(hn::Neg(hn::Mul(x, x)), hn::Set(d, -87.0F)));
    const V t = hn::Div(one, hn::MulAdd(hn::Set(d, 0.3275911F), x, one));
    V p = hn::Set(d, 1.061405429F);
    p = hn::MulAdd(p, t, hn::Set(d, -1.453152027F));
    p = hn::MulAdd(p, t, hn::Set(d, 1.421413741F));
    p = hn::MulAdd(p, t, hn::Set(d, -0.284496736F));
    p = hn::MulAdd(p, t, hn::Set(d, 0.254829592F));
    const V upperTail = hn::Mul(hn::Set(d, 0.5F), hn::Mul(hn::Mul(p, t), gauss));
    const V distribution
        = hn::IfThenElse(hn::Lt(a, hn::Zero(d)), upperTail, hn::Sub(one, upperTail));
    const V density = hn::Mul(hn::Set(d, 0.39894228040F), gauss); // 1/√(2π)
    return { { hn::Mul(a, distribution), hn::MulAdd(a, density, distribution) }, density };
}

} // namespace maury::nn::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif // include guard
