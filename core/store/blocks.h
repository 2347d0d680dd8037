#pragma once

#include "core/store/gridded.h"
#include "core/store/segment_table.h"

#include <string>
#include <vector>

namespace maury::store {

/// What a block of a store covers, and which spectra reach it.
struct BlockExtent {
    std::string survey;
    std::uint64_t firstPixel = 0; ///< of the grid
    std::uint64_t pixels = 0;
    std::uint64_t rows = 0;
};

/// The pixels of regridded spectra: most of a wide grid is empty for any survey, so the segments of
/// each survey lie in blocks of their own, one row a segment, in chunks of 16 to 64 rows. Blocks
/// are a little wider than the segment they were made for, so that stars of other velocities fit.
class Blocks {
public:
    /// Errors: those of Hdf5Group; FileDamaged when a block lies beyond the grid.
    [[nodiscard]] static base::Result<Blocks> open(const io::Hdf5Group& group, StoreGrid grid);
    [[nodiscard]] static base::Result<Blocks> create(io::Hdf5Group group, StoreGrid grid);

    [[nodiscard]] std::vector<BlockExtent> extents() const;
    /// The coverage index: the spectra of the rows of a block. Errors: FileDamaged. Precondition:
    /// there is such a block.
    [[nodiscard]] base::Result<std::vector<std::uint64_t>> spectraOf(std::size_t block) const;
    /// Errors: FileDamaged when the segment points nowhere.
    [[nodiscard]] base::Result<GriddedSegment> read(const SegmentRow& row) const;
    /// Adds a segment of a spectrum to what flush() writes. Errors: WriteFailed, LibraryFailed.
    /// Preconditions: its vectors have the same length, at least 1, within the grid; the mask has
    /// 16 bits.
    [[nodiscard]] base::Result<SegmentRow> add(
        const GriddedSegment& segment, const std::string& survey, std::uint64_t spectrum);
    /// Errors: WriteFailed, LibraryFailed.
    [[nodiscard]] base::Result<void> flush();

private:
    struct Block {
        BlockExtent extent;
        std::vector<io::Hdf5Rows> rows; ///< in the order of the names in blocks.cpp
        // What waits for flush().
        std::vector<std::vector<float>> reals;
        std::vector<std::uint16_t> mask;
        std::vector<std::uint64_t> spectra;
    };
    Blocks(io::Hdf5Group group, StoreGrid grid, TextRows surveys, io::Hdf5Rows extents);
    [[nodiscard]] base::Result<void> openBlocks();
    [[nodiscard]] base::Result<std::size_t> blockFor(
        const GriddedSegment& segment, const std::string& survey);
    [[nodiscard]] base::Result<void> fill(
        const Block& block, const SegmentRow& row, GriddedSegment& segment) const;

    io::Hdf5Group m_group;
    StoreGrid m_grid;
    TextRows m_surveys;
    io::Hdf5Rows m_extents; ///< [blocks, 2]: first pixel, pixels
    std::vector<Block> m_blocks;
};

} // namespace maury::store
