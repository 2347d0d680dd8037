// The stages of a training step from the spectra to the loss.

#include "core/train/step_numbers.h"
#include "core/train/step_parts.h"

namespace maury::train {
namespace {

using Numbers = StepNumbers;
using Index = Numbers::Index;
using Kind = StepStage::Kind;

constexpr std::size_t kPixels = 12;

void input(const Numbers& step, std::vector<StepStage>& stages)
{
    const auto& spectra = step.trace().forward.activations.front();
    StepStage& stage = addStage(stages, Kind::Input, {}, "A_0 = spectra");
    addShape(stage, "A_0", spectra);
    stage.columns = { "pixel i", "a_0" };
    const Index pixels = spectra.cols();
    for (std::size_t i = 0; i < std::min(kPixels, Numbers::at(pixels)); ++i) {
        const Index pixel = static_cast<Index>(i) * pixels / static_cast<Index>(kPixels);
        stage.rows.push_back(
            { fmt::format("{:.1f} Å", step.trace().wavelengthAngstrom[Numbers::at(pixel)]),
                { spectra(step.sample(), pixel) }, false });
    }
    stage.results = { { "N", static_cast<double>(spectra.rows()) },
        { "mean of a_0", spectra.row(step.sample()).cast<double>().mean() } };
}

void sum(const Numbers& step, std::vector<StepStage>& stages, const StepLayer& layer)
{
    const auto& input = step.inputOf(layer);
    const auto& weights = Numbers::of(step.trace().before, layer).weights;
    const auto& biases = Numbers::of(step.trace().before, layer).biases;
    const Index unit = step.unitOf(layer);
    const std::string below = step.markBelow(layer);
    const std::string own = Numbers::mark(layer);
    StepStage& stage = addStage(
        stages, Kind::Sum, layer, "Z" + own + " = A" + below + "·W" + own + " + b" + own);
    addShape(stage, "A" + below, input);
    addShape(stage, "W" + own, weights);
    addShape(stage, "Z" + own, step.sumsOf(layer));
    stage.columns = { step.inputSymbol(layer), "a" + below, "w" + own, "a·w" };
    const auto term = [&](Index i) {
        return static_cast<double>(input(step.sample(), i)) * static_cast<double>(weights(i, unit));
    };
    double shown = 0.0;
    for (const Index i : Numbers::largest(input.cols(), Numbers::kRows, term)) {
        stage.rows.push_back({ step.inputName(layer, i),
            { input(step.sample(), i), weights(i, unit), term(i) }, false });
        shown += term(i);
    }
    const double bias = biases(unit);
    const double z = step.sumsOf(layer)(step.sample(), unit);
    stage.results = { { "Σ above", shown }, { "Σ others", z - bias - shown }, { "b" + own, bias },
        { "z" + own, z, step.unitName(layer, unit) } };
}

void activation(const Numbers& step, std::vector<StepStage>& stages, int number)
{
    const StepLayer layer { StepLayer::Kind::Hidden, number };
    const auto& sums = step.sumsOf(layer);
    const auto& outputs = step.trace().forward.activations[static_cast<std::size_t>(number)];
    const std::string own = Numbers::mark(layer);
    StepStage& stage = addStage(stages, Kind::Activation, layer, "A" + own + " = f(Z" + own + ")");
    addShape(stage, "Z" + own, sums);
    addShape(stage, "A" + own, outputs);
    stage.columns = { "unit j", "z" + own, "a" + own + " = f(z)", "f′(z)" };
    const Index unit = step.unitOf(layer);
    for (const Index j : step.withUnit(outputs, unit))
        stage.rows.push_back({ step.unitName(layer, j),
            { sums(step.sample(), j), outputs(step.sample(), j),
                nn::activationDerivative(step.trace().spec.activation, sums(step.sample(), j)) },
            j == unit });
    const auto positive = (sums.row(step.sample()).array() > 0.0F).count();
    stage.results = { { "units with z > 0", static_cast<double>(positive) },
        { "units", static_cast<double>(sums.cols()) } };
}

void softmax(const Numbers& step, std::vector<StepStage>& stages, const StepLayer& head)
{
    const auto& logits = step.sumsOf(head);
    const auto& p = step.probabilitiesOf(head);
    const std::string own = Numbers::mark(head);
    StepStage& stage
        = addStage(stages, Kind::Softmax, head, "p" + own + " = exp(z − max z) / Σ exp(z − max z)");
    addShape(stage, "Z" + own, logits);
    addShape(stage, "p" + own, p);
    stage.columns = { "class k", "z" + own, "exp(z − max z)", "p" + own };
    const double highest = logits.row(step.sample()).maxCoeff();
    const Index label = step.unitOf(head);
    double total = 0.0;
    for (Index k = 0; k < logits.cols(); ++k)
        total += std::exp(static_cast<double>(logits(step.sample(), k)) - highest);
    for (const Index k : step.withUnit(p, label))
        stage.rows.push_back({ step.unitName(head, k),
            { logits(step.sample(), k),
                std::exp(static_cast<double>(logits(step.sample(), k)) - highest),
                p(step.sample(), k) },
            k == label });
    stage.results = { { "max z", highest }, { "Σ exp(z − max z)", total },
        { "p" + own, p(step.sample(), label), step.unitName(head, label) } };
}

void loss(const Numbers& step, std::vector<StepStage>& stages)
{
    StepStage& stage = addStage(stages, Kind::Loss, {},
        "L = (w_{SC}·CE_{SC} + w_{LC}·CE_{LC}) / (w_{SC} + w_{LC}),  CE = −Σ_n ln p_n(true) / N");
    stage.columns = { "sample n", "−ln p_{SC}", "−ln p_{LC}" };
    const auto term = [&](const StepLayer& head, Index row, Index label) {
        return -std::log(
            std::max(1e-38, static_cast<double>(step.probabilitiesOf(head)(row, label))));
    };
    const auto both = [&](Index n) {
        return std::pair(term(Numbers::heads()[0], n, step.trace().sc[Numbers::at(n)]),
            term(Numbers::heads()[1], n, step.trace().lc[Numbers::at(n)]));
    };
    auto samples = Numbers::largest(step.trace().samples(), Numbers::kRows,
        [&](Index n) { return both(n).first + both(n).second; });
    if (const auto found = std::find(samples.begin(), samples.end(), step.sample());
        found != samples.end())
        samples.erase(found);
    samples.insert(samples.begin(), step.sample());
    for (const Index n : samples)
        stage.rows.push_back(
            { fmt::format("{}  {} {}", n + 1, step.trace().classes[step.trace().sc[Numbers::at(n)]],
                  luminosityNames()[step.trace().lc[Numbers::at(n)]]),
                { both(n).first, both(n).second }, n == step.sample() });
    stage.results = { { "CE_{SC}", step.trace().lossSc }, { "CE_{LC}", step.trace().lossLc },
        { "w_{SC}", step.trace().settings.weightSc }, { "w_{LC}", step.trace().settings.weightLc },
        { "L", step.trace().loss } };
}

} // namespace

void addForwardStages(const StepNumbers& numbers, std::vector<StepStage>& stages)
{
    const int hidden = static_cast<int>(numbers.hiddenCount());
    input(numbers, stages);
    for (int layer = 1; layer <= hidden; ++layer) {
        sum(numbers, stages, { StepLayer::Kind::Hidden, layer });
        activation(numbers, stages, layer);
    }
    for (const StepLayer& head : Numbers::heads())
        sum(numbers, stages, head);
    for (const StepLayer& head : Numbers::heads())
        softmax(numbers, stages, head);
    loss(numbers, stages);
}

} // namespace maury::train
