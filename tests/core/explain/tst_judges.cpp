#include "core/explain/judging.h"

#include "core/classify/classifier.h"
#include "core/classify/standards_evaluator.h"
#include "core/gon/gon_trainer.h"
#include "tests/support/star_atlas.h"
#include "tests/support/test_data.h"
#include "tests/support/untrained_model.h"

#include <QTest>

#include <cmath>

using namespace maury;
using namespace maury::explain;

namespace {

constexpr double kCodes[] = { 14.0, 16.0, 18.0, 20.0, 22.0, 24.0, 26.0, 28.0 };

mk::AtlasPtr atlas()
{
    return test::starAtlas({ std::begin(kCodes), std::end(kCodes) });
}

spectrum::SpectrumPtr share(spectrum::Spectrum spectrum)
{
    return std::make_shared<const spectrum::Spectrum>(std::move(spectrum));
}

/// Principal components of the standards: the simplest of the models that a judge takes.
gon::GonModelPtr components(const mk::Atlas& standards)
{
    gon::GonConfig config;
    config.decoder.latent = 8;
    config.threads = 1;
    const auto data = gon::atlasData(standards, {}, 0, config.seed);
    if (!data)
        qFatal("%s", base::describe(data.error()).c_str());
    auto model = gon::principalComponentModel(config, *data);
    if (!model)
        qFatal("%s", base::describe(model.error()).c_str());
    return std::make_shared<const gon::GonModel>(*std::move(model));
}

Opinion opinion(double code, mk::LuminosityGroup group, double sigma)
{
    return { "made up", code, group, sigma };
}

} // namespace

class TestJudges : public QObject {
    Q_OBJECT
private slots:
    void disagreementByHand()
    {
        Opinions opinions;
        QVERIFY(!largestDisagreement(opinions));
        opinions.of(Judge::Network) = opinion(16.0, mk::LuminosityGroup::V, 0.3);
        QVERIFY(!largestDisagreement(opinions));
        opinions.of(Judge::Human) = opinion(18.0, mk::LuminosityGroup::III, 0.4);
        const auto both = disagreement(opinions, Judge::Network, Judge::Human);
        QVERIFY(both);
        QCOMPARE(both->codes, 2.0);
        QCOMPARE(both->luminositySteps.value_or(9), -1);
        // 2 / √(0.3² + 0.4²) = 4 and 1 / (0.3 √2) = 2.357.
        QVERIFY(std::abs(both->score - std::hypot(4.0, 2.35702)) < 1e-4);
        QCOMPARE(disagreement(opinions, Judge::Human, Judge::Network)->codes, -2.0);
        QVERIFY(!disagreement(opinions, Judge::Network, Judge::Gon));

        opinions.of(Judge::Human)->group.reset();
        const auto withoutLuminosity = disagreement(opinions, Judge::Network, Judge::Human);
        QVERIFY(!withoutLuminosity->luminositySteps);
        QVERIFY(std::abs(withoutLuminosity->score - 4.0) < 1e-12);

        opinions.of(Judge::Gon) = opinion(30.0, mk::LuminosityGroup::V, 5.0);
        opinions.of(Judge::Gon)->group.reset();
        opinions.of(Judge::NearestStandard) = opinion(16.5, mk::LuminosityGroup::I, 0.4);
        const auto most = largestDisagreement(opinions);
        QVERIFY(most->first == Judge::Network && most->second == Judge::NearestStandard);
        QCOMPARE(most->luminositySteps.value_or(9), -2);
    }

    void whatTheJudgesSay()
    {
        classify::Prediction answer;
        answer.type = "A0 V";
        answer.temperatureCode = 16.0;
        answer.lc = 2;
        QCOMPARE(networkOpinion(answer).sigmaCodes, kClassSigmaCodes);
        answer.decimalSubclass = 20.0;
        answer.subclassSigma = 1.0; // from B9 (code 15) to A1 (code 17)
        QVERIFY(std::abs(networkOpinion(answer).sigmaCodes - 1.0) < 1e-9);
        QVERIFY(networkOpinion(answer).group == mk::LuminosityGroup::V);
        QVERIFY(!nearestOpinion(answer, *atlas()));
        answer.nearest = classify::NearestStandard { 4, "", 1.0, 1.0, 0.0, 0.0 };
        QCOMPARE(nearestOpinion(answer, *atlas())->temperatureCode, 16.0);

        const auto human = humanOpinion("K3 III");
        QVERIFY(human);
        QCOMPARE(human->temperatureCode, 37.0);
        QVERIFY(human->group == mk::LuminosityGroup::III);
        QVERIFY(!humanOpinion("G5")->group);
        for (const char* nothing : { "", "DA", "Am", "WC5" })
            QVERIFY2(!humanOpinion(nothing), nothing);
    }

    void aGonNamesTheTypeAndTellsOddStars()
    {
        const auto standards = atlas();
        const auto judge = GonJudge::create(components(*standards), standards);
        QVERIFY_RESULT(judge);
        test::Observation observation;
        observation.signalToNoise = 80.0;
        std::vector<GonJudge::Question> stars;
        for (const double code : kCodes)
            stars.push_back({ share(test::observeStar(code, 3.0, observation)), {} });
        auto odd = test::observeStar(20.0, 3.0, observation);
        for (std::size_t i = 600; i < 640; ++i)
            odd.segments.front().flux[i] += 0.6; // an emission line that no standard has
        stars.push_back({ share(std::move(odd)), {} });
        spectrum::Spectrum red = test::observeStar(20.0, 3.0);
        for (double& wavelength : red.segments.front().wavelengthAngstrom)
            wavelength += 3000.0;
        stars.push_back({ share(std::move(red)), {} });

        const auto found = judge->judge(stars);
        QVERIFY_RESULT(found);
        for (std::size_t i = 0; i < std::size(kCodes); ++i) {
            const auto& one = (*found)[i];
            QVERIFY(one);
            QVERIFY2(std::abs(one->opinion.temperatureCode - kCodes[i]) < 0.1,
                one->opinion.type.c_str());
            QVERIFY2(one->opinion.group == mk::LuminosityGroup::III, one->opinion.type.c_str());
            QVERIFY(one->distance < 1.0);
            QCOMPARE(one->opinion.sigmaCodes, kNearestSigmaCodes);
            QVERIFY((*found)[std::size(kCodes)]->chi2Excess > one->chi2Excess + 20.0);
        }
        QVERIFY(!found->back()); // not on the grid
    }

    void aGonThatCannotJudgeIsRefused()
    {
        const auto standards = atlas();
        auto model = std::make_shared<gon::GonModel>(*components(*standards));
        model->reference.types.assign(model->reference.types.size(), "");
        const auto untyped = GonJudge::create(model, standards);
        QVERIFY(!untyped);
        QCOMPARE(untyped.error().code, base::ErrorCode::ValueMissing);
        const auto elsewhere
            = test::starAtlas({ 16.0, 20.0 }, { 5000.0, 0.5, standards->grid().pixels });
        const auto other = GonJudge::create(components(*standards), elsewhere);
        QVERIFY(!other);
        QCOMPARE(other.error().code, base::ErrorCode::WavelengthsInvalid);
    }

    void starsAreJudgedAndRanked()
    {
        const auto standards = atlas();
        auto classifier
            = classify::Classifier::create(test::untrainedModel(standards), standards);
        QVERIFY_RESULT(classifier);
        const auto gon = GonJudge::create(components(*standards), standards);
        QVERIFY_RESULT(gon);
        const auto star = [&](double code) { return share(test::observeStar(code, 5.0)); };
        spectrum::Spectrum red = test::observeStar(20.0, 5.0);
        for (double& wavelength : red.segments.front().wavelengthAngstrom)
            wavelength += 3000.0;
        const std::vector<StarToJudge> stars { { "right", star(20.0), "A5 V" },
            { "wrong", star(20.0), "O5 I" }, { "unknown", star(24.0), "" },
            { "itself", star(24.0), "", "F2 V" }, { "red", share(std::move(red)), "" } };
        std::vector<std::size_t> told;
        const auto judged = judgeStars(*classifier, &*gon, stars, {},
            [&told](std::size_t done, std::size_t of) {
                QCOMPARE(of, 5u);
                told.push_back(done);
            });
        QVERIFY_RESULT(judged);
        QCOMPARE(told, (std::vector<std::size_t> { 1, 2, 3, 4, 5 }));
        for (std::size_t i = 0; i < 3; ++i) {
            const JudgedStar& one = (*judged)[i];
            QCOMPARE(one.name, stars[i].name);
            const double code = i < 2 ? 20.0 : 24.0;
            QCOMPARE(one.opinions.of(Judge::NearestStandard)->temperatureCode, code);
            QCOMPARE(one.opinions.of(Judge::Gon)->temperatureCode, code);
            QCOMPARE(one.opinions.of(Judge::Network)->type, one.answer->type);
            QCOMPARE(one.opinions.of(Judge::Human).has_value(), i < 2);
            QVERIFY(one.largest);
        }
        // A standard is not its own nearest one.
        QVERIFY((*judged)[3].answer->nearest->name != "F2 V");
        QVERIFY((*judged)[3].gon->standard != "F2 V");
        QVERIFY((*judged)[4].error);
        QVERIFY(!(*judged)[4].largest);
        QVERIFY((*judged)[1].largest->score > (*judged)[0].largest->score);
        const auto order = byDisagreement(*judged);
        QCOMPARE(order.front(), 1u);
        QCOMPARE(order.back(), 4u);
        std::stop_source stop;
        stop.request_stop();
        const auto cancelled = judgeStars(*classifier, nullptr, stars, {}, {}, stop.get_token());
        QVERIFY(!cancelled);
        QCOMPARE(cancelled.error().code, base::ErrorCode::Cancelled);
    }
};

QTEST_GUILESS_MAIN(TestJudges)
#include "tst_judges.moc"
