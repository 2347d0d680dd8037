#include "core/classify/standard_matcher.h"

#include "core/preprocess/gaussian_blur.h"
#include "tests/support/star_atlas.h"
#include "tests/support/test_data.h"

#include <QTest>

#include <cmath>

using namespace maury;
using namespace maury::classify;

namespace {

mk::AtlasPtr atlas()
{
    return test::starAtlas({ 10.0, 15.0, 20.0, 25.0, 30.0 });
}

/// A star of code 20, luminosity III: row 7.
constexpr std::size_t kRow = 7;

base::Result<PreparedSpectrum> prepared(
    const test::Observation& observation, double fwhmAngstrom = 0.0)
{
    spectrum::Spectrum star = test::observeStar(20.0, 3.0, observation);
    auto& segment = star.segments.front();
    if (fwhmAngstrom > 0.0) {
        Eigen::Map<Eigen::ArrayXd> flux(
            segment.flux.data(), static_cast<Eigen::Index>(segment.flux.size()));
        flux = preprocess::gaussianBlurred(
            flux, fwhmAngstrom / preprocess::kFwhmPerSigma / observation.stepAngstrom);
    }
    PrepareOptions still;
    still.shift = false;
    return prepare(star, *atlas(), still);
}

} // namespace

class TestStandardMatcher : public QObject {
    Q_OBJECT
private slots:
    void theSameStarIsTheNearest()
    {
        const StandardMatcher matcher(atlas());
        const auto star = prepared({});
        QVERIFY_RESULT(star);
        const auto nearest = matcher.nearest(*star, 3);
        QCOMPARE(nearest.size(), std::size_t { 3 });
        QCOMPARE(nearest[0].row, kRow);
        QCOMPARE(nearest[0].broadening, 0.0);
        QVERIFY(std::abs(nearest[0].velocityKms) < 0.5);
        QVERIFY(nearest[0].chi2 < nearest[1].chi2 && nearest[1].chi2 <= nearest[2].chi2);
    }

    void blurIsFitted()
    {
        const StandardMatcher matcher(atlas());
        const auto star = prepared({}, 3.3);
        QVERIFY_RESULT(star);
        const auto nearest = matcher.nearest(*star, 1);
        QCOMPARE(nearest[0].row, kRow);
        QCOMPARE(nearest[0].broadening, 3.3);
    }

    void velocityIsFitted()
    {
        const StandardMatcher matcher(atlas());
        test::Observation observation;
        observation.velocityKms = 21.0;
        const auto star = prepared(observation);
        QVERIFY_RESULT(star);
        const auto nearest = matcher.nearest(*star, 1);
        QCOMPARE(nearest[0].row, kRow);
        QVERIFY2(std::abs(nearest[0].velocityKms - 21.0) < 3.0,
            qPrintable(QString::number(nearest[0].velocityKms)));
    }

    void aSlopeOfTheContinuumDoesNotCount()
    {
        const StandardMatcher matcher(atlas());
        test::Observation observation;
        observation.continuum
            = [](double wavelength) { return std::pow(wavelength / 4200.0, 4.0); };
        const auto star = prepared(observation);
        QVERIFY_RESULT(star);
        QCOMPARE(matcher.nearest(*star, 1)[0].row, kRow);
    }

    // At S/N 60 the right standard leaves about the noise, another much more.
    void chiSquareIsInUnitsOfTheNoise()
    {
        const StandardMatcher matcher(atlas());
        test::Observation observation;
        observation.signalToNoise = 60.0;
        const auto star = prepared(observation);
        QVERIFY_RESULT(star);
        const auto nearest = matcher.nearest(*star, 2);
        QCOMPARE(nearest[0].row, kRow);
        QVERIFY2(
            std::abs(nearest[0].chi2 - 1.0) < 0.25, qPrintable(QString::number(nearest[0].chi2)));
        QVERIFY(nearest[1].chi2 > 1.5 * nearest[0].chi2);
    }

    void missingPixelsDoNotCount()
    {
        const StandardMatcher matcher(atlas());
        spectrum::Spectrum star = test::observeStar(20.0, 3.0);
        auto& segment = star.segments.front();
        for (std::size_t i = 0; i < segment.pixels(); ++i)
            if (segment.wavelengthAngstrom[i] > 4300.0 && segment.wavelengthAngstrom[i] < 4400.0)
                segment.mask[i] = spectrum::mask::kNoData;
        const auto gap = prepare(star, *atlas(), {});
        QVERIFY_RESULT(gap);
        QCOMPARE(matcher.nearest(*gap, 1)[0].row, kRow);
    }
};

QTEST_GUILESS_MAIN(TestStandardMatcher)
#include "tst_standard_matcher.moc"
