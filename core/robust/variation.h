#pragma once

#include "core/base/random.h"
#include "core/base/result.h"
#include "core/robust/standards.h"

#include <array>
#include <cstdint>
#include <span>
#include <vector>

namespace maury::robust {

/// How much variations of a standard differ from it. What makes a network trained on a library type
/// other stars is that it has seen every standard as other telescopes would have shown it; the
/// resolution is the decisive one.
struct VariationSettings {
    /// Of the variations that are mixed with a neighbouring cell. Off: types are no better for it
    /// and luminosities a little worse (measured on STELIB).
    double mixShare = 0.0;
    double nativeFwhmAngstrom = 1.8; ///< resolution of the sharpest library
    /// Each variation gets a resolution evenly between its standard's own and this.
    double widestFwhmAngstrom = 5.0;
    double rotationShare = 0.3; ///< of the variations of stars hotter than F8
    double velocitySigmaKms = 40.0;
    double depthSigma = 0.1; ///< of all lines alike
    double depthShapeSigma = 0.05; ///< of each of six cosines over the grid
    double continuumSigma = 0.1; ///< of cosine k: this over k, in ln flux
    /// Log-uniform between the two; of a pixel of median flux. Stars of S/N 20 shall lie within.
    double lowestSignalToNoise = 15.0;
    double highestSignalToNoise = 500.0;

    bool operator==(const VariationSettings&) const = default;
};

/// Errors: OptionInvalid naming the setting, its value and its range.
[[nodiscard]] base::Result<void> validate(const VariationSettings& settings);

inline constexpr std::size_t kShapeTerms = 6; ///< cosines cos(kπu), k from 1, u from 0 to 1

/// The numbers of one variation, apart from its noise.
struct Variation {
    std::size_t standard = 0;
    std::size_t partner = 0; ///< that it is mixed with; `standard` when it is not mixed
    double mix = 0.0; ///< share of the partner
    double ownFwhmAngstrom = 0.0; ///< of the standard, or of the broader one of two
    double fwhmAngstrom = 0.0; ///< in all
    double rotationKms = 0.0; ///< v sin i; 0 = none
    double velocityKms = 0.0;
    double depth = 0.0; ///< lines are deeper by this share,
    std::array<double, kShapeTerms> depthShape {}; ///< and by this along the spectrum
    std::array<double, kShapeTerms> continuumShape {};
    double signalToNoise = 0.0;
    double temperatureCode = 0.0; ///< of the mixture
    double luminosityCode = 0.0;
};

/// The greatest v sin i drawn for a star of this temperature code: 330 km/s up to F0 (code 23),
/// from there falling to 30 at F8, where stars rotate slowly.
[[nodiscard]] double fastestRotationKms(double temperatureCode);

/// Makes variations of standards: a pure function of (seed, step, index), the same in any thread
/// and order. In this order: mixing with a neighbouring cell (at most 2 codes away in temperature
/// and luminosity; up to a half of it), Gaussian blur, rotation (limb darkening 0.6, 30 km/s and
/// more), radial velocity, depth of the lines about the running mean, shape of the continuum, noise
/// ∝ √flux.
class VariationMaker {
public:
    /// Precondition: validate(settings) succeeds.
    VariationMaker(Standards standards, const VariationSettings& settings, std::uint64_t seed);

    /// The numbers that make() draws for variation (step, index).
    [[nodiscard]] Variation variation(std::uint64_t step, std::uint64_t index) const;

    /// Overwrites `flux` [grid.pixels] with variation (step, index). Thread-safe.
    void make(std::uint64_t step, std::uint64_t index, std::span<float> flux) const;

    /// For the variations made from now on. Precondition: validate(settings) succeeds.
    void setSettings(const VariationSettings& settings) { m_settings = settings; }

    [[nodiscard]] const Standards& standards() const { return m_standards; }
    [[nodiscard]] const VariationSettings& settings() const { return m_settings; }
    /// [standards] those that a standard may be mixed with.
    [[nodiscard]] const std::vector<std::vector<std::size_t>>& neighbours() const
    {
        return m_neighbours;
    }
    /// [kShapeTerms, pixels] cos(kπu).
    [[nodiscard]] const std::vector<float>& cosines() const { return m_cosines; }
    /// Of the stream whose split(step).split(index) draws variation (step, index).
    [[nodiscard]] std::uint64_t key() const { return m_stream.key(); }

private:
    using Shape = std::array<double, kShapeTerms>;

    void blend(const Variation& variation, std::span<float> flux) const;
    void broadenLines(
        const Variation& variation, std::span<float> flux, std::span<float> scratch) const;
    void shift(double velocityKms, std::span<float> flux, std::span<float> scratch) const;
    void changeDepth(
        const Variation& variation, std::span<float> flux, std::span<float> scratch) const;
    void addNoise(double signalToNoise, const base::RandomStream& stream, std::span<float> flux,
        std::span<float> scratch) const;
    void addCosines(const Shape& shape, std::span<float> sum) const;
    [[nodiscard]] base::RandomStream stream(std::uint64_t step, std::uint64_t index) const;

    Standards m_standards;
    VariationSettings m_settings;
    base::RandomStream m_stream;
    std::vector<std::vector<std::size_t>> m_neighbours; ///< [standards]
    std::vector<float> m_cosines; ///< [kShapeTerms, pixels]
};

} // namespace maury::robust
