#include "core/gon/row_kernels.h"

#include "core/nn/vector_targets.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "core/gon/row_kernels.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "core/nn/vector-inl.h"

HWY_BEFORE_NAMESPACE();
namespace maury::gon::kernels::HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;
using nn::kernels::HWY_NAMESPACE::D;
using nn::kernels::HWY_NAMESPACE::V;

// Calls whole(i) for every vector and single(i) for every number of the rest.
template <typename Whole, typename Single>
HWY_INLINE void forEach(std::size_t count, const Whole& whole, const Single& single)
{
    const std::size_t lanes = hn::Lanes(D());
    std::size_t i = 0;
    for (; i + lanes <= count; i += lanes)
        whole(i);
    for (; i < count; ++i)
        single(i);
}

float Dot(const float* a, const float* b, std::size_t count)
{
    const D d;
    const std::size_t lanes = hn::Lanes(d);
    V first = hn::Zero(d);
    V second = hn::Zero(d); // two chains hide the latency
    std::size_t i = 0;
    for (; i + 2 * lanes <= count; i += 2 * lanes) {
        first = hn::MulAdd(hn::LoadU(d, a + i), hn::LoadU(d, b + i), first);
        second = hn::MulAdd(hn::LoadU(d, a + i + lanes), hn::LoadU(d, b + i + lanes), second);
    }
    float sum = hn::GetLane(hn::SumOfLanes(d, hn::Add(first, second)));
    for (; i < count; ++i)
        sum += a[i] * b[i];
    return sum;
}

void AddScaled(float factor, const float* row, float* sum, std::size_t count)
{
    const D d;
    const V scale = hn::Set(d, factor);
    forEach(
        count,
        [&](std::size_t i) HWY_ATTR {
            hn::StoreU(
                hn::MulAdd(scale, hn::LoadU(d, row + i), hn::LoadU(d, sum + i)), d, sum + i);
        },
        [&](std::size_t i) { sum[i] += factor * row[i]; });
}

void ScaledProduct(float factor, const float* a, const float* b, float* to, std::size_t count)
{
    const D d;
    const V scale = hn::Set(d, factor);
    forEach(
        count,
        [&](std::size_t i) HWY_ATTR {
            hn::StoreU(
                hn::Mul(scale, hn::Mul(hn::LoadU(d, a + i), hn::LoadU(d, b + i))), d, to + i);
        },
        [&](std::size_t i) { to[i] = factor * (a[i] * b[i]); });
}

void AddToBoth(const float* row, float* first, float* second, std::size_t count)
{
    const D d;
    forEach(
        count,
        [&](std::size_t i) HWY_ATTR {
            const V value = hn::LoadU(d, row + i);
            hn::StoreU(hn::Add(hn::LoadU(d, first + i), value), d, first + i);
            hn::StoreU(hn::Add(hn::LoadU(d, second + i), value), d, second + i);
        },
        [&](std::size_t i) {
            first[i] += row[i];
            second[i] += row[i];
        });
}

void BackThroughTangent(const float* slope, const float* curve, const float* tangent, float* d,
    float* dTangent, std::size_t count)
{
    const D tag;
    forEach(
        count,
        [&](std::size_t i) HWY_ATTR {
            const V dRh = hn::LoadU(tag, dTangent + i);
            const V s = hn::LoadU(tag, slope + i);
            const V second = hn::Mul(
                hn::LoadU(tag, curve + i), hn::Mul(hn::LoadU(tag, tangent + i), dRh));
            hn::StoreU(hn::MulAdd(s, hn::LoadU(tag, d + i), second), tag, d + i);
            hn::StoreU(hn::Mul(s, dRh), tag, dTangent + i);
        },
        [&](std::size_t i) {
            d[i] = slope[i] * d[i] + curve[i] * (tangent[i] * dTangent[i]);
            dTangent[i] *= slope[i];
        });
}

} // namespace maury::gon::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace maury::gon::kernels {
namespace {

HWY_EXPORT(Dot);
HWY_EXPORT(AddScaled);
HWY_EXPORT(ScaledProduct);
HWY_EXPORT(AddToBoth);
HWY_EXPORT(BackThroughTangent);

} // namespace

float dot(const float* a, const float* b, std::size_t count)
{
    return HWY_DYNAMIC_DISPATCH(Dot)(a, b, count);
}

double dot(const double* a, const double* b, std::size_t count)
{
    double sum = 0.0;
    for (std::size_t i = 0; i < count; ++i)
        sum += a[i] * b[i];
    return sum;
}

void addScaled(float factor, const float* row, float* sum, std::size_t count)
{
    HWY_DYNAMIC_DISPATCH(AddScaled)(factor, row, sum, count);
}

void addScaled(double factor, const double* row, double* sum, std::size_t count)
{
    for (std::size_t i = 0; i < count; ++i)
        sum[i] += factor * row[i];
}

void scaledProduct(float factor, const float* a, const float* b, float* to, std::size_t count)
{
    HWY_DYNAMIC_DISPATCH(ScaledProduct)(factor, a, b, to, count);
}

void scaledProduct(double factor, const double* a, const double* b, double* to, std::size_t count)
{
    for (std::size_t i = 0; i < count; ++i)
        to[i] = factor * (a[i] * b[i]);
}

void addToBoth(const float* row, float* first, float* second, std::size_t count)
{
    HWY_DYNAMIC_DISPATCH(AddToBoth)(row, first, second, count);
}

void addToBoth(const double* row, double* first, double* second, std::size_t count)
{
    for (std::size_t i = 0; i < count; ++i) {
        first[i] += row[i];
        second[i] += row[i];
    }
}

void backThroughTangent(const float* slope, const float* curve, const float* tangent, float* d,
    float* dTangent, std::size_t count)
{
    HWY_DYNAMIC_DISPATCH(BackThroughTangent)(slope, curve, tangent, d, dTangent, count);
}

void backThroughTangent(const double* slope, const double* curve, const double* tangent, double* d,
    double* dTangent, std::size_t count)
{
    for (std::size_t i = 0; i < count; ++i) {
        d[i] = slope[i] * d[i] + curve[i] * (tangent[i] * dTangent[i]);
        dTangent[i] *= slope[i];
    }
}

} // namespace maury::gon::kernels
#endif
