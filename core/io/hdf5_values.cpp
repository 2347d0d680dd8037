// Attributes and arrays of Hdf5Group.

#include "core/io/hdf5_file.h"
#include "core/io/hdf5_handle.h"
#include "core/io/hdf5_types.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <functional>
#include <limits>
#include <new>
#include <numeric>

namespace maury::io {
namespace {

using base::ErrorCode;
using base::failure;
using base::Result;
using base::Unexpected;

std::size_t product(const std::vector<std::size_t>& shape)
{
    return std::accumulate(
        shape.begin(), shape.end(), std::size_t { 1 }, std::multiplies<std::size_t>());
}

/// Fixed-length text: variable-length texts would lie in HDF5's global heap, which has no
/// checksums.
Hdf5Id textType(std::size_t bytes)
{
    Hdf5Id type(H5Tcopy(H5T_C_S1));
    H5Tset_size(type.get(), std::max<std::size_t>(bytes, 1));
    H5Tset_strpad(type.get(), H5T_STR_NULLPAD);
    H5Tset_cset(type.get(), H5T_CSET_UTF8);
    return type;
}

/// Removes the padding.
std::string trimmed(const char* bytes, std::size_t size)
{
    return std::string(bytes, std::find(bytes, bytes + size, '\0'));
}

Hdf5Id simpleSpace(const std::vector<std::size_t>& shape)
{
    std::vector<hsize_t> dimensions(shape.begin(), shape.end());
    return Hdf5Id(
        H5Screate_simple(static_cast<int>(dimensions.size()), dimensions.data(), nullptr));
}

/// Chunks of about a megabyte (the library's chunk cache), because only chunks can carry checksums.
std::vector<hsize_t> chunkShape(const std::vector<std::size_t>& shape, std::size_t elementBytes)
{
    constexpr std::size_t kChunkBytes = std::size_t { 1 } << 20;
    std::vector<hsize_t> chunk(shape.begin(), shape.end());
    std::size_t bytes = elementBytes * product(shape);
    for (hsize_t& length : chunk) {
        if (bytes <= kChunkBytes)
            break;
        const std::size_t slice = bytes / length;
        length = std::max<std::size_t>(1, slice == 0 ? length : kChunkBytes / slice);
        bytes = slice * length;
    }
    return chunk;
}

Hdf5Id creationList(
    const std::vector<std::size_t>& shape, std::size_t elementBytes, const Hdf5Storage& storage)
{
    Hdf5Id list(H5Pcreate(H5P_DATASET_CREATE));
    H5Pset_obj_track_times(list.get(), false); // the same contents give the same file
    if (product(shape) == 0)
        return list;
    const std::vector<hsize_t> chunk = chunkShape(shape, elementBytes);
    H5Pset_chunk(list.get(), static_cast<int>(chunk.size()), chunk.data());
    if (storage.deflateLevel > 0) {
        H5Pset_shuffle(list.get());
        H5Pset_deflate(list.get(), static_cast<unsigned>(std::min(storage.deflateLevel, 9)));
    }
    H5Pset_fletcher32(list.get());
    return list;
}

/// Stores an array of any type; false if the library refuses.
bool storeArray(hid_t group, const std::string& name, hid_t type, const void* values,
    const std::vector<std::size_t>& shape, const Hdf5Storage& storage)
{
    const Hdf5Id space = simpleSpace(shape);
    const Hdf5Id creation = creationList(shape, H5Tget_size(type), storage);
    const Hdf5Id array(H5Dcreate2(
        group, name.c_str(), type, space.get(), H5P_DEFAULT, creation.get(), H5P_DEFAULT));
    return array.valid()
        && (product(shape) == 0
            || H5Dwrite(array.get(), type, H5S_ALL, H5S_ALL, H5P_DEFAULT, values) >= 0);
}

bool storeAttribute(hid_t group, const std::string& name, hid_t type, const void* value)
{
    const Hdf5Id space(H5Screate(H5S_SCALAR));
    const Hdf5Id attribute(
        H5Acreate2(group, name.c_str(), type, space.get(), H5P_DEFAULT, H5P_DEFAULT));
    return attribute.valid() && H5Awrite(attribute.get(), type, value) >= 0;
}

Unexpected damaged(const std::string& place, const std::string& what)
{
    return Unexpected(
        base::Error { ErrorCode::FileDamaged, place, what + " unreadable", {}, libraryErrors() });
}

/// An attribute that is there and has one value of the class asked for.
Result<Hdf5Id> openAttribute(
    hid_t group, const std::string& place, const std::string& name, H5T_class_t kind)
{
    if (H5Aexists(group, name.c_str()) <= 0)
        return failure(ErrorCode::ValueMissing, place, {}, "attribute " + name);
    Hdf5Id attribute(H5Aopen(group, name.c_str(), H5P_DEFAULT));
    if (!attribute.valid())
        return damaged(place, "attribute " + name);
    const Hdf5Id type(H5Aget_type(attribute.get()));
    const Hdf5Id space(H5Aget_space(attribute.get()));
    if (H5Sget_simple_extent_npoints(space.get()) != 1 || H5Tget_class(type.get()) != kind
        || (kind == H5T_STRING && H5Tis_variable_str(type.get()) != 0))
        return failure(ErrorCode::ValueInvalid, place, "attribute " + name + " of another kind");
    return attribute;
}

struct OpenArray {
    Hdf5Id id;
    Hdf5Id type;
    std::vector<std::size_t> shape;
};

/// An array that is there and has the class of type asked for; its size is checked against the
/// file's so that a damaged number cannot ask for all the memory.
Result<OpenArray> openArray(hid_t group, const std::string& place, const std::string& name,
    std::uint64_t fileBytes, bool texts)
{
    if (H5Lexists(group, name.c_str(), H5P_DEFAULT) <= 0)
        return failure(ErrorCode::ValueMissing, place, {}, "array " + name);
    OpenArray array { Hdf5Id(H5Dopen2(group, name.c_str(), H5P_DEFAULT)), Hdf5Id(), {} };
    if (!array.id.valid())
        return damaged(place, "array " + name);
    array.type = Hdf5Id(H5Dget_type(array.id.get()));
    const H5T_class_t kind = H5Tget_class(array.type.get());
    const bool fits = texts ? kind == H5T_STRING && H5Tis_variable_str(array.type.get()) == 0
                            : kind == H5T_INTEGER || kind == H5T_FLOAT;
    if (!fits)
        return failure(ErrorCode::ValueInvalid, place, "array " + name + " of another kind");
    const Hdf5Id space(H5Dget_space(array.id.get()));
    std::vector<hsize_t> dimensions(
        static_cast<std::size_t>(std::max(0, H5Sget_simple_extent_ndims(space.get()))));
    if (dimensions.empty()
        || H5Sget_simple_extent_dims(space.get(), dimensions.data(), nullptr) < 0)
        return failure(ErrorCode::ValueInvalid, place, "array " + name + " without dimensions");
    // Deflate packs at most 1032:1.
    double bytes = static_cast<double>(H5Tget_size(array.type.get()));
    for (const hsize_t length : dimensions)
        bytes *= static_cast<double>(length);
    if (bytes > 1032.0 * static_cast<double>(fileBytes))
        return failure(ErrorCode::FileDamaged, place,
            fmt::format("array {} of {:.3g} bytes", name, bytes), "what the file can hold");
    array.shape.assign(dimensions.begin(), dimensions.end());
    return array;
}

} // namespace

Result<std::string> Hdf5Group::textAttribute(const std::string& name) const
{
    const Hdf5Call call;
    const auto attribute = openAttribute(m_handle->group.get(), m_place, name, H5T_STRING);
    if (!attribute)
        return Unexpected(attribute.error());
    const Hdf5Id stored(H5Aget_type(attribute->get()));
    const Hdf5Id type = textType(H5Tget_size(stored.get()));
    std::string text(H5Tget_size(stored.get()), '\0');
    if (H5Aread(attribute->get(), type.get(), text.data()) < 0)
        return damaged(m_place, "attribute " + name);
    return trimmed(text.data(), text.size());
}

Result<std::int64_t> Hdf5Group::integerAttribute(const std::string& name) const
{
    const Hdf5Call call;
    const auto attribute = openAttribute(m_handle->group.get(), m_place, name, H5T_INTEGER);
    if (!attribute)
        return Unexpected(attribute.error());
    std::int64_t value = 0;
    if (H5Aread(attribute->get(), H5T_NATIVE_INT64, &value) < 0)
        return damaged(m_place, "attribute " + name);
    return value;
}

Result<double> Hdf5Group::realAttribute(const std::string& name) const
{
    const Hdf5Call call;
    const auto attribute = openAttribute(m_handle->group.get(), m_place, name, H5T_FLOAT);
    if (!attribute)
        return Unexpected(attribute.error());
    double value = 0.0;
    if (H5Aread(attribute->get(), H5T_NATIVE_DOUBLE, &value) < 0)
        return damaged(m_place, "attribute " + name);
    return value;
}

Result<void> Hdf5Group::setAttribute(const std::string& name, const std::string& text)
{
    EXPECTS(m_handle->bytes != nullptr);
    const Hdf5Call call;
    std::string padded = text;
    padded.resize(std::max<std::size_t>(text.size(), 1));
    const Hdf5Id type = textType(padded.size());
    if (!storeAttribute(m_handle->group.get(), name, type.get(), padded.data())
        || m_handle->bytes->error() != 0)
        return writeFailure(name);
    return {};
}

Result<void> Hdf5Group::setAttribute(const std::string& name, const char* text)
{
    return setAttribute(name, std::string(text));
}

Result<void> Hdf5Group::setAttribute(const std::string& name, std::int64_t value)
{
    EXPECTS(m_handle->bytes != nullptr);
    const Hdf5Call call;
    if (!storeAttribute(m_handle->group.get(), name, H5T_NATIVE_INT64, &value)
        || m_handle->bytes->error() != 0)
        return writeFailure(name);
    return {};
}

Result<void> Hdf5Group::setAttribute(const std::string& name, double value)
{
    EXPECTS(m_handle->bytes != nullptr);
    const Hdf5Call call;
    if (!storeAttribute(m_handle->group.get(), name, H5T_NATIVE_DOUBLE, &value)
        || m_handle->bytes->error() != 0)
        return writeFailure(name);
    return {};
}

Result<std::vector<std::size_t>> Hdf5Group::shape(const std::string& name) const
{
    const Hdf5Call call;
    auto array = openArray(m_handle->group.get(), m_place, name, m_handle->fileBytes, false);
    if (!array)
        return Unexpected(array.error());
    return std::move(array->shape);
}

template <typename T>
Result<void> Hdf5Group::readInto(
    const std::string& name, const std::vector<std::size_t>& expected, std::span<T> values) const
{
    EXPECTS(values.size() == product(expected));
    const Hdf5Call call;
    const auto array = openArray(m_handle->group.get(), m_place, name, m_handle->fileBytes, false);
    if (!array)
        return Unexpected(array.error());
    if (array->shape != expected)
        return failure(ErrorCode::ValueInvalid, m_place,
            fmt::format("array {} of {}", name, fmt::join(array->shape, " × ")),
            fmt::format("{}", fmt::join(expected, " × ")));
    if (!values.empty()
        && H5Dread(array->id.get(), memoryType<T>(), H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data())
            < 0)
        return damaged(m_place, "array " + name);
    return {};
}

template <typename T> Result<Hdf5Array<T>> Hdf5Group::readArray(const std::string& name) const
{
    auto found = shape(name);
    if (!found)
        return Unexpected(found.error());
    Hdf5Array<T> array { std::move(*found), {} };
    try {
        array.values.resize(product(array.shape));
    } catch (const std::bad_alloc&) {
        return failure(ErrorCode::LibraryFailed, m_place, "too little memory for array " + name);
    }
    if (auto read = readInto<T>(name, array.shape, array.values); !read)
        return Unexpected(read.error());
    return array;
}

template <typename T>
Result<void> Hdf5Group::writeArray(const std::string& name, std::span<const T> values,
    const std::vector<std::size_t>& shape, Hdf5Storage storage)
{
    EXPECTS(m_handle->bytes != nullptr && !shape.empty() && values.size() == product(shape));
    const Hdf5Call call;
    if (!storeArray(m_handle->group.get(), name, memoryType<T>(), values.data(), shape, storage)
        || m_handle->bytes->error() != 0)
        return writeFailure(name);
    return {};
}

Result<void> Hdf5Group::writeTexts(const std::string& name, const std::vector<std::string>& texts)
{
    EXPECTS(m_handle->bytes != nullptr);
    const Hdf5Call call;
    std::size_t longest = 1;
    for (const std::string& text : texts)
        longest = std::max(longest, text.size());
    std::string padded(longest * texts.size(), '\0');
    for (std::size_t i = 0; i < texts.size(); ++i)
        texts[i].copy(padded.data() + i * longest, longest);
    const Hdf5Id type = textType(longest);
    if (!storeArray(m_handle->group.get(), name, type.get(), padded.data(), { texts.size() }, {})
        || m_handle->bytes->error() != 0)
        return writeFailure(name);
    return {};
}

Result<std::vector<std::string>> Hdf5Group::readTexts(const std::string& name) const
{
    const Hdf5Call call;
    const auto array = openArray(m_handle->group.get(), m_place, name, m_handle->fileBytes, true);
    if (!array)
        return Unexpected(array.error());
    const std::size_t length = H5Tget_size(array->type.get());
    const std::size_t count = product(array->shape);
    std::string padded(length * count, '\0');
    const Hdf5Id type = textType(length);
    if (count > 0
        && H5Dread(array->id.get(), type.get(), H5S_ALL, H5S_ALL, H5P_DEFAULT, padded.data()) < 0)
        return damaged(m_place, "array " + name);
    std::vector<std::string> texts;
    for (std::size_t i = 0; i < count; ++i)
        texts.push_back(trimmed(padded.data() + i * length, length));
    return texts;
}

#define MAURY_HDF5_ARRAYS(T, NAME)                                                                 \
    template Result<void> Hdf5Group::readInto<T>(                                                  \
        const std::string&, const std::vector<std::size_t>&, std::span<T>) const;                  \
    template Result<Hdf5Array<T>> Hdf5Group::readArray<T>(const std::string&) const;               \
    template Result<void> Hdf5Group::writeArray<T>(                                                \
        const std::string&, std::span<const T>, const std::vector<std::size_t>&, Hdf5Storage);
MAURY_HDF5_ELEMENTS(MAURY_HDF5_ARRAYS)
#undef MAURY_HDF5_ARRAYS

} // namespace maury::io
