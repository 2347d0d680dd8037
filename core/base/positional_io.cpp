#include "core/base/positional_io.h"

#include <cerrno>
#include <cstring>

#include <unistd.h>

namespace maury::base {

int readAt(int descriptor, std::uint64_t address, void* bytes, std::size_t size)
{
    char* next = static_cast<char*>(bytes);
    while (size > 0) {
        const ssize_t count = ::pread(descriptor, next, size, static_cast<off_t>(address));
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return errno;
        if (count == 0)
            break;
        next += count;
        address += static_cast<std::uint64_t>(count);
        size -= static_cast<std::size_t>(count);
    }
    std::memset(next, 0, size);
    return 0;
}

int writeAt(int descriptor, std::uint64_t address, const void* bytes, std::size_t size)
{
    const char* next = static_cast<const char*>(bytes);
    while (size > 0) {
        const ssize_t written = ::pwrite(descriptor, next, size, static_cast<off_t>(address));
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            return errno;
        next += written;
        address += static_cast<std::uint64_t>(written);
        size -= static_cast<std::size_t>(written);
    }
    return 0;
}

} // namespace maury::base
