#pragma once

// The update rules of core/nn/optimizer.h over all numbers of a network at once: four numbers a
// thread; all overwrite values and moments. Weights come first, biases from `weights` on (a
// multiple of 4, like all sizes). Plain descent needs no kernel: it is part of the products.

#include "gpu/kernels/step_numbers.h"

#include <math.h>

namespace maury::gpu {

struct MomentumUpdate {
    static constexpr int kThreads = 256;

    Float4* values;
    const Float4* gradients;
    Float4* velocities;
    std::int64_t quads;
    const StepNumbers* step;

    [[nodiscard]] Grid grid() const { return gridFor(quads, kThreads); }

    template <typename Block> MAURY_DEVICE void operator()(Block& block) const
    {
        const float rate = step->rate;
        const float beta = step->momentum;
        for (std::int64_t at = firstItem(block); at < quads; at += itemStride(block)) {
            const Float4 g = gradients[at];
            Float4 v = velocities[at];
            Float4 w = values[at];
            v = { beta * v.x + g.x, beta * v.y + g.y, beta * v.z + g.z, beta * v.w + g.w };
            w = { w.x - rate * v.x, w.y - rate * v.y, w.z - rate * v.z, w.w - rate * v.w };
            velocities[at] = v;
            values[at] = w;
        }
    }
};

struct AdamwUpdate {
    static constexpr int kThreads = 256;

    Float4* values;
    const Float4* gradients;
    Float4* first;
    Float4* second;
    std::int64_t quads;
    std::int64_t weightQuads; ///< those before are weights, which decay
    const StepNumbers* step;

    [[nodiscard]] Grid grid() const { return gridFor(quads, kThreads); }

    template <typename Block> MAURY_DEVICE void operator()(Block& block) const
    {
        const StepNumbers n = *step;
        for (std::int64_t at = firstItem(block); at < quads; at += itemStride(block)) {
            const float keep = at < weightQuads ? n.keepWeight : 1.0F;
            const Float4 g = gradients[at];
            Float4 m = first[at];
            Float4 v = second[at];
            Float4 w = values[at];
            update(n, keep, g.x, m.x, v.x, w.x);
            update(n, keep, g.y, m.y, v.y, w.y);
            update(n, keep, g.z, m.z, v.z, w.z);
            update(n, keep, g.w, m.w, v.w, w.w);
            first[at] = m;
            second[at] = v;
            values[at] = w;
        }
    }

private:
    MAURY_DEVICE static void update(
        const StepNumbers& n, float keep, float gradient, float& m, float& v, float& value)
    {
        m = n.momentum * m + (1.0F - n.momentum) * gradient;
        v = n.beta2 * v + (1.0F - n.beta2) * gradient * gradient;
        value = keep * value - n.adamRate * m / (n.adamScale * ::sqrtf(v) + 1e-8F);
    }
};

} // namespace maury::gpu
