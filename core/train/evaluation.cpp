#include "core/train/trainer.h"

#include <fmt/format.h>

namespace maury::train {
namespace {

using base::Result;

Result<Choices> choicesOf(Backend& backend, const Model& model, const dataset::SampleSet& set,
    std::span<const std::uint32_t> rows)
{
    if (!(set.grid == model.grid) || !(set.scheme == model.scheme))
        return base::failure(base::ErrorCode::ModelMismatch, "model against " + set.description,
            fmt::format("{} pixels, classes {}", set.grid.pixels, fmt::join(set.scheme.names, " ")),
            fmt::format(
                "{} pixels, classes {}", model.grid.pixels, fmt::join(model.scheme.names, " ")));
    return backend.choose({ set.flux.data(), rows, set.sc, set.lc });
}

std::vector<std::uint32_t> everyRow(const dataset::SampleSet& set, std::size_t stride = 1)
{
    std::vector<std::uint32_t> rows;
    for (std::size_t row = 0; row < set.size(); row += stride)
        rows.push_back(static_cast<std::uint32_t>(row));
    return rows;
}

double weightedMean(const Choices& choices, double weightSc, double weightLc)
{
    return (weightSc * choices.sc.crossEntropy + weightLc * choices.lc.crossEntropy)
        / (weightSc + weightLc);
}

} // namespace

Result<Metrics> evaluateSet(Backend& backend, const Model& model, const dataset::SampleSet& set,
    double weightSc, double weightLc)
{
    const auto choices = choicesOf(backend, model, set, everyRow(set));
    if (!choices)
        return base::Unexpected(choices.error());
    Metrics metrics;
    metrics.samples = static_cast<std::int64_t>(set.size());
    metrics.sc = scoreHead(set.sc, choices->sc.classes, model.scheme.names);
    metrics.lc = scoreHead(set.lc, choices->lc.classes, luminosityNames());
    metrics.sc.loss = choices->sc.crossEntropy;
    metrics.lc.loss = choices->lc.crossEntropy;
    metrics.loss = weightedMean(*choices, weightSc, weightLc);
    return metrics;
}

Result<double> lossOf(Backend& backend, const Model& model, const dataset::SampleSet& set,
    std::size_t stride, double weightSc, double weightLc)
{
    EXPECTS(stride > 0);
    const auto rows = everyRow(set, stride);
    const auto choices = choicesOf(backend, model, set, rows);
    if (!choices)
        return base::Unexpected(choices.error());
    return weightedMean(*choices, weightSc, weightLc);
}

Result<Predictions> predictSet(Backend& backend, const Model& model, const dataset::SampleSet& set)
{
    auto choices = choicesOf(backend, model, set, everyRow(set));
    if (!choices)
        return base::Unexpected(choices.error());
    auto& [sc, lc] = *choices;
    return Predictions { std::move(sc.classes), std::move(lc.classes), std::move(sc.probability),
        std::move(lc.probability) };
}

} // namespace maury::train
