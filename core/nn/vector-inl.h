// Vectors of floats as the kernels here use them. Included once for each instruction set (Highway's
// scheme).
#if defined(MAURY_NN_VECTOR_INL_H) == defined(HWY_TARGET_TOGGLE)
#ifdef MAURY_NN_VECTOR_INL_H
#undef MAURY_NN_VECTOR_INL_H
#else
#define MAURY_NN_VECTOR_INL_H
#endif

#include <hwy/highway.h>

#include <cstddef>

HWY_BEFORE_NAMESPACE();
namespace maury::nn::kernels::HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;
using D = hn::ScalableTag<float>;
using V = hn::Vec<D>;

/// As many registers hold accumulators as leave room for factors beside them.
#if HWY_TARGET <= HWY_AVX3 || HWY_ARCH_ARM
inline constexpr bool kManyRegisters = true;
#else
inline constexpr bool kManyRegisters = false;
#endif

// Columns of a panel. Inlined everywhere: a call in the middle of a tile would send all accumulators
// to the stack.
HWY_INLINE std::size_t width()
{
    return 2 * hn::Lanes(D());
}

} // namespace maury::nn::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif // include guard
