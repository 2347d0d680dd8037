#include "core/store/segment_table.h"

#include <fmt/format.h>

#include <array>
#include <utility>

namespace maury::store {
namespace {

using base::ErrorCode;
using base::failure;
using base::Result;
using base::Unexpected;

// One row of numbers a segment.
enum Number { Scale, Pixels, Place, Ivar, Begin, MediumCode, FrameCode, RectifiedCode, kNumbers };
constexpr std::size_t kChunkRows = 4096;
constexpr int kDeflate = 4;
constexpr std::size_t kMostSegments = 100'000; // of one spectrum

// In the order of the enumerations, which must not change.
constexpr std::array kMedia { spectrum::Medium::Air, spectrum::Medium::Vacuum,
    spectrum::Medium::Unknown };
constexpr std::array kFrames { spectrum::Frame::Rest, spectrum::Frame::Barycentric,
    spectrum::Frame::Heliocentric, spectrum::Frame::Topocentric, spectrum::Frame::Unknown };
constexpr std::array<std::optional<bool>, 3> kRectified { std::nullopt, false, true };

template <typename Values, typename Value>
std::uint64_t codeOf(const Values& values, const Value& value)
{
    for (std::size_t code = 0; code < values.size(); ++code)
        if (values[code] == value)
            return code;
    return values.size();
}

using Numbers = std::array<std::uint64_t, kNumbers>;

Numbers encode(const SegmentRow& row)
{
    return { row.scale, row.pixels, row.place, row.ivar, row.begin, codeOf(kMedia, row.medium),
        codeOf(kFrames, row.frame), codeOf(kRectified, row.rectified) };
}

bool decode(std::span<const std::uint64_t> numbers, SegmentRow& row)
{
    if (numbers[MediumCode] >= kMedia.size() || numbers[FrameCode] >= kFrames.size()
        || numbers[RectifiedCode] >= kRectified.size())
        return false;
    row.scale = numbers[Scale];
    row.pixels = numbers[Pixels];
    row.place = numbers[Place];
    row.ivar = numbers[Ivar];
    row.begin = numbers[Begin];
    row.medium = kMedia[numbers[MediumCode]];
    row.frame = kFrames[numbers[FrameCode]];
    row.rectified = kRectified[numbers[RectifiedCode]];
    return true;
}

} // namespace

SegmentTable::SegmentTable(io::Hdf5Rows ends, io::Hdf5Rows numbers, io::Hdf5Rows powers,
    TextRows units, TextRows origins, std::string place)
    : m_ends(std::move(ends))
    , m_numbers(std::move(numbers))
    , m_powers(std::move(powers))
    , m_units(std::move(units))
    , m_origins(std::move(origins))
    , m_place(std::move(place))
{
}

Result<SegmentTable> SegmentTable::open(const io::Hdf5Group& group)
{
    auto ends = group.rows("ends", 1);
    auto numbers = group.rows("numbers", kNumbers);
    auto powers = group.rows("resolving_power", 1);
    for (const auto* rows : { &ends, &numbers, &powers })
        if (!*rows)
            return Unexpected(rows->error());
    auto units = TextRows::open(group, "flux_unit");
    auto origins = TextRows::open(group, "origin");
    for (const auto* rows : { &units, &origins })
        if (!*rows)
            return Unexpected(rows->error());
    const std::uint64_t segments = numbers->rows();
    if (powers->rows() != segments || units->rows() != segments || origins->rows() != segments)
        return failure(ErrorCode::FileDamaged, group.place(), "columns of different lengths",
            fmt::format("{} rows in each", segments));
    return SegmentTable(*std::move(ends), *std::move(numbers), *std::move(powers),
        *std::move(units), *std::move(origins), group.place());
}

Result<SegmentTable> SegmentTable::create(io::Hdf5Group& group)
{
    auto ends = group.createRows<std::uint64_t>("ends", 1, kChunkRows, kDeflate);
    auto numbers = group.createRows<std::uint64_t>("numbers", kNumbers, kChunkRows, kDeflate);
    auto powers = group.createRows<double>("resolving_power", 1, kChunkRows, kDeflate);
    for (const auto* rows : { &ends, &numbers, &powers })
        if (!*rows)
            return Unexpected(rows->error());
    auto units = TextRows::create(group, "flux_unit");
    auto origins = TextRows::create(group, "origin");
    for (const auto* rows : { &units, &origins })
        if (!*rows)
            return Unexpected(rows->error());
    return SegmentTable(*std::move(ends), *std::move(numbers), *std::move(powers),
        *std::move(units), *std::move(origins), group.place());
}

Result<std::vector<SegmentRow>> SegmentTable::read(std::uint64_t spectrum) const
{
    const auto bounds = readEnds(m_ends, spectrum, 1, m_numbers.rows(), m_place);
    if (!bounds)
        return Unexpected(bounds.error());
    const std::uint64_t first = bounds->front();
    const std::uint64_t count = bounds->back() - first;
    if (count == 0 || count > kMostSegments)
        return failure(ErrorCode::FileDamaged, fmt::format("{}spectrum {}", m_place, spectrum),
            fmt::format("{} segments", count), "at least one");
    std::vector<std::uint64_t> numbers(count * kNumbers);
    std::vector<double> powers(count);
    if (const auto read = m_numbers.read<std::uint64_t>(first, std::span(numbers)); !read)
        return Unexpected(read.error());
    if (const auto read = m_powers.read<double>(first, std::span(powers)); !read)
        return Unexpected(read.error());
    auto units = m_units.read(first, count);
    auto origins = m_origins.read(first, count);
    for (const auto* texts : { &units, &origins })
        if (!*texts)
            return Unexpected(texts->error());
    std::vector<SegmentRow> rows(count);
    for (std::size_t i = 0; i < count; ++i) {
        if (!decode(std::span(numbers).subspan(i * kNumbers, kNumbers), rows[i]))
            return failure(ErrorCode::FileDamaged,
                fmt::format("{}spectrum {}, segment {}", m_place, spectrum, i),
                "a code of medium, frame or rectification that does not exist");
        rows[i].resolvingPower = powers[i];
        rows[i].fluxUnit = std::move((*units)[i]);
        rows[i].origin = std::move((*origins)[i]);
    }
    return rows;
}

Result<void> SegmentTable::append(const std::vector<std::vector<SegmentRow>>& spectra)
{
    std::vector<std::uint64_t> ends;
    std::vector<std::uint64_t> numbers;
    std::vector<double> powers;
    std::vector<std::string> units;
    std::vector<std::string> origins;
    for (const auto& segments : spectra) {
        for (const SegmentRow& row : segments) {
            const Numbers encoded = encode(row);
            numbers.insert(numbers.end(), encoded.begin(), encoded.end());
            powers.push_back(row.resolvingPower);
            units.push_back(row.fluxUnit);
            origins.push_back(row.origin);
        }
        ends.push_back(m_numbers.rows() + powers.size());
    }
    if (auto added = m_numbers.append<std::uint64_t>(numbers); !added)
        return added;
    if (auto added = m_powers.append<double>(powers); !added)
        return added;
    if (auto added = m_units.append(units); !added)
        return added;
    if (auto added = m_origins.append(origins); !added)
        return added;
    return m_ends.append<std::uint64_t>(ends);
}

} // namespace maury::store
