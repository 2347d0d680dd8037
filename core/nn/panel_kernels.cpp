#include "core/nn/panel_kernels.h"

#include "core/nn/vector_targets.h"

#include <algorithm>
#include <cstring>

// Compiled once for each instruction set; Highway picks the best at run time.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "core/nn/panel_kernels.cpp"
#include <hwy/cache_control.h>
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "core/nn/vector-inl.h"

HWY_BEFORE_NAMESPACE();
namespace maury::nn::kernels::HWY_NAMESPACE {

// Rows of a register tile: 2·rows accumulators, two of B and one of A must fit in the registers.
constexpr std::size_t kTileRows = kManyRegisters ? 14 : 6;

std::size_t PanelWidth()
{
    return width();
}

// One step of the sum over k: column k of the tile of A times row k of the panel.
template <std::size_t R>
HWY_INLINE void accumulateOne(
    const float* HWY_RESTRICT a, const float* HWY_RESTRICT b, V (&low)[R], V (&high)[R])
{
    const D d;
    const V bLow = hn::Load(d, b);
    const V bHigh = hn::Load(d, b + hn::Lanes(d));
#pragma GCC unroll 16
    for (std::size_t i = 0; i < R; ++i) {
        const V value = hn::Set(d, a[i]);
        low[i] = hn::MulAdd(value, bLow, low[i]);
        high[i] = hn::MulAdd(value, bHigh, high[i]);
    }
}

// Adds A·B to the accumulators of `R` rows: element (i, k) of A is a[k·R + i]. The sum runs in
// groups of kGroup so that loop counters do not compete with the multiplications for the ports;
// each group fetches one line of what comes next into the second-level cache.
template <std::size_t R>
HWY_INLINE void accumulate(const float* HWY_RESTRICT a, std::size_t depth,
    const float* HWY_RESTRICT b, const float* fetch, V (&low)[R], V (&high)[R])
{
    constexpr std::size_t kGroup = 8;
    constexpr std::size_t kLine = 64 / sizeof(float);
    constexpr int kForReading = 0;
    constexpr int kSecondLevel = 2;
    std::size_t k = 0;
    for (; k + kGroup <= depth; k += kGroup) {
        __builtin_prefetch(fetch, kForReading, kSecondLevel);
        fetch += kLine;
#pragma GCC unroll 8
        for (std::size_t j = 0; j < kGroup; ++j)
            accumulateOne<R>(a + j * R, b + j * width(), low, high);
        a += kGroup * R;
        b += kGroup * width();
    }
    for (; k < depth; ++k, a += R, b += width())
        accumulateOne<R>(a, b, low, high);
}

struct ProductArguments {
    const float* a; ///< [depth, R]
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
    accumulate<R>(p.a, p.depth, p.b, p.fetch, low, high);
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

template <std::size_t R, bool kAdds> void updateTile(const UpdateArguments& p)
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
    accumulate<R>(p.a, p.batch, p.d, p.w + 2 * lanes * R, low, high);
    const V alpha = hn::Set(d, p.alpha);
#pragma GCC unroll 16
    for (std::size_t i = 0; i < R; ++i) {
        float* row = p.w + 2 * lanes * i;
        if constexpr (kAdds) {
            hn::Store(hn::MulAdd(alpha, low[i], hn::Load(d, row)), d, row);
            hn::Store(hn::MulAdd(alpha, high[i], hn::Load(d, row + lanes)), d, row + lanes);
        } else {
            hn::Store(low[i], d, row);
            hn::Store(high[i], d, row + lanes);
        }
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
    static void call(const UpdateArguments& arguments) { updateTile<R, true>(arguments); }
};
template <std::size_t R> struct GradientTile {
    static void call(const UpdateArguments& arguments) { updateTile<R, false>(arguments); }
};

std::size_t MaximumTile()
{
    return kTileRows;
}

// to[k·toStride + i] = rows[i][k] for four rows and four k.
HWY_INLINE void transpose4x4(
    const float* const* rows, std::size_t k, float* to, std::size_t toStride)
{
#if HWY_TARGET == HWY_SCALAR // has no vectors to interleave
    for (std::size_t i = 0; i < 4; ++i)
        for (std::size_t j = 0; j < 4; ++j)
            to[j * toStride + i] = rows[i][k + j];
#else
    const hn::CappedTag<float, 4> d;
    const auto row0 = hn::LoadU(d, rows[0] + k);
    const auto row1 = hn::LoadU(d, rows[1] + k);
    const auto row2 = hn::LoadU(d, rows[2] + k);
    const auto row3 = hn::LoadU(d, rows[3] + k);
    const auto even01 = hn::InterleaveLower(d, row0, row2);
    const auto odd01 = hn::InterleaveLower(d, row1, row3);
    const auto even23 = hn::InterleaveUpper(d, row0, row2);
    const auto odd23 = hn::InterleaveUpper(d, row1, row3);
    hn::StoreU(hn::InterleaveLower(d, even01, odd01), d, to);
    hn::StoreU(hn::InterleaveUpper(d, even01, odd01), d, to + toStride);
    hn::StoreU(hn::InterleaveLower(d, even23, odd23), d, to + 2 * toStride);
    hn::StoreU(hn::InterleaveUpper(d, even23, odd23), d, to + 3 * toStride);
#endif
}

void Transpose(const float* const* rows, std::size_t height, std::size_t begin, std::size_t end,
    float* to, std::size_t toStride)
{
    constexpr std::size_t kSide = 4;
    if (height < kSide || end - begin < kSide) {
        for (std::size_t i = 0; i < height; ++i)
            for (std::size_t k = begin; k < end; ++k)
                to[(k - begin) * toStride + i] = rows[i][k];
        return;
    }
    // The last square of each direction overlaps the one before instead of leaving a rest.
    for (std::size_t next = begin; next < end; next += kSide) {
        const std::size_t k = std::min(next, end - kSide);
        for (std::size_t row = 0; row < height; row += kSide) {
            const std::size_t i = std::min(row, height - kSide);
            transpose4x4(rows + i, k, to + (k - begin) * toStride + i, toStride);
        }
    }
}

void PackTile(const float* const* rows, std::size_t height, std::size_t depth, float* packed,
    const float* const* fetch)
{
    constexpr std::size_t kLine = 64 / sizeof(float);
    for (std::size_t begin = 0; begin < depth; begin += kLine) {
        if (fetch != nullptr)
            for (std::size_t i = 0; i < height; ++i)
                hwy::Prefetch(fetch[i] + begin);
        Transpose(
            rows, height, begin, std::min(begin + kLine, depth), packed + begin * height, height);
    }
}

void MultiplyPanel(const float* packed, const Tiling& tiling, std::size_t firstTile,
    std::size_t lastTile, std::size_t depth, const float* b, const float* bias, float* c,
    std::size_t cStride, const float* next)
{
    // Each tile fetches its share of what comes next.
    const std::size_t share = depth * width() / std::max<std::size_t>(1, lastTile - firstTile);
    const float* fetch = next == nullptr ? b : next;
    for (std::size_t tile = firstTile; tile < lastTile; ++tile) {
        const std::size_t begin = tiling.begin(tile);
        const ProductArguments arguments { packed + begin * depth, depth, b, bias,
            c + begin * cStride, cStride, fetch + (tile - firstTile) * share };
        dispatchRows<kTileRows, ProductArguments, MultiplyTile>(tiling.height(tile), arguments);
    }
}

void PackColumns(const float* const* rows, std::size_t firstRow, std::size_t count,
    std::size_t batch, const Tiling& tiling, float* packed)
{
    const hn::CappedTag<float, 4> d; // tiles are no whole number of larger vectors
    for (std::size_t tile = 0; tile < tiling.tiles; ++tile) {
        const std::size_t begin = tiling.begin(tile);
        const std::size_t height = tiling.height(tile);
        float* to = packed + begin * batch + firstRow * height;
        for (std::size_t row = 0; row < count; ++row, to += height) {
            const float* from = rows[row] + begin;
            if (height < hn::Lanes(d)) {
                std::copy_n(from, height, to);
                continue;
            }
            // The last vector overlaps the one before instead of leaving a rest.
            for (std::size_t next = 0; next < height; next += hn::Lanes(d)) {
                const std::size_t i = std::min(next, height - hn::Lanes(d));
                hn::StoreU(hn::LoadU(d, from + i), d, to + i);
            }
        }
    }
}

template <template <std::size_t> typename Tile>
void forEachTile(const float* packed, std::size_t batch, const Tiling& tiling, const float* d,
    float alpha, float* w)
{
    for (std::size_t tile = 0; tile < tiling.tiles; ++tile) {
        const std::size_t begin = tiling.begin(tile);
        const UpdateArguments arguments { packed + begin * batch, batch, d, alpha,
            w + begin * width() };
        dispatchRows<kTileRows, UpdateArguments, Tile>(tiling.height(tile), arguments);
    }
}

void UpdatePanel(const float* packed, std::size_t batch, const Tiling& tiling, const float* d,
    float alpha, float* w)
{
    forEachTile<UpdateTile>(packed, batch, tiling, d, alpha, w);
}

void GradientPanel(const float* packed, std::size_t batch, const Tiling& tiling, const float* d,
    float* w)
{
    forEachTile<GradientTile>(packed, batch, tiling, d, 1.0F, w);
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
HWY_EXPORT(MaximumTile);
HWY_EXPORT(Transpose);
HWY_EXPORT(PackTile);
HWY_EXPORT(MultiplyPanel);
HWY_EXPORT(PackColumns);
HWY_EXPORT(UpdatePanel);
HWY_EXPORT(GradientPanel);
HWY_EXPORT(UpdateBias);

std::size_t panelWidth()
{
    return HWY_DYNAMIC_DISPATCH(PanelWidth)();
}
std::string instructionSet()
{
    return HWY_DYNAMIC_DISPATCH(InstructionSet)();
}

Tiling::Tiling(std::size_t all, std::size_t shares)
    : count(all)
{
    const std::size_t most = HWY_DYNAMIC_DISPATCH(MaximumTile)();
    const std::size_t fewest = (all + most - 1) / most;
    tiles = std::min(all, (fewest + shares - 1) / shares * shares);
}

void transpose(const float* const* rows, std::size_t height, std::size_t begin, std::size_t end,
    float* to, std::size_t toStride)
{
    HWY_DYNAMIC_DISPATCH(Transpose)(rows, height, begin, end, to, toStride);
}
void packTile(const float* const* rows, std::size_t height, std::size_t depth, float* packed,
    const float* const* fetch)
{
    HWY_DYNAMIC_DISPATCH(PackTile)(rows, height, depth, packed, fetch);
}
void multiplyPanel(const float* packed, const Tiling& tiling, std::size_t firstTile,
    std::size_t lastTile, std::size_t depth, const float* b, const float* bias, float* c,
    std::size_t cStride, const float* next)
{
    HWY_DYNAMIC_DISPATCH(MultiplyPanel)
    (packed, tiling, firstTile, lastTile, depth, b, bias, c, cStride, next);
}
void packColumns(const float* const* rows, std::size_t firstRow, std::size_t count,
    std::size_t batch, const Tiling& tiling, float* packed)
{
    HWY_DYNAMIC_DISPATCH(PackColumns)(rows, firstRow, count, batch, tiling, packed);
}
void updatePanel(const float* packed, std::size_t batch, const Tiling& tiling, const float* d,
    float alpha, float* w)
{
    HWY_DYNAMIC_DISPATCH(UpdatePanel)(packed, batch, tiling, d, alpha, w);
}
void gradientPanel(const float* packed, std::size_t batch, const Tiling& tiling, const float* d,
    float* w)
{
    HWY_DYNAMIC_DISPATCH(GradientPanel)(packed, batch, tiling, d, w);
}

void updateBias(const float* d, std::size_t batch, float alpha, float* bias)
{
    HWY_DYNAMIC_DISPATCH(UpdateBias)(d, batch, alpha, bias);
}

} // namespace maury::nn::kernels
#endif
