#pragma once

#include "core/base/result.h"
#include "core/spectrum/frame.h"

#include <span>
#include <string>
#include <vector>

namespace maury::preprocess {

/// Where the earth's atmosphere absorbs: in the observatory's frame, in air.
struct TelluricBand {
    double firstAngstrom;
    double lastAngstrom;
    const char* species;
    bool isWeak; ///< marked only when asked for
};
/// O2, H2O and CO2 from 6867 Å to 1.62 µm.
[[nodiscard]] std::span<const TelluricBand> telluricBands();

struct TelluricSettings {
    bool weakToo = false;
    bool operator==(const TelluricSettings&) const = default;
};

/// Marks the pixels of a segment in these bands with kTelluric, wherever its medium and its frame
/// have moved them: from the observatory by the barycentric correction and the star's velocity. A
/// correction that is not known widens the bands by its largest value, 30 km/s; that is said in
/// `notes`, and so is a segment that is left alone because it carries such marks of its own (from
/// APOGEE's pipeline). Returns how many pixels were marked. Errors: ValueMissing when medium, frame
/// or a star's velocity that is needed are not known.
[[nodiscard]] base::Result<std::size_t> markTellurics(spectrum::Segment& segment,
    const spectrum::Motion& motion, const TelluricSettings& settings,
    std::vector<std::string>& notes);

} // namespace maury::preprocess
