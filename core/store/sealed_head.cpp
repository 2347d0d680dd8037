#include "core/store/sealed_head.h"

#include "core/base/contract.h"
#include "core/base/hash64.h"

#include <algorithm>
#include <cstring>

namespace maury::store {
namespace {

// Where the numbers of the head stand.
constexpr std::size_t kLayoutAt = 8; // version and, in the upper half, blockBits
constexpr std::size_t kSizeAt = 16;
constexpr std::size_t kGenerationAt = 24;
constexpr std::size_t kHashAt = 32; // of the head with zeros here
constexpr std::size_t kDigestsAt = 64;

std::uint64_t hashOf(std::vector<std::byte> bytes)
{
    storeNumber(std::span(bytes).subspan(kHashAt), 0);
    return base::hash64(bytes);
}

} // namespace

std::uint64_t loadNumber(std::span<const std::byte> bytes)
{
    std::uint64_t number = 0;
    EXPECTS(bytes.size() >= sizeof number);
    std::memcpy(&number, bytes.data(), sizeof number);
    return number;
}

void storeNumber(std::span<std::byte> bytes, std::uint64_t number)
{
    EXPECTS(bytes.size() >= sizeof number);
    std::memcpy(bytes.data(), &number, sizeof number);
}

bool startsSealed(std::span<const std::byte> bytes)
{
    return bytes.size() >= SealedHead::kMagic.size()
        && std::memcmp(bytes.data(), SealedHead::kMagic.data(), SealedHead::kMagic.size()) == 0;
}

std::vector<std::byte> encode(const SealedHead& head)
{
    EXPECTS(head.digests.size() == head.blocks() && head.blocks() <= SealedHead::kMostBlocks);
    std::vector<std::byte> bytes(SealedHead::kBytes);
    std::memcpy(bytes.data(), SealedHead::kMagic.data(), SealedHead::kMagic.size());
    const std::span all(bytes);
    storeNumber(all.subspan(kLayoutAt), head.version | std::uint64_t { head.blockBits } << 32U);
    storeNumber(all.subspan(kSizeAt), head.size);
    storeNumber(all.subspan(kGenerationAt), head.generation);
    const auto digests = std::as_bytes(std::span(head.digests)); // none where nothing follows
    std::copy(digests.begin(), digests.end(), all.subspan(kDigestsAt).begin());
    storeNumber(all.subspan(kHashAt), hashOf(bytes));
    return bytes;
}

std::optional<SealedHead> decodeHead(std::span<const std::byte> bytes)
{
    EXPECTS(bytes.size() >= SealedHead::kBytes);
    bytes = bytes.first(SealedHead::kBytes);
    if (!startsSealed(bytes)
        || loadNumber(bytes.subspan(kHashAt)) != hashOf({ bytes.begin(), bytes.end() }))
        return std::nullopt;
    SealedHead head;
    const std::uint64_t layout = loadNumber(bytes.subspan(kLayoutAt));
    head.version = static_cast<std::uint32_t>(layout);
    if (head.version != SealedHead::kVersion)
        return head;
    head.blockBits = static_cast<std::uint32_t>(layout >> 32U);
    head.size = loadNumber(bytes.subspan(kSizeAt));
    head.generation = loadNumber(bytes.subspan(kGenerationAt));
    constexpr std::uint64_t kMostBytes = std::uint64_t { 1 } << 60; // no overflow below
    if (head.blockBits < SealedHead::kFirstBlockBits || head.blockBits > SealedHead::kMostBlockBits
        || head.size < SealedHead::kBytes || head.size > kMostBytes
        || head.blocks() > SealedHead::kMostBlocks)
        return std::nullopt;
    head.digests.resize(head.blocks());
    const auto digests = std::as_writable_bytes(std::span(head.digests));
    const auto stored = bytes.subspan(kDigestsAt, digests.size());
    std::copy(stored.begin(), stored.end(), digests.begin());
    return head;
}

} // namespace maury::store
