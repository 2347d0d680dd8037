#include "ui/models/trace.h"

#include "tests/support/star_atlas.h"
#include "tests/ui/support/ui_test.h"

#include <cmath>

using namespace maury;

namespace {

classify::PreparedSpectrum flat(const spectrum::WavelengthGrid& grid, float level)
{
    classify::PreparedSpectrum prepared;
    prepared.flux.assign(grid.pixels, level);
    prepared.good.assign(grid.pixels, 1);
    return prepared;
}

} // namespace

class TestTrace : public test::UiTest {
    Q_OBJECT
private slots:
    void maskedPixelsAndSegmentsBreakTheLine()
    {
        spectrum::Spectrum spectrum;
        spectrum.segments.resize(2);
        spectrum.segments[0].wavelengthAngstrom = { 4000.0, 4001.0 };
        spectrum.segments[0].flux = { 1.0, 2.0 };
        spectrum.segments[0].mask = { 0, spectrum::mask::kCosmicRay };
        spectrum.segments[1].wavelengthAngstrom = { 5000.0 };
        spectrum.segments[1].flux = { 3.0 };
        spectrum.segments[1].mask = { spectrum::mask::kSuspect };
        const ui::Trace trace = ui::fileTrace(spectrum);
        QCOMPARE(trace.wavelength, QVector<double>({ 4000.0, 4001.0, 4001.0, 5000.0 }));
        QCOMPARE(trace.flux[0], 1.0);
        QVERIFY(std::isnan(trace.flux[1]) && std::isnan(trace.flux[2]));
        QCOMPARE(trace.flux[3], 3.0);
    }

    // Pixels of 1 Å with 10 Å missing: no line across; one segment alone when that is asked for.
    void gapsBreakTheLine()
    {
        spectrum::Spectrum spectrum;
        spectrum.segments.resize(2);
        for (auto& segment : spectrum.segments) {
            segment.wavelengthAngstrom = { 4000.0, 4001.0, 4002.0, 4012.0, 4013.0, 4014.0 };
            segment.flux.assign(6, 1.0);
            segment.mask.assign(6, 0);
        }
        spectrum.segments[1].flux.assign(6, 2.0);
        const ui::Trace trace = ui::fileTrace(spectrum, 1);
        QCOMPARE(trace.wavelength.size(), 7);
        QVERIFY(std::isnan(trace.flux[3]));
        QCOMPARE(trace.flux[4], 2.0);
        QCOMPARE(trace.wavelength[4], 4012.0);
        QCOMPARE(ui::fileTrace(spectrum).wavelength.size(), 15);
    }

    void residualIsStarMinusStandardWhereBothHaveData()
    {
        const auto atlas = test::starAtlas({ 16.0 }, { 4000.0, 1.0, 8 });
        auto prepared = flat(atlas->grid(), 3.0F);
        prepared.good[2] = 0;
        const ui::Trace residual = ui::residualTrace(prepared, *atlas, 1, 2.0);
        for (int pixel = 0; pixel < 8; ++pixel) {
            const double standard = atlas->flux()(1, pixel);
            if (pixel == 2)
                QVERIFY(std::isnan(residual.flux[pixel]));
            else
                QCOMPARE(residual.flux[pixel], 1.5 - standard);
        }
    }

    void levelRatioOfMedians()
    {
        const auto atlas = test::starAtlas({ 16.0 }, { 4000.0, 1.0, 8 });
        auto prepared = flat(atlas->grid(), 0.0F);
        for (Eigen::Index pixel = 0; pixel < 8; ++pixel)
            prepared.flux[static_cast<std::size_t>(pixel)] = 5.0F * atlas->flux()(0, pixel);
        QVERIFY(std::abs(ui::levelRatio(prepared, *atlas, 0) - 5.0) < 1e-6);
        QCOMPARE(ui::levelRatio(flat(atlas->grid(), -1.0F), *atlas, 0), 1.0);
    }

    void aStandardAsSpectrum()
    {
        const auto atlas = test::starAtlas({ 31.0 }, { 4000.0, 1.0, 8 });
        const auto spectrum = ui::standardSpectrum(*atlas, 2);
        QCOMPARE(spectrum->spectralType, std::string("G2 V"));
        const auto& segment = spectrum->segments.front();
        QVERIFY(segment.medium == spectrum::Medium::Air);
        QVERIFY(segment.frame == spectrum::Frame::Rest);
        QCOMPARE(segment.goodPixels(), std::size_t(8));
        QCOMPARE(segment.flux[3], double(atlas->flux()(2, 3)));
    }
};

QTEST_MAIN(TestTrace)
#include "tst_trace.moc"
