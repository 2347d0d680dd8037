#include "core/preprocess/recipe.h"

#include "core/preprocess/doppler.h"
#include "core/spectrum/air_vacuum.h"
#include "tests/support/test_data.h"

#include <QTest>

#include <cmath>

using namespace maury;
using namespace maury::preprocess;
using base::ErrorCode;
using spectrum::Medium;

namespace {

constexpr spectrum::WavelengthGrid kGrid { 4000.0, 1.0, 5 };

/// Flux = number of the pixel, pixels of 1 Å from `first`.
spectrum::Segment ramp(double first, std::size_t pixels)
{
    spectrum::Segment segment;
    for (std::size_t i = 0; i < pixels; ++i) {
        segment.wavelengthAngstrom.push_back(first + static_cast<double>(i));
        segment.flux.push_back(static_cast<double>(i + 1));
    }
    segment.mask.assign(pixels, 0);
    return segment;
}

spectrum::Spectrum spectrumOf(std::vector<spectrum::Segment> segments)
{
    spectrum::Spectrum spectrum;
    spectrum.file = "star.fits";
    spectrum.segments = std::move(segments);
    return spectrum;
}

Recipe everyStep()
{
    ContinuumSettings continuum;
    EnvelopeSettings& envelope = continuum.envelope;
    envelope.percentile = 88.5;
    envelope.degree = 4;
    return { { ToAir { Medium::Vacuum }, ToAir {}, RemoveVelocity { -23.4375 }, ToGrid { kGrid },
        TrimEdges {}, Rectify { continuum }, Scale { 0.3 }, FillGaps {} } };
}

} // namespace

class TestRecipe : public QObject {
    Q_OBJECT
private slots:
    void pixelsOfTheGridAreKept()
    {
        const auto done = replay(
            { { ToAir { Medium::Air }, ToGrid { kGrid } } }, spectrumOf({ ramp(4000.0, 5) }));
        QVERIFY_RESULT(done);
        QCOMPARE(done->flux, (std::vector<float> { 1, 2, 3, 4, 5 }));
        QCOMPARE(done->good, (std::vector<std::uint8_t> { 1, 1, 1, 1, 1 }));
        QCOMPARE(done->unrectified, done->flux);
        QVERIFY(done->ivar.empty());
    }

    // A line seen at λ·(1 + v/c) in vacuum belongs at the air wavelength of λ.
    void mediumAndVelocityMoveTheWavelengths()
    {
        spectrum::Segment segment = ramp(4000.0, 5);
        for (double& wavelength : segment.wavelengthAngstrom)
            wavelength = spectrum::vacuumFromAir(wavelength);
        segment.medium = Medium::Vacuum;
        const auto done = replay({ { ToAir {}, ToGrid { kGrid } } }, spectrumOf({ segment }));
        QVERIFY_RESULT(done);
        for (std::size_t i = 0; i < 5; ++i)
            QVERIFY(
                std::abs(static_cast<double>(done->flux[i]) - static_cast<double>(i + 1)) < 1e-4);

        spectrum::Segment moving = ramp(4000.0, 5);
        for (double& wavelength : moving.wavelengthAngstrom)
            wavelength *= dopplerFactor(120.0);
        const auto back
            = replay({ { RemoveVelocity { 120.0 }, ToGrid { kGrid } } }, spectrumOf({ moving }));
        QVERIFY_RESULT(back);
        for (std::size_t i = 0; i < 5; ++i)
            QVERIFY(
                std::abs(static_cast<double>(back->flux[i]) - static_cast<double>(i + 1)) < 1e-4);
    }

    // Errors 1 and 1/2: weights 1 and 4, mean (1·10 + 4·20)/5 = 18, inverse variance 5.
    void overlapsAreAveragedByInverseVariance()
    {
        spectrum::Segment one = ramp(4000.0, 5);
        spectrum::Segment two = ramp(4000.0, 5);
        one.flux.assign(5, 10.0);
        two.flux.assign(5, 20.0);
        one.ivar.assign(5, 1.0);
        two.ivar.assign(5, 4.0);
        const auto done = replay({ { ToGrid { kGrid } } }, spectrumOf({ one, two }));
        QVERIFY_RESULT(done);
        QCOMPARE(done->flux[2], 18.0F);
        QCOMPARE(done->ivar[2], 5.0);
        const auto halved
            = replay({ { ToGrid { kGrid }, Scale { 2.0 } } }, spectrumOf({ one, two }));
        QVERIFY_RESULT(halved);
        QCOMPARE(halved->flux[2], 9.0F);
        QCOMPARE(halved->ivar[2], 20.0); // half the flux, half the error
        QCOMPARE(halved->unrectified[2], 18.0F);
    }

    void gapsAreFilledOnlyWhereAsked()
    {
        spectrum::Segment segment = ramp(4000.0, 5);
        segment.mask[4] = spectrum::mask::kNoData;
        const auto open = replay({ { ToGrid { kGrid } } }, spectrumOf({ segment }));
        const auto filled = replay({ { ToGrid { kGrid }, FillGaps {} } }, spectrumOf({ segment }));
        QVERIFY_RESULT(open);
        QVERIFY_RESULT(filled);
        QCOMPARE(open->flux[4], 0.0F);
        QCOMPARE(filled->flux[4], 4.0F);
        QCOMPARE(filled->asRead[4], 0.0F);
        QCOMPARE(filled->good[4], std::uint8_t { 0 });
    }

    void stepsInAnImpossibleOrderAreRefused()
    {
        const auto star = spectrumOf({ ramp(4000.0, 5) });
        for (const Recipe& recipe : { Recipe { { Scale { 2.0 }, ToGrid { kGrid } } },
                 Recipe { { ToGrid { kGrid }, RemoveVelocity { 5.0 } } },
                 Recipe { { ToGrid { kGrid }, ToGrid { kGrid } } }, Recipe {} }) {
            const auto done = replay(recipe, star);
            QVERIFY(!done);
            QCOMPARE(done.error().code, ErrorCode::OptionInvalid);
        }
    }

    void aRecipeComesBackFromItsText()
    {
        const auto back = recipeFromJson(recipeToJson(everyStep(), 2), "recipe.json");
        QVERIFY_RESULT(back);
        QVERIFY(*back == everyStep());
    }

    void damagedTextIsRefused_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<ErrorCode>("code");
        const auto steps = [](const char* step) {
            return QByteArray("{'format':'maury-recipe','version':1,'steps':[") + step + "]}";
        };
        QTest::newRow("nothing") << QByteArray() << ErrorCode::FormatUnknown;
        QTest::newRow("cut") << QByteArray("{'format':'maury-rec") << ErrorCode::FormatUnknown;
        QTest::newRow("another file") << QByteArray("{'steps':[]}") << ErrorCode::FormatUnknown;
        QTest::newRow("newer") << QByteArray("{'format':'maury-recipe','version':2,'steps':[]}")
                               << ErrorCode::FormatVersion;
        QTest::newRow("no steps") << QByteArray("{'format':'maury-recipe','version':1}")
                                  << ErrorCode::ValueMissing;
        QTest::newRow("unknown step") << steps("{'step':'smooth'}") << ErrorCode::ValueInvalid;
        QTest::newRow("not a step") << steps("7") << ErrorCode::ValueInvalid;
        QTest::newRow("no velocity")
            << steps("{'step':'remove-velocity'}") << ErrorCode::ValueMissing;
        QTest::newRow("text as velocity")
            << steps("{'step':'remove-velocity','kms':'fast'}") << ErrorCode::ValueInvalid;
        QTest::newRow("faster than light")
            << steps("{'step':'remove-velocity','kms':4e5}") << ErrorCode::ValueInvalid;
        QTest::newRow("endless grid")
            << steps("{'step':'to-grid','first_angstrom':3800,'step_angstrom':1,'pixels':1e12}")
            << ErrorCode::ValueInvalid;
        QTest::newRow("divided by nothing")
            << steps("{'step':'scale','divisor':0}") << ErrorCode::ValueInvalid;
        QTest::newRow("unknown medium")
            << steps("{'step':'to-air','from':'water'}") << ErrorCode::ValueInvalid;
    }

    void damagedTextIsRefused()
    {
        QFETCH(QByteArray, text);
        QFETCH(ErrorCode, code);
        text.replace('\'', '"'); // easier to read above
        const auto recipe = recipeFromJson(text.toStdString(), "recipe.json");
        QVERIFY(!recipe);
        QCOMPARE(recipe.error().code, code);
        QVERIFY(recipe.error().place.find("recipe.json") == 0);
    }
};

QTEST_GUILESS_MAIN(TestRecipe)
#include "tst_recipe.moc"
