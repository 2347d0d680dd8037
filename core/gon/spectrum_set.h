#pragma once

#include "core/base/result.h"
#include "core/nn/parameters.h"

#include <cstddef>
#include <limits>
#include <string>
#include <vector>

namespace maury::gon {

using Matrix = nn::Matrix<float>;

/// What is known of every spectrum of a set beside its pixels: one number each, NaN where unknown.
struct Label {
    std::string name; ///< "temperature", "luminosity", "teff", "score" …
    std::vector<double> values; ///< [spectra]
};

/// Where a star stands (J2000); NaN where that is not known.
struct SkyPosition {
    double raDeg = std::numeric_limits<double>::quiet_NaN();
    double decDeg = std::numeric_limits<double>::quiet_NaN();

    [[nodiscard]] bool isKnown() const { return raDeg == raDeg && decDeg == decDeg; }
};

/// Spectra on one common grid, as a Gradient Origin Network takes them: from an atlas, a folder of
/// files, or a store of a survey. Rows are spectra.
struct SpectrumSet {
    std::vector<double> wavelengthAngstrom; ///< [pixels], strictly increasing
    Matrix flux; ///< [spectra, pixels]; finite where ivar > 0
    Matrix ivar; ///< [spectra, pixels]; 0 = not used: mask and gaps are in here
    Matrix truth; ///< [spectra, pixels] without noise where it is known, else empty
    std::vector<std::string> stars; ///< [spectra] star ids: splits are made by these
    std::vector<std::string> types; ///< [spectra] spectral types as printed; "" where unknown
    std::vector<Label> labels;
    std::vector<SkyPosition> positions; ///< [spectra], or empty where none is known
    std::string source; ///< where the set came from, for reports

    [[nodiscard]] std::size_t spectra() const { return static_cast<std::size_t>(flux.rows()); }
    [[nodiscard]] std::size_t pixels() const { return wavelengthAngstrom.size(); }
    /// The label of that name; null when there is none.
    [[nodiscard]] const Label* label(const std::string& name) const;
};

/// Names of the labels that sets made here carry.
inline constexpr const char* kTemperatureLabel = "temperature"; ///< temperature code
inline constexpr const char* kLuminosityLabel = "luminosity"; ///< luminosity code, 0 (Ia) … 5 (V)
inline constexpr const char* kSignalToNoiseLabel = "snr"; ///< median of a pixel

/// A spectrum with fewer usable pixels than this share of the grid has nothing to say.
inline constexpr double kFewestUsable = 0.05;

/// Whether a set can be worked on. Infinite or negative ivar, flux that is not finite under
/// ivar > 0, wavelengths that do not increase, vectors of another length are errors: ValueInvalid,
/// WavelengthsInvalid, ModelMismatch, naming the spectrum and the pixel. Spectra without any usable
/// pixel are no error here: see usablePixels().
[[nodiscard]] base::Result<void> check(const SpectrumSet& set);

/// Pixels with ivar > 0 of one spectrum.
[[nodiscard]] std::size_t usablePixels(const SpectrumSet& set, std::size_t spectrum);
/// Whether a spectrum has at least kFewestUsable of its pixels.
[[nodiscard]] bool isUsable(const SpectrumSet& set, std::size_t spectrum);

/// Whether two sets have the same wavelengths. Errors: WavelengthsInvalid, with the first
/// difference.
[[nodiscard]] base::Result<void> checkSameGrid(const std::vector<double>& found,
    const std::vector<double>& expected, const std::string& place);

/// The spectra `rows` of a set, in that order. Precondition: they exist.
[[nodiscard]] SpectrumSet subset(const SpectrumSet& set, const std::vector<std::size_t>& rows);
/// One set after the other. Errors: WavelengthsInvalid when the grids differ.
[[nodiscard]] base::Result<SpectrumSet> joined(const SpectrumSet& first, const SpectrumSet& second);

/// A split by star: the same id never stands on both sides.
struct SplitSets {
    SpectrumSet train;
    SpectrumSet unseen;
};
/// Every `every`-th star (in the order in which they first appear) is unseen. Precondition:
/// every >= 2.
[[nodiscard]] SplitSets splitByStar(const SpectrumSet& set, std::size_t every);

/// The spectra of every second star: parity 0 begins with the first.
[[nodiscard]] SpectrumSet halfOfStars(const SpectrumSet& set, std::size_t parity);

/// One range of wavelengths, both ends included.
struct WavelengthRange {
    double firstAngstrom = 0.0;
    double lastAngstrom = 0.0;
    bool operator==(const WavelengthRange&) const = default;
};
/// The set with ivar 0 inside of the ranges: hidden from inference.
[[nodiscard]] SpectrumSet withHidden(
    const SpectrumSet& set, const std::vector<WavelengthRange>& ranges);

} // namespace maury::gon
