#include "core/store/text_rows.h"

#include <fmt/format.h>

#include <span>
#include <utility>

namespace maury::store {
namespace {

using base::ErrorCode;
using base::failure;
using base::Result;
using base::Unexpected;

constexpr std::size_t kChunkBytes = std::size_t { 1 } << 16;
constexpr std::size_t kChunkRows = 4096;
constexpr int kDeflate = 4;

std::string endsOf(const std::string& name)
{
    return name + "_ends";
}

} // namespace

Result<std::vector<std::uint64_t>> readEnds(const io::Hdf5Rows& ends, std::uint64_t first,
    std::uint64_t count, std::uint64_t total, const std::string& place)
{
    EXPECTS(first <= ends.rows() && count <= ends.rows() - first);
    std::vector<std::uint64_t> bounds(count + 1, 0);
    const std::span<std::uint64_t> all(bounds);
    const auto read = first == 0 ? ends.read<std::uint64_t>(0, all.subspan(1))
                                 : ends.read<std::uint64_t>(first - 1, all);
    if (!read)
        return Unexpected(read.error());
    for (std::size_t i = 0; i < bounds.size(); ++i)
        if (bounds[i] > total || (i > 0 && bounds[i] < bounds[i - 1]))
            return failure(ErrorCode::FileDamaged, place,
                fmt::format("row {} ends at {}", first + i - (i > 0 ? 1 : 0), bounds[i]),
                fmt::format("an end behind that of the row before, at most {}", total));
    return bounds;
}

TextRows::TextRows(io::Hdf5Rows bytes, io::Hdf5Rows ends, std::string place)
    : m_bytes(std::move(bytes))
    , m_ends(std::move(ends))
    , m_place(std::move(place))
{
}

Result<TextRows> TextRows::open(const io::Hdf5Group& group, const std::string& name)
{
    auto bytes = group.rows(name, 1);
    if (!bytes)
        return Unexpected(bytes.error());
    auto ends = group.rows(endsOf(name), 1);
    if (!ends)
        return Unexpected(ends.error());
    return TextRows(*std::move(bytes), *std::move(ends), group.place() + name);
}

Result<TextRows> TextRows::create(io::Hdf5Group& group, const std::string& name)
{
    auto bytes = group.createRows<std::uint8_t>(name, 1, kChunkBytes, kDeflate);
    if (!bytes)
        return Unexpected(bytes.error());
    auto ends = group.createRows<std::uint64_t>(endsOf(name), 1, kChunkRows, kDeflate);
    if (!ends)
        return Unexpected(ends.error());
    return TextRows(*std::move(bytes), *std::move(ends), group.place() + name);
}

Result<std::vector<std::string>> TextRows::read(std::uint64_t first, std::uint64_t count) const
{
    const auto bounds = readEnds(m_ends, first, count, m_bytes.rows(), m_place);
    if (!bounds)
        return Unexpected(bounds.error());
    std::string joined(bounds->back() - bounds->front(), '\0');
    const std::span bytes(reinterpret_cast<std::uint8_t*>(joined.data()), joined.size());
    if (const auto read = m_bytes.read<std::uint8_t>(bounds->front(), bytes); !read)
        return Unexpected(read.error());
    std::vector<std::string> texts;
    texts.reserve(count);
    for (std::size_t i = 0; i < count; ++i)
        texts.push_back(joined.substr((*bounds)[i] - bounds->front(), (*bounds)[i + 1] - (*bounds)[i]));
    return texts;
}

Result<void> TextRows::append(const std::vector<std::string>& texts)
{
    std::string joined;
    std::vector<std::uint64_t> ends;
    for (const std::string& text : texts) {
        joined += text;
        ends.push_back(m_bytes.rows() + joined.size());
    }
    const std::span bytes(reinterpret_cast<const std::uint8_t*>(joined.data()), joined.size());
    if (auto added = m_bytes.append<std::uint8_t>(bytes); !added)
        return added;
    return m_ends.append<std::uint64_t>(ends);
}

} // namespace maury::store
