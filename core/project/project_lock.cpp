#include "core/project/project_lock.h"

#include <array>
#include <cerrno>
#include <string>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace maury::project {
namespace {

using base::ErrorCode;
using base::failure;

constexpr const char* kWayOn = "close it there, open the project read-only, or work on a copy";

std::string holderOf(int descriptor)
{
    std::array<char, 32> text {};
    const auto length = ::pread(descriptor, text.data(), text.size(), 0);
    return length > 0 ? "process " + std::string(text.data(), static_cast<std::size_t>(length))
                      : std::string("another program");
}

/// Whether the locked file still lies under its name: its last holder removes it.
bool isStillNamed(int descriptor, const std::filesystem::path& file)
{
    struct stat held { };
    struct stat named { };
    return ::fstat(descriptor, &held) == 0 && ::stat(file.c_str(), &named) == 0
        && held.st_ino == named.st_ino && held.st_dev == named.st_dev;
}

} // namespace

base::Result<ProjectLock> ProjectLock::acquire(const std::filesystem::path& project)
{
    ProjectLock lock;
    lock.m_file = project;
    lock.m_file += ".lock";
    for (;;) {
        lock.m_descriptor = ::open(lock.m_file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
        if (lock.m_descriptor < 0)
            return failure(ErrorCode::WriteFailed, project.string(),
                std::system_category().message(errno),
                "a folder that can be written in; open the project read-only or work on a copy");
        if (::flock(lock.m_descriptor, LOCK_EX | LOCK_NB) != 0) {
            const std::string holder = holderOf(lock.m_descriptor);
            ::close(std::exchange(lock.m_descriptor, -1));
            return failure(ErrorCode::WriteFailed, project.string(), "in use by " + holder, kWayOn);
        }
        if (isStillNamed(lock.m_descriptor, lock.m_file))
            break;
        ::close(lock.m_descriptor);
    }
    const std::string process = std::to_string(::getpid());
    // Only for the message of others: that it may fail on a full disk does not matter.
    if (::ftruncate(lock.m_descriptor, 0) == 0)
        static_cast<void>(::pwrite(lock.m_descriptor, process.data(), process.size(), 0) < 0);
    return lock;
}

ProjectLock::~ProjectLock()
{
    if (m_descriptor < 0)
        return;
    ::unlink(m_file.c_str());
    ::close(m_descriptor);
}

ProjectLock::ProjectLock(ProjectLock&& other) noexcept
    : m_file(std::move(other.m_file))
    , m_descriptor(std::exchange(other.m_descriptor, -1))
{
}

} // namespace maury::project
