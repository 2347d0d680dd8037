#pragma once

#include "core/classify/prepare.h"
#include "core/nn/parameters.h"

#include <span>
#include <vector>

namespace maury::classify {

enum class Head { Spectral, Luminosity };

/// The weights of a network in the mean of the networks' probabilities; those of all sum to 1.
struct HeadWeights {
    double spectral = 1.0;
    double luminosity = 1.0;

    [[nodiscard]] double of(Head head) const
    {
        return head == Head::Spectral ? spectral : luminosity;
    }
};

/// One network, or several of one shape, with what it was given of a spectrum. spec and members are
/// borrowed from the classifier. values, blank, wavelengthAngstrom: [spec->inputs].
struct NetworkInput {
    const nn::NetworkSpec* spec = nullptr;
    std::span<const nn::Parameters> members;
    std::vector<float> values;
    /// The input that a spectrum with the same continuum and no line at all would give. Pixels
    /// without data hold the same as in `values`: what was not seen is no evidence.
    std::vector<float> blank;
    std::vector<double> wavelengthAngstrom; ///< in air
    HeadWeights weights;
};

/// A spectrum as a classifier sees it.
struct Examination {
    PreparedSpectrum prepared; ///< on the grid of the classifier's atlas
    std::vector<NetworkInput> networks; ///< at least one
};

} // namespace maury::classify
