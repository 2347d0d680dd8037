#pragma once

#include "core/nn/network_spec.h"

#include <vector>

namespace maury::ui {

/// An activation function and its slope at one input.
struct ActivationPoint {
    double input = 0.0;
    double value = 0.0; ///< f(a)
    double slope = 0.0; ///< f′(a)
};

inline constexpr double kActivationRange = 4.0;

/// The activation and its derivative from −kActivationRange to kActivationRange (the paper's
/// Fig. 2), ascending, with the functions that the backends are checked against. Jumps of the slope
/// stand as jumps.
[[nodiscard]] std::vector<ActivationPoint> activationCurve(nn::Activation activation);

} // namespace maury::ui
