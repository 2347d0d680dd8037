#include "core/io/hdf5_file.h"

#include "core/io/hdf5_handle.h"
#include "core/io/hdf5_sink.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <system_error>

namespace maury::io {
namespace {

using base::ErrorCode;
using base::failure;
using base::Result;
using base::Unexpected;

constexpr const char* kFormatName = "format";
constexpr const char* kFormatVersion = "format_version";
constexpr const char* kProgramVersion = "program_version";

Unexpected libraryFailure(ErrorCode code, const std::string& place, const std::string& found)
{
    base::Error error { code, place, found, {}, libraryErrors() };
    return Unexpected(std::move(error));
}

/// Looks at a file before the library does: gives clear errors for what is no HDF5 file at all.
Result<std::uint64_t> checkFile(const std::filesystem::path& file)
{
    std::error_code status;
    if (!std::filesystem::exists(file, status))
        return failure(ErrorCode::FileMissing, file.string());
    if (std::filesystem::is_directory(file, status))
        return failure(ErrorCode::FileUnreadable, file.string(), "a folder", "a file");
    std::ifstream stream(file, std::ios::binary);
    if (!stream)
        return failure(ErrorCode::FileUnreadable, file.string());
    const std::uint64_t size = std::filesystem::file_size(file, status);
    if (status)
        return failure(ErrorCode::FileUnreadable, file.string(), status.message());
    if (size == 0)
        return failure(ErrorCode::FileEmpty, file.string());
    static constexpr std::array<char, 8> kSignature
        = { '\x89', 'H', 'D', 'F', '\r', '\n', '\x1a', '\n' };
    std::array<char, 8> start {};
    stream.read(start.data(), start.size());
    const auto read = static_cast<std::size_t>(stream.gcount());
    if (!std::equal(
            start.begin(), start.begin() + static_cast<std::ptrdiff_t>(read), kSignature.begin()))
        return failure(
            ErrorCode::FormatUnknown, file.string(), "no HDF5 signature", "an HDF5 file");
    constexpr std::uint64_t kSuperblockBytes = 48; // version 2 and 3
    if (size < kSuperblockBytes)
        return failure(ErrorCode::FileTruncated, file.string(), fmt::format("{} bytes", size));
    return size;
}

/// The library reports a file shorter than its superblock says as one more message on its stack.
Unexpected openFailure(const std::filesystem::path& file)
{
    std::vector<std::string> messages = libraryErrors();
    const bool truncated = std::any_of(messages.begin(), messages.end(),
        [](const std::string& text) { return text.find("truncated") != std::string::npos; });
    return Unexpected(base::Error { truncated ? ErrorCode::FileTruncated : ErrorCode::FileDamaged,
        file.string(), {}, {}, std::move(messages) });
}

Result<void> checkFormat(const Hdf5Group& root, const std::string& file, const Hdf5Format& format)
{
    const auto name = root.hasAttribute(kFormatName) ? root.textAttribute(kFormatName)
                                                     : Result<std::string>(std::string("none"));
    if (!name)
        return Unexpected(name.error());
    if (*name != format.name)
        return failure(ErrorCode::FormatUnknown, file, "format " + *name, "format " + format.name);
    const auto version = root.integerAttribute(kFormatVersion);
    if (!version)
        return Unexpected(version.error());
    if (*version < 1 || *version > format.version)
        return failure(ErrorCode::FormatVersion, file, fmt::format("version {}", *version),
            fmt::format("version {} or older", format.version));
    return {};
}

/// The newest layout that the library 1.10 writes: its metadata carry checksums. Strong closing:
/// whatever is left open is closed with the file.
Hdf5Id accessList(Hdf5Bytes& bytes)
{
    Hdf5Id access(createAccessList(bytes));
    if (access.valid()
        && (H5Pset_fclose_degree(access.get(), H5F_CLOSE_STRONG) < 0
            || H5Pset_libver_bounds(access.get(), H5F_LIBVER_V110, H5F_LIBVER_V110) < 0))
        return Hdf5Id();
    return access;
}

Hdf5Id createLibraryFile(const std::string& file, Hdf5Bytes& bytes, std::uint64_t userBlock)
{
    const Hdf5Id access = accessList(bytes);
    const Hdf5Id creation(H5Pcreate(H5P_FILE_CREATE));
    H5Pset_obj_track_times(creation.get(), false); // the same contents give the same file
    if (!access.valid() || H5Pset_userblock(creation.get(), userBlock) < 0)
        return Hdf5Id();
    return Hdf5Id(H5Fcreate(file.c_str(), H5F_ACC_TRUNC, creation.get(), access.get()));
}

Result<void> writeHead(Hdf5Group& root, const Hdf5Format& format)
{
    for (const auto& [name, text] : { std::pair<const char*, std::string>(kFormatName, format.name),
             { kProgramVersion, MAURY_VERSION } })
        if (auto set = root.setAttribute(name, text); !set)
            return set;
    return root.setAttribute(kFormatVersion, format.version);
}

} // namespace

Hdf5Group::Hdf5Group(std::shared_ptr<Handle> handle, std::string place)
    : m_handle(std::move(handle))
    , m_place(std::move(place))
{
}

Unexpected Hdf5Group::writeFailure(const std::string& name) const
{
    const int error = m_handle->bytes == nullptr ? 0 : m_handle->bytes->error();
    if (error != 0)
        return failure(ErrorCode::WriteFailed, m_place, std::system_category().message(error));
    return libraryFailure(ErrorCode::LibraryFailed, m_place, "could not store " + name);
}

bool Hdf5Group::has(const std::string& name) const
{
    const Hdf5Call call;
    return H5Lexists(m_handle->group.get(), name.c_str(), H5P_DEFAULT) > 0;
}

bool Hdf5Group::hasAttribute(const std::string& name) const
{
    const Hdf5Call call;
    return H5Aexists(m_handle->group.get(), name.c_str()) > 0;
}

Result<Hdf5Group> Hdf5Group::group(const std::string& name) const
{
    const Hdf5Call call;
    if (!has(name))
        return failure(ErrorCode::ValueMissing, m_place, {}, "group " + name);
    Hdf5Id opened(H5Gopen2(m_handle->group.get(), name.c_str(), H5P_DEFAULT));
    if (!opened.valid())
        return libraryFailure(ErrorCode::FileDamaged, m_place, "group " + name + " unreadable");
    auto handle = std::make_shared<Handle>();
    handle->file = m_handle->file;
    handle->group = std::move(opened);
    handle->bytes = m_handle->bytes;
    handle->fileBytes = m_handle->fileBytes;
    return Hdf5Group(std::move(handle), m_place + name + "/");
}

Result<Hdf5Group> Hdf5Group::createGroup(const std::string& name)
{
    EXPECTS(m_handle->bytes != nullptr);
    const Hdf5Call call;
    const Hdf5Id creation(H5Pcreate(H5P_GROUP_CREATE));
    H5Pset_obj_track_times(creation.get(), false);
    Hdf5Id created(
        H5Gcreate2(m_handle->group.get(), name.c_str(), H5P_DEFAULT, creation.get(), H5P_DEFAULT));
    if (!created.valid() || m_handle->bytes->error() != 0)
        return writeFailure(name);
    auto handle = std::make_shared<Handle>();
    handle->file = m_handle->file;
    handle->group = std::move(created);
    handle->bytes = m_handle->bytes;
    return Hdf5Group(std::move(handle), m_place + name + "/");
}

Result<Hdf5Group> openHdf5(const std::filesystem::path& file, const Hdf5Format& format)
{
    const auto size = checkFile(file);
    if (!size)
        return Unexpected(size.error());
    const Hdf5Call call;
    auto opened = std::make_shared<Hdf5Id>(H5Fopen(file.c_str(), H5F_ACC_RDONLY, H5P_DEFAULT));
    if (!opened->valid())
        return openFailure(file);
    auto handle = std::make_shared<Hdf5Group::Handle>();
    handle->file = opened;
    handle->group = Hdf5Id(H5Gopen2(opened->get(), "/", H5P_DEFAULT));
    handle->fileBytes = *size;
    if (!handle->group.valid())
        return openFailure(file);
    Hdf5Group root(std::move(handle), file.string() + ", /");
    if (auto checked = checkFormat(root, file.string(), format); !checked)
        return Unexpected(checked.error());
    return root;
}

Result<Hdf5Group> openHdf5(Hdf5Bytes& bytes, const std::filesystem::path& file,
    const Hdf5Format& format, Hdf5Access access)
{
    const bool changes = access == Hdf5Access::Change;
    const Hdf5Call call;
    const Hdf5Id list = accessList(bytes);
    auto opened = std::make_shared<Hdf5Id>(
        H5Fopen(file.c_str(), changes ? H5F_ACC_RDWR : H5F_ACC_RDONLY, list.get()));
    if (!opened->valid())
        return openFailure(file);
    auto handle = std::make_shared<Hdf5Group::Handle>();
    handle->file = opened;
    handle->group = Hdf5Id(H5Gopen2(opened->get(), "/", H5P_DEFAULT));
    handle->bytes = changes ? &bytes : nullptr;
    handle->fileBytes = bytes.size();
    if (!handle->group.valid())
        return openFailure(file);
    Hdf5Group root(std::move(handle), file.string() + ", /");
    if (auto checked = checkFormat(root, file.string(), format); !checked)
        return Unexpected(checked.error());
    return root;
}

Result<void> createHdf5(Hdf5Bytes& bytes, const std::filesystem::path& file,
    const Hdf5Format& format, std::uint64_t userBlock,
    const std::function<Result<void>(Hdf5Group& root)>& fill)
{
    const auto written = [&]() -> Result<void> {
        const Hdf5Call call;
        auto created
            = std::make_shared<Hdf5Id>(createLibraryFile(file.string(), bytes, userBlock));
        if (!created->valid())
            return libraryFailure(ErrorCode::LibraryFailed, file.string(), "could not be created");
        auto handle = std::make_shared<Hdf5Group::Handle>();
        handle->file = created;
        handle->group = Hdf5Id(H5Gopen2(created->get(), "/", H5P_DEFAULT));
        handle->bytes = &bytes;
        Hdf5Group root(std::move(handle), file.string() + ", /");
        if (auto head = writeHead(root, format); !head)
            return head;
        auto filled = fill(root);
        const bool flushed = H5Fflush(created->get(), H5F_SCOPE_LOCAL) >= 0;
        if (filled && !flushed && bytes.error() == 0)
            return libraryFailure(ErrorCode::LibraryFailed, file.string(), "could not be flushed");
        created->reset();
        return filled;
    }();
    // The library may have met the full disk only while it closed the file.
    if (bytes.error() != 0)
        return failure(
            ErrorCode::WriteFailed, file.string(), std::system_category().message(bytes.error()));
    return written;
}

Result<void> writeHdf5(const std::filesystem::path& file, const Hdf5Format& format,
    const std::function<Result<void>(Hdf5Group& root)>& fill)
{
    auto target = base::AtomicFile::create(file);
    if (!target)
        return Unexpected(target.error());
    Hdf5Sink sink(*target);
    const auto written = createHdf5(sink, file, format, 0, fill);
    return written ? target->commit() : written;
}

} // namespace maury::io
