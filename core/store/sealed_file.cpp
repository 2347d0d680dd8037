#include "core/store/sealed_file.h"

#include "core/base/hash64.h"
#include "core/base/positional_io.h"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace maury::store {
namespace {

using base::ErrorCode;
using base::failure;
using base::Result;
using base::Unexpected;

constexpr const char* kExpected = "a store of spectra";

std::string systemText(int error)
{
    return std::system_category().message(error);
}

std::uint64_t sizeOf(int descriptor)
{
    struct stat status { };
    return ::fstat(descriptor, &status) == 0 ? static_cast<std::uint64_t>(status.st_size) : 0;
}

/// Nothing when the descriptor is a regular file that no other program uses in a way that does not
/// go together with ours.
Result<void> checkAndLock(const std::filesystem::path& file, int descriptor, bool toChange)
{
    struct stat status { };
    if (::fstat(descriptor, &status) != 0)
        return failure(ErrorCode::FileUnreadable, file.string(), systemText(errno));
    if (!S_ISREG(status.st_mode))
        return failure(ErrorCode::FileUnreadable, file.string(),
            S_ISDIR(status.st_mode) ? "a folder" : "a special file", kExpected);
    // Not every file system can lock; what cannot be locked is not used by several programs.
    if (::flock(descriptor, (toChange ? LOCK_EX : LOCK_SH) | LOCK_NB) != 0 && errno == EWOULDBLOCK)
        return failure(toChange ? ErrorCode::WriteFailed : ErrorCode::FileUnreadable, file.string(),
            toChange ? "another program or window has it open" : "another program is changing it");
    return {};
}

} // namespace

SealedFile::SealedFile(std::filesystem::path file, int descriptor, Purpose purpose)
    : m_path(std::move(file))
    , m_descriptor(descriptor)
    , m_purpose(purpose)
{
}

SealedFile::~SealedFile()
{
    // What was added without being committed goes; the head has never said that it is there.
    if (m_purpose == Purpose::Change && !m_committed && sizeOf(m_descriptor) > m_head.size)
        static_cast<void>(::ftruncate(m_descriptor, static_cast<off_t>(m_head.size)));
    if (m_purpose != Purpose::Create)
        ::close(m_descriptor);
}

Unexpected SealedFile::writeFailure(int error) const
{
    return failure(ErrorCode::WriteFailed, m_path.string(), systemText(error));
}

Result<std::unique_ptr<SealedFile>> SealedFile::openToRead(const std::filesystem::path& file)
{
    return open(file, Purpose::Read);
}

Result<std::unique_ptr<SealedFile>> SealedFile::openToChange(const std::filesystem::path& file)
{
    return open(file, Purpose::Change);
}

Result<std::unique_ptr<SealedFile>> SealedFile::create(const std::filesystem::path& file)
{
    auto target = base::AtomicFile::create(file);
    if (!target)
        return Unexpected(target.error());
    std::unique_ptr<SealedFile> made(
        new SealedFile(file, target->descriptor(), Purpose::Create));
    made->m_new = *std::move(target);
    return made;
}

Result<std::unique_ptr<SealedFile>> SealedFile::open(
    const std::filesystem::path& file, Purpose purpose)
{
    const bool toChange = purpose == Purpose::Change;
    const int descriptor = ::open(file.c_str(), (toChange ? O_RDWR : O_RDONLY) | O_CLOEXEC);
    if (descriptor < 0) {
        if (errno == ENOENT)
            return failure(ErrorCode::FileMissing, file.string());
        if (errno == EISDIR)
            return failure(ErrorCode::FileUnreadable, file.string(), "a folder", kExpected);
        return failure(toChange ? ErrorCode::WriteFailed : ErrorCode::FileUnreadable, file.string(),
            systemText(errno));
    }
    std::unique_ptr<SealedFile> opened(new SealedFile(file, descriptor, Purpose::Read));
    if (auto usable = checkAndLock(file, descriptor, toChange); !usable)
        return Unexpected(usable.error());
    if (auto head = opened->readHead(); !head)
        return Unexpected(head.error());
    opened->m_purpose = purpose;
    if (!toChange)
        return opened;
    if (auto journal = readJournal(file, opened->m_headBytes)) {
        if (auto applied = opened->apply(*journal); !applied)
            return Unexpected(applied.error());
        opened->m_patches.clear();
    }
    ::unlink(journalOf(file).c_str()); // one that does not belong to this file
    return opened;
}

Result<void> SealedFile::readHead()
{
    const std::uint64_t bytes = sizeOf(m_descriptor);
    if (bytes == 0)
        return failure(ErrorCode::FileEmpty, m_path.string());
    m_headBytes.resize(SealedHead::kBytes);
    if (const int error = base::readAt(m_descriptor, 0, m_headBytes.data(), m_headBytes.size());
        error != 0)
        return failure(ErrorCode::FileUnreadable, m_path.string(), systemText(error));
    if (!startsSealed(m_headBytes))
        return failure(ErrorCode::FormatUnknown, m_path.string(), "another kind of file", kExpected);
    auto head = decodeHead(m_headBytes);
    if (auto journal = readJournal(m_path, m_headBytes)) {
        head = std::move(journal->head);
        m_patches = std::move(journal->patches);
    }
    if (bytes < SealedHead::kBytes)
        return failure(ErrorCode::FileTruncated, m_path.string(), fmt::format("{} bytes", bytes),
            fmt::format("at least {}", SealedHead::kBytes));
    if (!head)
        return failure(ErrorCode::FileDamaged, m_path.string() + ": head",
            "a checksum that is not that of its bytes");
    if (head->version != SealedHead::kVersion)
        return failure(ErrorCode::FormatVersion, m_path.string(),
            fmt::format("version {}", head->version),
            fmt::format("version {} or older", SealedHead::kVersion));
    if (bytes < head->size)
        return failure(ErrorCode::FileTruncated, m_path.string(), fmt::format("{} bytes", bytes),
            fmt::format("{} bytes", head->size));
    m_head = *std::move(head);
    m_size = m_head.size;
    m_verified.assign(m_head.blocks(), false);
    return {};
}

bool SealedFile::rawRead(std::uint64_t address, std::span<std::byte> bytes)
{
    if (const int error = base::readAt(m_descriptor, address, bytes.data(), bytes.size());
        error != 0) {
        m_damage = base::Error { ErrorCode::FileUnreadable, m_path.string(), systemText(error), {},
            {} };
        return false;
    }
    applyPatches(m_patches, address, bytes);
    return true;
}

bool SealedFile::verifyBlock(std::uint64_t block)
{
    if (m_verified[block])
        return true;
    const std::uint64_t start = m_head.blockStart(block);
    std::vector<std::byte> bytes(std::min(m_head.blockBytes(), m_head.size - start));
    if (!rawRead(start, bytes))
        return false;
    if (base::hash64(bytes) != m_head.digests[block]) {
        if (!m_damage)
            m_damage = base::Error { ErrorCode::FileDamaged,
                fmt::format("{}: bytes {} to {}", m_path.string(), start, start + bytes.size() - 1),
                "another checksum than the head of the file has for them", {}, {} };
        return false;
    }
    m_verified[block] = true;
    return true;
}

bool SealedFile::read(std::uint64_t address, void* bytes, std::size_t size)
{
    const std::span out(static_cast<std::byte*>(bytes), size);
    std::fill(out.begin(), out.end(), std::byte { 0 });
    const std::uint64_t from = std::max(address, SealedHead::kBytes);
    const std::lock_guard lock(m_mutex);
    const std::uint64_t to = std::min(address + size, m_size);
    if (from >= to)
        return true;
    const std::uint64_t sealedEnd = std::min(to, m_head.size);
    if (from < sealedEnd)
        for (std::uint64_t block = m_head.blockOf(from); block <= m_head.blockOf(sealedEnd - 1);
             ++block)
            if (!verifyBlock(block))
                return false;
    return rawRead(from, out.subspan(from - address, to - from));
}

/// The block's bytes of the last commit become a patch that can be written to.
bool SealedFile::makePatch(std::uint64_t block)
{
    const std::uint64_t start = m_head.blockStart(block);
    if (m_patches.contains(start))
        return true;
    if (!verifyBlock(block))
        return false;
    std::vector<std::byte> bytes(std::min(m_head.blockBytes(), m_head.size - start));
    if (!rawRead(start, bytes))
        return false;
    m_patches.emplace(start, std::move(bytes));
    return true;
}

void SealedFile::write(std::uint64_t address, const void* bytes, std::size_t size)
{
    const std::span in(static_cast<const std::byte*>(bytes), size);
    const std::uint64_t end = address + size;
    m_size = std::max(m_size, end);
    const std::uint64_t sealedEnd = std::min(end, m_head.size);
    for (std::uint64_t at = std::max(address, SealedHead::kBytes); at < sealedEnd && m_error == 0;) {
        const std::uint64_t block = m_head.blockOf(at);
        const std::uint64_t stop = std::min(m_head.blockStart(block + 1), sealedEnd);
        if (!makePatch(block)) {
            m_error = EIO;
            return;
        }
        const std::uint64_t start = m_head.blockStart(block);
        std::copy_n(in.begin() + static_cast<std::ptrdiff_t>(at - address), stop - at,
            m_patches[start].begin() + static_cast<std::ptrdiff_t>(at - start));
        at = stop;
    }
    const std::uint64_t fresh = std::max(address, m_head.size);
    if (fresh < end && m_error == 0)
        m_error = base::writeAt(m_descriptor, fresh, in.data() + (fresh - address), end - fresh);
}

void SealedFile::truncate(std::uint64_t size)
{
    m_size = std::max(size, SealedHead::kBytes);
    if (m_error == 0 && ::ftruncate(m_descriptor, static_cast<off_t>(std::max(m_size, m_head.size))) != 0)
        m_error = errno;
}

/// The head of the file as it is now. Checksums of blocks that did not change are kept, unless the
/// blocks have to grow.
Result<SealedHead> SealedFile::nextHead()
{
    SealedHead next;
    next.size = m_size;
    next.generation = m_head.generation + 1;
    next.blockBits = m_head.blockBits;
    while (SealedHead::blocksFor(next.size, next.blockBits) > SealedHead::kMostBlocks)
        ++next.blockBits;
    next.digests.resize(next.blocks());
    std::vector<std::byte> bytes;
    for (std::uint64_t block = 0; block < next.digests.size(); ++block) {
        const std::uint64_t start = next.blockStart(block);
        const std::uint64_t stop = std::min(start + next.blockBytes(), next.size);
        const bool isKept = next.blockBits == m_head.blockBits && stop <= m_head.size
            && stop == std::min(start + m_head.blockBytes(), m_head.size)
            && !m_patches.contains(start);
        if (isKept) {
            next.digests[block] = m_head.digests[block];
            continue;
        }
        bytes.resize(stop - start);
        if (!read(start, bytes.data(), bytes.size()))
            return Unexpected(*m_damage);
        next.digests[block] = base::hash64(bytes);
    }
    return next;
}

Result<void> SealedFile::commit()
{
    EXPECTS(m_purpose != Purpose::Read && !m_committed);
    if (m_error != 0)
        return writeFailure(m_error);
    // A file whose last bytes were never written is shorter than the library believes.
    if (::ftruncate(m_descriptor, static_cast<off_t>(std::max(m_size, m_head.size))) != 0)
        return writeFailure(errno);
    auto head = nextHead();
    if (!head)
        return Unexpected(head.error());
    if (m_purpose == Purpose::Create) {
        const auto bytes = encode(*head);
        if (const int error = base::writeAt(m_descriptor, 0, bytes.data(), bytes.size());
            error != 0)
            return writeFailure(error);
        m_committed = true;
        return m_new->commit();
    }
    if (::fdatasync(m_descriptor) != 0)
        return writeFailure(errno);
    std::erase_if(m_patches, [&](const auto& patch) { return patch.first >= m_size; });
    if (!m_patches.empty()) {
        auto& [start, last] = *m_patches.rbegin();
        last.resize(std::min<std::uint64_t>(last.size(), m_size - start));
    }
    const Journal journal { *std::move(head), m_patches };
    if (auto written = writeJournal(m_path, m_headBytes, journal); !written)
        return written;
    m_committed = true; // from here on the change will be completed, by whoever opens the file
    return apply(journal);
}

Result<void> SealedFile::apply(const Journal& journal)
{
    for (const auto& [address, bytes] : journal.patches)
        if (const int error = base::writeAt(m_descriptor, address, bytes.data(), bytes.size());
            error != 0)
            return writeFailure(error);
    const auto head = encode(journal.head);
    if (const int error = base::writeAt(m_descriptor, 0, head.data(), head.size()); error != 0)
        return writeFailure(error);
    if (::ftruncate(m_descriptor, static_cast<off_t>(journal.head.size)) != 0
        || ::fdatasync(m_descriptor) != 0)
        return writeFailure(errno);
    ::unlink(journalOf(m_path).c_str());
    m_headBytes = head;
    return {};
}

Result<void> SealedFile::verify()
{
    for (std::uint64_t block = 0; block < m_head.blocks(); ++block) {
        const std::lock_guard lock(m_mutex);
        if (!verifyBlock(block))
            return Unexpected(*m_damage);
    }
    return {};
}

std::optional<base::Error> SealedFile::damage() const
{
    const std::lock_guard lock(m_mutex);
    return m_damage;
}

} // namespace maury::store
