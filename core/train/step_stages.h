#pragma once

#include "core/train/step_trace.h"

#include <string>
#include <vector>

namespace maury::train {

/// Which part of a network a stage is about.
struct StepLayer {
    enum class Kind { Input, Hidden, SpectralHead, LuminosityHead };
    Kind kind = Kind::Input;
    int number = 0; ///< of a hidden layer, from 1

    bool operator==(const StepLayer&) const = default;
};

/// One equation of a training step with an excerpt of its numbers. Symbols: A are activations (A_0
/// the spectra), Z sums, W and b weights and biases, p probabilities, t one-hot labels, δ =
/// dLoss/dZ, N samples, λ the learning rate, w_SC and w_LC the weights of the heads, ⊙ element by
/// element; an index of several letters stands in braces ("Z_{SC}").
struct StepStage {
    enum class Kind {
        Input, ///< the spectra of the batch
        Sum, ///< Z = A·W + b
        Activation, ///< A = f(Z)
        Softmax, ///< p of a head
        Loss, ///< cross-entropies and their weighted mean
        HeadDelta, ///< δ of a head
        BackToOutputs, ///< dA = δ·Wᵀ of the layer above
        BackToSums, ///< δ = dA ⊙ f′(Z)
        WeightGradient, ///< dW = Aᵀ·δ, db = Σδ
        Update ///< the optimiser's step
    };
    struct Shape {
        std::string symbol;
        Eigen::Index rows = 0;
        Eigen::Index columns = 0;
    };
    struct Row {
        std::string label; ///< "4101.5 Å", "j = 5", "G2", "n = 17"
        std::vector<double> numbers; ///< one for each of `columns` but the first
        bool marked = false; ///< the chosen sample, unit or the true class
    };
    struct Result {
        std::string symbol; ///< "Σ above", "Σ others": of the rows and of all that they leave out
        double value = 0.0;
        std::string of = {}; ///< the unit, class or weight that it is of; may be empty
    };

    Kind kind = Kind::Input;
    StepLayer layer;
    std::string formula;
    std::vector<Shape> shapes;
    std::vector<std::string> columns; ///< symbols; the first is that of the labels
    std::vector<Row> rows; ///< the excerpt: what weighs most first
    std::vector<Result> results; ///< what the excerpt leads to, with what it leaves out
};

/// What the excerpts are of.
struct StepChoice {
    int sample = 0; ///< of the batch
    std::vector<int> units; ///< one for each hidden layer
};

/// The unit of every hidden layer that the loss of a sample depends on most (largest |δ|).
/// Precondition: 0 ≤ sample < samples().
[[nodiscard]] StepChoice busiestUnits(const StepTrace& trace, int sample);

/// All stages in the order in which they are computed. Precondition: sample and units exist.
[[nodiscard]] std::vector<StepStage> stagesOf(const StepTrace& trace, const StepChoice& choice);

[[nodiscard]] std::string toString(StepStage::Kind kind); ///< "sum", "weight-gradient", …
[[nodiscard]] std::string toString(const StepLayer& layer); ///< "input", "hidden 2", "sc", "lc"

} // namespace maury::train
