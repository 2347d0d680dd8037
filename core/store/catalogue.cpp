#include "core/store/catalogue.h"

#include <fmt/format.h>

#include <algorithm>

namespace maury::store {
namespace {

using base::Result;
using base::Unexpected;

constexpr std::size_t kChunkRows = 4096;
constexpr int kDeflate = 4;

template <typename Column>
std::size_t indexOf(std::span<const Column> columns, std::string_view name)
{
    const auto found = std::find_if(columns.begin(), columns.end(),
        [name](const Column& column) { return column.name == name; });
    EXPECTS(found != columns.end());
    return static_cast<std::size_t>(found - columns.begin());
}

/// The results of one call a column, or the first error.
template <typename Rows, typename Columns, typename Open>
Result<std::vector<Rows>> forEach(const Columns& columns, const Open& open)
{
    std::vector<Rows> all;
    for (const auto& column : columns) {
        Result<Rows> rows = open(column.name);
        if (!rows)
            return Unexpected(rows.error());
        all.push_back(*std::move(rows));
    }
    return all;
}

} // namespace

Result<Catalogue> Catalogue::open(const io::Hdf5Group& group)
{
    auto texts = forEach<TextRows>(
        textColumns(), [&](const char* name) { return TextRows::open(group, name); });
    if (!texts)
        return Unexpected(texts.error());
    auto numbers = forEach<io::Hdf5Rows>(
        numberColumns(), [&](const char* name) { return group.rows(name, 1); });
    if (!numbers)
        return Unexpected(numbers.error());
    Catalogue catalogue;
    catalogue.m_texts = *std::move(texts);
    catalogue.m_numbers = *std::move(numbers);
    const std::uint64_t rows = catalogue.rows();
    const auto fits = [rows](const auto& column) { return column.rows() == rows; };
    if (!std::all_of(catalogue.m_texts.begin(), catalogue.m_texts.end(), fits)
        || !std::all_of(catalogue.m_numbers.begin(), catalogue.m_numbers.end(), fits))
        return base::failure(base::ErrorCode::FileDamaged, group.place(),
            "columns of different lengths", fmt::format("{} rows in each", rows));
    return catalogue;
}

Result<Catalogue> Catalogue::create(io::Hdf5Group& group)
{
    auto texts = forEach<TextRows>(
        textColumns(), [&](const char* name) { return TextRows::create(group, name); });
    if (!texts)
        return Unexpected(texts.error());
    auto numbers = forEach<io::Hdf5Rows>(numberColumns(),
        [&](const char* name) { return group.createRows<double>(name, 1, kChunkRows, kDeflate); });
    if (!numbers)
        return Unexpected(numbers.error());
    Catalogue catalogue;
    catalogue.m_texts = *std::move(texts);
    catalogue.m_numbers = *std::move(numbers);
    return catalogue;
}

Result<std::vector<Entry>> Catalogue::read(std::uint64_t first, std::uint64_t count) const
{
    EXPECTS(first <= rows() && count <= rows() - first);
    std::vector<Entry> entries(count);
    for (std::size_t column = 0; column < m_texts.size(); ++column) {
        auto texts = m_texts[column].read(first, count);
        if (!texts)
            return Unexpected(texts.error());
        for (std::size_t row = 0; row < count; ++row)
            entries[row].*textColumns()[column].value = std::move((*texts)[row]);
    }
    std::vector<double> values(count);
    for (std::size_t column = 0; column < m_numbers.size(); ++column) {
        if (const auto read = m_numbers[column].read<double>(first, std::span(values)); !read)
            return Unexpected(read.error());
        for (std::size_t row = 0; row < count; ++row)
            entries[row].*numberColumns()[column].value = values[row];
    }
    return entries;
}

Result<std::vector<std::string>> Catalogue::texts(std::string_view column) const
{
    return m_texts[indexOf(textColumns(), column)].read(0, rows());
}

Result<std::vector<double>> Catalogue::numbers(std::string_view column) const
{
    std::vector<double> values(rows());
    const auto read
        = m_numbers[indexOf(numberColumns(), column)].read<double>(0, std::span(values));
    if (!read)
        return Unexpected(read.error());
    return values;
}

Result<void> Catalogue::append(const std::vector<Entry>& entries)
{
    for (std::size_t column = 0; column < m_texts.size(); ++column) {
        std::vector<std::string> texts;
        for (const Entry& entry : entries)
            texts.push_back(entry.*textColumns()[column].value);
        if (auto added = m_texts[column].append(texts); !added)
            return added;
    }
    for (std::size_t column = 0; column < m_numbers.size(); ++column) {
        std::vector<double> values;
        for (const Entry& entry : entries)
            values.push_back(entry.*numberColumns()[column].value);
        if (auto added = m_numbers[column].append<double>(values); !added)
            return added;
    }
    return {};
}

} // namespace maury::store
