#pragma once

#include "core/io/hdf5_file.h"
#include "core/nn/parameters.h"
#include "core/robust/local_continuum.h"
#include "core/robust/ordinal.h"
#include "core/robust/variation.h"

#include <string>
#include <vector>

namespace maury::robust {

/// Networks that look at one range of wavelengths, with all that brings a spectrum to them. Their
/// heads give temperatureBins() and luminosityBins().
struct RobustPart {
    nn::NetworkSpec spec; ///< inputs = grid.cropPixels
    std::vector<nn::Parameters> members; ///< at least one; their probabilities are averaged
    LogGrid grid;
    Standardisation standardisation;
    spectrum::WavelengthGrid libraryGrid; ///< on which spectra are prepared
    VariationSettings variation; ///< what it was trained on: its limits
};

/// Stores a part as a group of that name. Errors: WriteFailed, LibraryFailed.
[[nodiscard]] base::Result<void> writePart(
    io::Hdf5Group& parent, const std::string& name, const RobustPart& part);

/// Errors: FileDamaged (a checksum, or pieces that do not belong together), ValueMissing,
/// ValueInvalid.
[[nodiscard]] base::Result<RobustPart> readPart(
    const io::Hdf5Group& parent, const std::string& name);

} // namespace maury::robust
