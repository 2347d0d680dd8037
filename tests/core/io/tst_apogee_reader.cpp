#include "core/io/apogee_mask.h"
#include "core/io/reader_registry.h"
#include "tests/support/survey_files.h"
#include "tests/support/test_data.h"

#include <QTest>

#include <cmath>

using namespace maury;
using namespace maury::test;
using base::ErrorCode;
using spectrum::Frame;
using spectrum::Medium;
namespace mask = spectrum::mask;

class TestApogeeReader : public QObject {
    Q_OBJECT
private slots:
    // The bits of Holtzman et al. 2015: 0–7 and 12–14 are to be rejected, 8–11 are not.
    void maskBits()
    {
        for (unsigned bit = 0; bit < 16; ++bit) {
            const auto bits = io::maskOfApogee(1U << bit);
            const bool rejected = bit <= 7 || (bit >= 12 && bit <= 14);
            QCOMPARE((bits & mask::kUnusable) != 0, rejected);
            QCOMPARE(bits == mask::kSuspect, bit >= 8 && bit <= 11);
        }
        QCOMPARE(io::maskOfApogee(1U << 1), mask::kCosmicRay);
        QCOMPARE(io::maskOfApogee(1U << 2), mask::kSaturated);
        QCOMPARE(io::maskOfApogee(1U << 12), mask::kSkyLine);
        QCOMPARE(io::maskOfApogee(1U << 13), mask::kTelluric);
    }

    void singleVisit()
    {
        const TemporaryFolder folder;
        const auto read = io::readSpectrum(folder.write("a.fits", fitsBytes(apStar(1))));
        QVERIFY_RESULT(read);
        const auto& spectrum = **read;
        QCOMPARE(spectrum.format, std::string("apogee-star"));
        QCOMPARE(spectrum.object, std::string("2M00000001+0000001"));
        QCOMPARE(spectrum.raDeg, std::optional(10.5));
        QCOMPARE(spectrum.radialVelocityKms, std::optional(12.5));
        QCOMPARE(spectrum.rows, 1);
        QCOMPARE(spectrum.segments.size(), std::size_t { 1 });
        const auto& segment = spectrum.segments[0];
        QCOMPARE(segment.pixels(), kApStarPixels);
        QCOMPARE(segment.goodPixels(), kApStarPixels);
        // surveys.md: 15100.80 … 16999.81 Å.
        QVERIFY(std::abs(segment.wavelengthAngstrom.front() - 15100.80) < 0.005);
        QVERIFY(std::abs(segment.wavelengthAngstrom.back() - 16999.81) < 0.005);
        QVERIFY(segment.medium == Medium::Vacuum && segment.frame == Frame::Rest);
        QVERIFY(!segment.rectified.has_value());
        QCOMPARE(segment.resolvingPower, std::optional(22500.0));
        QVERIFY(std::abs(segment.ivar[7] - 100.0) < 1e-4);
        QCOMPARE(segment.fluxUnit, std::string("10^-17 erg/s/cm^2/Ang"));
    }

    void visitsAreRows()
    {
        auto hdus = apStar(4);
        for (std::size_t i = 0; i < kApStarPixels; ++i)
            hdus[1].pixels[2 * kApStarPixels + i] = 7.0;
        const TemporaryFolder folder;
        const auto file = folder.write("a.fits", fitsBytes(hdus));
        io::ReadOptions options;
        options.row = 2;
        const auto visit = io::readSpectrum(file, options);
        QVERIFY_RESULT(visit);
        QCOMPARE((*visit)->segments[0].flux[100], 7.0);
        QCOMPARE((*visit)->rows, 4);
        QCOMPARE((*visit)->radialVelocityKms, std::optional(12.25));
        const auto combined = io::readSpectrum(file);
        QVERIFY(std::abs((*combined)->segments[0].flux[100] - 1.1) < 1e-6);
        options.row = 4;
        const auto none = io::readSpectrum(file, options);
        QVERIFY(!none && none.error().code == ErrorCode::OptionInvalid);
    }

    void badPixels()
    {
        auto hdus = apStar(1);
        hdus[3].pixels[10] = 1; // BADPIX
        hdus[3].pixels[11] = 1024; // PERSIST_MED
        hdus[3].pixels[12] = 16384; // NOT_ENOUGH_PSF
        hdus[1].pixels[13] = 0.0;
        hdus[2].pixels[14] = 0.0;
        hdus[2].pixels[15] = 1e10;
        hdus[2].pixels[16] = -1.0;
        const TemporaryFolder folder;
        const auto read = io::readSpectrum(folder.write("a.fits", fitsBytes(hdus)));
        QVERIFY_RESULT(read);
        const auto& segment = (*read)->segments[0];
        QCOMPARE(segment.goodPixels(), kApStarPixels - 6);
        QCOMPARE(segment.mask[10], mask::kBadPixel);
        QCOMPARE(segment.mask[11], mask::kSuspect);
        QCOMPARE(segment.mask[13], mask::kNoData | mask::kGapOrEdge);
        QCOMPARE(segment.ivar[15], 0.0);
        QVERIFY(segment.ivar[10] > 0.0); // as the file says: the mask is what rejects it
    }

    // The highest of 16 bits with sign.
    void signedMasks()
    {
        auto hdus = apStar(1);
        hdus[3].pixels[10] = -32768;
        hdus[3].pixels[11] = -32767; // and bit 0
        const TemporaryFolder folder;
        const auto read = io::readSpectrum(folder.write("a.fits", fitsBytes(hdus)));
        QVERIFY_RESULT(read);
        QCOMPARE((*read)->segments[0].mask[10], 0U);
        QCOMPARE((*read)->segments[0].mask[11], mask::kBadPixel);
    }

    void scaleInThePrimaryHeader()
    {
        auto hdus = apStar(1);
        hdus[0].cards.insert(hdus[0].cards.end(), hdus[1].cards.begin(), hdus[1].cards.begin() + 5);
        for (std::size_t hdu = 1; hdu < hdus.size(); ++hdu)
            hdus[hdu].cards.clear();
        const TemporaryFolder folder;
        const auto read = io::readSpectrum(folder.write("a.fits", fitsBytes(hdus)));
        QVERIFY_RESULT(read);
        QVERIFY(std::abs((*read)->segments[0].wavelengthAngstrom[0] - 15100.80) < 0.005);
    }

    void aspcap()
    {
        auto hdus = aspcapStar();
        hdus[1].pixels[20] = 0.0;
        hdus[2].pixels[20] = 0.0;
        const TemporaryFolder folder;
        const auto read = io::readSpectrum(folder.write("a.fits", fitsBytes(hdus)));
        QVERIFY_RESULT(read);
        QCOMPARE((*read)->format, std::string("apogee-aspcap"));
        const auto& segment = (*read)->segments[0];
        QCOMPARE(segment.rectified, std::optional(true));
        QVERIFY(segment.frame == Frame::Rest && segment.medium == Medium::Vacuum);
        QCOMPARE(segment.goodPixels(), kApStarPixels - 1);
        QCOMPARE((*read)->object, std::string("2M00000001+0000001"));
    }

    void visit()
    {
        auto hdus = apVisit();
        hdus[3].pixels[0] = 1; // the reddest pixel of the red chip
        const TemporaryFolder folder;
        const auto read = io::readSpectrum(folder.write("a.fits", fitsBytes(hdus)));
        QVERIFY_RESULT(read);
        const auto& segments = (*read)->segments;
        QCOMPARE(segments.size(), std::size_t { 3 });
        for (std::size_t chip = 0; chip < 3; ++chip) {
            QVERIFY(segments[chip].medium == Medium::Vacuum);
            QVERIFY(segments[chip].frame == Frame::Topocentric);
            QVERIFY(segments[chip].flux.front() > segments[chip].flux.back()); // turned round
            if (chip > 0)
                QVERIFY(segments[chip].wavelengthAngstrom.front()
                    > segments[chip - 1].wavelengthAngstrom.back());
        }
        QCOMPARE(segments[2].wavelengthAngstrom.back(), 16950.0);
        QCOMPARE(segments[2].mask.back(), mask::kBadPixel);
        QCOMPARE((*read)->barycentricCorrectionKms, std::optional(10.0));
        QCOMPARE((*read)->radialVelocityKms, std::optional(15.0));
    }

    void aVisitWithoutCorrectionSaysNothingOfItsFrame()
    {
        auto hdus = apVisit();
        hdus[0].cards = { "OBJID   = 'x'" };
        const TemporaryFolder folder;
        const auto read = io::readSpectrum(folder.write("a.fits", fitsBytes(hdus)));
        QVERIFY_RESULT(read);
        QVERIFY((*read)->segments[0].frame == Frame::Unknown);
    }

    void aDeadChipIsLeftOut()
    {
        auto hdus = apVisit();
        for (std::size_t i = 64; i < 128; ++i)
            hdus[3].pixels[i] = 1;
        const TemporaryFolder folder;
        const auto read = io::readSpectrum(folder.write("a.fits", fitsBytes(hdus)));
        QVERIFY_RESULT(read);
        QCOMPARE((*read)->segments.size(), std::size_t { 2 });
        QVERIFY((*read)->warnings.back().find("green") != std::string::npos
            || (*read)->warnings.front().find("green") != std::string::npos);
    }

    void allMasked()
    {
        auto hdus = apStar(1);
        hdus[3].pixels.assign(kApStarPixels, 1);
        const TemporaryFolder folder;
        const auto read = io::readSpectrum(folder.write("a.fits", fitsBytes(hdus)));
        QVERIFY(!read && read.error().code == ErrorCode::ValueInvalid);
        QVERIFY(read.error().place.find("a.fits") != std::string::npos);
    }

    void truncated()
    {
        const std::string bytes = fitsBytes(apStar(1));
        const TemporaryFolder folder;
        const auto read = io::readSpectrum(folder.write("a.fits", bytes.substr(0, 60'000)));
        QVERIFY(!read);
        QVERIFY2(read.error().code == ErrorCode::FileTruncated
                || read.error().code == ErrorCode::FileDamaged,
            base::describe(read.error()).c_str());
    }
};

QTEST_GUILESS_MAIN(TestApogeeReader)
#include "tst_apogee_reader.moc"
