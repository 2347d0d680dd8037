#include "core/classify/classifier.h"
#include "core/classify/fit.h"

#include "core/classify/training_atlas.h"
#include "core/dataset/sample_set.h"
#include "core/mk/class_scheme.h"
#include "core/nn/network.h"
#include "tests/support/star_atlas.h"
#include "tests/support/test_data.h"

#include <QTest>

#include <array>
#include <cmath>

using namespace maury;
using namespace maury::classify;

namespace {

const std::vector<double> kCodes { 16.0, 23.0, 30.0 }; // A0, F0, G0
constexpr float kSharp = 100.0F;

/// A network that is right on the made-up stars: unit k is kSharp · (x·t − |t|²/2 − limit), t being
/// standard k's lines; with the limit just below half the least |t|² the nearest standard's unit
/// alone is active.
train::Model templateModel(const mk::AtlasPtr& atlas)
{
    train::Model model;
    const auto scheme = mk::selectClasses(std::array { atlas });
    model.scheme = *scheme;
    model.grid = atlas->grid();
    const auto units = static_cast<int>(atlas->standards().size());
    model.spec = { static_cast<int>(atlas->grid().pixels), { units }, nn::Activation::Relu,
        static_cast<int>(scheme->size()), 3 };
    model.parameters = nn::zeroParameters<float>(model.spec);
    const auto labels = mk::labelStandards(*atlas, *scheme);
    const float limit
        = 0.5F * (atlas->flux().array() - 1.0F).square().rowwise().sum().minCoeff() - 0.05F;
    for (int unit = 0; unit < units; ++unit) {
        const auto row = static_cast<Eigen::Index>(unit);
        const Eigen::RowVectorXf centred = atlas->flux().row(row).array() - 1.0F;
        model.parameters.hidden[0].weights.col(unit) = centred.transpose();
        model.parameters.hidden[0].biases[unit]
            = -centred.sum() - 0.5F * centred.squaredNorm() - limit;
        model.parameters.sc.weights(unit, labels.sc[static_cast<std::size_t>(unit)]) = kSharp;
        model.parameters.lc.weights(unit, labels.lc[static_cast<std::size_t>(unit)]) = kSharp;
    }
    model.atlas = "stars";
    dataset::BuildOptions build;
    build.perSpectrum = 1;
    model.provenance = (*dataset::buildSampleSet({ atlas }, *scheme, build))->provenance;
    return model;
}

bool mentions(const std::vector<std::string>& texts, const char* part)
{
    return std::any_of(texts.begin(), texts.end(),
        [part](const std::string& text) { return text.find(part) != std::string::npos; });
}

} // namespace

class TestClassifier : public QObject {
    Q_OBJECT
private:
    mk::AtlasPtr m_atlas = test::starAtlas(kCodes);

    Prediction classified(const spectrum::Spectrum& spectrum, const PrepareOptions& options = {})
    {
        auto classifier = Classifier::create(templateModel(m_atlas), m_atlas);
        if (!classifier)
            qFatal("%s", base::describe(classifier.error()).c_str());
        auto prediction = classifier->classify(spectrum, options);
        if (!prediction)
            qFatal("%s", base::describe(prediction.error()).c_str());
        return *std::move(prediction);
    }

private slots:
    void aStarOfTheKindIsTypedWithoutReasons()
    {
        test::Observation observation;
        observation.signalToNoise = 70.0;
        const auto answer = classified(test::observeStar(23.0, 3.0, observation));
        QCOMPARE(answer.type, std::string("F0 III"));
        QCOMPARE(answer.spectralClass, std::string("F0"));
        QCOMPARE(answer.luminosityClass, std::string("III"));
        QCOMPARE(answer.decimalSubclass.value_or(0.0), 30.0);
        QVERIFY(!answer.subclassSigma.has_value());
        QVERIFY(!answer.velocityKms.has_value());
        QVERIFY(!answer.outsideAtlas.has_value());
        QVERIFY(answer.nearest.has_value());
        QCOMPARE(answer.nearest->row, std::size_t { 4 });
        QCOMPARE(answer.scProbabilities.size(), std::size_t { 3 });
        QVERIFY2(answer.conformity.ok,
            answer.conformity.reasons.empty() ? "" : answer.conformity.reasons.front().c_str());
    }

    void everyReasonIsNamed_data()
    {
        QTest::addColumn<int>("change");
        QTest::addColumn<QString>("reason");
        QTest::newRow("not rectified") << 0 << "not rectified in the file";
        QTest::newRow("medium") << 1 << "air or vacuum unknown";
        QTest::newRow("frame") << 2 << "velocity frame unknown";
        QTest::newRow("shifted") << 3 << "velocity +200 km/s found and removed";
        QTest::newRow("says rest, is not") << 4 << "lines shifted by";
        QTest::newRow("noise") << 5 << "signal to noise";
        QTest::newRow("range") << 6 << "flux from";
        QTest::newRow("level") << 7 << "continuum level 1.2";
        QTest::newRow("slope") << 8 << "continuum slope";
        QTest::newRow("resolution") << 9 << "broader than the training library's";
        QTest::newRow("another star") << 10 << "from the nearest standard";
        QTest::newRow("gap") << 11 << "missing (4100–4150 Å)";
    }
    void everyReasonIsNamed()
    {
        QFETCH(int, change);
        QFETCH(QString, reason);
        test::Observation observation;
        double code = 23.0;
        switch (change) {
        case 0:
            observation.rectified = false;
            break;
        case 1:
            observation.medium = spectrum::Medium::Unknown;
            break;
        case 2:
            observation.frame = spectrum::Frame::Unknown;
            break;
        case 3:
            observation.frame = spectrum::Frame::Barycentric;
            observation.velocityKms = 200.0;
            break;
        case 4:
            observation.velocityKms = 40.0;
            break;
        case 5:
            observation.signalToNoise = 8.0;
            break;
        case 6:
        case 7:
            observation.continuum = [change](double) { return change == 6 ? 5.0 : 1.25; };
            break;
        case 8:
            observation.continuum = [](double w) { return 1.0 + 0.15 * (w - 4200.0) / 400.0; };
            break;
        case 10:
            code = 27.0; // depths between and beyond the atlas's
            break;
        default:
            break;
        }
        auto star = test::observeStar(code, 5.0, observation);
        auto& segment = star.segments.front();
        if (change == 9) // boxes of 9 pixels: 4.5 Å
            for (std::size_t i = 4; i + 4 < segment.pixels(); ++i) {
                segment.flux[i] = 0.0;
                for (std::size_t k = i - 4; k <= i + 4; ++k)
                    segment.flux[i]
                        += test::starFlux(segment.wavelengthAngstrom[k], code, 5.0) / 9.0;
            }
        if (change == 11)
            for (std::size_t i = 0; i < segment.pixels(); ++i)
                if (segment.wavelengthAngstrom[i] >= 4100.0
                    && segment.wavelengthAngstrom[i] <= 4150.0)
                    segment.mask[i] = spectrum::mask::kCosmicRay;
        const auto answer = classified(star);
        QVERIFY(!answer.conformity.ok);
        std::string all;
        for (const auto& text : answer.conformity.reasons)
            all += text + "\n";
        QVERIFY2(all.find(reason.toStdString()) != std::string::npos, all.c_str());
    }

    void edgesAreAWarningOnly()
    {
        auto star = test::observeStar(23.0, 5.0);
        auto& segment = star.segments.front();
        for (std::size_t i = 0; i < segment.pixels(); ++i)
            if (segment.wavelengthAngstrom[i] < 3808.0) {
                segment.mask[i] = spectrum::mask::kNoData;
                segment.flux[i] = 0.0;
            }
        const auto answer = classified(star);
        QVERIFY2(answer.conformity.ok,
            answer.conformity.reasons.empty() ? "" : answer.conformity.reasons.front().c_str());
        QVERIFY(mentions(answer.warnings, "filled with the nearest good value"));
    }

    // A network that was trained with zeros at the edges gets zeros, and says so where its standard
    // had none.
    void edgesLookAsTheyDidInTheTraining()
    {
        auto model = templateModel(m_atlas);
        model.provenance = R"({"edges": "file"})";
        QVERIFY(trainingEdges(model) == dataset::EdgePixels::AsRead);
        // Its first unit answers to the first pixel alone.
        model.parameters.hidden[0].weights.setZero();
        model.parameters.hidden[0].weights(0, 0) = kSharp;
        model.parameters.hidden[0].biases.setZero();
        auto classifier = Classifier::create(model, m_atlas);
        QVERIFY_RESULT(classifier);
        auto star = test::observeStar(16.0, 0.0);
        const auto whole = classifier->classify(star);
        QVERIFY_RESULT(whole);
        QVERIFY(whole->scProbability > 0.9);
        QVERIFY(!mentions(whole->conformity.reasons, "trained with zeros"));
        auto& segment = star.segments.front();
        for (std::size_t i = 0; segment.wavelengthAngstrom[i] < 3808.0; ++i)
            segment.mask[i] = spectrum::mask::kNoData;
        const auto cut = classifier->classify(star);
        QVERIFY_RESULT(cut);
        QVERIFY(cut->scProbability < 0.4);
        QVERIFY(mentions(cut->conformity.reasons, "trained with zeros"));
    }

    void judgesThatDisagreeAreNotBelieved()
    {
        auto atlas = test::starAtlas({ 16.0, 19.0, 23.0, 27.0, 30.0 });
        auto model = templateModel(atlas);
        model.parameters.sc.biases[4] = 1000.0F; // says G0 whatever comes
        auto classifier = Classifier::create(model, atlas);
        QVERIFY_RESULT(classifier);
        const auto answer = classifier->classify(test::observeStar(16.0, 5.0));
        QVERIFY_RESULT(answer);
        QCOMPARE(answer->spectralClass, std::string("G0"));
        QVERIFY(!answer->conformity.ok);
        QVERIFY(mentions(
            answer->conformity.reasons, "the network says G0 V, the nearest standard is A0 V"));
    }

    void modelAndAtlasMustFit()
    {
        const auto otherGrid = test::starAtlas(kCodes, { 3900.0, 0.5, 1200 });
        const auto wrongGrid = Classifier::create(templateModel(m_atlas), otherGrid);
        QVERIFY(!wrongGrid);
        QCOMPARE(wrongGrid.error().code, base::ErrorCode::ModelMismatch);
        QCOMPARE(wrongGrid.error().found, std::string("3900–4499.5 Å in 1200 pixels"));
        QCOMPARE(wrongGrid.error().expected, std::string("3800–4599.5 Å in 1600 pixels"));

        const auto otherClasses = test::starAtlas({ 16.0, 30.0, 34.0 });
        const auto wrongClasses = Classifier::create(templateModel(m_atlas), otherClasses);
        QVERIFY(!wrongClasses);
        QCOMPARE(wrongClasses.error().code, base::ErrorCode::ModelMismatch);
        QCOMPARE(wrongClasses.error().found,
            std::string("an atlas with 3 classes A0 G0 K0 but without F0"));
        QCOMPARE(wrongClasses.error().expected, std::string("the model's 3 classes A0 F0 G0"));
    }

    void aModelIsScoredOnItsOwnClassesOnly()
    {
        // One class of the model is enough to be scored on, none is not: both lists are named.
        QVERIFY_RESULT(checkScorable(templateModel(m_atlas), *test::starAtlas({ 16.0, 34.0 })));
        const auto none = checkScorable(templateModel(m_atlas), *test::starAtlas({ 34.0, 36.0 }));
        QVERIFY(!none);
        QCOMPARE(none.error().code, base::ErrorCode::ModelMismatch);
        QCOMPARE(none.error().found, std::string("standards of 2 classes K0 K2"));
        QCOMPARE(none.error().expected, std::string("some of the model's 3 classes A0 F0 G0"));
        const auto grid = checkScorable(
            templateModel(m_atlas), *test::starAtlas(kCodes, { 3900.0, 0.5, 1200 }));
        QVERIFY(!grid);
        QCOMPARE(grid.error().found, std::string("3900–4499.5 Å in 1200 pixels"));
    }

    // What an explanation starts from is what the answer came from.
    void theInputsGiveTheAnswer()
    {
        test::Observation seen;
        seen.signalToNoise = 70.0;
        auto star = test::observeStar(23.0, 3.0, seen);
        for (std::size_t i = 0; i < 100; ++i)
            star.segments.front().mask[i] = spectrum::mask::kNoData;
        auto classifier = Classifier::create(templateModel(m_atlas), m_atlas);
        QVERIFY_RESULT(classifier);
        const auto answer = classifier->classify(star);
        const auto examination = classifier->examine(star, {});
        QVERIFY_RESULT(examination);
        const auto& inputs = examination->networks;
        QCOMPARE(inputs.size(), std::size_t { 1 });
        const auto state = nn::forward(*inputs.front().spec, inputs.front().members.front(),
            nn::Matrix<float>(
                Eigen::Map<const nn::RowVector<float>>(inputs.front().values.data(), 1600)));
        const auto p = nn::softmax(state.scLogits);
        for (std::uint16_t index = 0; index < 3; ++index) {
            const auto shares = classifier->outputShares(Head::Spectral, index);
            QCOMPARE(shares,
                std::vector<double>(
                    { index == 0 ? 1.0 : 0.0, index == 1 ? 1.0 : 0.0, index == 2 ? 1.0 : 0.0 }));
            QVERIFY(std::abs(p(0, index) - answer->scProbabilities[index]) < 1e-5F);
        }
        QCOMPARE(inputs.front().wavelengthAngstrom[2], 3801.0);
        QCOMPARE(examination->prepared.good[10], std::uint8_t { 0 });
        QCOMPARE(inputs.front().blank[10], inputs.front().values[10]);
        QCOMPARE(inputs.front().blank[800], 1.0F);
    }

    void anotherAtlasOfTheSameClassesIsSaid()
    {
        const auto other = test::starAtlas({ 16.0, 23.0, 27.0, 30.0 });
        auto classifier = Classifier::create(templateModel(m_atlas), other);
        QVERIFY_RESULT(classifier);
        const auto answer = classifier->classify(test::observeStar(23.0, 5.0));
        QVERIFY_RESULT(answer);
        QVERIFY(!answer->conformity.ok);
        QVERIFY(
            mentions(answer->conformity.reasons, "not the one that the network was trained on"));
    }

    void halfCoveredIsRefused()
    {
        test::Observation observation;
        observation.firstAngstrom = 4300.0;
        auto classifier = Classifier::create(templateModel(m_atlas), m_atlas);
        QVERIFY_RESULT(classifier);
        const auto answer = classifier->classify(test::observeStar(23.0, 5.0, observation));
        QVERIFY(!answer);
        QCOMPARE(answer.error().code, base::ErrorCode::CoverageInsufficient);
    }

    void trainingIsRemembered()
    {
        const auto model = templateModel(m_atlas);
        QCOMPARE(trainingSources(model.provenance).size(), std::size_t { 1 });
        QCOMPARE(trainingSources(model.provenance).front().name, std::string("stars"));
        QVERIFY(isTrainingAtlas(*m_atlas, model.provenance));
        QVERIFY(!isTrainingAtlas(*test::starAtlas({ 16.0, 23.0 }), model.provenance));
        QVERIFY(trainingAugmentation(model) == dataset::AugmentationSettings {});
        train::Model silent;
        QVERIFY(trainingSources(silent.provenance).empty());
        QCOMPARE(openTrainingAtlas(silent).error().code, base::ErrorCode::ValueMissing);
        silent.provenance = R"({"augmentation":{"gain":100,"doppler_sigma_kms":30.0}})";
        QCOMPARE(trainingAugmentation(silent).gain, 100.0);
        QCOMPARE(trainingAugmentation(silent).dopplerSigmaKms, 30.0);
        silent.provenance = "{ damaged";
        QVERIFY(trainingSources(silent.provenance).empty());
    }
};

QTEST_GUILESS_MAIN(TestClassifier)
#include "tst_classifier.moc"
