#include "core/train/trainer.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace maury::train {
namespace {

using base::Result;

Result<HeadProbabilities> probabilitiesOf(Backend& backend, const Model& model,
    const dataset::SampleSet& set, std::span<const std::uint32_t> rows)
{
    if (!(set.grid == model.grid) || !(set.scheme == model.scheme))
        return base::failure(base::ErrorCode::ModelMismatch, "model against " + set.description,
            fmt::format("{} pixels, classes {}", set.grid.pixels, fmt::join(set.scheme.names, " ")),
            fmt::format(
                "{} pixels, classes {}", model.grid.pixels, fmt::join(model.scheme.names, " ")));
    return backend.predict({ set.flux.data(), rows, set.sc, set.lc });
}

std::vector<std::uint32_t> everyRow(const dataset::SampleSet& set, std::size_t stride = 1)
{
    std::vector<std::uint32_t> rows;
    for (std::size_t row = 0; row < set.size(); row += stride)
        rows.push_back(static_cast<std::uint32_t>(row));
    return rows;
}

struct Choice {
    std::vector<std::uint16_t> classes;
    std::vector<float> probability;
    double crossEntropy = 0.0; ///< mean −ln p(true)
};

Choice choose(const nn::Matrix<float>& probabilities, std::span<const std::uint16_t> truth)
{
    Choice choice;
    for (Eigen::Index row = 0; row < probabilities.rows(); ++row) {
        Eigen::Index best = 0;
        choice.probability.push_back(probabilities.row(row).maxCoeff(&best));
        choice.classes.push_back(static_cast<std::uint16_t>(best));
        const float own = probabilities(row, truth[static_cast<std::size_t>(row)]);
        // The smallest normal float bounds the loss of a class that got probability 0.
        choice.crossEntropy
            -= std::log(static_cast<double>(std::max(own, std::numeric_limits<float>::min())));
    }
    choice.crossEntropy /= static_cast<double>(std::max<Eigen::Index>(1, probabilities.rows()));
    return choice;
}

double weightedMean(const Choice& sc, const Choice& lc, double weightSc, double weightLc)
{
    return (weightSc * sc.crossEntropy + weightLc * lc.crossEntropy) / (weightSc + weightLc);
}

} // namespace

Result<Metrics> evaluateSet(Backend& backend, const Model& model, const dataset::SampleSet& set,
    double weightSc, double weightLc)
{
    const auto probabilities = probabilitiesOf(backend, model, set, everyRow(set));
    if (!probabilities)
        return base::Unexpected(probabilities.error());
    const Choice sc = choose(probabilities->sc, set.sc);
    const Choice lc = choose(probabilities->lc, set.lc);
    Metrics metrics;
    metrics.samples = static_cast<std::int64_t>(set.size());
    metrics.sc = scoreHead(set.sc, sc.classes, model.scheme.names);
    metrics.lc = scoreHead(set.lc, lc.classes, luminosityNames());
    metrics.sc.loss = sc.crossEntropy;
    metrics.lc.loss = lc.crossEntropy;
    metrics.loss = weightedMean(sc, lc, weightSc, weightLc);
    return metrics;
}

Result<double> lossOf(Backend& backend, const Model& model, const dataset::SampleSet& set,
    std::size_t stride, double weightSc, double weightLc)
{
    EXPECTS(stride > 0);
    const auto rows = everyRow(set, stride);
    const auto probabilities = probabilitiesOf(backend, model, set, rows);
    if (!probabilities)
        return base::Unexpected(probabilities.error());
    const auto labels = [&rows](const std::vector<std::uint16_t>& all) {
        std::vector<std::uint16_t> some;
        for (const std::uint32_t row : rows)
            some.push_back(all[row]);
        return some;
    };
    return weightedMean(choose(probabilities->sc, labels(set.sc)),
        choose(probabilities->lc, labels(set.lc)), weightSc, weightLc);
}

Result<Predictions> predictSet(Backend& backend, const Model& model, const dataset::SampleSet& set)
{
    const auto probabilities = probabilitiesOf(backend, model, set, everyRow(set));
    if (!probabilities)
        return base::Unexpected(probabilities.error());
    Choice sc = choose(probabilities->sc, set.sc);
    Choice lc = choose(probabilities->lc, set.lc);
    return Predictions { std::move(sc.classes), std::move(lc.classes), std::move(sc.probability),
        std::move(lc.probability) };
}

} // namespace maury::train
