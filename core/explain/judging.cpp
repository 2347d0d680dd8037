#include "core/explain/judging.h"

#include "core/classify/standard_matcher.h"

#include <algorithm>
#include <numeric>

namespace maury::explain {

using base::ErrorCode;
using base::Result;

namespace {

/// The standard nearest to one that is not itself. Nothing when there is none.
std::optional<classify::NearestStandard> nearestOther(const classify::StarClassifier& classifier,
    const StarToJudge& star, const classify::PrepareOptions& options,
    std::optional<classify::StandardMatcher>& matcher)
{
    const auto examined = classifier.examine(*star.spectrum, options);
    if (!examined)
        return std::nullopt;
    if (!matcher) // borrows the atlas: it lives no longer than the classifier
        matcher.emplace(mk::AtlasPtr(mk::AtlasPtr(), &classifier.atlas()));
    for (const auto& nearest : matcher->nearest(examined->prepared, 2))
        if (nearest.name != star.standard)
            return nearest;
    return std::nullopt;
}

} // namespace

Result<std::vector<JudgedStar>> judgeStars(classify::StarClassifier& classifier,
    const GonJudge* gon, std::span<const StarToJudge> stars,
    const classify::PrepareOptions& options, const JudgingObserver& observer,
    std::stop_token stop)
{
    std::vector<JudgedStar> judged;
    std::vector<GonJudge::Question> questions;
    std::optional<classify::StandardMatcher> matcher; // its blurs take a moment
    for (const StarToJudge& star : stars) {
        if (stop.stop_requested())
            return base::failure(ErrorCode::Cancelled, "judging");
        JudgedStar one;
        one.name = star.name;
        one.opinions.of(Judge::Human) = humanOpinion(star.humanType);
        if (auto answer = classifier.classify(*star.spectrum, options)) {
            if (!star.standard.empty())
                (*answer).nearest = nearestOther(classifier, star, options, matcher);
            one.opinions.of(Judge::Network) = networkOpinion(*answer);
            one.opinions.of(Judge::NearestStandard) = nearestOpinion(*answer, classifier.atlas());
            one.answer = *std::move(answer);
        } else if (answer.error().code == ErrorCode::BackendFailed) {
            return base::Unexpected(answer.error());
        } else {
            one.error = answer.error();
        }
        judged.push_back(std::move(one));
        questions.push_back({ star.spectrum, star.standard });
        if (observer)
            observer(judged.size(), stars.size());
    }
    if (gon != nullptr && !judged.empty()) {
        auto findings = gon->judge(questions, std::move(stop));
        if (!findings)
            return base::Unexpected(findings.error());
        for (std::size_t i = 0; i < judged.size(); ++i) {
            judged[i].gon = std::move((*findings)[i]);
            if (judged[i].gon)
                judged[i].opinions.of(Judge::Gon) = judged[i].gon->opinion;
        }
    }
    for (JudgedStar& star : judged)
        star.largest = largestDisagreement(star.opinions);
    return judged;
}

std::vector<std::size_t> byDisagreement(std::span<const JudgedStar> stars)
{
    std::vector<std::size_t> order(stars.size());
    std::iota(order.begin(), order.end(), std::size_t { 0 });
    const auto score = [stars](std::size_t star) {
        return stars[star].largest ? stars[star].largest->score : -1.0;
    };
    std::stable_sort(order.begin(), order.end(),
        [&score](std::size_t a, std::size_t b) { return score(a) > score(b); });
    return order;
}

} // namespace maury::explain
