#include "core/train/epoch_view.h"

#include "core/train/cpu_backend.h"

#include <fmt/format.h>

#include <utility>

namespace maury::train {
namespace {

using base::Result;

/// The rows that are asked, standard by standard as they come.
std::vector<std::uint32_t> askedRows(const dataset::SampleSet& set)
{
    std::vector<int> taken(set.standardNames.size(), 0);
    std::vector<std::uint32_t> rows;
    for (std::uint32_t row = 0; row < set.size(); ++row)
        if (taken[set.standard[row]]++ < kAskedPerStandard)
            rows.push_back(row);
    return rows;
}

/// Mean probabilities of each standard [standards, classes].
nn::Matrix<double> meansOf(const nn::Matrix<float>& probabilities,
    const std::vector<std::uint32_t>& rows, const dataset::SampleSet& set)
{
    nn::Matrix<double> sums = nn::Matrix<double>::Zero(
        static_cast<Eigen::Index>(set.standardNames.size()), probabilities.cols());
    std::vector<int> counts(set.standardNames.size(), 0);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const std::uint32_t standard = set.standard[rows[i]];
        sums.row(standard) += probabilities.row(static_cast<Eigen::Index>(i)).cast<double>();
        ++counts[standard];
    }
    for (std::size_t standard = 0; standard < counts.size(); ++standard)
        if (counts[standard] > 0)
            sums.row(static_cast<Eigen::Index>(standard)) /= counts[standard];
    return sums;
}

} // namespace

Result<std::vector<StandardAnswer>> answerStandards(
    Backend& backend, const Model& model, const dataset::SampleSet& set)
{
    if (!(model.grid == set.grid) || !(model.scheme == set.scheme))
        return base::failure(base::ErrorCode::ModelMismatch, set.description,
            fmt::format("{} pixels, {} classes", set.grid.pixels, set.scheme.size()),
            fmt::format("those of the network: {} pixels, {} classes", model.grid.pixels,
                model.scheme.size()));
    if (const auto loaded = backend.load(model.spec, model.parameters, {}); !loaded)
        return base::Unexpected(loaded.error());
    const auto rows = askedRows(set);
    const auto probabilities = backend.predict({ set.flux.data(), rows, set.sc, set.lc });
    if (!probabilities)
        return base::Unexpected(probabilities.error());
    const auto sc = meansOf(probabilities->sc, rows, set);
    const auto lc = meansOf(probabilities->lc, rows, set);
    std::vector<StandardAnswer> answers(set.standardNames.size());
    for (Eigen::Index standard = 0; standard < sc.rows(); ++standard) {
        StandardAnswer& answer = answers[static_cast<std::size_t>(standard)];
        answer.scProbability = sc.row(standard).maxCoeff(&answer.sc);
        answer.lcProbability = lc.row(standard).maxCoeff(&answer.lc);
    }
    return answers;
}

Result<EpochViewPtr> viewEpoch(
    const KeptEpoch& kept, const dataset::SampleSetPtr& set, int threads)
{
    auto model = readModel(kept.file);
    if (!model)
        return base::Unexpected(model.error());
    auto view = std::make_shared<EpochView>();
    view->epoch = kept.epoch;
    view->scheme = model->scheme;
    view->grid = model->grid;
    if (set != nullptr) {
        const auto backend = createCpuBackend(threads);
        auto answers = answerStandards(*backend, *model, *set);
        if (!answers)
            return base::Unexpected(answers.error());
        view->answers = *std::move(answers);
    }
    view->firstLayer = nn::firstLayerOf(model->parameters);
    return EpochViewPtr(std::move(view));
}

} // namespace maury::train
