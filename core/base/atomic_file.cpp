#include "core/base/atomic_file.h"

#include <cerrno>
#include <string>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <unistd.h>

namespace maury::base {
namespace {

Unexpected writeFailure(const std::filesystem::path& file, int error)
{
    return failure(ErrorCode::WriteFailed, file.string(), std::system_category().message(error));
}

/// Creates a file of its own beside `target`, with the user's umask (mkstemp's files would be
/// private).
int createBeside(const std::filesystem::path& target, std::filesystem::path& created)
{
    for (int attempt = 0;; ++attempt) {
        created = target;
        created += ".part-" + std::to_string(::getpid()) + "-" + std::to_string(attempt);
        const int descriptor = ::open(created.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        if (descriptor >= 0 || errno != EEXIST)
            return descriptor;
    }
}

/// Makes the rename itself survive a power cut. Not every file system can; then there is nothing to
/// do.
void flushFolder(const std::filesystem::path& file)
{
    const std::filesystem::path folder = file.has_parent_path() ? file.parent_path() : ".";
    const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0)
        return;
    static_cast<void>(::fsync(descriptor));
    ::close(descriptor);
}

} // namespace

Result<AtomicFile> AtomicFile::create(const std::filesystem::path& target)
{
    // Renaming over a device (/dev/full, a terminal) would replace it for the whole system.
    std::error_code absent;
    const auto kind = std::filesystem::status(target, absent).type();
    const bool isReplaceable = kind == std::filesystem::file_type::regular
        || kind == std::filesystem::file_type::not_found
        || kind == std::filesystem::file_type::none;
    if (!isReplaceable)
        return failure(ErrorCode::WriteFailed, target.string(),
            kind == std::filesystem::file_type::directory ? "a folder" : "a special file",
            "the name of a file");
    AtomicFile file;
    file.m_target = target;
    file.m_descriptor = createBeside(target, file.m_temporary);
    if (file.m_descriptor < 0)
        return writeFailure(target, errno);
    return file;
}

AtomicFile::~AtomicFile()
{
    discard();
}

AtomicFile::AtomicFile(AtomicFile&& other) noexcept
    : m_target(std::move(other.m_target))
    , m_temporary(std::move(other.m_temporary))
    , m_descriptor(std::exchange(other.m_descriptor, -1))
{
}

AtomicFile& AtomicFile::operator=(AtomicFile&& other) noexcept
{
    if (this != &other) {
        discard();
        m_target = std::move(other.m_target);
        m_temporary = std::move(other.m_temporary);
        m_descriptor = std::exchange(other.m_descriptor, -1);
    }
    return *this;
}

void AtomicFile::discard() noexcept
{
    if (m_descriptor < 0)
        return;
    ::close(m_descriptor);
    m_descriptor = -1;
    ::unlink(m_temporary.c_str());
}

Result<void> AtomicFile::write(std::span<const std::byte> bytes)
{
    EXPECTS(m_descriptor >= 0);
    while (!bytes.empty()) {
        const ssize_t written = ::write(m_descriptor, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            return writeFailure(m_target, errno);
        bytes = bytes.subspan(static_cast<std::size_t>(written));
    }
    return {};
}

Result<void> AtomicFile::commit()
{
    EXPECTS(m_descriptor >= 0);
    int error = ::fsync(m_descriptor) == 0 ? 0 : errno;
    if (error == 0 && ::rename(m_temporary.c_str(), m_target.c_str()) != 0)
        error = errno;
    if (error != 0) {
        discard();
        return writeFailure(m_target, error);
    }
    ::close(m_descriptor);
    m_descriptor = -1;
    flushFolder(m_target);
    return {};
}

Result<void> writeFileAtomically(const std::filesystem::path& target, std::string_view contents)
{
    auto file = AtomicFile::create(target);
    if (!file)
        return Unexpected(file.error());
    if (auto written = file->write(std::as_bytes(std::span(contents))); !written)
        return written;
    return file->commit();
}

} // namespace maury::base
