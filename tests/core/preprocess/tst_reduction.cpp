#include "core/preprocess/reduction.h"

#include "core/spectrum/air_vacuum.h"
#include "tests/support/test_data.h"

#include <QTest>

#include <cmath>

using namespace maury;
using namespace maury::preprocess;
using base::ErrorCode;
using spectrum::Frame;
using spectrum::Medium;
using spectrum::Segment;

namespace {

/// Two segments of 600 pixels in air, barycentric, with slopes, lines, a hit and errors.
spectrum::Spectrum star()
{
    spectrum::Spectrum spectrum;
    spectrum.file = "star.fits";
    spectrum.object = "star";
    spectrum.radialVelocityKms = 40.0;
    spectrum.barycentricCorrectionKms = -12.0;
    for (const double first : { 5000.0, 7600.0 }) {
        Segment segment;
        for (std::size_t i = 0; i < 600; ++i) {
            const auto x = static_cast<double>(i);
            segment.wavelengthAngstrom.push_back(first + 0.1 * x);
            segment.flux.push_back((2.0 + 0.001 * x) * (1.0 - 0.3 * std::pow(std::sin(0.1 * x), 6.0)));
            segment.ivar.push_back(1e4);
        }
        segment.flux[300] += 3.0;
        segment.mask.assign(600, 0);
        segment.medium = Medium::Air;
        segment.frame = Frame::Barycentric;
        segment.resolvingPower = 28000.0;
        segment.origin = first < 6000.0 ? "camera 1" : "camera 4";
        spectrum.segments.push_back(std::move(segment));
    }
    return spectrum;
}

Recipe everyStep(const ContinuumSettings& continuum)
{
    return { { MarkCosmicRays {}, MarkTellurics {}, ToMedium { Medium::Vacuum },
        ToFrame { Frame::Rest, {} }, Rectify { continuum },
        Regrid { namedGrid("survey").value(), {} } } };
}

} // namespace

class TestReduction : public QObject {
    Q_OBJECT
private slots:
    void allSteps()
    {
        Regridder regridder;
        const auto done = reduce(
            everyStep(usualContinuum(ContinuumMethod::Chebyshev)), star(), regridder);
        QVERIFY_RESULT(done);
        QCOMPARE(done->cosmicRays, std::size_t { 2 });
        QVERIFY(done->tellurics > 500);
        QCOMPARE(done->regridded.size(), std::size_t { 2 });
        const auto& first = done->regridded[0];
        QVERIFY(first.medium == Medium::Vacuum && first.frame == Frame::Rest);
        QCOMPARE(first.rectified, std::optional(true));
        QCOMPARE(*first.resolvingPower, 10000.0);
        QCOMPARE(first.origin, std::string("camera 1"));
        QVERIFY(first.goodPixels() > 150);
        // The segments before the grid are kept: at rest, in vacuum.
        const double w = spectrum::vacuumFromAir(5000.0) / (1.0 + 40.0 / 299792.458);
        QVERIFY(std::abs(done->spectrum.segments[0].wavelengthAngstrom[0] - w) < 1e-9);
        QCOMPARE(done->segments().size(), std::size_t { 2 });
        QVERIFY(std::abs(done->segments()[0].wavelengthAngstrom[0]
                    - done->grid->wavelength(static_cast<double>(first.firstPixel)))
            < 1e-9);
    }

    // What was found stands in the recipe: from its text the same bits come, also after the file's
    // velocities are lost.
    void theRecipeIsReplayed_data()
    {
        QTest::addColumn<int>("method");
        for (const ContinuumMethod method : continuumMethods())
            QTest::newRow(toString(method).c_str()) << static_cast<int>(method);
    }
    void theRecipeIsReplayed()
    {
        QFETCH(int, method);
        Regridder regridder;
        const auto settings = usualContinuum(static_cast<ContinuumMethod>(method));
        const auto done = reduce(everyStep(settings), star(), regridder);
        QVERIFY_RESULT(done);
        const auto recipe = recipeFromJson(recipeToJson(done->recipe, 2), "recipe.json");
        QVERIFY_RESULT(recipe);
        QVERIFY(*recipe == done->recipe);
        spectrum::Spectrum poorer = star();
        poorer.radialVelocityKms.reset();
        poorer.barycentricCorrectionKms.reset();
        const auto again = reduce(*recipe, poorer, regridder);
        QVERIFY_RESULT(again);
        QVERIFY(again->recipe == done->recipe);
        for (std::size_t i = 0; i < done->regridded.size(); ++i) {
            QCOMPARE(again->regridded[i].flux, done->regridded[i].flux);
            QCOMPARE(again->regridded[i].ivar, done->regridded[i].ivar);
            QCOMPARE(again->regridded[i].mask, done->regridded[i].mask);
        }
    }

    // Coefficients that are there are used, not fitted anew.
    void coefficientsAreUsed()
    {
        ContinuumSettings settings = usualContinuum(ContinuumMethod::Chebyshev);
        Rectify step { settings };
        step.fits = { { { 5000.0, 5100.0, { 4.0 } } }, { { 7000.0, 8000.0, { 2.0 } } } };
        Regridder regridder;
        const auto done = reduce({ { step } }, star(), regridder);
        QVERIFY_RESULT(done);
        QCOMPARE(done->spectrum.segments[0].flux[0], star().segments[0].flux[0] / 4.0);
        QCOMPARE(done->spectrum.segments[1].flux[0], star().segments[1].flux[0] / 2.0);
        step.fits.pop_back();
        const auto failed = reduce({ { step } }, star(), regridder);
        QVERIFY(!failed);
        QCOMPARE(failed.error().code, ErrorCode::OptionInvalid);
    }

    void nothingAsked()
    {
        Regridder regridder;
        const auto done = reduce({}, star(), regridder);
        QVERIFY_RESULT(done);
        QCOMPARE(done->segments()[1].flux, star().segments[1].flux);
    }

    void whatIsMissingIsNamed()
    {
        Regridder regridder;
        spectrum::Spectrum unknown = star();
        unknown.segments[1].medium = Medium::Unknown;
        const auto medium = reduce({ { ToMedium { Medium::Vacuum } } }, unknown, regridder);
        QVERIFY(!medium);
        QCOMPARE(medium.error().code, ErrorCode::ValueMissing);
        const QString text = QString::fromStdString(base::describe(medium.error()));
        for (const char* part : { "star.fits", "camera 4", "vacuum" })
            QVERIFY2(text.contains(part), qPrintable(text));
        spectrum::Spectrum still = star();
        still.radialVelocityKms.reset();
        QCOMPARE(reduce({ { ToFrame { Frame::Rest, {} } } }, still, regridder).error().code,
            ErrorCode::ValueMissing);
        QVERIFY_RESULT(reduce({ { ToFrame { Frame::Rest, { 12.0, {} } } } }, still, regridder));
    }

    void outOfReachAndOutOfOrder()
    {
        Regridder regridder;
        const auto far
            = reduce({ { Regrid { namedGrid("mk").value(), {} } } }, star(), regridder);
        QVERIFY(!far);
        QCOMPARE(far.error().code, ErrorCode::CoverageInsufficient);
        const Regrid regrid { namedGrid("survey").value(), {} };
        for (const Recipe& recipe :
            { Recipe { { regrid, ToMedium {} } }, Recipe { { regrid, regrid } },
                Recipe { { Scale { 2.0 } } }, Recipe { { TrimEdges {} } } })
            QCOMPARE(reduce(recipe, star(), regridder).error().code, ErrorCode::OptionInvalid);
    }

    // A dead camera does not cost the others their continuum.
    void oneSegmentWithoutContinuum()
    {
        spectrum::Spectrum spectrum = star();
        spectrum.segments[1].flux.assign(600, -1.0);
        Regridder regridder;
        const Rectify step { usualContinuum(ContinuumMethod::Polynomial) };
        const auto done = reduce({ { step } }, spectrum, regridder);
        QVERIFY_RESULT(done);
        QCOMPARE(done->notes.size(), std::size_t { 1 });
        QVERIFY(done->spectrum.segments[0].goodPixels() > 590);
        QCOMPARE(done->spectrum.segments[1].goodPixels(), std::size_t { 0 });
        spectrum.segments[0].flux.assign(600, -1.0);
        QCOMPARE(reduce({ { step } }, spectrum, regridder).error().code, ErrorCode::ValueInvalid);
    }

    void resolutionsThatDoNotMatchAreSaid()
    {
        spectrum::Spectrum spectrum = star();
        spectrum.segments[0].resolvingPower.reset();
        spectrum.segments[1].resolvingPower = 2000.0;
        Regridder regridder;
        const auto done
            = reduce({ { Regrid { namedGrid("survey").value(), {} } } }, spectrum, regridder);
        QVERIFY_RESULT(done);
        QCOMPARE(done->notes.size(), std::size_t { 2 });
        QVERIFY(!done->regridded[0].resolvingPower);
        QCOMPARE(*done->regridded[1].resolvingPower, 2000.0);
        const auto stated
            = reduce({ { Regrid { namedGrid("survey").value(), 28000.0 } } }, spectrum, regridder);
        QCOMPARE(*stated->regridded[0].resolvingPower, 10000.0);
    }

    // The continua can also be drawn on the grid of an atlas.
    void continuaOnAnAtlasGrid()
    {
        const spectrum::WavelengthGrid grid { 5005.0, 0.5, 100 };
        for (const ContinuumMethod method : continuumMethods()) {
            Recipe recipe { { MarkCosmicRays {}, ToAir {}, ToGrid { grid },
                Rectify { usualContinuum(method) } } };
            const auto done = replay(recipe, star());
            QVERIFY_RESULT(done);
            double mean = 0.0;
            for (const float flux : done->flux)
                mean += static_cast<double>(flux) / 100.0;
            QVERIFY2(mean > 0.7 && mean < 1.1, toString(method).c_str());
            QVERIFY(recipeFromJson(recipeToJson(recipe), "r").value() == recipe);
        }
        const Recipe wrong { { ToGrid { grid }, ToMedium {} } };
        QCOMPARE(replay(wrong, star()).error().code, ErrorCode::OptionInvalid);
    }
};

QTEST_GUILESS_MAIN(TestReduction)
#include "tst_reduction.moc"
