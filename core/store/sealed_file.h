#pragma once

#include "core/base/atomic_file.h"
#include "core/io/hdf5_bytes.h"
#include "core/store/patches.h"
#include "core/store/sealed_head.h"

#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace maury::store {

/// A file that carries checksums of all its bytes, kept apart from the library that parses the
/// rest: a block is verified before the first of its bytes is handed out. Changes are all or
/// nothing: what is added lies behind the old end, what is overwritten is first written down in a
/// journal beside the file; a full disk or a killed program leaves the file as it was before the
/// change or as it is after it. Programs that read lock the file against those that change it.
class SealedFile final : public io::Hdf5Bytes {
public:
    /// Errors: FileMissing, FileUnreadable (also a folder, or another program changes it),
    /// FileEmpty, FormatUnknown, FormatVersion, FileTruncated, FileDamaged.
    [[nodiscard]] static base::Result<std::unique_ptr<SealedFile>> openToRead(
        const std::filesystem::path& file);
    /// Completes a change that a killed program left behind. Errors as above; WriteFailed.
    [[nodiscard]] static base::Result<std::unique_ptr<SealedFile>> openToChange(
        const std::filesystem::path& file);
    /// A new file, which appears under its name with commit(). Errors: WriteFailed.
    [[nodiscard]] static base::Result<std::unique_ptr<SealedFile>> create(
        const std::filesystem::path& file);
    ~SealedFile() override;
    SealedFile(const SealedFile&) = delete;
    SealedFile& operator=(const SealedFile&) = delete;

    // For the library; see Hdf5Bytes. The bytes of the head read as zeros.
    [[nodiscard]] bool read(std::uint64_t address, void* bytes, std::size_t size) override;
    void write(std::uint64_t address, const void* bytes, std::size_t size) override;
    void truncate(std::uint64_t size) override;
    /// 0 for a new file as long as nothing was written: so the library knows that it is new.
    [[nodiscard]] std::uint64_t size() const override
    {
        return m_size > SealedHead::kBytes || m_purpose != Purpose::Create ? m_size : 0;
    }
    [[nodiscard]] int error() const override { return m_error; }

    /// Makes the change (or the new file) permanent; the object must not be used afterwards.
    /// Without it the destructor undoes all. Errors: WriteFailed, FileDamaged.
    [[nodiscard]] base::Result<void> commit();
    /// Checks every block. Errors: FileDamaged.
    [[nodiscard]] base::Result<void> verify();
    /// The first damage that was met since the file was opened: FileDamaged with the place.
    [[nodiscard]] std::optional<base::Error> damage() const;
    [[nodiscard]] std::uint64_t generation() const { return m_head.generation; }

private:
    enum class Purpose { Read, Change, Create };
    SealedFile(std::filesystem::path file, int descriptor, Purpose purpose);
    [[nodiscard]] static base::Result<std::unique_ptr<SealedFile>> open(
        const std::filesystem::path& file, Purpose purpose);

    [[nodiscard]] base::Result<void> readHead();
    [[nodiscard]] bool rawRead(std::uint64_t address, std::span<std::byte> bytes);
    [[nodiscard]] bool verifyBlock(std::uint64_t block);
    [[nodiscard]] bool makePatch(std::uint64_t block);
    [[nodiscard]] base::Result<SealedHead> nextHead();
    [[nodiscard]] base::Result<void> apply(const Journal& journal);
    [[nodiscard]] base::Unexpected writeFailure(int error) const;

    std::filesystem::path m_path;
    int m_descriptor = -1;
    Purpose m_purpose;
    std::optional<base::AtomicFile> m_new; ///< of a new file; owns its descriptor
    std::vector<std::byte> m_headBytes; ///< as they lie in the file
    SealedHead m_head; ///< of the last commit
    std::vector<bool> m_verified; ///< [blocks of m_head]
    Patches m_patches; ///< instead of what is in the file
    std::uint64_t m_size = SealedHead::kBytes; ///< with what was added
    mutable std::mutex m_mutex; ///< what the library calls and verify() may come from two threads
    int m_error = 0;
    bool m_committed = false;
    std::optional<base::Error> m_damage;
};

} // namespace maury::store
