#include "core/io/hdf5_rows.h"

#include "core/io/hdf5_file.h"
#include "core/io/hdf5_handle.h"
#include "core/io/hdf5_types.h"

#include <fmt/format.h>

#include <algorithm>
#include <system_error>
#include <vector>

namespace maury::io {
namespace {

using base::ErrorCode;
using base::failure;
using base::Result;
using base::Unexpected;

/// Room for two chunks, so that rows read one after the other inflate each chunk once.
Hdf5Id chunkCache(std::size_t chunkBytes)
{
    constexpr std::size_t kSlots = 521; // a prime, as the library asks for
    constexpr std::size_t kLeast = std::size_t { 1 } << 16;
    constexpr double kEvictFullyRead = 0.75; // the library's default
    Hdf5Id list(H5Pcreate(H5P_DATASET_ACCESS));
    H5Pset_chunk_cache(list.get(), kSlots, std::max(kLeast, 2 * chunkBytes), kEvictFullyRead);
    return list;
}

Unexpected unreadable(const std::string& place)
{
    return Unexpected(
        base::Error { ErrorCode::FileDamaged, place, "rows unreadable", {}, libraryErrors() });
}

std::vector<hsize_t> dimensionsOf(const Hdf5Id& array)
{
    const Hdf5Id space(H5Dget_space(array.get()));
    std::vector<hsize_t> dimensions(
        static_cast<std::size_t>(std::max(0, H5Sget_simple_extent_ndims(space.get()))));
    if (!dimensions.empty())
        H5Sget_simple_extent_dims(space.get(), dimensions.data(), nullptr);
    return dimensions;
}

std::size_t chunkBytesOf(const Hdf5Id& array, std::size_t ranks)
{
    const Hdf5Id creation(H5Dget_create_plist(array.get()));
    const Hdf5Id type(H5Dget_type(array.get()));
    std::vector<hsize_t> chunk(ranks);
    if (H5Pget_layout(creation.get()) != H5D_CHUNKED
        || H5Pget_chunk(creation.get(), static_cast<int>(ranks), chunk.data()) < 0)
        return 0;
    std::size_t bytes = H5Tget_size(type.get());
    for (const hsize_t length : chunk)
        bytes *= length;
    constexpr std::size_t kMost = std::size_t { 1 } << 24;
    return std::min(bytes, kMost);
}

/// The rows first … first + count of an array with `ranks` dimensions.
Hdf5Id selectRows(const Hdf5Id& array, std::uint64_t first, std::uint64_t count,
    std::size_t rowLength, std::size_t ranks)
{
    Hdf5Id space(H5Dget_space(array.get()));
    const hsize_t start[2] { first, 0 };
    const hsize_t size[2] { count, rowLength };
    if (ranks > 2
        || H5Sselect_hyperslab(space.get(), H5S_SELECT_SET, start, nullptr, size, nullptr) < 0)
        return Hdf5Id();
    return space;
}

Hdf5Id memorySpace(std::size_t values)
{
    const hsize_t size = values;
    return Hdf5Id(H5Screate_simple(1, &size, nullptr));
}

} // namespace

struct Hdf5Rows::Handle {
    std::shared_ptr<Hdf5Id> file; ///< outlives the array
    const Hdf5Bytes* bytes = nullptr;
    Hdf5Id array;
    std::size_t ranks = 1;
};

Hdf5Rows::Hdf5Rows(
    std::shared_ptr<Handle> handle, std::string place, std::uint64_t rows, std::size_t rowLength)
    : m_handle(std::move(handle))
    , m_place(std::move(place))
    , m_rows(rows)
    , m_rowLength(rowLength)
{
}

Result<Hdf5Rows> Hdf5Group::rows(const std::string& name, std::size_t rowLength) const
{
    const Hdf5Call call;
    const auto found = shape(name); // checks kind and size against the file
    if (!found)
        return Unexpected(found.error());
    const std::size_t ranks = found->size();
    if (ranks > 2 || (ranks == 2 ? (*found)[1] : 1) != rowLength)
        return failure(ErrorCode::ValueInvalid, m_place + name,
            fmt::format("rows of {}", ranks == 2 ? (*found)[1] : ranks),
            fmt::format("rows of {}", rowLength));
    auto handle = std::make_shared<Hdf5Rows::Handle>();
    handle->file = m_handle->file;
    handle->bytes = m_handle->bytes;
    handle->ranks = ranks;
    const Hdf5Id plain(H5Dopen2(m_handle->group.get(), name.c_str(), H5P_DEFAULT));
    const Hdf5Id access = chunkCache(chunkBytesOf(plain, ranks));
    handle->array = Hdf5Id(H5Dopen2(m_handle->group.get(), name.c_str(), access.get()));
    if (!handle->array.valid())
        return unreadable(m_place + name);
    return Hdf5Rows(std::move(handle), m_place + name, (*found)[0], rowLength);
}

template <typename T>
Result<Hdf5Rows> Hdf5Group::createRows(
    const std::string& name, std::size_t rowLength, std::size_t chunkRows, int deflateLevel)
{
    EXPECTS(m_handle->bytes != nullptr && rowLength > 0 && chunkRows > 0);
    const Hdf5Call call;
    const std::size_t ranks = rowLength == 1 ? 1 : 2;
    const hsize_t empty[2] { 0, rowLength };
    const hsize_t most[2] { H5S_UNLIMITED, rowLength };
    const hsize_t chunk[2] { chunkRows, rowLength };
    const Hdf5Id space(H5Screate_simple(static_cast<int>(ranks), empty, most));
    const Hdf5Id creation(H5Pcreate(H5P_DATASET_CREATE));
    H5Pset_obj_track_times(creation.get(), false);
    H5Pset_chunk(creation.get(), static_cast<int>(ranks), chunk);
    if (deflateLevel > 0) {
        H5Pset_shuffle(creation.get());
        H5Pset_deflate(creation.get(), static_cast<unsigned>(std::min(deflateLevel, 9)));
    }
    const Hdf5Id access = chunkCache(chunkRows * rowLength * sizeof(T));
    auto handle = std::make_shared<Hdf5Rows::Handle>();
    handle->file = m_handle->file;
    handle->bytes = m_handle->bytes;
    handle->ranks = ranks;
    handle->array = Hdf5Id(H5Dcreate2(m_handle->group.get(), name.c_str(), memoryType<T>(),
        space.get(), H5P_DEFAULT, creation.get(), access.get()));
    if (!handle->array.valid() || m_handle->bytes->error() != 0)
        return writeFailure(name);
    return Hdf5Rows(std::move(handle), m_place + name, 0, rowLength);
}

template <typename T>
Result<void> Hdf5Rows::read(std::uint64_t first, std::span<T> values) const
{
    EXPECTS(values.size() % m_rowLength == 0);
    const std::uint64_t count = values.size() / m_rowLength;
    EXPECTS(first <= m_rows && count <= m_rows - first);
    if (values.empty())
        return {};
    const Hdf5Call call;
    const Hdf5Id space = selectRows(m_handle->array, first, count, m_rowLength, m_handle->ranks);
    const Hdf5Id memory = memorySpace(values.size());
    if (!space.valid()
        || H5Dread(m_handle->array.get(), memoryType<T>(), memory.get(), space.get(), H5P_DEFAULT,
               values.data())
            < 0)
        return unreadable(m_place);
    return {};
}

template <typename T> Result<void> Hdf5Rows::append(std::span<const T> values)
{
    EXPECTS(values.size() % m_rowLength == 0);
    EXPECTS(m_handle->bytes != nullptr);
    const std::uint64_t count = values.size() / m_rowLength;
    if (count == 0)
        return {};
    const Hdf5Call call;
    std::vector<hsize_t> size = dimensionsOf(m_handle->array);
    size[0] = m_rows + count;
    if (H5Dset_extent(m_handle->array.get(), size.data()) >= 0) {
        const Hdf5Id space
            = selectRows(m_handle->array, m_rows, count, m_rowLength, m_handle->ranks);
        const Hdf5Id memory = memorySpace(values.size());
        if (space.valid()
            && H5Dwrite(m_handle->array.get(), memoryType<T>(), memory.get(), space.get(),
                   H5P_DEFAULT, values.data())
                >= 0
            && m_handle->bytes->error() == 0) {
            m_rows += count;
            return {};
        }
    }
    if (const int error = m_handle->bytes->error(); error != 0)
        return failure(ErrorCode::WriteFailed, m_place, std::system_category().message(error));
    return Unexpected(base::Error {
        ErrorCode::LibraryFailed, m_place, "could not add rows", {}, libraryErrors() });
}

#define MAURY_HDF5_ROWS(T, NAME)                                                                   \
    template Result<void> Hdf5Rows::read<T>(std::uint64_t, std::span<T>) const;                    \
    template Result<void> Hdf5Rows::append<T>(std::span<const T>);                                 \
    template Result<Hdf5Rows> Hdf5Group::createRows<T>(                                            \
        const std::string&, std::size_t, std::size_t, int);
MAURY_HDF5_ELEMENTS(MAURY_HDF5_ROWS)
#undef MAURY_HDF5_ROWS

} // namespace maury::io
