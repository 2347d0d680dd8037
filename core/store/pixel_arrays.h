#pragma once

#include "core/store/segment_table.h"

#include <unordered_map>

namespace maury::store {

/// The pixels of spectra as they were read: flat arrays of all segments, one after the other.
/// Wavelengths that several segments share are kept once.
class PixelArrays {
public:
    /// Errors: those of Hdf5Group; FileDamaged when arrays do not fit each other.
    [[nodiscard]] static base::Result<PixelArrays> open(const io::Hdf5Group& group);
    [[nodiscard]] static base::Result<PixelArrays> create(io::Hdf5Group& group);

    /// Errors: FileDamaged when the segment points nowhere.
    [[nodiscard]] base::Result<spectrum::Segment> read(const SegmentRow& row) const;
    /// Adds the segment's pixels to what flush() writes. Errors: FileDamaged (when looking for
    /// wavelengths that are there already). Precondition: the mask has 16 bits.
    [[nodiscard]] base::Result<SegmentRow> add(const spectrum::Segment& segment);
    /// Errors: WriteFailed, LibraryFailed.
    [[nodiscard]] base::Result<void> flush();

private:
    PixelArrays(std::vector<io::Hdf5Rows> rows, std::string place);
    [[nodiscard]] base::Result<void> learnScales();
    [[nodiscard]] std::uint64_t addScale(const std::vector<double>& wavelengths);
    template <typename T>
    [[nodiscard]] base::Result<std::vector<T>> take(
        std::size_t array, std::uint64_t first, std::uint64_t count) const;

    std::vector<io::Hdf5Rows> m_rows;
    std::string m_place;
    // What waits for flush().
    std::vector<double> m_flux;
    std::vector<double> m_ivar;
    std::vector<std::uint16_t> m_mask;
    std::vector<double> m_wavelengths;
    std::vector<std::uint64_t> m_scaleEnds;
    std::vector<std::uint64_t> m_scaleHashes;
    std::unordered_map<std::uint64_t, std::uint64_t> m_scales; ///< hash → which
    bool m_knowsScales = false;
};

} // namespace maury::store
