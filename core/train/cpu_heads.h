#pragma once

#include <cstdint>

namespace maury::train {

/// Max-shifted softmax of one row of `classes` logits into `out`; returns ln Σ exp(logit).
float softmaxRow(const float* logits, int classes, float* out);

struct HeadRow {
    float loss; ///< −ln p(label)
    bool hit; ///< the largest logit is the label's
};

/// Cross-entropy of one row of a head; the gradient of its logits, times `factor`, overwrites
/// `gradient` [classes].
HeadRow headRow(
    const float* logits, int classes, std::uint16_t label, float factor, float* gradient);

/// The same with a soft target [classes] that sums to 1; a hit is its largest bin.
HeadRow headRow(
    const float* logits, int classes, const float* target, float factor, float* gradient);

} // namespace maury::train
