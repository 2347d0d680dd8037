#pragma once

#include "core/spectrum/spectrum.h"
#include "core/store/text_rows.h"

#include <limits>
#include <optional>
#include <string>
#include <vector>

namespace maury::store {

/// Where the pixels of one segment lie in a store, and what is said of it.
struct SegmentRow {
    static constexpr std::uint64_t kNowhere = std::numeric_limits<std::uint64_t>::max();

    /// Which wavelengths it has (stores of spectra as read), or which block it lies in.
    std::uint64_t scale = 0;
    std::uint64_t pixels = 0;
    std::uint64_t place = 0; ///< of its first pixel in the flat arrays, or its row in the block
    std::uint64_t ivar = kNowhere; ///< of its first inverse variance; kNowhere: no errors
    std::uint64_t begin = 0; ///< of its first pixel in its row of the block
    spectrum::Medium medium = spectrum::Medium::Unknown;
    spectrum::Frame frame = spectrum::Frame::Unknown;
    std::optional<bool> rectified;
    double resolvingPower = std::numeric_limits<double>::quiet_NaN();
    std::string fluxUnit;
    std::string origin;
};

/// The segments of all spectra of a store, those of one spectrum together.
class SegmentTable {
public:
    /// Errors: those of Hdf5Group; FileDamaged when arrays do not fit each other.
    [[nodiscard]] static base::Result<SegmentTable> open(const io::Hdf5Group& group);
    [[nodiscard]] static base::Result<SegmentTable> create(io::Hdf5Group& group);

    [[nodiscard]] std::uint64_t spectra() const { return m_ends.rows(); }
    /// The segments of a spectrum. Errors: FileDamaged. Precondition: there is such a spectrum.
    [[nodiscard]] base::Result<std::vector<SegmentRow>> read(std::uint64_t spectrum) const;
    /// The segments of one more spectrum each. Errors: WriteFailed, LibraryFailed.
    [[nodiscard]] base::Result<void> append(const std::vector<std::vector<SegmentRow>>& spectra);

private:
    SegmentTable(io::Hdf5Rows ends, io::Hdf5Rows numbers, io::Hdf5Rows powers, TextRows units,
        TextRows origins, std::string place);

    io::Hdf5Rows m_ends; ///< [spectra]
    io::Hdf5Rows m_numbers; ///< [segments, kNumbers]
    io::Hdf5Rows m_powers; ///< [segments]
    TextRows m_units;
    TextRows m_origins;
    std::string m_place;
};

} // namespace maury::store
