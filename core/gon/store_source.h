#pragma once

#include "core/gon/spectrum_set.h"
#include "core/store/store.h"

#include <cstdint>
#include <vector>

namespace maury::gon {

/// The spectra `rows` of a store of regridded spectra, on the store's pixels from the first to the
/// last that the blocks of their surveys cover, so that a model of some spectra of a survey fits the
/// others. Segments that are not known to be rectified are divided by their
/// median; where segments overlap, pixels are their mean weighted by ivar. Segments without errors
/// get the noise of their own pixels, at least a thousandth. Star ids are the catalogue's objects.
/// Errors: OptionInvalid (a native store, no rows); ValueInvalid (more than 4 GiB of pixels); those
/// of Store, naming the spectrum.
[[nodiscard]] base::Result<SpectrumSet> storeSet(
    const store::Store& store, const std::vector<std::uint64_t>& rows);

} // namespace maury::gon
