#include "core/classify/robust_classifier.h"
#include "core/mk/spectral_type.h"
#include "core/nn/network.h"
#include "core/robust/robust_trainer.h"
#include "tests/support/star_atlas.h"
#include "tests/support/test_data.h"

#include <QTest>

#include <algorithm>
#include <cmath>

using namespace maury;
using namespace maury::classify;

namespace {

bool anyContains(const std::vector<std::string>& texts, const std::string& part)
{
    return std::any_of(texts.begin(), texts.end(),
        [&](const std::string& text) { return text.find(part) != std::string::npos; });
}

} // namespace

/// One small network, trained once on made-up stars.
class TestRobustClassifier : public QObject {
    Q_OBJECT
private slots:
    void initTestCase()
    {
        m_atlas = test::starAtlas(
            { 12.0, 14.0, 16.0, 18.0, 20.0, 22.0, 24.0, 26.0, 28.0, 30.0 }, robust::libraryGrid());
        robust::RobustConfig config;
        config.hidden = { 64, 32 };
        config.steps = 250;
        config.batchSize = 96;
        config.learningRate = 4e-3;
        config.warmUpSteps = 50;
        config.threads = 1;
        const auto backend = train::createBackend("cpu", 1).value();
        auto report = robust::trainRobust(
            { { m_atlas } }, config, *backend, [](const robust::RobustStep&) {});
        QVERIFY_RESULT(report);
        m_model = std::move(report->model);
        auto classifier = RobustClassifier::create(m_model, m_atlas);
        QVERIFY_RESULT(classifier);
        m_classifier = *std::move(classifier);
    }

    // Stars as another telescope would show them: another step, a tilted continuum, noise, a
    // velocity. The answers are near the truth, luminosity included.
    void typesStarsOfAnotherTelescope()
    {
        double worst = 0.0;
        int luminosities = 0;
        int stars = 0;
        for (const double code : { 14.0, 16.0, 20.0, 24.0, 26.0 })
            for (const double luminosity : { 0.0, 3.0, 5.0 }) {
                test::Observation seen;
                seen.stepAngstrom = 0.9;
                seen.velocityKms = 80.0;
                seen.frame = spectrum::Frame::Barycentric;
                seen.signalToNoise = 80.0;
                seen.rectified = false;
                seen.continuum
                    = [](double wavelength) { return 40.0 * std::pow(wavelength / 4200.0, -2.0); };
                const auto answer
                    = m_classifier->classify(test::observeStar(code, luminosity, seen));
                QVERIFY_RESULT(answer);
                worst = std::max(worst, std::abs(answer->temperatureCode - code));
                luminosities
                    += answer->lc == static_cast<std::uint16_t>(mk::luminosityGroup(luminosity))
                    ? 1
                    : 0;
                ++stars;
                QVERIFY(answer->velocityKms && std::abs(*answer->velocityKms - 80.0) < 15.0);
                QVERIFY(answer->subclassSigma && *answer->subclassSigma > 0.0);
                QVERIFY(!answer->subclassSigmaCalibrated);
            }
        QVERIFY2(worst < 1.5, qPrintable(QString::number(worst)));
        QVERIFY2(luminosities >= stars - 1, qPrintable(QString::number(luminosities)));
    }

    // The fields belong together: the printed class is the rounded subclass, probabilities sum
    // to 1.
    void fieldsAgree()
    {
        const auto answer = m_classifier->classify(test::observeStar(20.0, 5.0));
        QVERIFY_RESULT(answer);
        QVERIFY(std::abs(*answer->decimalSubclass
                    - mk::decimalFromTemperatureCode(answer->temperatureCode))
            < 1e-9);
        QCOMPARE(answer->printedSubclass, std::round(*answer->decimalSubclass));
        QCOMPARE(answer->spectralClass, mk::printClass(answer->printedSubclass));
        QCOMPARE(answer->type, answer->spectralClass + " " + answer->luminosityClass);
        QCOMPARE(answer->scProbabilities.size(), m_model.scheme.size());
        const auto sumOf = [](const std::vector<float>& values) {
            double sum = 0.0;
            for (const float value : values)
                sum += static_cast<double>(value);
            return sum;
        };
        QVERIFY(std::abs(sumOf(answer->scProbabilities) - 1.0) < 1e-5);
        QVERIFY(std::abs(sumOf(answer->lcProbabilities) - 1.0) < 1e-5);
        QVERIFY(answer->conformity.ok);
    }

    // A star said to be at rest that is off is brought to rest; with shifting off it is not.
    void velocitiesOfRestSpectraAreRemoved()
    {
        test::Observation seen;
        seen.velocityKms = 60.0; // the frame stays "rest"
        const auto star = test::observeStar(20.0, 5.0, seen);
        const auto answer = m_classifier->classify(star);
        QVERIFY_RESULT(answer);
        QVERIFY(answer->velocityKms && std::abs(*answer->velocityKms - 60.0) < 10.0);
        PrepareOptions still;
        still.shift = false;
        const auto unshifted = m_classifier->classify(star, still);
        QVERIFY_RESULT(unshifted);
        QVERIFY(!unshifted->velocityKms);
        // Beyond what "rest" can be off by the lines are believed, and the answer is marked.
        seen.velocityKms = 400.0;
        const auto far = m_classifier->classify(test::observeStar(20.0, 5.0, seen));
        QVERIFY_RESULT(far);
        QVERIFY(far->velocityKms && std::abs(*far->velocityKms - 400.0) < 10.0);
        QVERIFY(std::abs(far->temperatureCode - answer->temperatureCode) < 0.25);
        QVERIFY(anyContains(far->warnings, "said to be at rest"));
        QVERIFY(!far->conformity.ok);
    }

    // The slope of the continuum is invisible, however steep, and whether rectified here or not.
    void continuumDoesNotMatter()
    {
        const auto typeOf = [&](double slope) {
            test::Observation seen;
            seen.rectified = false;
            seen.continuum
                = [slope](double wavelength) { return std::pow(wavelength / 4200.0, slope); };
            return m_classifier->classify(test::observeStar(22.0, 3.0, seen))->temperatureCode;
        };
        QVERIFY(std::abs(typeOf(-3.0) - typeOf(3.0)) < 0.25);
    }

    void missingPixelsAreSaid()
    {
        const auto full = m_classifier->classify(test::observeStar(20.0, 5.0));
        auto star = test::observeStar(20.0, 5.0);
        auto& segment = star.segments.front();
        for (std::size_t i = 0; i < segment.pixels(); ++i)
            if (segment.wavelengthAngstrom[i] > 4300.0 && segment.wavelengthAngstrom[i] < 4360.0) {
                segment.flux[i] = 0.0;
                segment.mask[i] = spectrum::mask::kNoData;
            }
        const auto holed = m_classifier->classify(star);
        QVERIFY_RESULT(holed);
        QVERIFY(!holed->conformity.ok);
        QVERIFY(anyContains(holed->conformity.reasons, "missing"));
        QVERIFY(std::abs(holed->temperatureCode - full->temperatureCode) < 2.0);
        // Less than half of the range: refused.
        test::Observation half;
        half.firstAngstrom = 4300.0;
        half.lastAngstrom = 4600.0;
        const auto refused = m_classifier->classify(test::observeStar(20.0, 5.0, half));
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, base::ErrorCode::CoverageInsufficient);
    }

    void noiseIsSaid()
    {
        test::Observation seen;
        seen.signalToNoise = 6.0;
        const auto answer = m_classifier->classify(test::observeStar(20.0, 5.0, seen));
        QVERIFY_RESULT(answer);
        QVERIFY(!answer->conformity.ok);
        QVERIFY(anyContains(answer->conformity.reasons, "signal to noise"));
    }

    void edgesOfTheGridAreSaid()
    {
        const auto cool = m_classifier->classify(test::observeStar(30.0, 5.0));
        const auto middle = m_classifier->classify(test::observeStar(20.0, 5.0));
        QVERIFY_RESULT(cool);
        QVERIFY(cool->edgeOfGrid && anyContains(cool->warnings, "edge of grid"));
        QVERIFY(!middle->edgeOfGrid && !anyContains(middle->warnings, "edge of grid"));
    }

    // A star with lines in emission is outside of the atlas and says so; stars like the standards
    // are inside, one with too few standards behind it cannot tell.
    void strangersAreOutsideTheAtlas()
    {
        const auto normal = m_classifier->classify(test::observeStar(21.0, 3.0));
        QVERIFY_RESULT(normal);
        QVERIFY(normal->outsideAtlas && !*normal->outsideAtlas);
        QVERIFY(*normal->outsideDistance < 1.0 && normal->conformity.ok);
        auto stranger = test::observeStar(21.0, 3.0);
        auto& segment = stranger.segments.front();
        for (std::size_t i = 0; i < segment.pixels(); ++i)
            for (const double line : { 4101.7, 4340.5, 4471.5 })
                segment.flux[i] += 1.5
                    * std::exp(-0.5 * std::pow((segment.wavelengthAngstrom[i] - line) / 3.0, 2));
        const auto answer = m_classifier->classify(stranger);
        QVERIFY_RESULT(answer);
        QVERIFY(answer->outsideAtlas && *answer->outsideAtlas);
        QVERIFY(!answer->conformity.ok);
        QVERIFY(anyContains(answer->conformity.reasons, "outside the atlas"));
        robust::RobustModel spaceless = m_model;
        spaceless.space.reset();
        const auto blind = RobustClassifier::create(spaceless, m_atlas);
        QVERIFY(!(*blind)->classify(stranger)->outsideAtlas);
    }

    // The wide networks count half where the spectrum reaches them, and not at all where it does
    // not.
    void wideNetworksAreUsedWhereTheyCan()
    {
        robust::RobustModel wide = m_model;
        wide.wide = m_model.blue;
        wide.wide->grid = robust::wideGrid();
        wide.wide->libraryGrid = robust::wideLibraryGrid();
        const auto inputs = static_cast<Eigen::Index>(wide.wide->grid.cropPixels);
        wide.wide->standardisation.mean.assign(wide.wide->grid.cropPixels, 0.0F);
        wide.wide->standardisation.deviation.assign(wide.wide->grid.cropPixels, 1.0F);
        wide.wide->spec.inputs = static_cast<int>(inputs);
        nn::Parameters& member = wide.wide->members.front();
        member.hidden.front().weights.setZero(inputs, member.hidden.front().weights.cols());
        member.sc.weights.setZero();
        member.sc.biases.setZero();
        member.sc.biases(60) = 30.0F; // certain of code 30
        const auto classifier = RobustClassifier::create(wide, m_atlas);
        QVERIFY_RESULT(classifier);
        const auto probability = [&](RobustClassifier& judge, double lastAngstrom) {
            test::Observation seen;
            seen.lastAngstrom = lastAngstrom;
            return judge.classify(test::observeStar(16.0, 5.0, seen))->scProbabilities.back();
        };
        QVERIFY(std::abs(probability(**classifier, 4612.0) - probability(*m_classifier, 4612.0))
            < 1e-6F);
        const float reaching = probability(**classifier, 5570.0);
        QVERIFY(std::abs(reaching - 0.5F) < 0.02F);
        QVERIFY(std::abs(probability(**classifier, 5400.0)) < 0.02F);
        // What explains the answer sees both.
        test::Observation seen;
        seen.lastAngstrom = 5570.0;
        const auto examination = (*classifier)->examine(test::observeStar(16.0, 5.0, seen), {});
        QVERIFY_RESULT(examination);
        QCOMPARE(examination->networks.size(), std::size_t { 2 });
        QCOMPARE(examination->networks[1].values.size(), wide.wide->grid.cropPixels);
        for (const Head head : { Head::Spectral, Head::Luminosity })
            QCOMPARE(examination->networks[0].weights.of(head)
                    + examination->networks[1].weights.of(head),
                1.0);
        // Criteria of luminosity lie in the blue.
        QVERIFY(examination->networks[1].weights.luminosity
            < examination->networks[1].weights.spectral);
    }

    void membersAreAveraged()
    {
        robust::RobustModel two = m_model;
        two.blue.members.push_back(two.blue.members.front());
        two.blue.members.back().sc.biases(40) += 3.0F; // code 20
        const auto both = RobustClassifier::create(two, m_atlas);
        two.blue.members.erase(two.blue.members.begin());
        const auto second = RobustClassifier::create(two, m_atlas);
        const auto star = test::observeStar(16.0, 5.0);
        const auto p = m_classifier->classify(star)->scProbabilities;
        const auto q = (*second)->classify(star)->scProbabilities;
        const auto mean = (*both)->classify(star)->scProbabilities;
        for (std::size_t i = 0; i < p.size(); ++i)
            QVERIFY(std::abs(mean[i] - 0.5F * (p[i] + q[i])) < 1e-5F);
        QVERIFY(p != q);
    }

    // What an explanation starts from is what the answer came from; pixels without data are none.
    void theInputsGiveTheAnswer()
    {
        auto star = test::observeStar(20.0, 5.0);
        for (std::size_t i = 1000; i < 1040; ++i)
            star.segments.front().mask[i] = spectrum::mask::kNoData;
        const auto answer = m_classifier->classify(star);
        const auto examination = m_classifier->examine(star, {});
        QVERIFY_RESULT(examination);
        const auto& inputs = examination->networks;
        QCOMPARE(inputs.size(), std::size_t { 1 });
        const auto& input = inputs.front();
        const auto pixels = static_cast<Eigen::Index>(input.values.size());
        QCOMPARE(input.blank.size(), input.values.size());
        QCOMPARE(input.wavelengthAngstrom.size(), input.values.size());
        const auto state = nn::forward(*input.spec, input.members.front(),
            nn::Matrix<float>(Eigen::Map<const nn::RowVector<float>>(input.values.data(), pixels)));
        const auto probability = [&](Head head, std::uint16_t index) {
            const nn::Matrix<float> p
                = nn::softmax(head == Head::Spectral ? state.scLogits : state.lcLogits);
            const auto shares = m_classifier->outputShares(head, index);
            double sum = 0.0;
            for (std::size_t bin = 0; bin < shares.size(); ++bin)
                sum += shares[bin] * static_cast<double>(p(0, static_cast<Eigen::Index>(bin)));
            return sum;
        };
        for (std::uint16_t index = 0; index < m_model.scheme.size(); ++index)
            QVERIFY(std::abs(probability(Head::Spectral, index)
                        - static_cast<double>(answer->scProbabilities[index]))
                < 1e-4);
        for (std::uint16_t index = 0; index < mk::kLuminosityGroups; ++index)
            QVERIFY(std::abs(probability(Head::Luminosity, index)
                        - static_cast<double>(answer->lcProbabilities[index]))
                < 1e-4);
        const auto at = static_cast<std::size_t>(
            std::lower_bound(input.wavelengthAngstrom.begin(), input.wavelengthAngstrom.end(),
                star.segments.front().wavelengthAngstrom[1020])
            - input.wavelengthAngstrom.begin());
        QCOMPARE(input.values[at], 0.0F);
        QCOMPARE(input.blank[at], 0.0F);
        QVERIFY(input.blank[at + 100] != input.values[at + 100]);
    }

    void anotherGridIsRefused()
    {
        const auto wrong = RobustClassifier::create(m_model, test::starAtlas({ 16.0, 20.0 }));
        QVERIFY(!wrong);
        QCOMPARE(wrong.error().code, base::ErrorCode::ModelMismatch);
    }

private:
    mk::AtlasPtr m_atlas;
    robust::RobustModel m_model;
    std::unique_ptr<RobustClassifier> m_classifier;
};

QTEST_GUILESS_MAIN(TestRobustClassifier)
#include "tst_robust_classifier.moc"
