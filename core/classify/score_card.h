#pragma once

#include "core/classify/star_classifier.h"
#include "core/classify/statistics.h"
#include "core/mk/spectral_type.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace maury::classify {

/// Collects how far stars lie from the atlas, by whether their types lie beyond its classes.
class OutsideTally {
public:
    /// The scheme outlives it.
    explicit OutsideTally(const mk::ClassScheme& scheme)
        : m_scheme(scheme)
    {
    }

    void add(const mk::SpectralType& truth, const Prediction& answer);
    /// Nothing when no answer told.
    [[nodiscard]] std::optional<OutsideScores> scores() const;

private:
    const mk::ClassScheme& m_scheme;
    OutsideScores m_scores;
    std::vector<double> m_beyond;
    std::vector<double> m_inside;
};

/// Collects what a classifier and the nearest standard say of stars with known types.
class ScoreCard {
public:
    /// `scheme`: the classes that answers are counted in; it outlives the card.
    explicit ScoreCard(const mk::ClassScheme& scheme);

    /// A star whose class is not within 0.75 codes of one of the scheme's counts in code and
    /// subclass alone; one whose type has no luminosity class not in LC. `atlas`: the library whose
    /// standard the answer names as the nearest.
    void add(const mk::SpectralType& truth, const Prediction& answer, const mk::Atlas& atlas);
    void addRefused() { ++m_refused; }

    [[nodiscard]] Evaluation evaluation() const;

private:
    /// What one judge says.
    struct Tally {
        std::vector<double> code;
        std::vector<double> subclass;
        std::vector<std::uint16_t> scTruth;
        std::vector<std::uint16_t> sc;
        std::vector<std::uint16_t> lcTruth;
        std::vector<std::uint16_t> lc;
    };
    /// Probabilities given and whether the answers were right.
    struct Claims {
        std::vector<float> probability;
        std::vector<std::uint8_t> right;

        void add(double claimed, bool wasRight);
    };

    /// printed: the decimal subclass of the printed type.
    void count(Tally& tally, const mk::SpectralType& truth, double code, double printed,
        mk::LuminosityGroup group) const;
    [[nodiscard]] Scores scoresOf(const Tally& tally) const;

    const mk::ClassScheme& m_scheme;
    Tally m_answers;
    Tally m_nearest;
    OutsideTally m_outside;
    Claims m_sc;
    Claims m_lc;
    std::vector<double> m_pulls;
    std::int64_t m_typed = 0;
    std::int64_t m_refused = 0;
    std::int64_t m_conforming = 0;
};

} // namespace maury::classify
