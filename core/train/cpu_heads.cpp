#include "core/train/cpu_heads.h"

#include <algorithm>
#include <cmath>

namespace maury::train {

float softmaxRow(const float* logits, int classes, float* out)
{
    const float maximum = *std::max_element(logits, logits + classes);
    float sum = 0.0F;
    for (int c = 0; c < classes; ++c) {
        out[c] = std::exp(logits[c] - maximum);
        sum += out[c];
    }
    for (int c = 0; c < classes; ++c)
        out[c] /= sum;
    return std::log(sum) + maximum;
}

HeadRow headRow(
    const float* logits, int classes, std::uint16_t label, float factor, float* gradient)
{
    const float logSum = softmaxRow(logits, classes, gradient);
    gradient[label] -= 1.0F;
    for (int c = 0; c < classes; ++c)
        gradient[c] *= factor;
    return { logSum - logits[label], std::max_element(logits, logits + classes) == logits + label };
}

HeadRow headRow(
    const float* logits, int classes, const float* target, float factor, float* gradient)
{
    const float logSum = softmaxRow(logits, classes, gradient);
    float loss = 0.0F;
    for (int c = 0; c < classes; ++c) {
        loss += target[c] * (logSum - logits[c]);
        gradient[c] = factor * (gradient[c] - target[c]);
    }
    const auto largest = [classes](const float* values) {
        return std::max_element(values, values + classes) - values;
    };
    return { loss, largest(logits) == largest(target) };
}

} // namespace maury::train
