#include "core/train/backend.h"

#include "core/base/contract.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace maury::train {
namespace {

HeadChoice chooseHead(const nn::Matrix<float>& probabilities, std::span<const std::uint32_t> rows,
    std::span<const std::uint16_t> labels)
{
    HeadChoice choice;
    for (Eigen::Index row = 0; row < probabilities.rows(); ++row) {
        Eigen::Index best = 0;
        choice.probability.push_back(probabilities.row(row).maxCoeff(&best));
        choice.classes.push_back(static_cast<std::uint16_t>(best));
        const float own = probabilities(row, labels[rows[static_cast<std::size_t>(row)]]);
        // The smallest normal float bounds the loss of a class that got probability 0.
        choice.crossEntropy
            -= std::log(static_cast<double>(std::max(own, std::numeric_limits<float>::min())));
    }
    choice.crossEntropy /= static_cast<double>(std::max<Eigen::Index>(1, probabilities.rows()));
    return choice;
}

} // namespace

base::Result<void> Backend::keep(std::span<const LabelledSamples> /*sets*/)
{
    return {};
}

base::Result<bool> Backend::makeFresh(const FreshSamples& /*fresh*/)
{
    return false;
}

base::Result<std::vector<StepStats>> Backend::trainSteps(
    const Batch& batch, std::size_t batchSize, const StepSettings& settings)
{
    EXPECTS(batchSize > 0);
    std::vector<StepStats> all;
    Batch part = batch;
    for (std::size_t begin = 0; begin < batch.rows.size(); begin += batchSize) {
        part.rows = batch.rows.subspan(begin, std::min(batchSize, batch.rows.size() - begin));
        auto stats = trainStep(part, settings);
        if (!stats)
            return base::Unexpected(stats.error());
        all.push_back(*stats);
    }
    return all;
}

base::Result<Choices> Backend::choose(const Batch& batch)
{
    const auto probabilities = predict(batch);
    if (!probabilities)
        return base::Unexpected(probabilities.error());
    return Choices { chooseHead(probabilities->sc, batch.rows, batch.sc),
        chooseHead(probabilities->lc, batch.rows, batch.lc) };
}

} // namespace maury::train
