#include "core/classify/classifier.h"

#include "core/io/csv_table.h"
#include "core/io/reader_registry.h"
#include "tests/support/test_data.h"

#include <QTest>

#include <cmath>

using namespace maury;

/// The shipped network on stars that nobody trained it on.
class TestHonesty : public QObject {
    Q_OBJECT
private slots:
    // No answer of the paper's kind of network on STELIB is given without a doubt, least of all
    // those that are wrong by more than two classes though the network is sure of itself (above
    // 0.9).
    void confidentErrorsAreFlagged()
    {
        REQUIRE_TEST_DATA();
        auto model = train::builtinModel();
        const auto atlas = mk::builtinAtlas();
        if (!model || !atlas)
            QSKIP("no built-in atlas and model in this build");
        auto classifier = classify::Classifier::create(*std::move(model), *atlas);
        QVERIFY_RESULT(classifier);
        const auto folder = test::dataFolder() / "stelib";
        const auto index = io::CsvTable::read(folder / "STELIB_index.csv");
        QVERIFY_RESULT(index);
        int typed = 0;
        int confidentErrors = 0;
        for (std::size_t row = 0; row < index->rows(); ++row) {
            const auto file = folder / index->cell(row, *index->column("file"));
            const auto spectrum = io::readSpectrum(file);
            QVERIFY_RESULT(spectrum);
            const auto answer = classifier->classify(**spectrum);
            if (!answer) {
                QCOMPARE(answer.error().code, base::ErrorCode::CoverageInsufficient);
                continue;
            }
            ++typed;
            QVERIFY2(!answer->conformity.ok, file.filename().c_str());
            QVERIFY(!answer->conformity.reasons.empty());
            const auto& scheme = classifier->model().scheme;
            const auto type = mk::parseSpectralType(index->cell(row, *index->column("sptype")));
            if (!type || std::isnan(mk::decimalSubclass(*type)) || answer->scProbability <= 0.9)
                continue;
            const double deviation = scheme.temperatureCodes[answer->sc]
                - mk::temperatureCode(mk::decimalSubclass(*type));
            if (std::abs(deviation) <= 2.0)
                continue;
            ++confidentErrors;
        }
        qInfo(
            "%d of %zu stars typed, %d wrong and confident", typed, index->rows(), confidentErrors);
        QVERIFY(typed > 200);
    }

    void standardsOfTheShippedAtlasConformWhereTheNetworkIsRight()
    {
        auto model = train::builtinModel();
        const auto atlas = mk::builtinAtlas();
        if (!model || !atlas)
            QSKIP("no built-in atlas and model in this build");
        auto classifier = classify::Classifier::create(*std::move(model), *atlas);
        QVERIFY_RESULT(classifier);
        std::size_t flaggedThoughRight = 0;
        std::size_t wrong = 0;
        std::string reasons;
        const std::size_t count = (*atlas)->standards().size();
        for (std::size_t row = 0; row < count; ++row) {
            const auto line = (*atlas)->flux().row(static_cast<Eigen::Index>(row));
            spectrum::Segment segment;
            segment.wavelengthAngstrom = (*atlas)->grid().wavelengths();
            segment.flux.assign(line.data(), line.data() + line.size());
            segment.mask.assign(segment.flux.size(), 0);
            segment.medium = spectrum::Medium::Air;
            segment.frame = spectrum::Frame::Rest;
            segment.rectified = true;
            spectrum::Spectrum star;
            star.segments.push_back(std::move(segment));
            const auto answer = classifier->classify(star);
            QVERIFY_RESULT(answer);
            const auto& standard = (*atlas)->standards()[row];
            const auto own = classifier->model().scheme.indexOf(standard.temperatureCode);
            const bool right = own && std::abs(int { answer->sc } - int { *own }) <= 2
                && answer->lc == static_cast<std::uint16_t>(standard.group);
            if (!right) {
                ++wrong;
                QVERIFY2(!answer->conformity.ok, standard.name.c_str());
                continue;
            }
            flaggedThoughRight += answer->conformity.ok ? 0 : 1;
            for (const auto& reason : answer->conformity.reasons)
                reasons += standard.name + ": " + reason + "\n";
        }
        qInfo("%zu of %zu built-in standards flagged though right, %zu typed wrongly and flagged",
            flaggedThoughRight, count, wrong);
        QVERIFY2(flaggedThoughRight * 50 <= count, reasons.c_str());
    }
};

QTEST_GUILESS_MAIN(TestHonesty)
#include "tst_honesty.moc"
