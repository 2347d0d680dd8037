#include "core/robust/test_stars.h"

#include "core/base/contract.h"
#include "core/robust/decision.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace maury::robust {
namespace {

using base::Result;
using train::HeadProbabilities;

std::span<const float> rowOf(const nn::Matrix<float>& matrix, Eigen::Index row)
{
    return { matrix.row(row).data(), static_cast<std::size_t>(matrix.cols()) };
}

std::uint16_t groupOf(double luminosityCode)
{
    return static_cast<std::uint16_t>(mk::luminosityGroup(luminosityCode));
}

void labelByCode(TestStars& stars, const mk::ClassScheme& scheme)
{
    for (const double code : stars.inputs.temperatureCode)
        stars.sc.push_back(scheme.nearest(code));
    for (const double code : stars.inputs.luminosityCode)
        stars.lc.push_back(groupOf(code));
}

/// The mean of −Σ target · ln p over the rows.
double crossEntropy(const nn::Matrix<float>& probabilities, const mk::SpectraMatrix& targets)
{
    const auto floor = std::numeric_limits<float>::min();
    const auto rows = probabilities.rows();
    return -(targets.topRows(rows).array() * probabilities.array().max(floor).log())
                .rowwise()
                .sum()
                .cast<double>()
                .mean();
}

Decision decisionOf(const HeadProbabilities& heads, Eigen::Index row)
{
    return decide(rowOf(heads.sc, row), rowOf(heads.lc, row));
}

} // namespace

TestStars variationsToTest(const VariationMaker& maker, std::size_t count,
    const Standardisation& standardisation, const mk::ClassScheme& scheme, BatchMaker& batches)
{
    TestStars stars { InputBatch(count, maker.standards().grid), {}, {}, {},
        maker.standards().names };
    batches.make(maker, 0, &standardisation, stars.inputs);
    for (std::uint64_t i = 0; i < count; ++i)
        stars.star.push_back(static_cast<std::uint32_t>(maker.variation(0, i).standard));
    labelByCode(stars, scheme);
    return stars;
}

TestStars atlasToTest(const mk::Atlas& atlas, const LogGrid& grid,
    const Standardisation& standardisation, const mk::ClassScheme& scheme)
{
    const auto& standards = atlas.standards();
    TestStars stars { InputBatch(standards.size(), grid), {}, {}, {}, {} };
    const std::size_t pixels = atlas.grid().pixels;
    for (std::size_t i = 0; i < standards.size(); ++i) {
        const auto row = static_cast<Eigen::Index>(i);
        const LogSpectrum onGrid = toLogGrid({ atlas.flux().row(row).data(), pixels },
            { atlas.good().row(row).data(), pixels }, atlas.grid(), grid);
        const std::vector<float> input = networkInput(onGrid, grid, standardisation);
        std::copy(input.begin(), input.end(), stars.inputs.input.row(row).data());
        stars.inputs.setTargets(row, standards[i].temperatureCode, standards[i].luminosityCode);
        stars.star.push_back(static_cast<std::uint32_t>(i));
        stars.names.push_back(atlas.name() + "/" + standards[i].name);
    }
    labelByCode(stars, scheme);
    return stars;
}

TestScore scoreOf(const HeadProbabilities& heads, const TestStars& stars,
    const mk::ClassScheme& scheme, double weightTemperature, double weightLuminosity)
{
    EXPECTS(static_cast<std::size_t>(heads.sc.rows()) == stars.size());
    TestScore score;
    train::Predictions& answers = score.predictions;
    for (Eigen::Index row = 0; row < heads.sc.rows(); ++row) {
        const Decision decision = decisionOf(heads, row);
        answers.sc.push_back(scheme.nearest(decision.temperatureCode));
        answers.lc.push_back(static_cast<std::uint16_t>(decision.group));
        answers.scProbability.push_back(
            classProbabilities(rowOf(heads.sc, row), scheme)[answers.sc.back()]);
        answers.lcProbability.push_back(
            static_cast<float>(decision.groupProbability.at(answers.lc.back())));
    }
    train::Metrics& metrics = score.metrics;
    metrics.samples = static_cast<std::int64_t>(stars.size());
    metrics.sc = train::scoreHead(stars.sc, answers.sc, scheme.names);
    metrics.lc = train::scoreHead(stars.lc, answers.lc, train::luminosityNames());
    metrics.sc.loss = crossEntropy(heads.sc, stars.inputs.temperature);
    metrics.lc.loss = crossEntropy(heads.lc, stars.inputs.luminosity);
    metrics.loss = (weightTemperature * metrics.sc.loss + weightLuminosity * metrics.lc.loss)
        / (weightTemperature + weightLuminosity);
    return score;
}

Accuracies accuraciesOf(
    const HeadProbabilities& heads, const InputBatch& batch, const mk::ClassScheme& scheme)
{
    Accuracies right;
    for (Eigen::Index row = 0; row < heads.sc.rows(); ++row) {
        const auto sample = static_cast<std::size_t>(row);
        const Decision decision = decisionOf(heads, row);
        if (scheme.nearest(decision.temperatureCode)
            == scheme.nearest(batch.temperatureCode[sample]))
            right.sc += 1.0;
        if (static_cast<std::uint16_t>(decision.group) == groupOf(batch.luminosityCode[sample]))
            right.lc += 1.0;
    }
    const auto count = static_cast<double>(heads.sc.rows());
    return { right.sc / count, right.lc / count };
}

Result<HeadProbabilities> probabilitiesOf(
    train::Backend& backend, const mk::SpectraMatrix& input, Eigen::Index rows)
{
    std::vector<std::uint32_t> all(static_cast<std::size_t>(rows));
    std::iota(all.begin(), all.end(), 0U);
    train::Batch batch;
    batch.samples = input.data();
    batch.rows = all;
    return backend.predict(batch);
}

Result<HeadProbabilities> meanProbabilities(train::Backend& backend, const nn::NetworkSpec& spec,
    std::span<const nn::Parameters> members, const mk::SpectraMatrix& input)
{
    EXPECTS(!members.empty());
    HeadProbabilities mean { nn::Matrix<float>::Zero(input.rows(), spec.scClasses),
        nn::Matrix<float>::Zero(input.rows(), spec.lcClasses) };
    const auto share = 1.0F / static_cast<float>(members.size());
    for (const nn::Parameters& member : members) {
        if (const auto loaded = backend.load(spec, member, {}); !loaded)
            return base::Unexpected(loaded.error());
        const auto heads = probabilitiesOf(backend, input, input.rows());
        if (!heads)
            return heads;
        mean.sc += share * heads->sc;
        mean.lc += share * heads->lc;
    }
    return mean;
}

} // namespace maury::robust
