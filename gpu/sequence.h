#pragma once

#include "gpu/device.h"

namespace maury::gpu {

/// Queues work, or only prepares its products: the same sequence once for each.
class Sequence {
public:
    Sequence(Device& device, bool prepares)
        : m_work(device)
        , m_prepares(prepares)
    {
    }
    void launch(const Kernel& kernel);
    void multiply(const Product& product);
    void copy(void* to, const void* from, std::size_t bytes);
    [[nodiscard]] Work& work() { return m_work; }

private:
    Work m_work;
    bool m_prepares;
};

} // namespace maury::gpu
