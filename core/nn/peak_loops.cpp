#include "core/nn/peak_loops.h"

#include "core/nn/vector_targets.h"

// Compiled once for each instruction set; Highway picks the best at run time.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "core/nn/peak_loops.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "core/nn/vector-inl.h"

HWY_BEFORE_NAMESPACE();
namespace maury::nn::kernels::HWY_NAMESPACE {

// As many as the registers hold, beside a factor and a term.
constexpr std::size_t kChains = kManyRegisters ? 24 : 12;

// All chains of multiply-adds in registers, and beside them `Multiplications` integer
// multiplications that wait for each other. Returns the operations in floating point.
template <int Multiplications> double fmaLoop(std::int64_t iterations)
{
    const D d;
    V chains[kChains];
    for (std::size_t i = 0; i < kChains; ++i)
        chains[i] = hn::Set(d, static_cast<float>(i));
    const V factor = hn::Set(d, 0.9999F);
    const V term = hn::Set(d, 1e-4F);
    [[maybe_unused]] std::uint64_t integer = 3;
    for (std::int64_t n = 0; n < iterations; ++n) {
#if defined(__x86_64__)
#pragma GCC unroll 8
        for (int i = 0; i < Multiplications; ++i)
            __asm__ volatile("imul %0, %0" : "+r"(integer));
#endif
#pragma GCC unroll 24
        for (std::size_t i = 0; i < kChains; ++i)
            chains[i] = hn::MulAdd(chains[i], factor, term);
    }
    V sum = hn::Zero(d);
    for (std::size_t i = 0; i < kChains; ++i)
        sum = hn::Add(sum, chains[i]);
    // Using the sum keeps the compiler from dropping the loop; it is never negative.
    const double used = hn::GetLane(hn::SumOfLanes(d, sum)) < 0.0F ? 1.0 : 0.0;
    return used
        + 2.0 * static_cast<double>(iterations) * static_cast<double>(kChains * hn::Lanes(d));
}

double FmaLoop(std::int64_t iterations)
{
    return fmaLoop<0>(iterations);
}

double ClockLoop(std::int64_t iterations)
{
#if defined(__x86_64__)
    // An integer multiplication takes 3 cycles on every x86-64 processor since 2008. As many as
    // last longer than the multiply-adds of two ports beside them.
    constexpr int kCycles = 3;
    constexpr int kMultiplications = static_cast<int>(kChains / 2) / kCycles + 1;
    return static_cast<double>(iterations) * kCycles * kMultiplications
        + (fmaLoop<kMultiplications>(iterations) < 0.0 ? 1.0 : 0.0);
#else
    return static_cast<double>(iterations) * 0.0;
#endif
}

} // namespace maury::nn::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace maury::nn::kernels {

HWY_EXPORT(FmaLoop);
HWY_EXPORT(ClockLoop);

double fmaLoop(std::int64_t iterations)
{
    return HWY_DYNAMIC_DISPATCH(FmaLoop)(iterations);
}

double clockLoop(std::int64_t iterations)
{
    return HWY_DYNAMIC_DISPATCH(ClockLoop)(iterations);
}

} // namespace maury::nn::kernels
#endif
