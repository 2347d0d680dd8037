#pragma once

// Both heads in one go. Their weights stand side by side, [width, stride], spectral classes first,
// zeros from `classes()` on; so do their logits.
//  TrainHeads  one block a sample: logits, max-shifted softmax, cross-entropy, the gradients of the
//              logits and of the last hidden layer's z. Overwrites all outputs.
//  SumStats    one block: the losses and hits of a step, summed in a fixed order, in double.
//  ScoreHeads  one block a sample: probabilities, or the most probable classes with the loss.

#include "gpu/kernels/activation.h"

#include <float.h>
#include <math.h>

namespace maury::gpu {

/// A number for each head. No array: an index known only at run time would put it into memory.
struct HeadPair {
    float sc;
    float lc;
    [[nodiscard]] MAURY_DEVICE float of(int head) const { return head == 0 ? sc : lc; }
};

/// A row's largest logits, and the sums of exp(logit − largest), of which softmax is the share.
struct Softmax {
    HeadPair most;
    HeadPair total;
};

/// The last hidden layer's outputs and the heads above them.
struct HeadsInput {
    const float* activations; ///< [rows, width]
    const float* weights; ///< [width, stride]
    const float* biases; ///< [stride]
    int rows;
    int width;
    int stride;
    int sc; ///< classes
    int lc;

    [[nodiscard]] MAURY_EVERYWHERE int classes() const { return sc + lc; }
    MAURY_DEVICE int headOf(int at) const { return at < sc ? 0 : 1; }
    MAURY_DEVICE int begin(int head) const { return head == 0 ? 0 : sc; }
    MAURY_DEVICE int end(int head) const { return head == 0 ? sc : sc + lc; }

    /// Overwrites logits [classes()] of a row; each thread its own.
    template <typename Block>
    MAURY_DEVICE void logitsOf(const Block& block, std::int64_t row, float* logits) const
    {
        const float* inputs = activations + row * width;
        for (int at = block.thread(); at < classes(); at += block.threads()) {
            float sum = biases[at];
            for (int unit = 0; unit < width; ++unit)
                sum += inputs[unit] * weights[std::int64_t { unit } * stride + at];
            logits[at] = sum;
        }
    }

    /// Overwrites logits and exponentials [classes()] of a row for the whole block.
    template <typename Block>
    MAURY_DEVICE Softmax softmaxOf(
        Block& block, std::int64_t row, float* logits, float* exponentials) const
    {
        logitsOf(block, row, logits);
        block.sync();
        const HeadPair most = { logits[largest(logits, 0)], logits[largest(logits, 1)] };
        for (int at = block.thread(); at < classes(); at += block.threads())
            exponentials[at] = ::expf(logits[at] - most.of(headOf(at)));
        block.sync();
        return { most, { sum(exponentials, 0), sum(exponentials, 1) } };
    }

    /// The first of the largest numbers of a head.
    MAURY_DEVICE int largest(const float* numbers, int head) const
    {
        int best = begin(head);
        for (int at = best + 1; at < end(head); ++at)
            if (numbers[at] > numbers[best])
                best = at;
        return best;
    }
    MAURY_DEVICE float sum(const float* numbers, int head) const
    {
        float total = 0.0F;
        for (int at = begin(head); at < end(head); ++at)
            total += numbers[at];
        return total;
    }
};

/// What a step wants of a sample: labels of its row, or soft targets in the batch's order.
struct HeadTargets {
    const std::uint32_t* rows; ///< [batch]
    const std::uint16_t* labelsSc; ///< of all samples; null with soft targets
    const std::uint16_t* labelsLc;
    const float* softSc; ///< [batch, classes of the head]; null with labels
    const float* softLc;

    [[nodiscard]] MAURY_DEVICE bool isSoft() const { return softSc != nullptr; }
    MAURY_DEVICE int label(int head, std::int64_t row) const
    {
        return (head == 0 ? labelsSc : labelsLc)[rows[row]];
    }
    MAURY_DEVICE const float* soft(int head) const { return head == 0 ? softSc : softLc; }
};

struct RowStats {
    float loss[2];
    float hit[2];
};

/// As train::StepStats, of one step.
struct StepSums {
    double loss[2];
    double hits[2];
};

struct TrainHeads {
    static constexpr int kThreads = 128;

    HeadsInput input;
    HeadTargets targets;
    const StepNumbers* step;
    const float* z; ///< [rows, width] of the last hidden layer
    float* dLogits; ///< [rows, stride]
    float* dz; ///< [rows, width]
    RowStats* stats; ///< [rows]
    int layer; ///< of z
    bool dropout;
    nn::Activation activation;

    [[nodiscard]] Grid grid() const
    {
        Grid grid = gridFor(input.rows, 1);
        grid.sharedBytes = 3 * static_cast<std::size_t>(input.classes()) * sizeof(float);
        return grid;
    }

    template <typename Block> MAURY_DEVICE void operator()(Block& block) const
    {
        float* logits = block.shared();
        float* exponentials = logits + input.classes();
        float* gradients = exponentials + input.classes();
        for (std::int64_t row = block.index(); row < input.rows; row += block.count()) {
            const Softmax softmax = input.softmaxOf(block, row, logits, exponentials);
            for (int at = block.thread(); at < input.stride; at += block.threads())
                differentiate(row, at, softmax.total, exponentials, gradients);
            for (int head = block.thread(); head < 2; head += block.threads())
                score(row, head, softmax.most.of(head), softmax.total.of(head), logits);
            block.sync();
            for (int unit = block.thread(); unit < input.width; unit += block.threads())
                dz[row * input.width + unit] = gradientOf(row, unit, gradients);
            block.sync(); // before the next row overwrites what is shared
        }
    }

private:
    MAURY_DEVICE float target(std::int64_t row, int head, int at) const
    {
        const int place = at - input.begin(head);
        if (targets.isSoft())
            return targets.soft(head)[row * (input.end(head) - input.begin(head)) + place];
        return targets.label(head, row) == place ? 1.0F : 0.0F;
    }

    MAURY_DEVICE void differentiate(
        std::int64_t row, int at, HeadPair total, const float* exponentials, float* gradients) const
    {
        float gradient = 0.0F;
        if (at < input.classes()) {
            const int head = input.headOf(at);
            const float weight = head == 0 ? step->gradientSc : step->gradientLc;
            gradient = weight * (exponentials[at] / total.of(head) - target(row, head, at));
            gradients[at] = gradient;
        }
        dLogits[row * input.stride + at] = gradient;
    }

    MAURY_DEVICE void score(
        std::int64_t row, int head, float most, float total, const float* logits) const
    {
        float mean = 0.0F; // of logit − most under the target
        int wanted = input.begin(head);
        if (!targets.isSoft()) {
            wanted += targets.label(head, row);
            mean = logits[wanted] - most;
        } else {
            float largest = -1.0F;
            for (int at = input.begin(head); at < input.end(head); ++at) {
                const float t = target(row, head, at);
                mean += t * (logits[at] - most);
                wanted = t > largest ? at : wanted;
                largest = t > largest ? t : largest;
            }
        }
        stats[row].loss[head] = ::logf(total) - mean;
        stats[row].hit[head] = input.largest(logits, head) == wanted ? 1.0F : 0.0F;
    }

    MAURY_DEVICE float gradientOf(std::int64_t row, int unit, const float* gradients) const
    {
        const float* weights = input.weights + std::int64_t { unit } * input.stride;
        float sum = 0.0F;
        for (int at = 0; at < input.classes(); ++at)
            sum += gradients[at] * weights[at];
        if (dropout)
            sum *= dropoutScaleOf(*step, layer, static_cast<std::uint64_t>(row), unit);
        return sum * activationSlope(activation, z[row * input.width + unit]);
    }
};

struct SumStats {
    static constexpr int kLanes = 64;
    static constexpr int kNumbers = 4;
    static constexpr int kThreads = kLanes * kNumbers;

    const RowStats* stats; ///< [rows]
    StepSums* sums; ///< one
    int rows;

    [[nodiscard]] Grid grid() const { return { 1, kThreads * sizeof(double) }; }

    template <typename Block> MAURY_DEVICE void operator()(Block& block) const
    {
        auto* sum = reinterpret_cast<double*>(block.shared());
        for (int item = block.thread(); item < kThreads; item += block.threads()) {
            sum[item] = 0.0;
            for (int row = item / kNumbers; row < rows; row += kLanes)
                sum[item] += static_cast<double>(numberOf(stats[row], item % kNumbers));
        }
        block.sync();
        for (int half = kLanes / 2; half > 0; half /= 2) {
            for (int item = block.thread(); item < half * kNumbers; item += block.threads())
                sum[item] += sum[item + half * kNumbers];
            block.sync();
        }
        if (block.thread() == 0)
            *sums = { { sum[0] / rows, sum[1] / rows }, { sum[2], sum[3] } };
    }

private:
    MAURY_DEVICE static float numberOf(const RowStats& row, int at)
    {
        return at < 2 ? row.loss[at] : row.hit[at - 2];
    }
};

/// What both heads say of a row; cross-entropies as in train::HeadChoice.
struct RowChoice {
    float probability[2];
    float crossEntropy[2];
    std::uint32_t best[2];
};

struct ScoreHeads {
    static constexpr int kThreads = 128;

    HeadsInput input;
    HeadTargets targets; ///< labels, for `choices`
    float* probabilities; ///< [rows, stride]; null: not wanted
    RowChoice* choices; ///< [rows]; null: not wanted

    [[nodiscard]] Grid grid() const
    {
        Grid grid = gridFor(input.rows, 1);
        grid.sharedBytes = 2 * static_cast<std::size_t>(input.classes()) * sizeof(float);
        return grid;
    }

    template <typename Block> MAURY_DEVICE void operator()(Block& block) const
    {
        float* logits = block.shared();
        float* exponentials = logits + input.classes();
        for (std::int64_t row = block.index(); row < input.rows; row += block.count()) {
            const Softmax softmax = input.softmaxOf(block, row, logits, exponentials);
            if (probabilities != nullptr)
                for (int at = block.thread(); at < input.classes(); at += block.threads())
                    probabilities[row * input.stride + at]
                        = exponentials[at] / softmax.total.of(input.headOf(at));
            if (choices != nullptr)
                for (int head = block.thread(); head < 2; head += block.threads())
                    choose(row, head, softmax.total.of(head), exponentials);
            block.sync();
        }
    }

private:
    MAURY_DEVICE void choose(
        std::int64_t row, int head, float total, const float* exponentials) const
    {
        const int best = input.largest(exponentials, head);
        const int wanted = input.begin(head) + targets.label(head, row);
        const float own = exponentials[wanted] / total;
        choices[row].best[head] = static_cast<std::uint32_t>(best - input.begin(head));
        choices[row].probability[head] = exponentials[best] / total;
        choices[row].crossEntropy[head] = -::logf(own > FLT_MIN ? own : FLT_MIN);
    }
};

} // namespace maury::gpu
