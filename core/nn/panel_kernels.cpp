#include "core/nn/panel_kernels.h"

#include <algorithm>
#include <cstring>

// Compiled once for each instruction set; Highway picks the best at run time. Scalable vectors
// cannot be kept in arrays, so those targets are left out.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "core/nn/panel_kernels.cpp"
#define HWY_DISABLED_TARGETS (HWY_SVE | HWY_SVE2 | HWY_SVE_256 | HWY_SVE2_128 | HWY_RVV)
#include <hwy/cache_control.h>
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "core/nn/gelu-inl.h"

HWY_BEFORE_NAMESPACE();
namespace maury::nn::kernels::HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;
using D = hn::ScalableTag<float>;
using V = hn::Vec<D>;

// Rows of a register tile: 2·rows accumulators, two of B and one of A must fit in the registers.
#if HWY_TARGET <= HWY_AVX3 || HWY_ARCH_ARM
constexpr std::size_t kTileRows = 14;
#else
constexpr std::size_t kTileRows = 6;
#endif

std::size_t PanelWidth()
{
    return 2 * hn::Lanes(D());
}

// One step of the sum over k: the row (or column) `a` of A times the row `b` of the panel.
template <std::size_t R>
HWY_INLINE void accumulateOne(const float* HWY_RESTRICT a, std::size_t step,
    const float* HWY_RESTRICT b, V (&low)[R], V (&high)[R])
{
    const D d;
    const V bLow = hn::Load(d, b);
    const V bHigh = hn::Load(d, b + hn::Lanes(d));
#pragma GCC unroll 16
    for (std::size_t i = 0; i < R; ++i) {
        const V value = hn::Set(d, a[i * step]);
        low[i] = hn::MulAdd(value, bLow, low[i]);
        high[i] = hn::MulAdd(value, bHigh, high[i]);
    }
}

// Adds A·B to the accumulators of `R` rows: element (i, k) of A is a[i·iStep + k·kStep]. The sum
// runs in groups of kGroup so that loop counters do not compete with the multiplications for the
// ports; each group fetches one line of what comes next.
template <std::size_t R>
HWY_INLINE void accumulate(const float* HWY_RESTRICT a, std::size_t iStep, std::size_t kStep,
    std::size_t depth, const float* HWY_RESTRICT b, const float* fetch, V (&low)[R], V (&high)[R])
{
    constexpr std::size_t kGroup = 8;
    constexpr std::size_t kLine = 64 / sizeof(float);
    const std::size_t width = PanelWidth();
    std::size_t k = 0;
    for (; k + kGroup <= depth; k += kGroup) {
        hwy::Prefetch(fetch);
        fetch += kLine;
#pragma GCC unroll 8
        for (std::size_t j = 0; j < kGroup; ++j)
            accumulateOne<R>(a + j * kStep, iStep, b + j * width, low, high);
        a += kGroup * kStep;
        b += kGroup * width;
    }
    for (; k < depth; ++k, a += kStep, b += width)
        accumulateOne<R>(a, iStep, b, low, high);
}

struct ProductArguments {
    const float* a;
    std::size_t aStride;
    std::size_t depth;
    const float* b;
    const float* bias;
    float* c;
    std::size_t cStride;
    const float* fetch; ///< what the tile brings in from memory meanwhile; any address
};

template <std::size_t R> void multiplyTile(const ProductArguments& p)
{
    const D d;
    const std::size_t lanes = hn::Lanes(d);
    V low[R];
    V high[R];
#pragma GCC unroll 16
    for (std::size_t i = 0; i < R; ++i) {
        low[i] = p.bias == nullptr ? hn::Zero(d) : hn::Load(d, p.bias);
        high[i] = p.bias == nullptr ? hn::Zero(d) : hn::Load(d, p.bias + lanes);
    }
    accumulate<R>(p.a, p.aStride, 1, p.depth, p.b, p.fetch, low, high);
#pragma GCC unroll 16
    for (std::size_t i = 0; i < R; ++i) {
        hn::StoreU(low[i], d, p.c + i * p.cStride);
        hn::StoreU(high[i], d, p.c + i * p.cStride + lanes);
    }
}

struct UpdateArguments {
    const float* a; ///< [batch, R]
    std::size_t batch;
    const float* d;
    float alpha;
    float* w;
};

template <std::size_t R> void updateTile(const UpdateArguments& p)
{
    const D d;
    const std::size_t lanes = hn::Lanes(d);
    V low[R];
    V high[R];
#pragma GCC unroll 16
    for (std::size_t i = 0; i < R; ++i) {
        low[i] = hn::Zero(d);
        high[i] = hn::Zero(d);
    }
    accumulate<R>(p.a, 1, R, p.batch, p.d, p.w + 2 * lanes * R, low, high);
    const V alpha = hn::Set(d, p.alpha);
#pragma GCC unroll 16
    for (std::size_t i = 0; i < R; ++i) {
        float* row = p.w + 2 * lanes * i;
        hn::Store(hn::MulAdd(alpha, low[i], hn::Load(d, row)), d, row);
        hn::Store(hn::MulAdd(alpha, high[i], hn::Load(d, row + lanes)), d, row + lanes);
    }
}

// Calls tile<R>(arguments) for a run-time R in 1 … kTileRows.
template <std::size_t R, typename Arguments, template <std::size_t> typename Tile>
void dispatchRows(std::size_t rows, const Arguments& arguments)
{
    if (rows == R)
        Tile<R>::call(arguments);
    else if constexpr (R > 1)
        dispatchRows<R - 1, Arguments, Tile>(rows, arguments);
}

template <std::size_t R> struct MultiplyTile {
    static void call(const ProductArguments& arguments) { multiplyTile<R>(arguments); }
};
template <std::size_t R> struct UpdateTile {
    static void call(const UpdateArguments& arguments) { updateTile<R>(arguments); }
};

// Tiles of nearly equal height: 100 rows become 8 tiles of 12 or 13, not 7 of 14 and a slow one
// of 2.
struct Tiling {
    std::size_t rows;
    std::size_t tiles;
    explicit Tiling(std::size_t count)
        : rows(count)
        , tiles((count + kTileRows - 1) / kTileRows)
    {
    }
    [[nodiscard]] std::size_t begin(std::size_t tile) const { return rows * tile / tiles; }
};

void MultiplyPanel(const float* a, std::size_t aStride, std::size_t rows, std::size_t depth,
    const float* b, const float* bias, float* c, std::size_t cStride, const float* next)
{
    const Tiling tiling(rows);
    // Each tile fetches its share of the next panel.
    const std::size_t share = tiling.tiles == 0 ? 0 : depth * PanelWidth() / tiling.tiles;
    for (std::size_t tile = 0; tile < tiling.tiles; ++tile) {
        const std::size_t begin = tiling.begin(tile);
        const ProductArguments arguments { a + begin * aStride, aStride, depth, b, bias,
            c + begin * cStride, cStride, (next == nullptr ? b : next) + tile * share };
        dispatchRows<kTileRows, ProductArguments, MultiplyTile>(
            tiling.begin(tile + 1) - begin, arguments);
    }
}

void PackColumns(const float* a, std::size_t aStride, std::size_t firstRow, std::size_t lastRow,
    std::size_t batch, std::size_t depth, float* packed)
{
    const Tiling tiling(depth);
    for (std::size_t tile = 0; tile < tiling.tiles; ++tile) {
        const std::size_t begin = tiling.begin(tile);
        const std::size_t width = tiling.begin(tile + 1) - begin;
        for (std::size_t row = firstRow; row < lastRow; ++row)
            std::memcpy(packed + begin * batch + row * width, a + row * aStride + begin,
                width * sizeof(float));
    }
}

void UpdatePanel(const float* packed, std::size_t batch, std::size_t depth, const float* d,
    float alpha, float* w)
{
    const Tiling tiling(depth);
    for (std::size_t tile = 0; tile < tiling.tiles; ++tile) {
        const std::size_t begin = tiling.begin(tile);
        const UpdateArguments arguments { packed + begin * batch, batch, d, alpha,
            w + begin * PanelWidth() };
        dispatchRows<kTileRows, UpdateArguments, UpdateTile>(
            tiling.begin(tile + 1) - begin, arguments);
    }
}

void UpdateBias(const float* values, std::size_t batch, float alpha, float* bias)
{
    const D d;
    const std::size_t lanes = hn::Lanes(d);
    V low = hn::Zero(d);
    V high = hn::Zero(d);
    for (std::size_t row = 0; row < batch; ++row) {
        low = hn::Add(low, hn::Load(d, values + 2 * lanes * row));
        high = hn::Add(high, hn::Load(d, values + 2 * lanes * row + lanes));
    }
    const V factor = hn::Set(d, alpha);
    hn::Store(hn::MulAdd(factor, low, hn::Load(d, bias)), d, bias);
    hn::Store(hn::MulAdd(factor, high, hn::Load(d, bias + lanes)), d, bias + lanes);
}

void GeluTanh(float* z, float* slope, std::size_t size)
{
    const D d;
    for (std::size_t i = 0; i < size; i += hn::Lanes(d)) {
        const auto result = geluTanhVector(d, hn::LoadU(d, z + i));
        hn::StoreU(result.value, d, z + i);
        hn::StoreU(result.slope, d, slope + i);
    }
}

void GeluExact(float* z, float* slope, std::size_t size)
{
    const D d;
    for (std::size_t i = 0; i < size; i += hn::Lanes(d)) {
        const auto result = geluExactVector(d, hn::LoadU(d, z + i));
        hn::StoreU(result.value, d, z + i);
        hn::StoreU(result.slope, d, slope + i);
    }
}

void Relu(float* z, float* slope, std::size_t size)
{
    const D d;
    const V zero = hn::Zero(d);
    for (std::size_t i = 0; i < size; i += hn::Lanes(d)) {
        const V value = hn::LoadU(d, z + i);
        hn::StoreU(hn::Max(value, zero), d, z + i);
        hn::StoreU(hn::IfThenElseZero(hn::Gt(value, zero), hn::Set(d, 1.0F)), d, slope + i);
    }
}

void MultiplySlope(float* values, const float* slope, std::size_t size)
{
    const D d;
    for (std::size_t i = 0; i < size; i += hn::Lanes(d))
        hn::StoreU(hn::Mul(hn::LoadU(d, values + i), hn::LoadU(d, slope + i)), d, values + i);
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

double FmaLoop(std::int64_t iterations)
{
    const D d;
    constexpr std::size_t kChains = kTileRows == 14 ? 24 : 12;
    V chains[kChains];
    for (std::size_t i = 0; i < kChains; ++i)
        chains[i] = hn::Set(d, static_cast<float>(i));
    const V factor = hn::Set(d, 0.9999F);
    const V term = hn::Set(d, 1e-4F);
    for (std::int64_t n = 0; n < iterations; ++n) {
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

std::string InstructionSet()
{
    return hwy::TargetName(HWY_TARGET);
}

} // namespace maury::nn::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace maury::nn::kernels {

HWY_EXPORT(PanelWidth);
HWY_EXPORT(InstructionSet);
HWY_EXPORT(MultiplyPanel);
HWY_EXPORT(PackColumns);
HWY_EXPORT(UpdatePanel);
HWY_EXPORT(UpdateBias);
HWY_EXPORT(GeluTanh);
HWY_EXPORT(GeluExact);
HWY_EXPORT(Relu);
HWY_EXPORT(MultiplySlope);
HWY_EXPORT(Momentum);
HWY_EXPORT(Adamw);
HWY_EXPORT(FmaLoop);

std::size_t panelWidth()
{
    return HWY_DYNAMIC_DISPATCH(PanelWidth)();
}
std::string instructionSet()
{
    return HWY_DYNAMIC_DISPATCH(InstructionSet)();
}

void multiplyPanel(const float* a, std::size_t aStride, std::size_t rows, std::size_t depth,
    const float* b, const float* bias, float* c, std::size_t cStride, const float* next)
{
    HWY_DYNAMIC_DISPATCH(MultiplyPanel)(a, aStride, rows, depth, b, bias, c, cStride, next);
}
void packColumns(const float* a, std::size_t aStride, std::size_t firstRow, std::size_t lastRow,
    std::size_t batch, std::size_t depth, float* packed)
{
    HWY_DYNAMIC_DISPATCH(PackColumns)(a, aStride, firstRow, lastRow, batch, depth, packed);
}
void updatePanel(const float* packed, std::size_t batch, std::size_t depth, const float* d,
    float alpha, float* w)
{
    HWY_DYNAMIC_DISPATCH(UpdatePanel)(packed, batch, depth, d, alpha, w);
}
void updateBias(const float* d, std::size_t batch, float alpha, float* bias)
{
    HWY_DYNAMIC_DISPATCH(UpdateBias)(d, batch, alpha, bias);
}
void geluTanh(float* z, float* slope, std::size_t size)
{
    HWY_DYNAMIC_DISPATCH(GeluTanh)(z, slope, size);
}
void geluExact(float* z, float* slope, std::size_t size)
{
    HWY_DYNAMIC_DISPATCH(GeluExact)(z, slope, size);
}
void relu(float* z, float* slope, std::size_t size)
{
    HWY_DYNAMIC_DISPATCH(Relu)(z, slope, size);
}
void multiplySlope(float* values, const float* slope, std::size_t size)
{
    HWY_DYNAMIC_DISPATCH(MultiplySlope)(values, slope, size);
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
double fmaLoop(std::int64_t iterations)
{
    return HWY_DYNAMIC_DISPATCH(FmaLoop)(iterations);
}

} // namespace maury::nn::kernels
#endif
