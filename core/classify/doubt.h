#pragma once

#include <string>
#include <utility>
#include <vector>

namespace maury::classify {

/// Why an answer may be wrong. The names that programs see (toString()) are stable.
enum class DoubtCode {
    // What part of the spectrum there is, what the file says of it, what was done to it.
    Coverage,
    RectifiedHere,
    MediumUnknown,
    FrameUnknown,
    NoVelocity,
    Velocity,
    // How it was observed.
    SignalToNoise,
    FluxRange,
    ContinuumLevel,
    ContinuumShape,
    Broader,
    Sharper,
    // How it compares with the standards.
    LinesShifted,
    Stranger,
    OutsideAtlas,
    OtherJudge,
    ForeignClass,
    Edges,
    ForeignAtlas,
    // Bad pixels, and spectra that are no normal star's at rest.
    Saturated,
    FilledIn,
    NegativeFlux,
    Spike,
    NoLines,
    Emission,
    BalmerFilled,
    UpsideDown,
    FarShifted,
    RestContradicted,
    PerhapsVacuum,
    PerhapsAir
};

[[nodiscard]] const char* toString(DoubtCode code); ///< "saturated", "far-shifted", …

/// One reason to doubt an answer, for programs and for translations.
struct Doubt {
    DoubtCode code = DoubtCode::Coverage;
    /// The numbers of the sentence by name, in its order: "share_percent", "wavelength_angstrom" …
    std::vector<std::pair<std::string, double>> values;
    std::string name; ///< of the standard, frame or atlas in question; empty where there is none

    /// Precondition: there is a value of that name.
    [[nodiscard]] double value(const std::string& of) const;
    bool operator==(const Doubt&) const = default;
};

/// Whether the spectrum is so far from those that probabilities and uncertainties were calibrated
/// on that these say nothing about it.
[[nodiscard]] bool isBeyondCalibration(const Doubt& doubt);

/// A doubt with its English sentence.
struct Finding {
    Doubt doubt;
    std::string sentence;
};

/// Whether an answer should be believed, and why not.
struct Conformity {
    bool ok = false;
    std::vector<std::string> reasons; ///< English; empty when ok
    std::vector<Doubt> doubts; ///< the same in the same order

    void add(Finding finding);
};

/// Without findings there is nothing to doubt.
[[nodiscard]] Conformity conformityOf(std::vector<Finding> findings);

} // namespace maury::classify
