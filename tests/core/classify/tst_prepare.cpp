#include "core/classify/prepare.h"

#include "core/classify/nearest_standard.h"
#include "tests/support/star_atlas.h"
#include "tests/support/test_data.h"

#include <QTest>

#include <cmath>

using namespace maury;
using namespace maury::classify;
using spectrum::Frame;
using spectrum::Medium;

namespace {

constexpr double kCode = 30.0;
constexpr double kDwarf = 5.0;

double worstDifference(const PreparedSpectrum& prepared)
{
    double worst = 0.0;
    const auto grid = spectrum::mkGrid();
    for (std::size_t pixel = 0; pixel < grid.pixels; ++pixel)
        if (prepared.good[pixel] != 0)
            worst = std::max(worst,
                std::abs(static_cast<double>(prepared.flux[pixel])
                    - test::starFlux(grid.wavelength(pixel), kCode, kDwarf)));
    return worst;
}

bool mentions(const std::vector<std::string>& texts, const char* part)
{
    return std::any_of(texts.begin(), texts.end(),
        [part](const std::string& text) { return text.find(part) != std::string::npos; });
}

/// As a reader leaves what has no data: masked and zero.
void removeData(spectrum::Spectrum& spectrum, double from, double to)
{
    auto& segment = spectrum.segments.front();
    for (std::size_t i = 0; i < segment.pixels(); ++i)
        if (segment.wavelengthAngstrom[i] >= from && segment.wavelengthAngstrom[i] <= to) {
            segment.flux[i] = 0.0;
            segment.mask[i] = spectrum::mask::kNoData;
        }
}

} // namespace

class TestPrepare : public QObject {
    Q_OBJECT
private:
    mk::AtlasPtr m_atlas = test::starAtlas({ 10.0, 20.0, kCode });

private slots:
    void aConformingSpectrumIsLeftAlone()
    {
        const auto prepared = prepare(test::observeStar(kCode, kDwarf), *m_atlas, {});
        QVERIFY_RESULT(prepared);
        QVERIFY(worstDifference(*prepared) < 1e-6);
        QVERIFY(!prepared->velocityKms.has_value());
        QVERIFY(!prepared->rectifiedHere);
        QVERIFY(prepared->warnings.empty());
        QCOMPARE(prepared->coverage.missingPixels(), std::size_t { 0 });
    }

    // Without conversion every line would lie 1.1 Å off, two thirds of its depth.
    void vacuumBecomesAir()
    {
        test::Observation observation;
        observation.medium = Medium::Vacuum;
        observation.stepAngstrom = 0.05;
        const auto star = test::observeStar(kCode, kDwarf, observation);
        const auto prepared = prepare(star, *m_atlas, {});
        QVERIFY_RESULT(prepared);
        QVERIFY2(worstDifference(*prepared) < 0.01,
            qPrintable(QString::number(worstDifference(*prepared))));
        PrepareOptions wrong;
        wrong.medium = Medium::Air;
        const auto misled = prepare(star, *m_atlas, wrong);
        QVERIFY_RESULT(misled);
        QVERIFY(worstDifference(*misled) > 0.1);
    }

    void velocityIsFoundAndRemoved()
    {
        test::Observation observation;
        observation.frame = Frame::Barycentric;
        observation.velocityKms = -143.0;
        observation.stepAngstrom = 0.05;
        const auto star = test::observeStar(kCode, kDwarf, observation);
        const auto prepared = prepare(star, *m_atlas, {});
        QVERIFY_RESULT(prepared);
        QVERIFY(prepared->velocityKms.has_value());
        QVERIFY(std::abs(*prepared->velocityKms + 143.0) < 2.0);
        QVERIFY(worstDifference(*prepared) < 0.02);
        PrepareOptions still;
        still.shift = false;
        const auto unshifted = prepare(star, *m_atlas, still);
        QVERIFY_RESULT(unshifted);
        QVERIFY(!unshifted->velocityKms.has_value());
        QVERIFY(worstDifference(*unshifted) > 0.1);
    }

    void aGivenVelocityIsRemovedWhateverTheFrame()
    {
        test::Observation observation;
        observation.frame = Frame::Rest;
        observation.velocityKms = 700.0; // beyond what is looked for
        observation.stepAngstrom = 0.05;
        PrepareOptions given;
        given.velocityKms = 700.0;
        const auto prepared
            = prepare(test::observeStar(kCode, kDwarf, observation), *m_atlas, given);
        QVERIFY_RESULT(prepared);
        QCOMPARE(*prepared->velocityKms, 700.0);
        QVERIFY(worstDifference(*prepared) < 0.02);
    }

    void aVelocityBeyondTheRangeIsNotRemoved()
    {
        test::Observation observation;
        observation.frame = Frame::Barycentric;
        observation.velocityKms = 143.0;
        PrepareOptions narrow;
        narrow.velocityRangeKms = 60.0;
        const auto prepared
            = prepare(test::observeStar(kCode, kDwarf, observation), *m_atlas, narrow);
        QVERIFY_RESULT(prepared);
        QVERIFY(!prepared->velocityKms || std::abs(*prepared->velocityKms) < 60.0);
    }

    // The recipe knows all that was found: it needs neither standards nor the file's own words.
    void theRecipeGivesTheSamePixelsAgain()
    {
        test::Observation observation;
        observation.frame = Frame::Barycentric;
        observation.medium = Medium::Vacuum;
        observation.rectified = false;
        observation.velocityKms = 88.0;
        observation.continuum = [](double wavelength) { return 4e-14 * wavelength / 4200.0; };
        auto star = test::observeStar(kCode, kDwarf, observation);
        removeData(star, 4200.0, 4210.0);
        const auto first = prepare(star, *m_atlas, {});
        QVERIFY_RESULT(first);
        QVERIFY(first->velocityKms.has_value() && first->rectifiedHere);
        const auto text = preprocess::recipeToJson(first->recipe);
        auto recipe = preprocess::recipeFromJson(text, "text");
        QVERIFY_RESULT(recipe);
        PrepareOptions again;
        again.recipe = *recipe;
        const auto second = prepare(star, *m_atlas, again);
        QVERIFY_RESULT(second);
        QCOMPARE(second->flux, first->flux);
        QCOMPARE(second->unrectified, first->unrectified);
        QCOMPARE(second->good, first->good);
        QCOMPARE(*second->velocityKms, *first->velocityKms);
        QVERIFY(second->rectifiedHere);
    }

    void aRecipeForAnotherGridIsRefused()
    {
        PrepareOptions options;
        options.recipe = { { preprocess::ToGrid { { 3800.0, 1.0, 800 } } } };
        const auto prepared = prepare(test::observeStar(kCode, kDwarf), *m_atlas, options);
        QVERIFY(!prepared);
        QCOMPARE(prepared.error().code, base::ErrorCode::ModelMismatch);
    }

    void settingsOutsideTheirRangeAreRefused()
    {
        PrepareOptions range;
        range.velocityRangeKms = 601.0;
        PrepareOptions percentile;
        percentile.continuum.envelope.percentile = 20.0;
        for (const PrepareOptions& options : { range, percentile }) {
            const auto prepared = prepare(test::observeStar(kCode, kDwarf), *m_atlas, options);
            QVERIFY(!prepared);
            QCOMPARE(prepared.error().code, base::ErrorCode::OptionInvalid);
        }
    }

    void fluxIsRectified()
    {
        test::Observation observation;
        observation.rectified = false;
        observation.continuum
            = [](double wavelength) { return 3e-13 * std::pow(wavelength / 4200.0, 2.0); };
        const auto prepared = prepare(test::observeStar(kCode, kDwarf, observation), *m_atlas, {});
        QVERIFY_RESULT(prepared);
        QVERIFY(prepared->rectifiedHere);
        // The continuum of a spectrum full of lines is known to a few per cent.
        QVERIFY2(worstDifference(*prepared) < 0.08,
            qPrintable(QString::number(worstDifference(*prepared))));
    }

    void unknownRectificationIsJudgedByTheStandards()
    {
        test::Observation observation;
        observation.rectified = std::nullopt;
        const auto flat = prepare(test::observeStar(kCode, kDwarf, observation), *m_atlas, {});
        QVERIFY_RESULT(flat);
        QVERIFY(!flat->rectifiedHere);
        QVERIFY(mentions(flat->warnings, "taken as rectified"));
        QVERIFY(worstDifference(*flat) < 1e-6);
        observation.continuum
            = [](double wavelength) { return std::pow(wavelength / 4200.0, 4.0); };
        const auto steep = prepare(test::observeStar(kCode, kDwarf, observation), *m_atlas, {});
        QVERIFY_RESULT(steep);
        QVERIFY(steep->rectifiedHere);
    }

    void unknownMediumAndFrameAreSaid()
    {
        test::Observation observation;
        observation.medium = Medium::Unknown;
        observation.frame = Frame::Unknown;
        const auto prepared = prepare(test::observeStar(kCode, kDwarf, observation), *m_atlas, {});
        QVERIFY_RESULT(prepared);
        QVERIFY(prepared->medium == Medium::Unknown);
        QVERIFY(mentions(prepared->warnings, "air or vacuum"));
        QVERIFY(prepared->velocityKms.has_value());
        QVERIFY(std::abs(*prepared->velocityKms) < 1.0);
        PrepareOptions known;
        known.medium = Medium::Air;
        known.frame = Frame::Rest;
        const auto told = prepare(test::observeStar(kCode, kDwarf, observation), *m_atlas, known);
        QVERIFY_RESULT(told);
        QVERIFY(told->warnings.empty());
    }

    // 3800–3811.5 Å: 24 of 1600 pixels, 1.5 %.
    void edgesAreFilledWithTheNearestGoodValue()
    {
        auto star = test::observeStar(kCode, kDwarf);
        removeData(star, 3700.0, 3811.5);
        const auto prepared = prepare(star, *m_atlas, {});
        QVERIFY_RESULT(prepared);
        QVERIFY(prepared->coverage.missingPixels() >= 24);
        QVERIFY(prepared->coverage.missingPixels() < 48);
        const std::size_t first = prepared->coverage.missing.front().end;
        for (std::size_t pixel = 0; pixel < first; ++pixel)
            QCOMPARE(prepared->flux[pixel], prepared->flux[first]);
        QVERIFY(mentions(prepared->warnings, "missing (3800–"));
    }

    void gapsAreNamed()
    {
        auto star = test::observeStar(kCode, kDwarf);
        removeData(star, 3910.0, 3990.0);
        const auto prepared = prepare(star, *m_atlas, {});
        QVERIFY_RESULT(prepared);
        const std::vector<PixelRun> expected { { 220, 381 } };
        QCOMPARE(prepared->coverage.missing.size(), expected.size());
        QVERIFY(prepared->coverage.missing.front() == expected.front());
        QCOMPARE(describe(prepared->coverage, spectrum::mkGrid()),
            std::string("10 % of 3800–4599.5 Å missing (3910–3990 Å)"));
    }

    void notANumberIsMissing()
    {
        auto star = test::observeStar(kCode, kDwarf);
        star.segments.front().flux[100] = std::nan("");
        const auto prepared = prepare(star, *m_atlas, {});
        QVERIFY_RESULT(prepared);
        QCOMPARE(prepared->coverage.missingPixels(), std::size_t { 1 });
        for (const float flux : prepared->flux)
            QVERIFY(std::isfinite(flux));
    }

    void lessThanHalfIsRefused_data()
    {
        QTest::addColumn<double>("from");
        QTest::addColumn<double>("to");
        QTest::addColumn<QString>("covered");
        QTest::newRow("the red") << 3700.0 << 4205.0 << "4205.5–4612 Å";
        QTest::newRow("nothing") << 3700.0 << 4700.0 << "no good pixel";
    }
    void lessThanHalfIsRefused()
    {
        QFETCH(double, from);
        QFETCH(double, to);
        QFETCH(QString, covered);
        auto star = test::observeStar(kCode, kDwarf);
        removeData(star, from, to);
        const auto prepared = prepare(star, *m_atlas, {});
        QVERIFY(!prepared);
        QCOMPARE(prepared.error().code, base::ErrorCode::CoverageInsufficient);
        QCOMPARE(QString::fromStdString(prepared.error().found), covered);
        QCOMPARE(prepared.error().place, std::string("star.txt"));
    }

    void anotherWavelengthRangeIsRefused()
    {
        test::Observation observation;
        observation.firstAngstrom = 6400.0;
        observation.lastAngstrom = 9200.0;
        const auto prepared = prepare(test::observeStar(kCode, kDwarf, observation), *m_atlas, {});
        QVERIFY(!prepared);
        QCOMPARE(prepared.error().code, base::ErrorCode::CoverageInsufficient);
        QCOMPARE(prepared.error().found, std::string("6400–9200 Å"));
        QCOMPARE(prepared.error().expected, std::string("at least half of 3800–4599.5 Å"));
    }

    void segmentsAreMerged()
    {
        auto star = test::observeStar(kCode, kDwarf);
        auto blue = star;
        removeData(blue, 4100.25, 5000.0);
        removeData(star, 3000.0, 4000.0);
        blue.segments.push_back(star.segments.front());
        const auto prepared = prepare(blue, *m_atlas, {});
        QVERIFY_RESULT(prepared);
        QCOMPARE(prepared->coverage.missingPixels(), std::size_t { 0 });
        QVERIFY(worstDifference(*prepared) < 1e-6);
    }

    // S/N 50 in pixels of 0.125 Å is 100 in pixels of 0.5 Å.
    void noiseIsMeasuredInGridPixels()
    {
        test::Observation observation;
        observation.signalToNoise = 50.0;
        observation.stepAngstrom = 0.125;
        const auto prepared = prepare(test::observeStar(kCode, kDwarf, observation), *m_atlas, {});
        QVERIFY_RESULT(prepared);
        const double expected = 2.0 * 50.0 * prepared->medianFlux();
        QVERIFY2(std::abs(prepared->signalToNoise() / expected - 1.0) < 0.1,
            qPrintable(QString::number(prepared->signalToNoise())));
    }

    void errorsOfTheFileAreUsed()
    {
        auto star = test::observeStar(kCode, kDwarf);
        star.segments.front().ivar.assign(star.segments.front().pixels(), 400.0);
        const auto prepared = prepare(star, *m_atlas, {});
        QVERIFY_RESULT(prepared);
        QVERIFY(std::abs(prepared->noise - 0.05) < 1e-6);
    }
};

QTEST_GUILESS_MAIN(TestPrepare)
#include "tst_prepare.moc"
