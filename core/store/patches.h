#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <span>
#include <vector>

#include "core/base/result.h"
#include "core/store/sealed_head.h"

namespace maury::store {

/// Bytes that stand in for those of a file: address → bytes, without overlap.
using Patches = std::map<std::uint64_t, std::vector<std::byte>>;

/// Lays the patches over bytes that were read at `address`.
void applyPatches(const Patches& patches, std::uint64_t address, std::span<std::byte> bytes);

/// What a change of a sealed file writes down beside it before it touches what was there: with this
/// the change is complete, without it the file is as before.
struct Journal {
    SealedHead head; ///< after the change
    Patches patches;
};

/// Where the journal of a file lies.
[[nodiscard]] std::filesystem::path journalOf(const std::filesystem::path& file);

/// Writes the journal of a change to a file whose head was `before`, and flushes it to the disk.
/// Errors: WriteFailed.
[[nodiscard]] base::Result<void> writeJournal(const std::filesystem::path& file,
    std::span<const std::byte> before, const Journal& journal);

/// The journal that belongs to a file whose first bytes are `head` now: nothing when there is none,
/// it is incomplete, or it belongs to another state of the file.
[[nodiscard]] std::optional<Journal> readJournal(
    const std::filesystem::path& file, std::span<const std::byte> head);

} // namespace maury::store
