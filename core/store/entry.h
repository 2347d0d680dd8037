#pragma once

#include "core/spectrum/spectrum.h"

#include <limits>
#include <span>
#include <string>

namespace maury::store {

/// One line of a store's catalogue. Numbers that are not known are NaN, texts empty.
struct Entry {
    static constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

    std::string object; ///< name in the file
    std::string type; ///< spectral type as the file gives it
    std::string survey; ///< "apogee", "galah" …; empty when the file is of none
    std::string medium; ///< "air", "vacuum", "unknown"; "mixed" when the segments differ
    std::string frame; ///< "rest", "barycentric" …; "mixed" when the segments differ
    std::string format; ///< the layout it was read as
    std::string file; ///< where it came from
    std::string moreFiles; ///< the star's other files, one a line
    std::string sha256; ///< of the files, one a line
    std::string notices; ///< what was assumed on reading, one a line
    double raDeg = kNone; ///< J2000
    double decDeg = kNone;
    double snr = kNone; ///< median flux · √ivar of the good pixels; none without errors
    double pixels = 0.0; ///< of all segments
    double goodPixels = 0.0;
    double segments = 0.0;
    double wavelengthMin = kNone; ///< Å, in the spectrum's own medium
    double wavelengthMax = kNone;
    double resolvingPower = kNone; ///< of the first segment that says so
    double velocityKms = kNone;
    double barycentricKms = kNone;
    double fileRow = 0.0; ///< which spectrum of its file it is
    double fileRows = 1.0;
    double recipe = kNone; ///< which of the store's recipes made it; none: as read
};

/// A named column of the catalogue. Names are those of the command line and of the file.
struct TextColumn {
    const char* name;
    std::string Entry::*value;
};
struct NumberColumn {
    const char* name;
    double Entry::*value;
};
[[nodiscard]] std::span<const TextColumn> textColumns();
[[nodiscard]] std::span<const NumberColumn> numberColumns();

/// What the catalogue says of a spectrum; without checksums.
[[nodiscard]] Entry entryOf(const spectrum::Spectrum& spectrum);

/// The survey of a layout ("apogee" of "apogee-visit"); empty for layouts of no survey.
[[nodiscard]] std::string surveyOf(const std::string& format);

/// "air" … of segments that agree, else "mixed". Precondition: at least one.
[[nodiscard]] std::string mediumOf(const std::vector<spectrum::Segment>& segments);
[[nodiscard]] std::string frameOf(const std::vector<spectrum::Segment>& segments);

/// The median of flux · √ivar over good pixels; NaN without errors.
[[nodiscard]] double signalToNoise(const std::vector<spectrum::Segment>& segments);

} // namespace maury::store
