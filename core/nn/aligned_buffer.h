#pragma once

#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <new>

namespace maury::nn {

/// A block of floats that begins at a cache line, so that whole vectors can be loaded and stored.
/// Zero at first.
class AlignedBuffer {
public:
    AlignedBuffer() = default;
    explicit AlignedBuffer(std::size_t size)
        : m_size(size)
    {
        constexpr std::size_t kLine = 64;
        const std::size_t bytes = (size * sizeof(float) + kLine - 1) / kLine * kLine + kLine;
        m_data.reset(static_cast<float*>(std::aligned_alloc(kLine, bytes)));
        if (m_data == nullptr)
            throw std::bad_alloc();
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
