#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace maury::mk {

/// Which of the two dimensions of the MK system a criterion tells.
enum class Dimension { Temperature, Luminosity };

/// What becomes of a criterion's value towards later classes or, for luminosity, brighter ones.
enum class Trend { Grows, Fades, Peaks };

/// A line, blend or band as it is measured: the equivalent width of its ranges below a straight
/// pseudo-continuum drawn from beside them.
struct Feature {
    struct Range {
        double first = 0.0; ///< Å in air
        double last = 0.0;
    };
    std::string name; ///< "He I 4471"
    std::vector<Range> ranges; ///< ascending, at least one
    double sideGap = 1.0; ///< Å from the ranges to what the continuum is drawn through
    double sideWidth = 9.0; ///< Å of that on either side

    [[nodiscard]] double firstAngstrom() const { return ranges.front().first; }
    [[nodiscard]] double lastAngstrom() const { return ranges.back().last; }
};

/// One criterion of the textbooks: the ratio of two features or the strength of one.
struct Criterion {
    Dimension dimension = Dimension::Temperature;
    double from = 0.0; ///< decimal subclasses between which it is used, the last excluded
    double to = 0.0;
    Feature numerator;
    std::optional<Feature> denominator; ///< none: the strength itself
    Trend trend = Trend::Grows;
    std::string source;

    [[nodiscard]] std::string name() const; ///< "He I 4471 / Mg II 4481"
    [[nodiscard]] bool appliesAt(double decimalSubclass) const
    {
        return decimalSubclass >= from && decimalSubclass < to;
    }
};

/// The criteria of MK classification from O4 to M5 between 3800 and 5000 Å.
[[nodiscard]] const std::vector<Criterion>& mkCriteria();

/// Pixels with ascending wavelengths (Å in air, at rest); noise: standard deviation of a pixel.
struct MeasuredSpectrum {
    std::span<const double> wavelengthAngstrom;
    std::span<const float> flux;
    std::span<const std::uint8_t> good;
    double noise = 0.0;
};

enum class Measured {
    Yes,
    OutOfRange, ///< a feature reaches beyond the spectrum
    NoData, ///< pixels of a feature, or too many beside it, are missing
    TooWeak ///< a feature is lost in the noise
};

/// An equivalent width in Å, positive for absorption; nothing but the state unless it is measured.
struct FeatureStrength {
    Measured state = Measured::NoData;
    double widthAngstrom = 0.0;
    double error = 0.0; ///< standard deviation from the noise
};
[[nodiscard]] FeatureStrength measure(const Feature& feature, const MeasuredSpectrum& spectrum);

struct CriterionValue {
    Measured state = Measured::NoData;
    double value = 0.0; ///< the ratio, or the equivalent width in Å
    double relativeError = 0.0;
    std::string feature; ///< which one stands in the way, if not measured
};
[[nodiscard]] CriterionValue measure(const Criterion& criterion, const MeasuredSpectrum& spectrum);

} // namespace maury::mk
