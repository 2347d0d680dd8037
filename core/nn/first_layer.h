#pragma once

#include "core/nn/parameters.h"

#include <vector>

namespace maury::nn {

/// The first layer as filters of the spectrum, and where each unit's output leads.
///
/// The path weights of a unit to a class are the products of the weights along every way from the
/// unit to the class's output, summed over the ways: M = W₂·W₃·…·W_head, less the mean over the
/// classes of the head, which softmax does not feel. They leave the slopes of the activations out,
/// and so tell which classes a unit *can* drive, not what it did to one spectrum.
struct FirstLayer {
    Matrix<float> weights; ///< [inputs, units]: column j is the filter of unit j
    Matrix<float> pathSc; ///< [units, scClasses]
    Matrix<float> pathLc; ///< [units, lcClasses]
    /// [units] ‖filter‖ · √(‖pathSc‖² + ‖pathLc‖²) of each unit: how far a spectrum of unit norm
    /// can move the outputs through it.
    std::vector<double> influence;
    std::vector<int> order; ///< [units] units by falling influence, equal ones by number

    [[nodiscard]] int units() const { return static_cast<int>(weights.cols()); }
};

/// A pure function of the parameters. Precondition: at least one hidden layer.
[[nodiscard]] FirstLayer firstLayerOf(const Parameters& parameters);

/// Classes by falling path weight of one unit: those with positive weight for `raises`, with
/// negative (the strongest first) otherwise; at most `count`.
[[nodiscard]] std::vector<int> strongestClasses(
    const Matrix<float>& path, int unit, bool raises, int count);

} // namespace maury::nn
