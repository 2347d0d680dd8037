#include "core/explain/explanation.h"

#include "core/base/random.h"
#include "core/classify/classifier.h"
#include "core/train/model.h"
#include "tests/support/star_atlas.h"
#include "tests/support/test_data.h"
#include "tests/support/untrained_model.h"

#include <QTest>

#include <algorithm>
#include <cmath>

using namespace maury;
using namespace maury::explain;

namespace {

spectrum::Spectrum standardAsStar(const mk::Atlas& atlas, std::size_t row)
{
    spectrum::Spectrum star;
    spectrum::Segment segment;
    segment.medium = spectrum::Medium::Air;
    segment.frame = spectrum::Frame::Rest;
    segment.rectified = true;
    segment.wavelengthAngstrom = atlas.grid().wavelengths();
    for (std::size_t pixel = 0; pixel < atlas.grid().pixels; ++pixel) {
        const auto column = static_cast<Eigen::Index>(pixel);
        segment.flux.push_back(
            static_cast<double>(atlas.flux()(static_cast<Eigen::Index>(row), column)));
        segment.mask.push_back(0);
    }
    star.segments.push_back(std::move(segment));
    star.file = atlas.standards()[row].name;
    return star;
}

/// Fills a window with the continuum.
void erase(spectrum::Spectrum& star, double first, double last)
{
    auto& segment = star.segments.front();
    for (std::size_t i = 0; i < segment.pixels(); ++i)
        if (segment.wavelengthAngstrom[i] >= first && segment.wavelengthAngstrom[i] <= last)
            segment.flux[i] = 1.0;
}

/// ln of the odds of the answer after a spectrum was changed.
double logOdds(const classify::Classifier& classifier, const spectrum::Spectrum& star,
    const HeadExplanation& before, std::uint16_t answer, std::uint16_t other)
{
    classify::PrepareOptions options;
    options.shift = false;
    const auto examination = classifier.examine(star, options);
    if (!examination)
        qFatal("%s", base::describe(examination.error()).c_str());
    return attribute(examination->networks,
        { before.head, classifier.outputShares(before.head, answer),
            classifier.outputShares(before.head, other) })
        .logOdds;
}

} // namespace

class TestExplanation : public QObject {
    Q_OBJECT
private slots:
    void fieldsBelongTogether()
    {
        const auto atlas = test::starAtlas({ 16.0, 23.0, 30.0 });
        auto classifier = classify::Classifier::create(test::untrainedModel(atlas), atlas);
        QVERIFY_RESULT(classifier);
        const auto lines = mk::defaultLineList();
        QVERIFY_RESULT(lines);
        const auto star = test::observeStar(23.0, 3.0);
        const auto explanation = explain::explain(*classifier, star, {}, *lines);
        QVERIFY_RESULT(explanation);
        const auto& prediction = explanation->prediction;
        const HeadExplanation& sc = explanation->heads[0];
        QCOMPARE(sc.answer, prediction.spectralClass);
        QVERIFY(sc.other != sc.answer);
        QVERIFY(sc.head == classify::Head::Spectral);
        QVERIFY(explanation->heads[1].head == classify::Head::Luminosity);
        QCOMPARE(explanation->heads[1].answer, prediction.luminosityClass);
        // The decision that is explained is that of the probabilities.
        QVERIFY(
            std::abs(sc.attribution.logOdds - std::log(sc.answerProbability / sc.otherProbability))
            < 1e-3);
        for (const HeadExplanation& head : explanation->heads) {
            double sum = 0.0;
            for (const LineEvidence& each : head.evidence.lines)
                sum += each.contribution;
            QVERIFY(std::abs(sum - head.attribution.sum()) < 1e-9);
            QVERIFY(head.attribution.completenessError() < 0.01);
            QVERIFY(head.answerProbability >= head.otherProbability);
        }
        QVERIFY(explanation->completenessError() < 0.01);
    }

    void anotherTypeCanBeAskedFor()
    {
        const auto atlas = test::starAtlas({ 16.0, 23.0, 30.0 });
        auto classifier = classify::Classifier::create(test::untrainedModel(atlas), atlas);
        QVERIFY_RESULT(classifier);
        const auto& scheme = classifier->scheme();
        const auto both = parseAgainst("G1 III", scheme);
        QVERIFY_RESULT(both);
        QCOMPARE(both->sc.value_or(9), std::uint16_t { 2 }); // G0 is the nearest class
        QCOMPARE(both->lc.value_or(9), std::uint16_t { 1 });
        QVERIFY(!parseAgainst("F0", scheme)->lc);
        const auto luminosity = parseAgainst("V", scheme);
        QVERIFY_RESULT(luminosity);
        QVERIFY(!luminosity->sc);
        QCOMPARE(luminosity->lc.value_or(9), std::uint16_t { 2 });
        QVERIFY(!parseAgainst("nonsense", scheme));

        const auto lines = mk::defaultLineList();
        const auto star = test::observeStar(23.0, 3.0);
        const auto answer = classifier->classify(star);
        QVERIFY_RESULT(answer);
        for (std::uint16_t sc = 0; sc < 3; ++sc) {
            const auto asked = explain::explain(*classifier, star, {}, *lines, { sc, {} });
            if (sc == answer->sc) {
                QVERIFY(!asked);
                QCOMPARE(asked.error().code, base::ErrorCode::OptionInvalid);
                continue;
            }
            QVERIFY_RESULT(asked);
            QCOMPARE(asked->heads[0].other, scheme.names[sc]);
        }
    }

    // Filling the lines that speak most for an answer with continuum weakens it, and more than
    // filling random windows of the same widths does.
    void deletingTheTopLinesHurts()
    {
        auto model = train::builtinModel();
        const auto atlas = mk::builtinAtlas();
        if (!model || !atlas)
            QSKIP("no built-in atlas and model in this build");
        auto classifier = classify::Classifier::create(*std::move(model), *atlas);
        QVERIFY_RESULT(classifier);
        const auto lines = mk::defaultLineList();
        QVERIFY_RESULT(lines);
        classify::PrepareOptions options;
        options.shift = false;
        base::RandomStream random(5);
        constexpr std::size_t kTop = 5;
        constexpr int kDraws = 8;
        int stars = 0;
        int worse = 0;
        double topDrop = 0.0;
        double randomDrop = 0.0;
        for (std::size_t row = 0; row < (*atlas)->standards().size(); row += 5) {
            const auto star = standardAsStar(**atlas, row);
            const auto explanation = explain::explain(*classifier, star, options, *lines);
            QVERIFY_RESULT(explanation);
            QVERIFY2(explanation->completenessError() < 0.01,
                qPrintable(QString::number(explanation->completenessError())));
            const HeadExplanation& head = explanation->heads[0];
            const std::uint16_t answer = explanation->prediction.sc;
            const auto& names = classifier->scheme().names;
            const auto other = static_cast<std::uint16_t>(
                std::find(names.begin(), names.end(), head.other) - names.begin());
            std::vector<LineEvidence> top;
            for (const LineEvidence& each : head.evidence.lines)
                if (each.contribution > 0.0 && top.size() < kTop)
                    top.push_back(each);
            const auto after = [&](const auto& shift) {
                spectrum::Spectrum changed = star;
                for (const LineEvidence& each : top) {
                    const double by = shift(each);
                    erase(changed, each.firstAngstrom + by, each.lastAngstrom + by);
                }
                return logOdds(*classifier, changed, head, answer, other);
            };
            const double before = head.attribution.logOdds;
            const double hurt = before - after([](const LineEvidence&) { return 0.0; });
            double byChance = 0.0;
            for (int draw = 0; draw < kDraws; ++draw)
                byChance += before - after([&](const LineEvidence& each) {
                    const double first = 3810.0
                        + random.uniform()
                            * (4590.0 - 3810.0 - (each.lastAngstrom - each.firstAngstrom));
                    return first - each.firstAngstrom;
                });
            byChance /= kDraws;
            ++stars;
            worse += hurt > byChance ? 1 : 0;
            topDrop += hurt;
            randomDrop += byChance;
        }
        qInfo("ln odds fall by %.2f for the top lines, %.2f for random windows; worse in %d of %d",
            topDrop / stars, randomDrop / stars, worse, stars);
        QVERIFY(stars >= 10);
        QVERIFY2(topDrop > 3.0 * std::max(0.0, randomDrop), "top lines must matter most");
        QVERIFY2(10 * worse >= 8 * stars, qPrintable(QString("%1 of %2").arg(worse).arg(stars)));
    }

    // The textbook's criteria on the built-in atlas: a B2 dwarf is told from B3 and B5 by them.
    void criteriaOfABStar()
    {
        const auto atlas = mk::builtinAtlas();
        if (!atlas)
            QSKIP("no built-in atlas in this build");
        const mk::Atlas& standards = **atlas;
        const auto b2 = std::find_if(standards.standards().begin(), standards.standards().end(),
            [](const mk::Standard& each) {
                return each.temperatureCode == 9.0 && each.group == mk::LuminosityGroup::V;
            });
        QVERIFY(b2 != standards.standards().end());
        const auto row = static_cast<std::size_t>(b2 - standards.standards().begin());
        const auto star = classify::prepare(standardAsStar(standards, row), standards, {});
        QVERIFY_RESULT(star);
        const StandardsOf answer { 9.0, mk::LuminosityGroup::V };
        const auto criteria = judgeCriteria(
            mk::Dimension::Temperature, *star, standards, answer, { 12.0, mk::LuminosityGroup::V });
        int supports = 0;
        int opposes = 0;
        bool magnesium = false;
        for (const CriterionEvidence& each : criteria) {
            supports += each.verdict == Verdict::Supports ? 1 : 0;
            opposes += each.verdict == Verdict::Opposes ? 1 : 0;
            if (each.criterion->name() == "He I 4471 / Mg II 4481") {
                magnesium = true;
                QVERIFY(each.verdict == Verdict::Supports);
                QVERIFY(*each.answerValue > *each.otherValue);
            }
        }
        QVERIFY(magnesium);
        QVERIFY2(supports >= 3 && opposes <= 1,
            qPrintable(QString("%1 for, %2 against").arg(supports).arg(opposes)));
        // What lies beyond the grid is said.
        const auto luminosity = judgeCriteria(mk::Dimension::Luminosity, *star, standards,
            { 5.0, mk::LuminosityGroup::V }, { 5.0, mk::LuminosityGroup::I });
        const auto helium = std::find_if(luminosity.begin(), luminosity.end(),
            [](const CriterionEvidence& each) { return each.criterion->name() == "He II 4686"; });
        QVERIFY(helium != luminosity.end());
        QCOMPARE(helium->reason, std::string("He II 4686 lies outside 3800–4599.5 Å"));
        HeadExplanation head;
        head.answer = "B2";
        head.other = "B3";
        QCOMPARE(sentence(head, criteria.front()),
            "B2 rather than B3: " + criteria.front().criterion->name());
    }
};

QTEST_GUILESS_MAIN(TestExplanation)
#include "tst_explanation.moc"
