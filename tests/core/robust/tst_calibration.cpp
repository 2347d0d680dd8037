#include "core/base/random.h"
#include "core/robust/calibration_file.h"
#include "core/robust/calibrator.h"
#include "tests/support/star_atlas.h"
#include "tests/support/test_data.h"

#include <QTest>

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

using namespace maury;
using namespace maury::robust;

namespace {

bool near(double a, double b, double tolerance = 1e-9)
{
    return std::abs(a - b) < tolerance;
}

/// Student's t of 4 degrees of freedom: a normal over the root of χ²/4, where χ² of 4 degrees of
/// freedom is −2 ln of a product of two uniforms.
double student(base::RandomStream& random)
{
    const double u = (1.0 - random.uniform()) * (1.0 - random.uniform());
    return random.normal() / std::sqrt(-0.5 * std::log(u));
}

AnswerTraits answerAt(double temperature, double luminosity, double standards)
{
    AnswerTraits answer;
    answer.decision.temperatureCode = temperature;
    answer.decision.luminosityCode = luminosity;
    answer.standardsNear = standards;
    return answer;
}

Calibration typical()
{
    Calibration calibration;
    calibration.floorCodes = 0.1;
    calibration.sparseCodes = 1.2;
    calibration.strayCodes = 5.0;
    calibration.luminosityFloor = 0.12;
    calibration.luminositySparse = 0.32;
    calibration.luminosityOutliers = 0.1;
    calibration.observed = { { 16.0, 5.0 }, { 23.0, 5.0 }, { 30.0, 3.0 } };
    calibration.folds = 5;
    calibration.samples = 1900;
    return calibration;
}

RobustConfig tinyConfig()
{
    RobustConfig config;
    config.hidden = { 16, 8 };
    config.batchSize = 16;
    config.steps = 4;
    config.warmUpSteps = 2;
    config.threads = 1;
    config.seed = 5;
    return config;
}

base::Result<Calibration> calibrated(int folds, std::stop_token stop = {})
{
    const auto library
        = test::starAtlas({ 12.0, 16.0, 20.0, 23.0, 26.0, 30.0, 34.0 }, libraryGrid());
    const auto device = train::createBackend("cpu", 1).value();
    CalibrationEffort effort;
    effort.folds = folds;
    effort.variations = 2;
    return calibrate(
        { { library } }, tinyConfig(), effort, *device, [](const CalibrationStep&) {}, stop);
}

} // namespace

class TestCalibration : public QObject {
    Q_OBJECT
private slots:
    // At the place itself 1; one 2 temperature codes away, one 1.5 luminosity codes away: e^−½
    // each.
    void standardsNearByHand()
    {
        const std::vector<Cell> cells { { 20.0, 5.0 }, { 22.0, 5.0 }, { 20.0, 3.5 } };
        QVERIFY(near(standardsNear(cells, 20.0, 5.0), 0.05 + 1.0 + 2.0 * std::exp(-0.5)));
        QVERIFY(near(standardsNear({}, 20.0, 5.0), 0.05));
        QVERIFY(near(standardsNear(cells, 48.0, 0.0), 0.05, 1e-3));
    }

    // 0.3² + 0.8²/4 + (5 · 0.1)² = 0.5.
    void sigmaByHand()
    {
        Calibration calibration = typical();
        calibration.floorCodes = 0.3;
        calibration.sparseCodes = 0.8;
        AnswerTraits answer = answerAt(20.0, 5.0, 4.0);
        answer.decision.strayProbability = 0.1;
        QVERIFY(near(temperatureSigma(calibration, answer), std::sqrt(0.5)));
    }

    // Classes whose borders lie one σ on either side: 68.27 % belong to the middle one.
    void classProbabilitiesFollowSigma()
    {
        Calibration calibration = typical();
        calibration.floorCodes = 0.5;
        calibration.sparseCodes = 0.0;
        const auto answer = answerAt(20.0, 5.0, 4.0);
        const mk::ClassScheme scheme { { "A4", "A5", "A6" }, { 19.0, 20.0, 21.0 } };
        const auto p = classProbabilities(calibration, answer, scheme);
        QVERIFY(near(static_cast<double>(p[1]), 0.6827, 1e-4));
        QVERIFY(near(static_cast<double>(p[0]), static_cast<double>(p[2]), 1e-6));
        QVERIFY(near(std::accumulate(p.begin(), p.end(), 0.0), 1.0, 1e-6));
    }

    // A border at code 3.75 and a scale of √(0.12² + 0.32²/4) = 0.2: one scale above it a star is V
    // with 1/(1 + 1/e).
    void luminosityProbabilitiesByHand()
    {
        Calibration calibration = typical();
        calibration.luminosityOutliers = 0.0;
        const auto sure = groupProbabilities(calibration, answerAt(20.0, 3.95, 4.0));
        QVERIFY(near(sure[2], 1.0 / (1.0 + std::exp(-1.0)), 1e-6));
        // With 4 ln 2 half of the answers near 4 standards are outliers, a third of which belong
        // to V.
        calibration.luminosityOutliers = 4.0 * std::log(2.0);
        const auto doubtful = groupProbabilities(calibration, answerAt(20.0, 3.95, 4.0));
        QVERIFY(near(doubtful[2], 0.5 * sure[2] + 0.5 / 3.0, 1e-6));
        const auto printed = luminosityProbabilities(calibration, answerAt(20.0, 3.95, 4.0));
        QVERIFY(near(std::accumulate(printed.begin(), printed.end(), 0.0), 1.0));
        QVERIFY(printed[4] > printed[5]); // IV rather than V
    }

    void findsPlantedUncertainty()
    {
        base::RandomStream random(7);
        Calibration planted = typical();
        planted.floorCodes = 0.6;
        std::vector<HeldOutAnswer> answers;
        for (int i = 0; i < 4000; ++i) {
            AnswerTraits answer = answerAt(20.0, 3.0, 1.0 + 8.0 * random.uniform());
            answer.decision.strayProbability = i % 5 == 0 ? 0.3 * random.uniform() : 0.0;
            const double error = temperatureSigma(planted, answer) / 1.1416 * student(random);
            answers.push_back({ answer, { 20.0 - error, 3.0 } });
        }
        const Calibration found = fitCalibration(answers);
        QVERIFY2(near(found.floorCodes, 0.6, 0.1), qPrintable(QString::number(found.floorCodes)));
        QVERIFY2(near(found.sparseCodes, 1.2, 0.2), qPrintable(QString::number(found.sparseCodes)));
        QVERIFY2(near(found.strayCodes, 5.0, 0.8), qPrintable(QString::number(found.strayCodes)));
        const auto within = std::count_if(answers.begin(), answers.end(), [&](const auto& held) {
            return std::abs(held.answer.decision.temperatureCode - held.truth.temperatureCode)
                < temperatureSigma(found, held.answer);
        });
        QVERIFY(near(static_cast<double>(within) / 4000.0, 0.6827, 0.02));
        QCOMPARE(found.samples, std::int64_t { 4000 });
    }

    // Standards that are typed to the bit say nothing of how published types scatter.
    void sigmaIsNeverBelowThatOfPublishedTypes()
    {
        std::vector<HeldOutAnswer> answers;
        for (int i = 0; i < 100; ++i)
            answers.push_back({ answerAt(20.0, 3.0, 4.0), { 20.0 + 0.001 * (i % 5), 3.0 } });
        const Calibration found = fitCalibration(answers);
        QCOMPARE(found.floorCodes, 0.5);
        QVERIFY(near(temperatureSigma(found, answers.front().answer), 0.5, 0.02));
    }

    void findsPlantedLuminosity()
    {
        base::RandomStream random(9);
        Calibration planted = typical();
        planted.luminosityFloor = 0.1;
        planted.luminositySparse = 0.6;
        planted.luminosityOutliers = 0.5;
        constexpr std::array kCodes { 0.0, 3.0, 5.0 };
        std::vector<HeldOutAnswer> answers;
        for (int i = 0; i < 6000; ++i) {
            const AnswerTraits answer
                = answerAt(20.0, 5.0 * random.uniform(), 1.0 + 6.0 * random.uniform());
            const auto p = groupProbabilities(planted, answer);
            const double u = random.uniform();
            const std::size_t group = u < p[0] ? 0 : u < p[0] + p[1] ? 1 : 2;
            answers.push_back({ answer, { 20.0, kCodes[group] } });
        }
        const Calibration found = fitCalibration(answers);
        QVERIFY2(near(found.luminositySparse, 0.6, 0.12),
            qPrintable(QString::number(found.luminositySparse)));
        QVERIFY(found.luminosityFloor < 0.25);
        QVERIFY2(near(found.luminosityOutliers, 0.5, 0.1),
            qPrintable(QString::number(found.luminosityOutliers)));
    }

    void storedAndReadAgain()
    {
        const test::TemporaryFolder folder;
        const io::Hdf5Format format { "test", 1 };
        const auto file = folder / "c.h5";
        const auto write = [&](const Calibration& calibration) {
            return io::writeHdf5(file, format, [&](io::Hdf5Group& root) {
                return writeCalibration(root, "calibration", calibration);
            });
        };
        QVERIFY_RESULT(write(typical()));
        const auto read = readCalibration(io::openHdf5(file, format).value(), "calibration");
        QVERIFY_RESULT(read);
        QCOMPARE(read->sparseCodes, 1.2);
        QCOMPARE(read->luminosityOutliers, 0.1);
        QCOMPARE(read->folds, std::int64_t { 5 });
        QCOMPARE(read->samples, std::int64_t { 1900 });
        QCOMPARE(read->observed.size(), std::size_t { 3 });
        QCOMPARE(read->observed[2].temperatureCode, 30.0);
        QCOMPARE(read->observed[2].luminosityCode, 3.0);

        Calibration wrong = typical();
        wrong.luminosityFloor = 0.0;
        wrong.luminositySparse = 0.0;
        QVERIFY_RESULT(write(wrong));
        const auto refused = readCalibration(io::openHdf5(file, format).value(), "calibration");
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, base::ErrorCode::ValueInvalid);
        wrong = typical();
        wrong.strayCodes = std::nan("");
        QVERIFY_RESULT(write(wrong));
        QVERIFY(!readCalibration(io::openHdf5(file, format).value(), "calibration"));
    }

    void learnsFromHeldOutStandards()
    {
        const auto once = calibrated(3);
        QVERIFY_RESULT(once);
        QCOMPARE(once->observed.size(), std::size_t { 21 });
        QCOMPARE(once->folds, std::int64_t { 3 });
        QCOMPARE(once->samples, std::int64_t { 42 });
        QVERIFY(once->floorCodes + once->sparseCodes > 0.0);
        const auto again = calibrated(3);
        QCOMPARE(again->sparseCodes, once->sparseCodes);
        QCOMPARE(again->luminosityFloor, once->luminosityFloor);
        QCOMPARE(again->luminositySparse, once->luminositySparse);
    }

    void failuresSayWhy()
    {
        QCOMPARE(calibrated(1).error().code, base::ErrorCode::OptionInvalid);
        QCOMPARE(calibrated(22).error().code, base::ErrorCode::OptionInvalid);
        std::stop_source stop;
        stop.request_stop();
        QCOMPARE(calibrated(3, stop.get_token()).error().code, base::ErrorCode::Cancelled);
    }
};

QTEST_GUILESS_MAIN(TestCalibration)
#include "tst_calibration.moc"
