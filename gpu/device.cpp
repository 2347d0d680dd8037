#include "gpu/device.h"

#include "core/base/contract.h"

namespace maury::gpu {

Memory::Memory(Device& device, Place place, void* address, std::size_t bytes)
    : m_device(&device)
    , m_place(place)
    , m_address(address)
    , m_bytes(bytes)
{
}

Memory::~Memory()
{
    if (m_address != nullptr)
        m_device->giveBack(m_place, m_address);
}

Memory::Memory(Memory&& other) noexcept
    : m_device(other.m_device)
    , m_place(other.m_place)
    , m_address(std::exchange(other.m_address, nullptr))
    , m_bytes(std::exchange(other.m_bytes, 0))
{
}

Memory& Memory::operator=(Memory&& other) noexcept
{
    std::swap(m_device, other.m_device);
    std::swap(m_place, other.m_place);
    std::swap(m_address, other.m_address);
    std::swap(m_bytes, other.m_bytes);
    return *this;
}

base::Result<Memory> Device::allocate(Place place, std::size_t bytes, const std::string& what)
{
    EXPECTS(bytes > 0);
    const auto address = take(place, bytes, what);
    if (!address)
        return base::Unexpected(address.error());
    return Memory(*this, place, *address, bytes);
}

Allocation& Allocation::take(Memory& memory, Place place, std::size_t bytes)
{
    if (!m_outcome)
        return *this;
    memory = Memory(); // first gives back what is there
    auto taken = m_device.allocate(place, bytes, m_what);
    if (taken)
        memory = *std::move(taken);
    else
        m_outcome = base::Unexpected(taken.error());
    return *this;
}

} // namespace maury::gpu
