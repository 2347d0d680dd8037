#include "core/classify/nearest_standard.h"

#include "tests/support/star_atlas.h"

#include <QTest>

#include <cmath>

using namespace maury;
using namespace maury::classify;

namespace {

/// Four pixels; the standards are (1, 1, 1, 1), (1, 0, 1, 0) and (0, 0, 0, 1), the last without
/// pixel 3.
mk::AtlasPtr handAtlas()
{
    std::vector<mk::Standard> standards(3);
    for (std::size_t row = 0; row < standards.size(); ++row) {
        standards[row].name = std::string(1, static_cast<char>('a' + row));
        standards[row].temperatureCode = static_cast<double>(row);
    }
    mk::SpectraMatrix flux(3, 4);
    flux << 1, 1, 1, 1, 1, 0, 1, 0, 0, 0, 0, 1;
    Eigen::Matrix<std::uint8_t, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor> good(3, 4);
    good << 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0;
    return std::make_shared<const mk::Atlas>(
        "hand", "", spectrum::WavelengthGrid { 4000, 1, 4 }, true, standards, flux, good);
}

PreparedSpectrum handSpectrum()
{
    PreparedSpectrum spectrum;
    spectrum.flux = { 2, 0, 2, 1 };
    spectrum.good = { 1, 1, 1, 1 };
    spectrum.noise = 0.5;
    return spectrum;
}

} // namespace

class TestNearestStandard : public QObject {
    Q_OBJECT
private slots:
    // b: scale 2, difference (0, 0, 0, 1), χ² = 4/4. a: scale 5/4, Σd² = 2·0.75² + 1.25² + 0.25²
    // = 2.75, χ² = 11/4. c: no power where it has data, scale 0, Σd² = 8 over 3 pixels, χ² = 32/3.
    void byHand()
    {
        const auto nearest = nearestStandards(handSpectrum(), *handAtlas(), 10);
        QCOMPARE(nearest.size(), std::size_t { 3 });
        QCOMPARE(nearest[0].name, std::string("b"));
        QCOMPARE(nearest[0].scale, 2.0);
        QCOMPARE(nearest[0].chi2, 1.0);
        QCOMPARE(nearest[1].name, std::string("a"));
        QCOMPARE(nearest[1].scale, 1.25);
        QCOMPARE(nearest[1].chi2, 2.75);
        QCOMPARE(nearest[2].row, std::size_t { 2 });
        QCOMPARE(nearest[2].chi2, 32.0 / 3.0);
    }

    // Pixel 3 with a hundredth of the weight: b's χ² becomes 0.04/4.
    void inverseVarianceWeighs()
    {
        auto spectrum = handSpectrum();
        spectrum.ivar = { 4, 4, 4, 0.04 };
        const auto nearest = nearestStandards(spectrum, *handAtlas(), 1);
        QCOMPARE(nearest.size(), std::size_t { 1 });
        QCOMPARE(nearest[0].name, std::string("b"));
        QVERIFY(std::abs(nearest[0].chi2 - 0.01) < 1e-12);
    }

    void missingPixelsAreLeftOut()
    {
        auto spectrum = handSpectrum();
        spectrum.good[3] = 0;
        QCOMPARE(nearestStandards(spectrum, *handAtlas(), 1)[0].chi2, 0.0);
    }

    // At S/N 50 the χ² of the right standard is about 1.
    void theRightStarIsNearestWithChiSquareOne()
    {
        const auto atlas = test::starAtlas({ 10.0, 20.0, 30.0, 40.0 });
        test::Observation observation;
        observation.signalToNoise = 50.0;
        const auto prepared = prepare(test::observeStar(20.0, 3.0, observation), *atlas, {});
        QVERIFY(prepared.has_value());
        const auto nearest = nearestStandards(*prepared, *atlas, 2);
        QCOMPARE(nearest[0].row, std::size_t { 4 });
        QVERIFY2(
            std::abs(nearest[0].chi2 - 1.0) < 0.2, qPrintable(QString::number(nearest[0].chi2)));
        QVERIFY2(nearest[1].chi2 > 1.5, qPrintable(QString::number(nearest[1].chi2)));
    }
};

QTEST_GUILESS_MAIN(TestNearestStandard)
#include "tst_nearest_standard.moc"
