#include "ui/models/activation_curve.h"

#include "core/nn/activation.h"

namespace maury::ui {

std::vector<ActivationPoint> activationCurve(nn::Activation activation)
{
    constexpr int kHalf = 100; // points on either side
    constexpr double kJump = 1e-9; // ReLU's slope is 0 at 0 and 1 just above
    std::vector<ActivationPoint> points;
    const auto add = [&](double input) {
        points.push_back({ input, nn::activate(activation, input),
            nn::activationDerivative(activation, input) });
    };
    for (int i = -kHalf; i <= kHalf; ++i) {
        add(kActivationRange * i / kHalf);
        if (i == 0)
            add(kJump);
    }
    return points;
}

} // namespace maury::ui
