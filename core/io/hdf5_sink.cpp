#include "core/io/hdf5_sink.h"

#include "core/base/positional_io.h"

#include <cerrno>

#include <unistd.h>

namespace maury::io {

void Hdf5Sink::write(std::uint64_t address, const void* bytes, std::size_t size)
{
    if (m_error == 0)
        m_error = base::writeAt(m_descriptor, address, bytes, size);
}

bool Hdf5Sink::read(std::uint64_t address, void* bytes, std::size_t size)
{
    return base::readAt(m_descriptor, address, bytes, size) == 0;
}

void Hdf5Sink::truncate(std::uint64_t size)
{
    if (m_error == 0 && ::ftruncate(m_descriptor, static_cast<off_t>(size)) != 0)
        m_error = errno;
}

} // namespace maury::io
