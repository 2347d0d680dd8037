#pragma once

#include "core/base/random.h"
#include "core/nn/parameters.h"
#include "gpu/device.h"

#include <algorithm>
#include <cstdint>
#include <vector>

namespace maury::test {

/// Memory of the device that the test may look into.
template <typename T> class Numbers {
public:
    Numbers(gpu::Device& device, std::size_t count)
        : m_memory(device.allocate(gpu::Place::Device, count * sizeof(T), "a test").value())
        , m_count(count)
    {
    }
    Numbers(gpu::Device& device, const std::vector<T>& values)
        : Numbers(device, values.size())
    {
        std::copy(values.begin(), values.end(), data());
    }
    [[nodiscard]] T* data() const { return m_memory.template as<T>(); }
    [[nodiscard]] T& operator[](std::size_t at) const { return data()[at]; }
    [[nodiscard]] nn::Matrix<float> matrix(int rows, int columns) const
    {
        return Eigen::Map<const nn::Matrix<float>>(data(), rows, columns);
    }
    [[nodiscard]] std::size_t size() const { return m_count; }

private:
    gpu::Memory m_memory;
    std::size_t m_count;
};

inline nn::Matrix<float> randomMatrix(int rows, int columns, std::uint64_t seed)
{
    nn::Matrix<float> matrix(rows, columns);
    base::RandomStream stream(seed);
    for (auto& value : matrix.reshaped())
        value = static_cast<float>(stream.normal());
    return matrix;
}

inline std::vector<float> valuesOf(const nn::Matrix<float>& matrix)
{
    return { matrix.data(), matrix.data() + matrix.size() };
}

inline double difference(const nn::Matrix<float>& a, const nn::Matrix<float>& b)
{
    return static_cast<double>((a - b).cwiseAbs().maxCoeff()); // NaN is not below any limit
}

} // namespace maury::test
