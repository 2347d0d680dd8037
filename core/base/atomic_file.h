#pragma once

#include "core/base/result.h"

#include <cstddef>
#include <filesystem>
#include <span>
#include <string_view>

namespace maury::base {

/// A file that appears under its name only when it is complete: written beside it under a temporary
/// name, flushed to the disk, renamed. Destroyed before commit(), it leaves nothing behind and an
/// older file untouched.
class AtomicFile {
public:
    /// Errors: WriteFailed (folder missing, no permission, disk full; the system's reason is
    /// `found`).
    [[nodiscard]] static Result<AtomicFile> create(const std::filesystem::path& target);
    ~AtomicFile();
    AtomicFile(AtomicFile&& other) noexcept;
    AtomicFile& operator=(AtomicFile&& other) noexcept;
    AtomicFile(const AtomicFile&) = delete;
    AtomicFile& operator=(const AtomicFile&) = delete;

    /// Open for reading and writing; for libraries that write by themselves.
    [[nodiscard]] int descriptor() const { return m_descriptor; }
    [[nodiscard]] const std::filesystem::path& target() const { return m_target; }

    /// Appends bytes. Errors: WriteFailed.
    [[nodiscard]] Result<void> write(std::span<const std::byte> bytes);
    /// Flushes to the disk and renames. Errors: WriteFailed; the temporary file is removed then.
    [[nodiscard]] Result<void> commit();

private:
    AtomicFile() = default;
    void discard() noexcept;

    std::filesystem::path m_target;
    std::filesystem::path m_temporary;
    int m_descriptor = -1;
};

/// Replaces a file's contents in one step. Errors: WriteFailed.
[[nodiscard]] Result<void> writeFileAtomically(
    const std::filesystem::path& target, std::string_view contents);

} // namespace maury::base
