#include "gpu/sequence.h"

namespace maury::gpu {

using base::Result;

void Sequence::launch(const Kernel& kernel)
{
    if (!m_prepares)
        m_work.launch(kernel);
}

void Sequence::multiply(const Product& product)
{
    if (!m_prepares) {
        m_work.multiply(product);
        return;
    }
    m_work.then([&](Device& device) -> Result<void> {
        const auto ready = device.prepare(product);
        return ready ? Result<void> {} : base::Unexpected(ready.error());
    });
}

void Sequence::copy(void* to, const void* from, std::size_t bytes)
{
    if (!m_prepares)
        m_work.copy(to, from, bytes);
}

} // namespace maury::gpu
