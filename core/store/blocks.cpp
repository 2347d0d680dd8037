#include "core/store/blocks.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace maury::store {
namespace {

using base::ErrorCode;
using base::failure;
using base::Result;
using base::Unexpected;

enum Array { Flux, Ivar, Covariance1, Covariance2, BadFraction, kReals, Mask = kReals, SpectrumOf };
constexpr std::array kNames { "flux", "ivar", "covariance1", "covariance2", "bad_fraction", "mask",
    "spectrum" };
constexpr int kDeflate = 4;
constexpr std::size_t kMargin = 64; // pixels; on the survey grid ±960 km/s
constexpr std::size_t kMostBlocks = 100'000;

/// 16 to 64 rows, about half a megabyte.
std::size_t chunkRows(std::uint64_t pixels)
{
    constexpr std::uint64_t kChunkBytes = std::uint64_t { 1 } << 19;
    return std::clamp<std::size_t>(kChunkBytes / (pixels * sizeof(float)), 16, 64);
}

std::string groupName(std::size_t block)
{
    return fmt::format("b{}", block);
}

const std::vector<float>& realsOf(const GriddedSegment& segment, std::size_t array)
{
    const std::array values { &segment.flux, &segment.ivar, &segment.covariance1,
        &segment.covariance2, &segment.badFraction };
    return *values[array];
}

/// What stands in the pixels of a row that the segment does not have; without errors all of ivar
/// and covariances are NaN.
float fillOf(std::size_t array, bool hasErrors)
{
    if (array == BadFraction)
        return 1.0F;
    const bool isError = array == Ivar || array == Covariance1 || array == Covariance2;
    return isError && !hasErrors ? std::nanf("") : 0.0F;
}

} // namespace

Blocks::Blocks(io::Hdf5Group group, StoreGrid grid, TextRows surveys, io::Hdf5Rows extents)
    : m_group(std::move(group))
    , m_grid(std::move(grid))
    , m_surveys(std::move(surveys))
    , m_extents(std::move(extents))
{
}

Result<Blocks> Blocks::open(const io::Hdf5Group& group, StoreGrid grid)
{
    auto surveys = TextRows::open(group, "survey");
    if (!surveys)
        return Unexpected(surveys.error());
    auto extents = group.rows("extent", 2);
    if (!extents)
        return Unexpected(extents.error());
    if (surveys->rows() != extents->rows() || extents->rows() > kMostBlocks)
        return failure(ErrorCode::FileDamaged, group.place(),
            fmt::format("{} surveys of {} blocks", surveys->rows(), extents->rows()),
            "one for each block");
    Blocks blocks(group, std::move(grid), *std::move(surveys), *std::move(extents));
    if (auto opened = blocks.openBlocks(); !opened)
        return Unexpected(opened.error());
    return blocks;
}

Result<Blocks> Blocks::create(io::Hdf5Group group, StoreGrid grid)
{
    auto surveys = TextRows::create(group, "survey");
    if (!surveys)
        return Unexpected(surveys.error());
    auto extents = group.createRows<std::uint64_t>("extent", 2, 64, kDeflate);
    if (!extents)
        return Unexpected(extents.error());
    return Blocks(
        std::move(group), std::move(grid), *std::move(surveys), *std::move(extents));
}

Result<void> Blocks::openBlocks()
{
    const std::size_t count = m_extents.rows();
    std::vector<std::uint64_t> extents(2 * count);
    if (auto read = m_extents.read<std::uint64_t>(0, std::span(extents)); !read)
        return read;
    const auto surveys = m_surveys.read(0, count);
    if (!surveys)
        return Unexpected(surveys.error());
    for (std::size_t i = 0; i < count; ++i) {
        Block block;
        block.extent = { (*surveys)[i], extents[2 * i], extents[2 * i + 1], 0 };
        if (block.extent.pixels == 0 || block.extent.pixels > m_grid.pixels
            || block.extent.firstPixel > m_grid.pixels - block.extent.pixels)
            return failure(ErrorCode::FileDamaged, m_group.place() + groupName(i),
                fmt::format("{} pixels from {} on", block.extent.pixels, block.extent.firstPixel),
                fmt::format("within the {} of the grid", m_grid.pixels));
        const auto group = m_group.group(groupName(i));
        if (!group)
            return Unexpected(group.error());
        for (std::size_t array = 0; array < kNames.size(); ++array) {
            auto rows = group->rows(kNames[array], array == SpectrumOf ? 1 : block.extent.pixels);
            if (!rows)
                return Unexpected(rows.error());
            block.rows.push_back(*std::move(rows));
            if (block.rows.back().rows() != block.rows.front().rows())
                return failure(ErrorCode::FileDamaged, group->place(), "arrays of different lengths");
        }
        block.extent.rows = block.rows.front().rows();
        block.reals.resize(kReals);
        m_blocks.push_back(std::move(block));
    }
    return {};
}

std::vector<BlockExtent> Blocks::extents() const
{
    std::vector<BlockExtent> extents;
    for (const Block& block : m_blocks)
        extents.push_back(block.extent);
    return extents;
}

Result<std::vector<std::uint64_t>> Blocks::spectraOf(std::size_t block) const
{
    EXPECTS(block < m_blocks.size());
    const io::Hdf5Rows& rows = m_blocks[block].rows[SpectrumOf];
    std::vector<std::uint64_t> spectra(rows.rows());
    if (const auto read = rows.read<std::uint64_t>(0, std::span(spectra)); !read)
        return Unexpected(read.error());
    return spectra;
}

Result<void> Blocks::fill(
    const Block& block, const SegmentRow& row, GriddedSegment& segment) const
{
    const auto cut = [&row](const auto& values, auto& to) {
        const auto from = values.begin() + static_cast<std::ptrdiff_t>(row.begin);
        to.assign(from, from + static_cast<std::ptrdiff_t>(row.pixels));
    };
    const bool hasErrors = row.ivar != SegmentRow::kNowhere;
    const std::array targets { &segment.flux, &segment.ivar, &segment.covariance1,
        &segment.covariance2, &segment.badFraction };
    std::vector<float> values(block.extent.pixels);
    for (std::size_t array = 0; array < kReals; ++array) {
        if (!hasErrors && array != Flux && array != BadFraction)
            continue;
        if (auto read = block.rows[array].read<float>(row.place, std::span(values)); !read)
            return read;
        cut(values, *targets[array]);
    }
    std::vector<std::uint16_t> mask(block.extent.pixels);
    if (auto read = block.rows[Mask].read<std::uint16_t>(row.place, std::span(mask)); !read)
        return read;
    cut(mask, segment.mask);
    return {};
}

Result<GriddedSegment> Blocks::read(const SegmentRow& row) const
{
    const bool isThere = row.scale < m_blocks.size()
        && row.place < m_blocks[row.scale].extent.rows && row.pixels > 0
        && row.pixels <= m_blocks[row.scale].extent.pixels
        && row.begin <= m_blocks[row.scale].extent.pixels - row.pixels;
    if (!isThere)
        return failure(ErrorCode::FileDamaged, m_group.place(),
            fmt::format("{} pixels from {} on in row {} of block {}", row.pixels, row.begin,
                row.place, row.scale),
            "a segment within one of the blocks");
    const Block& block = m_blocks[row.scale];
    GriddedSegment segment;
    segment.firstPixel = block.extent.firstPixel + row.begin;
    segment.rectified = row.rectified;
    segment.fluxUnit = row.fluxUnit;
    segment.origin = row.origin;
    if (auto filled = fill(block, row, segment); !filled)
        return Unexpected(filled.error());
    return segment;
}

/// The block of the survey that holds the pixels, or a new one.
Result<std::size_t> Blocks::blockFor(const GriddedSegment& segment, const std::string& survey)
{
    for (std::size_t i = 0; i < m_blocks.size(); ++i) {
        const BlockExtent& extent = m_blocks[i].extent;
        const bool holds = extent.survey == survey && segment.firstPixel >= extent.firstPixel
            && segment.firstPixel + segment.pixels() <= extent.firstPixel + extent.pixels;
        // A block much wider than the segment would be mostly empty.
        if (holds && extent.pixels <= 2 * (segment.pixels() + 2 * kMargin))
            return i;
    }
    const std::size_t first = segment.firstPixel - std::min(segment.firstPixel, kMargin);
    const std::size_t last
        = std::min(segment.firstPixel + segment.pixels() + kMargin, m_grid.pixels);
    Block block;
    block.extent = { survey, first, last - first, 0 };
    auto group = m_group.createGroup(groupName(m_blocks.size()));
    if (!group)
        return Unexpected(group.error());
    const std::size_t chunk = chunkRows(block.extent.pixels);
    for (std::size_t array = 0; array < kNames.size(); ++array) {
        auto rows = array == SpectrumOf
            ? group->createRows<std::uint64_t>(kNames[array], 1, 4096, kDeflate)
            : array == Mask
            ? group->createRows<std::uint16_t>(kNames[array], block.extent.pixels, chunk, kDeflate)
            : group->createRows<float>(kNames[array], block.extent.pixels, chunk, kDeflate);
        if (!rows)
            return Unexpected(rows.error());
        block.rows.push_back(*std::move(rows));
    }
    block.reals.resize(kReals);
    const std::array extent { block.extent.firstPixel, block.extent.pixels };
    if (auto added = m_extents.append<std::uint64_t>(extent); !added)
        return Unexpected(added.error());
    if (auto added = m_surveys.append({ survey }); !added)
        return Unexpected(added.error());
    m_blocks.push_back(std::move(block));
    return m_blocks.size() - 1;
}

Result<SegmentRow> Blocks::add(
    const GriddedSegment& segment, const std::string& survey, std::uint64_t spectrum)
{
    EXPECTS(segment.pixels() > 0 && segment.firstPixel + segment.pixels() <= m_grid.pixels);
    const auto found = blockFor(segment, survey);
    if (!found)
        return Unexpected(found.error());
    Block& block = m_blocks[*found];
    const bool hasErrors = !segment.ivar.empty();
    SegmentRow row;
    row.scale = *found;
    row.pixels = segment.pixels();
    row.place = block.extent.rows++;
    row.begin = segment.firstPixel - block.extent.firstPixel;
    if (hasErrors)
        row.ivar = 0;
    row.medium = m_grid.medium;
    row.rectified = segment.rectified;
    row.resolvingPower = m_grid.resolvingPower.value_or(row.resolvingPower);
    row.fluxUnit = segment.fluxUnit;
    row.origin = segment.origin;
    for (std::size_t array = 0; array < kReals; ++array) {
        std::vector<float> values(block.extent.pixels, fillOf(array, hasErrors));
        const std::vector<float>& given = realsOf(segment, array);
        EXPECTS(given.empty() || given.size() == segment.pixels());
        std::copy(given.begin(), given.end(),
            values.begin() + static_cast<std::ptrdiff_t>(row.begin));
        block.reals[array].insert(block.reals[array].end(), values.begin(), values.end());
    }
    std::vector<std::uint16_t> mask(
        block.extent.pixels, static_cast<std::uint16_t>(spectrum::mask::kNoData));
    EXPECTS(segment.mask.size() == segment.pixels());
    for (std::size_t i = 0; i < segment.pixels(); ++i) {
        EXPECTS(segment.mask[i] <= 0xFFFFU);
        mask[row.begin + i] = static_cast<std::uint16_t>(segment.mask[i]);
    }
    block.mask.insert(block.mask.end(), mask.begin(), mask.end());
    block.spectra.push_back(spectrum);
    return row;
}

Result<void> Blocks::flush()
{
    for (Block& block : m_blocks) {
        for (std::size_t array = 0; array < kReals; ++array) {
            if (auto added = block.rows[array].append<float>(block.reals[array]); !added)
                return added;
            block.reals[array].clear();
        }
        if (auto added = block.rows[Mask].append<std::uint16_t>(block.mask); !added)
            return added;
        block.mask.clear();
        if (auto added = block.rows[SpectrumOf].append<std::uint64_t>(block.spectra); !added)
            return added;
        block.spectra.clear();
    }
    return {};
}

} // namespace maury::store
