#pragma once

#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <new>

#if defined(__linux__)
#include <sys/mman.h>
#endif

namespace maury::nn {

/// A block of floats that begins at a cache line, so that whole vectors can be loaded and stored.
/// Zero at first. Large ones ask the system for large pages: a training step reads megabytes of
/// weights, and looking up every 4 KiB of them costs it a thirtieth.
class AlignedBuffer {
public:
    AlignedBuffer() = default;
    explicit AlignedBuffer(std::size_t size)
        : m_size(size)
    {
        constexpr std::size_t kLine = 64;
        constexpr std::size_t kLargePage = std::size_t { 2 } << 20U;
        const std::size_t wanted = size * sizeof(float) + kLine;
        const std::size_t alignment = wanted >= kLargePage / 4 ? kLargePage : kLine;
        const std::size_t bytes = (wanted + alignment - 1) / alignment * alignment;
        m_data.reset(static_cast<float*>(std::aligned_alloc(alignment, bytes)));
        if (m_data == nullptr)
            throw std::bad_alloc();
#if defined(__linux__)
        if (alignment == kLargePage) // only a wish: it does not matter if it is refused
            static_cast<void>(madvise(m_data.get(), bytes, MADV_HUGEPAGE));
#endif
        std::memset(m_data.get(), 0, bytes);
    }

    [[nodiscard]] float* data() { return m_data.get(); }
    [[nodiscard]] const float* data() const { return m_data.get(); }
    [[nodiscard]] std::size_t size() const { return m_size; }
    void fill(float value)
    {
        for (std::size_t i = 0; i < m_size; ++i)
            m_data.get()[i] = value;
    }

private:
    struct Free {
        void operator()(float* data) const { std::free(data); }
    };
    std::unique_ptr<float, Free> m_data;
    std::size_t m_size = 0;
};

} // namespace maury::nn
