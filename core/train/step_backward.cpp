// The stages of a training step from the loss to the new weights.

#include "core/train/step_numbers.h"
#include "core/train/step_parts.h"

namespace maury::train {
namespace {

using Numbers = StepNumbers;
using Index = Numbers::Index;
using Kind = StepStage::Kind;

void headDelta(const Numbers& step, std::vector<StepStage>& stages, const StepLayer& head)
{
    const auto& p = step.probabilitiesOf(head);
    const auto& delta = step.deltaOf(head);
    const std::string own = Numbers::mark(head);
    const double total = step.trace().settings.weightSc + step.trace().settings.weightLc;
    const double weight = Numbers::isSpectral(head) ? step.trace().settings.weightSc
                                                    : step.trace().settings.weightLc;
    StepStage& stage = addStage(stages, Kind::HeadDelta, head,
        "δ" + own + " = w" + own + " / (w_{SC} + w_{LC}) · (p" + own + " − t" + own + ") / N");
    addShape(stage, "p" + own, p);
    addShape(stage, "δ" + own, delta);
    stage.columns = { "class k", "p" + own, "t" + own, "δ" + own };
    const Index label = step.unitOf(head);
    for (const Index k : step.withUnit(p, label))
        stage.rows.push_back({ step.unitName(head, k),
            { p(step.sample(), k), k == label ? 1.0 : 0.0, delta(step.sample(), k) }, k == label });
    stage.results = { { "w" + own + " / (w_{SC} + w_{LC})", weight / total },
        { "N", static_cast<double>(step.trace().samples()) },
        { "Σ_k δ" + own, delta.row(step.sample()).cast<double>().sum() } };
}

void backToOutputs(const Numbers& step, std::vector<StepStage>& stages, int number)
{
    const StepLayer layer { StepLayer::Kind::Hidden, number };
    const bool last = Numbers::at(number) == step.hiddenCount();
    const std::vector<StepLayer> above = last
        ? Numbers::heads()
        : std::vector<StepLayer> { { StepLayer::Kind::Hidden, number + 1 } };
    const std::string own = Numbers::mark(layer);
    std::string formula = "dA" + own + " =";
    for (const StepLayer& each : above)
        formula += (&each == above.data() ? " δ" : " + δ") + Numbers::mark(each) + "·W"
            + Numbers::mark(each) + "ᵀ";
    StepStage& stage = addStage(stages, Kind::BackToOutputs, layer, std::move(formula));
    for (const StepLayer& each : above) {
        addShape(stage, "δ" + Numbers::mark(each), step.deltaOf(each));
        addShape(stage, "W" + Numbers::mark(each), Numbers::of(step.trace().before, each).weights);
    }
    const Index unit = step.unitOf(layer);
    const auto& dA = step.trace().backward.dActivations[static_cast<std::size_t>(number - 1)];
    addShape(stage, "dA" + own, dA);
    stage.columns = { last ? "class k" : "unit k", "δ", "w", "δ·w" };
    double shown = 0.0;
    for (const StepLayer& each : above) {
        const auto& delta = step.deltaOf(each);
        const auto& weights = Numbers::of(step.trace().before, each).weights;
        const auto term = [&](Index k) {
            return static_cast<double>(delta(step.sample(), k))
                * static_cast<double>(weights(unit, k));
        };
        for (const Index k :
            Numbers::largest(delta.cols(), last ? Numbers::kRows / 2 : Numbers::kRows, term)) {
            stage.rows.push_back({ step.unitName(each, k),
                { delta(step.sample(), k), weights(unit, k), term(k) }, false });
            shown += term(k);
        }
    }
    const double value = dA(step.sample(), unit);
    stage.results = { { "Σ above", shown }, { "Σ others", value - shown },
        { "dA" + own, value, step.unitName(layer, unit) } };
}

void backToSums(const Numbers& step, std::vector<StepStage>& stages, int number)
{
    const StepLayer layer { StepLayer::Kind::Hidden, number };
    const std::string own = Numbers::mark(layer);
    const auto& dA = step.trace().backward.dActivations[static_cast<std::size_t>(number - 1)];
    const auto& delta = step.deltaOf(layer);
    const auto& sums = step.sumsOf(layer);
    StepStage& stage = addStage(
        stages, Kind::BackToSums, layer, "δ" + own + " = dA" + own + " ⊙ f′(Z" + own + ")");
    addShape(stage, "dA" + own, dA);
    addShape(stage, "δ" + own, delta);
    stage.columns = { "unit j", "dA" + own, "f′(z)", "δ" + own };
    const Index unit = step.unitOf(layer);
    for (const Index j : step.withUnit(delta, unit))
        stage.rows.push_back({ step.unitName(layer, j),
            { dA(step.sample(), j),
                nn::activationDerivative(step.trace().spec.activation, sums(step.sample(), j)),
                delta(step.sample(), j) },
            j == unit });
    stage.results = { { "δ" + own, delta(step.sample(), unit), step.unitName(layer, unit) } };
}

/// The weight of a unit whose gradient is the largest: what excerpts of gradients are of.
[[nodiscard]] Index steepestInput(const Numbers& step, const StepLayer& layer)
{
    const auto& gradient = Numbers::of(step.trace().backward.gradient, layer).weights;
    const Index unit = step.unitOf(layer);
    return Numbers::largest(gradient.rows(), 1, [&](Index i) {
        return static_cast<double>(gradient(i, unit));
    }).front();
}

void weightGradient(const Numbers& step, std::vector<StepStage>& stages, const StepLayer& layer)
{
    const auto& input = step.inputOf(layer);
    const auto& delta = step.deltaOf(layer);
    const auto& gradient = Numbers::of(step.trace().backward.gradient, layer);
    const Index unit = step.unitOf(layer);
    const Index i = steepestInput(step, layer);
    const std::string below = step.markBelow(layer);
    const std::string own = Numbers::mark(layer);
    StepStage& stage = addStage(stages, Kind::WeightGradient, layer,
        "dW" + own + " = A" + below + "ᵀ·δ" + own + ",  db" + own + " = Σ_n δ" + own);
    addShape(stage, "A" + below, input);
    addShape(stage, "δ" + own, delta);
    addShape(stage, "dW" + own, gradient.weights);
    stage.columns = { "sample n", "a" + below, "δ" + own, "a·δ" };
    const auto term = [&](Index n) {
        return static_cast<double>(input(n, i)) * static_cast<double>(delta(n, unit));
    };
    auto samples = Numbers::largest(input.rows(), Numbers::kRows, term);
    std::erase(samples, static_cast<Index>(step.sample()));
    samples.insert(samples.begin(), step.sample());
    double shown = 0.0;
    for (const Index n : samples) {
        stage.rows.push_back({ fmt::format("{}", n + 1), { input(n, i), delta(n, unit), term(n) },
            n == step.sample() });
        shown += term(n);
    }
    const double value = gradient.weights(i, unit);
    stage.results = { { "Σ above", shown }, { "Σ others", value - shown },
        { "dW" + own, value, step.inputName(layer, i) + " → " + step.unitName(layer, unit) },
        { "db" + own, gradient.biases(unit), step.unitName(layer, unit) } };
}

[[nodiscard]] std::string rule(const Numbers& step, const std::string& own)
{
    const std::string w = "W" + own;
    const std::string g = "dW" + own;
    switch (step.trace().optimizer.kind) {
    case Optimizer::Sgd:
        return w + " ← " + w + " − λ·" + g;
    case Optimizer::Momentum:
        return "V" + own + " ← β·V" + own + " + " + g + ",  " + w + " ← " + w + " − λ·V" + own;
    case Optimizer::AdamW:
        return w + " ← " + w + "·(1 − λ·decay) − λ·m̂ / (√v̂ + ε),  m, v: means of " + g + ", " + g
            + "²";
    }
    return {};
}

void update(const Numbers& step, std::vector<StepStage>& stages, const StepLayer& layer)
{
    const auto& before = Numbers::of(step.trace().before, layer).weights;
    const auto& after = Numbers::of(step.trace().after, layer).weights;
    const auto& gradient = Numbers::of(step.trace().backward.gradient, layer).weights;
    const Index unit = step.unitOf(layer);
    const std::string own = Numbers::mark(layer);
    StepStage& stage = addStage(stages, Kind::Update, layer, rule(step, own));
    addShape(stage, "W" + own, before);
    addShape(stage, "dW" + own, gradient);
    stage.columns = { step.inputSymbol(layer), "before", "dW" + own, "after", "after − before" };
    for (const Index i : Numbers::largest(gradient.rows(), Numbers::kRows,
             [&](Index row) { return static_cast<double>(gradient(row, unit)); }))
        stage.rows.push_back({ step.inputName(layer, i),
            { before(i, unit), gradient(i, unit), after(i, unit),
                static_cast<double>(after(i, unit)) - static_cast<double>(before(i, unit)) },
            false });
    const double change = (after - before).cast<double>().norm();
    stage.results = { { "λ", step.trace().settings.learningRate }, { "|ΔW" + own + "|", change },
        { "|W" + own + "|", before.cast<double>().norm() } };
}

} // namespace

void addBackwardStages(const StepNumbers& numbers, std::vector<StepStage>& stages)
{
    const int hidden = static_cast<int>(numbers.hiddenCount());
    for (const StepLayer& head : Numbers::heads())
        headDelta(numbers, stages, head);
    for (const StepLayer& head : Numbers::heads())
        weightGradient(numbers, stages, head);
    for (int layer = hidden; layer >= 1; --layer) {
        backToOutputs(numbers, stages, layer);
        backToSums(numbers, stages, layer);
        weightGradient(numbers, stages, { StepLayer::Kind::Hidden, layer });
    }
    for (int layer = 1; layer <= hidden; ++layer)
        update(numbers, stages, { StepLayer::Kind::Hidden, layer });
    for (const StepLayer& head : Numbers::heads())
        update(numbers, stages, head);
}

} // namespace maury::train
