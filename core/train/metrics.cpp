#include "core/train/metrics.h"

#include "core/base/contract.h"

#include <cmath>
#include <limits>

namespace maury::train {
namespace {

constexpr double kUndefined = std::numeric_limits<double>::quiet_NaN();

double ratio(std::int64_t part, std::int64_t whole)
{
    return whole == 0 ? kUndefined : static_cast<double>(part) / static_cast<double>(whole);
}

ClassScore scoreClass(
    const std::vector<std::vector<std::int64_t>>& confusion, std::size_t at, std::string name)
{
    ClassScore score;
    score.name = std::move(name);
    std::int64_t predicted = 0;
    for (std::size_t other = 0; other < confusion.size(); ++other) {
        score.samples += confusion[at][other];
        predicted += confusion[other][at];
    }
    const std::int64_t right = confusion[at][at];
    score.precision = ratio(right, predicted);
    score.recall = ratio(right, score.samples);
    score.f1 = ratio(2 * right, predicted + score.samples);
    return score;
}

} // namespace

HeadMetrics scoreConfusion(
    std::vector<std::vector<std::int64_t>> confusion, const std::vector<std::string>& names)
{
    EXPECTS(confusion.size() == names.size());
    HeadMetrics metrics;
    std::int64_t total = 0;
    std::int64_t right = 0;
    std::int64_t near = 0;
    int classes = 0;
    for (std::size_t truth = 0; truth < names.size(); ++truth) {
        const ClassScore& score
            = metrics.perClass.emplace_back(scoreClass(confusion, truth, names[truth]));
        for (std::size_t predicted = 0; predicted < names.size(); ++predicted) {
            const std::size_t distance = truth > predicted ? truth - predicted : predicted - truth;
            near += distance <= 1 ? confusion[truth][predicted] : 0;
        }
        total += score.samples;
        right += confusion[truth][truth];
        if (score.samples == 0)
            continue;
        ++classes;
        // A class that was never predicted counts as precision 0, as scikit-learn does.
        const double precision = std::isnan(score.precision) ? 0.0 : score.precision;
        metrics.precision += precision;
        metrics.recall += score.recall;
        metrics.f1 += score.f1;
        const auto members = static_cast<double>(score.samples);
        metrics.weightedPrecision += members * precision;
        metrics.weightedRecall += members * score.recall;
        metrics.weightedF1 += members * score.f1;
    }
    for (double* weighted :
        { &metrics.weightedPrecision, &metrics.weightedRecall, &metrics.weightedF1 })
        *weighted = total == 0 ? kUndefined : *weighted / static_cast<double>(total);
    metrics.accuracy = ratio(right, total);
    metrics.withinOne = ratio(near, total);
    metrics.precision = classes == 0 ? kUndefined : metrics.precision / classes;
    metrics.recall = classes == 0 ? kUndefined : metrics.recall / classes;
    metrics.f1 = classes == 0 ? kUndefined : metrics.f1 / classes;
    metrics.confusion = std::move(confusion);
    return metrics;
}

HeadMetrics scoreHead(std::span<const std::uint16_t> truth,
    std::span<const std::uint16_t> predicted, const std::vector<std::string>& names)
{
    EXPECTS(truth.size() == predicted.size());
    std::vector<std::vector<std::int64_t>> confusion(
        names.size(), std::vector<std::int64_t>(names.size(), 0));
    for (std::size_t i = 0; i < truth.size(); ++i)
        ++confusion[truth[i]][predicted[i]];
    return scoreConfusion(std::move(confusion), names);
}

const std::vector<std::string>& luminosityNames()
{
    static const std::vector<std::string> kNames { "I", "III", "V" };
    return kNames;
}

} // namespace maury::train
