#include "core/classify/evaluator.h"
#include "core/classify/robust_classifier.h"
#include "core/io/csv_table.h"
#include "core/robust/robust_trainer.h"
#include "tests/support/test_data.h"

#include <QTest>

using namespace maury;

namespace {

std::unique_ptr<classify::RobustClassifier> trainedOn(const std::vector<std::string>& names)
{
    std::vector<robust::Library> libraries;
    for (const std::string& name : names)
        libraries.push_back(
            robust::openTrainingLibrary((test::dataFolder() / "mkclass" / name).string()).value());
    robust::RobustConfig config;
    config.threads = 2;
    const auto backend = train::createBackend("cpu", config.threads).value();
    auto report
        = robust::trainRobust(libraries, config, *backend, [](const robust::RobustStep&) {});
    if (!report)
        qFatal("%s", base::describe(report.error()).c_str());
    return classify::RobustClassifier::create(std::move(report->model), libraries.front().atlas)
        .value();
}

std::vector<classify::LabelledFile> normalStars()
{
    std::vector<std::string> leftOut;
    const auto folder = test::dataFolder() / "stelib";
    return classify::readLabels(folder / "normal_complete.csv", folder, leftOut).value();
}

/// The stars of STELIB whose header says M.
std::vector<classify::LabelledFile> mStars()
{
    const auto folder = test::dataFolder() / "stelib";
    const auto index = io::CsvTable::read(folder / "STELIB_index.csv").value();
    std::vector<classify::LabelledFile> stars;
    for (std::size_t row = 0; row < index.rows(); ++row) {
        const std::string type = index.cell(row, index.column("sptype").value());
        if (type.starts_with("M"))
            stars.push_back({ folder / index.cell(row, index.column("file").value()),
                mk::parseSpectralType(type).value() });
    }
    return stars;
}

} // namespace

/// Real stars that the network has never seen: trained on libr18 alone, scored on STELIB.
class TestRobustStars : public QObject {
    Q_OBJECT
private slots:
    // Measured over seeds: σ68 0.58–0.63 codes, rms 0.70–0.74, LC 0.92–0.945; the nearest standard
    // has 1.0, 0.84 and 0.90 on the same stars. The limits leave room for another machine's last
    // bits, not for a step of the recipe that is lost.
    void typesStelib()
    {
        REQUIRE_TEST_DATA();
        const auto classifier = trainedOn({ "libr18" });
        const auto stars = normalStars();
        QCOMPARE(stars.size(), std::size_t { 107 });
        const auto result
            = classify::evaluateStars(*classifier, stars, {}, [](const base::Error&) {});
        QVERIFY_RESULT(result);
        const classify::Scores& network = result->network;
        const auto seen = QString("sigma68 %1, rms %2, LC %3, beyond %4")
                              .arg(network.code.sigma68)
                              .arg(network.code.rms3)
                              .arg(network.lc.accuracy)
                              .arg(network.code.beyond3);
        QVERIFY2(network.code.sigma68 < 0.73, qPrintable(seen));
        QVERIFY2(network.code.rms3 < 0.80, qPrintable(seen));
        QVERIFY2(network.lc.accuracy > 0.88, qPrintable(seen));
        QVERIFY2(network.code.beyond3 <= 2, qPrintable(seen));
        QCOMPARE(result->typed, std::int64_t { 107 });
        // Measured 95 to 98: tst_bad_stars names the others.
        QVERIFY(result->conforming > 90);
        QVERIFY(result->baseline->code.sigma68 > 1.3 * network.code.sigma68);

        // "Outside the atlas": M stars against a library that ends at K7. Measured: AUROC 0.99, one
        // or two of 105 normal stars are false alarms.
        auto both = stars;
        for (const classify::LabelledFile& star : mStars())
            both.push_back(star);
        const auto outside
            = classify::evaluateStars(*classifier, both, {}, [](const base::Error&) {
              })->outside;
        QVERIFY(outside && outside->auroc && outside->stars >= 10);
        const auto told = QString("AUROC %1, %2 of %3 found, %4 false alarms")
                              .arg(*outside->auroc)
                              .arg(outside->found)
                              .arg(outside->stars)
                              .arg(outside->falseAlarms);
        QVERIFY2(*outside->auroc >= 0.93, qPrintable(told));
        QVERIFY2(outside->falseAlarms <= 4, qPrintable(told));
        QVERIFY2(2 * outside->found >= outside->stars, qPrintable(told));
    }

    // The velocity is found before the network sees the star, even where the file says "at rest";
    // noise is what it was trained on.
    void typesShiftedAndNoisyStars()
    {
        REQUIRE_TEST_DATA();
        const auto classifier = trainedOn({ "libr18" });
        const auto figures = [&](const preprocess::WhatIf& change) {
            return classify::evaluateStars(
                *classifier, normalStars(), { {}, {}, change }, [](const base::Error&) {})
                ->network;
        };
        const classify::Scores plain = figures({});
        preprocess::WhatIf change;
        change.velocityKms = 200.0;
        const classify::Scores shifted = figures(change);
        const auto seen = QString("sigma68 %1, shifted %2; LC %3, %4")
                              .arg(plain.code.sigma68)
                              .arg(shifted.code.sigma68)
                              .arg(plain.lc.accuracy)
                              .arg(shifted.lc.accuracy);
        QVERIFY2(shifted.code.sigma68 < plain.code.sigma68 + 0.04, qPrintable(seen));
        QVERIFY2(shifted.lc.accuracy > plain.lc.accuracy - 0.03, qPrintable(seen));
        change = {};
        change.signalToNoise = 20.0;
        const classify::Scores noisy = figures(change);
        const auto noise = QString("sigma68 %1, LC %2").arg(noisy.code.sigma68).arg(noisy.lc.accuracy);
        QVERIFY2(noisy.code.sigma68 > plain.code.sigma68, qPrintable(noise));
        QVERIFY2(noisy.code.sigma68 < 0.85, qPrintable(noise));
        QVERIFY2(noisy.lc.accuracy > 0.82, qPrintable(noise));
    }

    // With libnor36 beside libr18 there are wide networks, and M stars are inside.
    void typesMoreWithAWideLibrary()
    {
        REQUIRE_TEST_DATA();
        const auto classifier = trainedOn({ "libr18", "libnor36" });
        QVERIFY(classifier->model().wide);
        const auto result = classify::evaluateStars(
            *classifier, normalStars(), {}, [](const base::Error&) {});
        const classify::Scores& network = result->network;
        const auto seen = QString("sigma68 %1, rms %2, LC %3, beyond %4")
                              .arg(network.code.sigma68)
                              .arg(network.code.rms3)
                              .arg(network.lc.accuracy)
                              .arg(network.code.beyond3);
        QVERIFY2(network.code.sigma68 < 0.72, qPrintable(seen));
        QVERIFY2(network.code.rms3 < 0.76, qPrintable(seen));
        QVERIFY2(network.lc.accuracy > 0.87, qPrintable(seen));
        const auto cool
            = classify::evaluateStars(*classifier, mStars(), {}, [](const base::Error&) {});
        QVERIFY(cool->network.subclass.median < 2.0);
    }
};

QTEST_GUILESS_MAIN(TestRobustStars)
#include "tst_robust_stars.moc"
