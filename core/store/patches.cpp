#include "core/store/patches.h"

#include "core/base/atomic_file.h"
#include "core/base/hash64.h"
#include "core/io/file_bytes.h"

#include <algorithm>
#include <string_view>

namespace maury::store {
namespace {

constexpr std::string_view kMagic = "\x89MAURYJ\n";

void add(std::vector<std::byte>& to, std::span<const std::byte> bytes)
{
    to.insert(to.end(), bytes.begin(), bytes.end());
}

void add(std::vector<std::byte>& to, std::uint64_t number)
{
    to.resize(to.size() + sizeof number);
    storeNumber(std::span(to).last(sizeof number), number);
}

/// Takes what the journal holds from its front; nothing more when it is at its end.
class Cursor {
public:
    explicit Cursor(std::span<const std::byte> bytes)
        : m_left(bytes)
    {
    }
    std::optional<std::span<const std::byte>> take(std::uint64_t size)
    {
        if (size > m_left.size())
            return std::nullopt;
        const auto taken = m_left.first(size);
        m_left = m_left.subspan(size);
        return taken;
    }
    std::optional<std::uint64_t> number()
    {
        const auto taken = take(sizeof(std::uint64_t));
        return taken ? std::optional(loadNumber(*taken)) : std::nullopt;
    }

private:
    std::span<const std::byte> m_left;
};

/// Whether the journal belongs to a file that begins with `head`: the state before the change, the
/// one after it, or one torn in between.
bool belongs(std::span<const std::byte> head, std::uint64_t before, std::span<const std::byte> after)
{
    return base::hash64(head) == before || std::equal(head.begin(), head.end(), after.begin())
        || !decodeHead(head);
}

} // namespace

void applyPatches(const Patches& patches, std::uint64_t address, std::span<std::byte> bytes)
{
    const std::uint64_t end = address + bytes.size();
    auto patch = patches.upper_bound(address);
    if (patch != patches.begin())
        --patch;
    for (; patch != patches.end() && patch->first < end; ++patch) {
        const std::uint64_t from = std::max(patch->first, address);
        const std::uint64_t to = std::min(patch->first + patch->second.size(), end);
        if (from < to)
            std::copy_n(patch->second.begin() + static_cast<std::ptrdiff_t>(from - patch->first),
                to - from, bytes.begin() + static_cast<std::ptrdiff_t>(from - address));
    }
}

std::filesystem::path journalOf(const std::filesystem::path& file)
{
    std::filesystem::path journal = file;
    journal += ".journal";
    return journal;
}

base::Result<void> writeJournal(const std::filesystem::path& file,
    std::span<const std::byte> before, const Journal& journal)
{
    std::vector<std::byte> bytes;
    add(bytes, std::as_bytes(std::span(kMagic)));
    add(bytes, base::hash64(before));
    add(bytes, encode(journal.head));
    add(bytes, journal.patches.size());
    for (const auto& [address, patch] : journal.patches) {
        add(bytes, address);
        add(bytes, patch.size());
        add(bytes, patch);
    }
    add(bytes, base::hash64(bytes));
    return base::writeFileAtomically(journalOf(file),
        { reinterpret_cast<const char*>(bytes.data()), bytes.size() });
}

std::optional<Journal> readJournal(
    const std::filesystem::path& file, std::span<const std::byte> head)
{
    std::error_code status;
    if (!std::filesystem::is_regular_file(journalOf(file), status))
        return std::nullopt;
    const auto read = io::readBytes(journalOf(file));
    if (!read || read->size() < kMagic.size() + sizeof(std::uint64_t))
        return std::nullopt;
    const auto bytes = std::as_bytes(std::span(*read));
    const auto body = bytes.first(bytes.size() - sizeof(std::uint64_t));
    if (!read->starts_with(kMagic)
        || loadNumber(bytes.last(sizeof(std::uint64_t))) != base::hash64(body))
        return std::nullopt;
    Cursor cursor(body.subspan(kMagic.size()));
    const auto before = cursor.number();
    const auto after = cursor.take(SealedHead::kBytes);
    const auto count = cursor.number();
    if (!count || !belongs(head.first(SealedHead::kBytes), *before, *after))
        return std::nullopt;
    const auto decoded = decodeHead(*after);
    if (!decoded)
        return std::nullopt;
    Journal journal { *decoded, {} };
    for (std::uint64_t i = 0; i < *count; ++i) {
        const auto address = cursor.number();
        const auto size = cursor.number();
        const auto patch = size ? cursor.take(*size) : std::nullopt;
        if (!patch || *address < SealedHead::kBytes
            || *address > journal.head.size - std::min<std::uint64_t>(*size, journal.head.size))
            return std::nullopt;
        journal.patches.emplace(*address, std::vector(patch->begin(), patch->end()));
    }
    return journal;
}

} // namespace maury::store
