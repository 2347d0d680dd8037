#pragma once

#include "core/base/result.h"
#include "core/io/hdf5_rows.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace maury::io {

/// Kind and version of one of our HDF5 files ("maury-atlas", 1), stored as attributes of the root.
struct Hdf5Format {
    std::string name;
    std::int64_t version = 1;
};

/// How an array is stored. Every array carries Fletcher-32 checksums, so that damage is noticed on
/// reading.
struct Hdf5Storage {
    int deflateLevel = 0; ///< 0 = not compressed … 9
};

/// An array as read, row-major.
template <typename T> struct Hdf5Array {
    std::vector<std::size_t> shape;
    std::vector<T> values;
};

class Hdf5Bytes;
enum class Hdf5Access { Read, Change };

/// A group of an open HDF5 file, with its attributes and arrays. Element types T of arrays: float,
/// double, uint8, uint16, uint32, uint64, int32, int64. Copies share the handle; the file stays
/// open as long as one of its groups lives. Names are those of HDF5 links, without '/'. Texts are
/// UTF-8 without NUL.
class Hdf5Group {
public:
    /// "file.h5, /group": how messages name this group.
    [[nodiscard]] const std::string& place() const { return m_place; }

    [[nodiscard]] bool has(const std::string& name) const; ///< a group or array of that name
    [[nodiscard]] bool hasAttribute(const std::string& name) const;

    /// Errors: ValueMissing, FileDamaged.
    [[nodiscard]] base::Result<Hdf5Group> group(const std::string& name) const;
    /// Errors: ValueMissing, ValueInvalid (another kind of value, or not one single value),
    /// FileDamaged.
    [[nodiscard]] base::Result<std::string> textAttribute(const std::string& name) const;
    [[nodiscard]] base::Result<std::int64_t> integerAttribute(const std::string& name) const;
    [[nodiscard]] base::Result<double> realAttribute(const std::string& name) const;
    [[nodiscard]] base::Result<std::vector<std::size_t>> shape(const std::string& name) const;
    /// The whole array; numbers of another type in the file are converted (out of range clamps).
    template <typename T>
    [[nodiscard]] base::Result<Hdf5Array<T>> readArray(const std::string& name) const;
    /// Reads into memory of the caller. Errors also: ValueInvalid when the file's shape is not
    /// `expected`. Precondition: values.size() is the product of `expected`.
    template <typename T>
    [[nodiscard]] base::Result<void> readInto(const std::string& name,
        const std::vector<std::size_t>& expected, std::span<T> values) const;
    [[nodiscard]] base::Result<std::vector<std::string>> readTexts(const std::string& name) const;

    /// An array that grows by rows. Errors as shape(); ValueInvalid when a row of it does not hold
    /// `rowLength` numbers.
    [[nodiscard]] base::Result<Hdf5Rows> rows(const std::string& name, std::size_t rowLength) const;

    // Writing: only in files that are made or changed. Errors: WriteFailed (disk full),
    // LibraryFailed.
    /// A new array without rows, [0, rowLength] ([0] for rowLength 1), in compressed chunks of
    /// `chunkRows` rows. It carries no checksums of its own.
    template <typename T>
    [[nodiscard]] base::Result<Hdf5Rows> createRows(
        const std::string& name, std::size_t rowLength, std::size_t chunkRows, int deflateLevel);
    [[nodiscard]] base::Result<Hdf5Group> createGroup(const std::string& name);
    [[nodiscard]] base::Result<void> setAttribute(const std::string& name, const std::string& text);
    [[nodiscard]] base::Result<void> setAttribute(const std::string& name, const char* text);
    [[nodiscard]] base::Result<void> setAttribute(const std::string& name, std::int64_t value);
    [[nodiscard]] base::Result<void> setAttribute(const std::string& name, double value);
    /// Precondition: values.size() is the product of `shape`.
    template <typename T>
    [[nodiscard]] base::Result<void> writeArray(const std::string& name, std::span<const T> values,
        const std::vector<std::size_t>& shape, Hdf5Storage storage = {});
    [[nodiscard]] base::Result<void> writeTexts(
        const std::string& name, const std::vector<std::string>& texts);

private:
    struct Handle;
    Hdf5Group(std::shared_ptr<Handle> handle, std::string place);
    friend base::Result<Hdf5Group> openHdf5(const std::filesystem::path&, const Hdf5Format&);
    friend base::Result<Hdf5Group> openHdf5(
        Hdf5Bytes&, const std::filesystem::path&, const Hdf5Format&, Hdf5Access);
    friend base::Result<void> createHdf5(Hdf5Bytes&, const std::filesystem::path&,
        const Hdf5Format&, std::uint64_t, const std::function<base::Result<void>(Hdf5Group&)>&);

    [[nodiscard]] base::Unexpected writeFailure(const std::string& name) const;

    std::shared_ptr<Handle> m_handle;
    std::string m_place;
};

/// Opens a file for reading and checks its format; the result is its root. Errors: FileMissing,
/// FileUnreadable, FileEmpty, FileTruncated, FileDamaged, FormatUnknown (no HDF5, or another
/// format's name), FormatVersion (a newer version than `format`'s; older ones are left to the
/// caller, see the attribute "format_version").
[[nodiscard]] base::Result<Hdf5Group> openHdf5(
    const std::filesystem::path& file, const Hdf5Format& format);

/// Opens a file through bytes of our own, which outlive all its groups. `file` names it in
/// messages. Errors: FileTruncated, FileDamaged, FormatUnknown, FormatVersion.
[[nodiscard]] base::Result<Hdf5Group> openHdf5(Hdf5Bytes& bytes, const std::filesystem::path& file,
    const Hdf5Format& format, Hdf5Access access);

/// Makes a new HDF5 file in bytes of our own, of which it leaves the first `userBlock` (0 or a
/// power of two from 512) alone; otherwise as writeHdf5(), without the renaming.
[[nodiscard]] base::Result<void> createHdf5(Hdf5Bytes& bytes, const std::filesystem::path& file,
    const Hdf5Format& format, std::uint64_t userBlock,
    const std::function<base::Result<void>(Hdf5Group& root)>& fill);

/// Writes a whole file: calls `fill` with the empty root under a temporary name, stores format name
/// and version and the program's version, flushes to the disk and renames. On any failure nothing
/// is left behind and an older file of that name is untouched. Errors: WriteFailed, LibraryFailed,
/// and whatever `fill` returns.
[[nodiscard]] base::Result<void> writeHdf5(const std::filesystem::path& file,
    const Hdf5Format& format, const std::function<base::Result<void>(Hdf5Group& root)>& fill);

} // namespace maury::io
