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

namespace {

io::ReadOptions normalised()
{
    io::ReadOptions options;
    options.normalised = true;
    return options;
}

constexpr double kLightKms = 299792.458;

} // namespace

class TestGalahReader : public QObject {
    Q_OBJECT
private slots:
    void oneCamera()
    {
        const TemporaryFolder folder;
        const auto read
            = io::readSpectrum(folder.write("1401010001010012.fits", fitsBytes(galahCamera(2))));
        QVERIFY_RESULT(read);
        QCOMPARE((*read)->format, std::string("galah-dr3"));
        QCOMPARE((*read)->object, std::string("140101000101001"));
        QCOMPARE((*read)->segments.size(), std::size_t { 1 });
        QVERIFY(!(*read)->raDeg.has_value()); // the header knows the field only
        const auto& segment = (*read)->segments[0];
        QVERIFY(segment.medium == Medium::Air && segment.frame == Frame::Barycentric);
        QCOMPARE(segment.rectified, std::optional(false));
        QCOMPARE(segment.origin, std::string("camera 2"));
        QCOMPARE(segment.resolvingPower, std::optional(28000.0));
        QCOMPARE(segment.wavelengthAngstrom[0], 5649.0);
        // The error is relative: σ = 0.01 · 1.01 at pixel 10.
        QVERIFY(std::abs(segment.ivar[10] * 0.0101 * 0.0101 - 1.0) < 1e-5);
        QVERIFY(std::abs(*(*read)->radialVelocityKms - 50.0) < 1e-4);
        QCOMPARE((*read)->barycentricCorrectionKms, std::optional(-7.5));
    }

    void normalisedAtRest()
    {
        const TemporaryFolder folder;
        const auto file = folder.write("1401010001010012.fits", fitsBytes(galahCamera(2)));
        const auto rest = io::readSpectrum(file, normalised());
        QVERIFY_RESULT(rest);
        const auto& segment = (*rest)->segments[0];
        QVERIFY(segment.frame == Frame::Rest);
        QCOMPARE(segment.rectified, std::optional(true));
        QCOMPARE(segment.flux[0], 0.9);
        QVERIFY(std::abs(segment.ivar[0] * 0.009 * 0.009 - 1.0) < 1e-5);
        QVERIFY(std::abs(kLightKms * (5649.0 / segment.wavelengthAngstrom[0] - 1.0) - 50.0) < 1e-4);
    }

    // Camera 4 may keep the last pixels alone; their errors are the last ones too.
    void shorterNormalisedSpectrum()
    {
        auto hdus = galahCamera(4, 80);
        for (std::size_t i = 0; i < 48; ++i)
            hdus[1].pixels[i] = 0.5;
        const TemporaryFolder folder;
        const auto file = folder.write("1401010001010014.fits", fitsBytes(hdus));
        const auto rest = io::readSpectrum(file, normalised());
        QVERIFY_RESULT(rest);
        const auto& segment = (*rest)->segments[0];
        QCOMPARE(segment.pixels(), std::size_t { 80 });
        QVERIFY(std::abs(segment.ivar[0] * 0.009 * 0.009 - 1.0) < 1e-5);
        QVERIFY(std::abs(*(*rest)->radialVelocityKms - 50.0) < 1e-4);
        QCOMPARE((*io::readSpectrum(file))->segments[0].pixels(), std::size_t { 128 });
    }

    void slitMask()
    {
        auto hdus = galahCamera(1);
        for (std::string& card : hdus[0].cards)
            if (card.starts_with("SLITMASK"))
                card = "SLITMASK= 'IN'";
        const TemporaryFolder folder;
        const auto read = io::readSpectrum(folder.write("a.fits", fitsBytes(hdus)));
        QVERIFY_RESULT(read);
        QCOMPARE((*read)->segments[0].resolvingPower, std::optional(50000.0));
    }

    void camerasBecomeOneStar()
    {
        const TemporaryFolder folder;
        std::vector<std::filesystem::path> files { folder.write("note.txt", "5000 1\n5001 2\n") };
        for (const int camera : { 3, 1, 2 }) // camera 4 is missing
            files.push_back(folder.write("140101000101001" + std::to_string(camera) + ".fits",
                fitsBytes(galahCamera(camera))));
        const auto groups = io::groupFiles(files);
        QCOMPARE(groups.size(), std::size_t { 2 });
        QCOMPARE(groups[0], io::SpectrumFiles { files[0] });
        const io::SpectrumFiles ordered { files[2], files[3], files[1] };
        QCOMPARE(groups[1], ordered);
        const auto star = io::readSpectrumFiles(groups[1]);
        QVERIFY_RESULT(star);
        QCOMPARE((*star)->segments.size(), std::size_t { 3 });
        QCOMPARE((*star)->moreFiles.size(), std::size_t { 2 });
        QCOMPARE((*star)->segments[0].origin, std::string("camera 1"));
        QCOMPARE((*star)->segments[2].origin, std::string("camera 3"));
    }

    // Names do not matter: the header says which star and which camera it is.
    void theContentGroups()
    {
        const TemporaryFolder folder;
        auto other = galahCamera(1);
        for (std::string& card : other[0].cards)
            if (card.starts_with("OBJECT"))
                card = "OBJECT  = '140101000101002'";
        const std::vector<std::filesystem::path> files { folder.write(
                                                             "x", fitsBytes(galahCamera(1))),
            folder.write("y", fitsBytes(other)), folder.write("z", fitsBytes(galahCamera(4))),
            folder.write("again", fitsBytes(galahCamera(1))) };
        const auto groups = io::groupFiles(files);
        QCOMPARE(groups.size(), std::size_t { 3 });
        const io::SpectrumFiles first { files[0], files[2] };
        QCOMPARE(groups[0], first);
        QCOMPARE(groups[2], io::SpectrumFiles { files[3] }); // another observation
    }

    void reduction6()
    {
        const TemporaryFolder folder;
        const auto file = folder.write("1401010001010011.fits", fitsBytes(galahCamera6(1)));
        const auto read = io::readSpectrum(file);
        QVERIFY_RESULT(read);
        QCOMPARE((*read)->format, std::string("galah-6.0"));
        QCOMPARE((*read)->object, std::string("140101000101001"));
        QCOMPARE((*read)->radialVelocityKms, std::optional(50.0));
        const auto& segment = (*read)->segments[0];
        QVERIFY(segment.frame == Frame::Barycentric);
        QVERIFY(std::abs(*segment.resolvingPower - 4716.4 / 0.2) < 2.0);
        const auto level = io::readSpectrum(file, normalised());
        QVERIFY_RESULT(level);
        QVERIFY(std::abs((*level)->segments[0].flux[0] - 0.9) < 1e-6);
        QVERIFY((*level)->segments[0].frame == Frame::Barycentric);
        QCOMPARE((*level)->segments[0].rectified, std::optional(true));
    }

    void withoutNormalisedSpectrum()
    {
        auto hdus = galahCamera(1);
        hdus.pop_back();
        const TemporaryFolder folder;
        const auto file = folder.write("1401010001010011.fits", fitsBytes(hdus));
        QVERIFY_RESULT(io::readSpectrum(file));
        const auto none = io::readSpectrum(file, normalised());
        QVERIFY(!none && none.error().code == ErrorCode::ValueMissing);
        QVERIFY(none.error().place.find("HDU 5") != std::string::npos);
        // Nor has any file of another kind.
        const auto text = io::readSpectrum(folder.write("a.txt", "5000 1\n5001 2\n"), normalised());
        QVERIFY(!text && text.error().code == ErrorCode::OptionInvalid);
    }

    void tooFewErrors()
    {
        auto hdus = galahCamera(1);
        hdus[1].axes = { 100 };
        hdus[1].pixels.resize(100);
        const TemporaryFolder folder;
        const auto read = io::readSpectrum(folder.write("a.fits", fitsBytes(hdus)));
        QVERIFY(!read && read.error().code == ErrorCode::ValueInvalid);
        QVERIFY(base::describe(read.error()).find("HDU 2") != std::string::npos);
    }
};

QTEST_GUILESS_MAIN(TestGalahReader)
#include "tst_galah_reader.moc"
