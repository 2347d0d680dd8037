#include "core/classify/conformity.h"

#include "core/dataset/augmentation.h"
#include "core/io/reader_registry.h"
#include "tests/support/star_atlas.h"
#include "tests/support/test_data.h"

#include <QTest>

#include <cmath>

using namespace maury;
using namespace maury::classify;

namespace {

/// A row of an atlas as the file of a careful observer would be read.
spectrum::Spectrum asRead(const mk::Atlas& atlas, std::size_t row, std::vector<float> flux)
{
    spectrum::Segment segment;
    segment.wavelengthAngstrom = atlas.grid().wavelengths();
    segment.flux.assign(flux.begin(), flux.end());
    for (const std::uint8_t good :
        std::span(atlas.good().row(static_cast<Eigen::Index>(row)).data(), flux.size()))
        segment.mask.push_back(good != 0 ? 0 : spectrum::mask::kNoData);
    segment.medium = spectrum::Medium::Air;
    segment.frame = spectrum::Frame::Rest;
    segment.rectified = true;
    spectrum::Spectrum spectrum;
    spectrum.segments.push_back(std::move(segment));
    return spectrum;
}

std::vector<float> rowOf(const mk::Atlas& atlas, std::size_t row)
{
    const auto line = atlas.flux().row(static_cast<Eigen::Index>(row));
    return { line.data(), line.data() + line.size() };
}

Conformity judged(const ConformityTest& test, const mk::Atlas& atlas,
    const spectrum::Spectrum& spectrum, bool declared = false)
{
    auto prepared = prepare(spectrum, atlas, {});
    if (!prepared)
        return { false, { base::describe(prepared.error()) }, {} };
    if (declared) {
        prepared->medium = spectrum::Medium::Air;
        prepared->frame = spectrum::Frame::Rest;
        prepared->rectifiedHere = false;
    }
    return test.judge(*prepared,
        leastResidual(*prepared, atlas, nearestStandards(*prepared, atlas, kResidualCandidates)));
}

/// Standards and fresh variations of them (other random numbers than the calibration's) that are
/// doubted.
struct FalseAlarms {
    std::size_t standards = 0;
    std::size_t variations = 0;
    std::string reasons;
};

constexpr std::uint64_t kOtherSeed = 99;
constexpr std::size_t kVariations = 2;

FalseAlarms falseAlarms(const mk::AtlasPtr& atlas)
{
    const ConformityTest test(atlas, {});
    const dataset::Augmenter augmenter(atlas->grid(), {}, kOtherSeed);
    FalseAlarms alarms;
    for (std::size_t row = 0; row < atlas->standards().size(); ++row) {
        const auto note = [&](const Conformity& conformity, std::size_t& count) {
            count += conformity.ok ? 0 : 1;
            for (const auto& reason : conformity.reasons)
                alarms.reasons += atlas->standards()[row].name + ": " + reason + "\n";
        };
        note(judged(test, *atlas, asRead(*atlas, row, rowOf(*atlas, row))), alarms.standards);
        for (std::size_t variation = 0; variation < kVariations; ++variation) {
            std::vector<float> flux(atlas->grid().pixels);
            augmenter.apply(rowOf(*atlas, row), 0, row * kVariations + variation, flux);
            note(judged(test, *atlas, asRead(*atlas, row, flux)), alarms.variations);
        }
    }
    return alarms;
}

} // namespace

class TestConformity : public QObject {
    Q_OBJECT
private slots:
    void limitsAreAlwaysTheSame()
    {
        const auto atlas = test::starAtlas({ 16.0, 23.0, 30.0 });
        const ConformityTest first(atlas, {});
        const ConformityTest second(atlas, {});
        QVERIFY(first.limits().excess == second.limits().excess);
        QCOMPARE(first.limits().slope, second.limits().slope);
        QCOMPARE(first.limits().excess.size(), std::size_t { 9 });
    }

    // With a quarter of room beyond the widest of 27 normal draws (about 2.2 σ): 2 to 5 σ.
    void limitsFollowTheAugmentation()
    {
        const auto atlas = test::starAtlas({ 16.0, 23.0, 30.0 });
        const dataset::AugmentationSettings paper;
        const auto limits = ConformityTest(atlas, paper).limits();
        QVERIFY(limits.slope > 2.0 * paper.continuumSigma1);
        QVERIFY(limits.slope < 5.0 * paper.continuumSigma1);
        dataset::AugmentationSettings wide = paper;
        wide.continuumSigma1 = 0.05;
        QVERIFY(ConformityTest(atlas, wide).limits().slope > 2.0 * wide.continuumSigma1);
        // The made-up stars have flux near 1: trained at √5000 ≈ 70, half of that is doubted.
        QVERIFY(limits.signalToNoise > 25.0 && limits.signalToNoise < 40.0);
    }

    void theTrainingLibraryConforms_data()
    {
        QTest::addColumn<QString>("library");
        for (const char* library : { "libr18", "libr18_27", "builtin" })
            QTest::newRow(library) << library;
    }
    void theTrainingLibraryConforms()
    {
        QFETCH(QString, library);
        const bool builtin = library == "builtin";
        if (!builtin)
            REQUIRE_TEST_DATA();
        const auto atlas = builtin
            ? mk::builtinAtlas()
            : mk::readAtlasFolder(test::dataFolder() / "mkclass" / library.toStdString());
        if (builtin && !atlas)
            QSKIP("no built-in atlas in this build");
        QVERIFY_RESULT(atlas);
        const auto alarms = falseAlarms(*atlas);
        const std::size_t standards = (*atlas)->standards().size();
        qInfo("%s: %zu of %zu standards and %zu of %zu variations flagged", qPrintable(library),
            alarms.standards, standards, alarms.variations, kVariations * standards);
        QVERIFY2(alarms.standards * 50 <= standards, alarms.reasons.c_str());
        QVERIFY2(alarms.variations * 50 <= kVariations * standards, alarms.reasons.c_str());
    }

    void filesOfTheTrainingLibraryConform()
    {
        REQUIRE_TEST_DATA();
        const auto folder = test::dataFolder() / "mkclass/libr18";
        const auto atlas = mk::readAtlasFolder(folder);
        QVERIFY_RESULT(atlas);
        const ConformityTest test(*atlas, {});
        const auto files = io::listFiles(folder);
        QVERIFY_RESULT(files);
        std::size_t flagged = 0;
        std::string reasons;
        for (const auto& file : *files) {
            const auto spectrum = io::readSpectrum(file);
            QVERIFY_RESULT(spectrum);
            const auto conformity = judged(test, **atlas, **spectrum);
            flagged += conformity.ok ? 0 : 1;
            for (const auto& reason : conformity.reasons)
                reasons += file.filename().string() + ": " + reason + "\n";
        }
        QVERIFY2(flagged * 50 <= files->size(), reasons.c_str());
    }

    // Even if somebody says of them that they are rectified, in air and at rest: what is measured
    // gives every one of the independent stars away.
    void independentStarsDoNotConform()
    {
        REQUIRE_TEST_DATA();
        const auto atlas = mk::readAtlasFolder(test::dataFolder() / "mkclass/libr18");
        QVERIFY_RESULT(atlas);
        const ConformityTest test(*atlas, {});
        const auto files = io::listFiles(test::dataFolder() / "stelib");
        QVERIFY_RESULT(files);
        int stars = 0;
        for (const auto& file : *files) {
            if (file.extension() != ".fits")
                continue;
            const auto spectrum = io::readSpectrum(file);
            QVERIFY_RESULT(spectrum);
            ++stars;
            QVERIFY2(!judged(test, **atlas, **spectrum, true).ok, file.filename().c_str());
        }
        QCOMPARE(stars, 255);
    }
};

QTEST_GUILESS_MAIN(TestConformity)
#include "tst_conformity.moc"
