#include "core/io/reader_registry.h"

#include "tests/support/survey_files.h"
#include "tests/support/test_data.h"
#include "tests/support/votable_text.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <random>

#include <sys/stat.h>
#include <unistd.h>

using namespace maury;
using base::ErrorCode;

namespace {

ErrorCode codeOf(const std::filesystem::path& file)
{
    const auto read = io::readSpectrum(file);
    EXPECTS(!read.has_value());
    EXPECTS(read.error().place.find(file.filename().string()) != std::string::npos);
    return read.error().code;
}

} // namespace

class TestReaderRegistry : public QObject {
    Q_OBJECT
private slots:
    void theContentChoosesTheReader()
    {
        const test::TemporaryFolder folder;
        const auto read = io::readSpectrum(folder.write("named.fits", "5000 1\n5001 2\n"));
        QVERIFY_RESULT(read);
        QCOMPARE((*read)->format, std::string("ascii"));
    }

    void theUserKnowsBetter()
    {
        const test::TemporaryFolder folder;
        const auto file = folder.write("a.txt", "5000 1\n5001 2\n");
        const auto read
            = io::readSpectrum(file, { spectrum::Medium::Vacuum, spectrum::Frame::Rest });
        QVERIFY_RESULT(read);
        QVERIFY((*read)->segments[0].medium == spectrum::Medium::Vacuum);
        QVERIFY((*read)->segments[0].frame == spectrum::Frame::Rest);
    }

    void whatCannotBeOpened()
    {
        const test::TemporaryFolder folder;
        QVERIFY(codeOf(folder / "missing.txt") == ErrorCode::FileMissing);
        QVERIFY(codeOf(folder.write("empty.txt", "")) == ErrorCode::FileEmpty);
        QVERIFY(codeOf(folder.path()) == ErrorCode::FileUnreadable);
        const auto pipe = folder / "pipe";
        QCOMPARE(::mkfifo(pipe.c_str(), 0600), 0);
        QVERIFY(codeOf(pipe) == ErrorCode::FileUnreadable);
    }

    void withoutPermission()
    {
        if (::geteuid() == 0)
            QSKIP("the superuser may read everything");
        const test::TemporaryFolder folder;
        const auto file = folder.write("secret.txt", "5000 1\n5001 2\n");
        QCOMPARE(::chmod(file.c_str(), 0), 0);
        QVERIFY(codeOf(file) == ErrorCode::FileUnreadable);
    }

    void otherFormatsAreNamed()
    {
        const test::TemporaryFolder folder;
        const auto found = [&folder](const std::string& bytes) {
            const auto read = io::readSpectrum(folder.write("a", bytes));
            EXPECTS(!read.has_value() && read.error().code == ErrorCode::FormatUnknown);
            return read.error().found;
        };
        QCOMPARE(found("\x89HDF\r\n\x1A\n more"), std::string("an HDF5 file"));
        QCOMPARE(found("\x89MAURY\r\n more"), std::string("a store of many spectra"));
        QCOMPARE(found("<?xml version=\"1.0\"?><a/>"), std::string("an XML file without a TABLE"));
        QCOMPARE(found(std::string("\x7F"
                                   "ELF\x02\x01\0\0",
                     8)),
            std::string("binary data"));
        QCOMPARE(
            found("Dear reader,\nno numbers here.\n"), std::string("text without rows of numbers"));
    }

    void junkIsRefusedWhateverItIs()
    {
        const test::TemporaryFolder folder;
        std::mt19937 random(7);
        for (int attempt = 0; attempt < 200; ++attempt) {
            std::string bytes(1 + random() % 6000, '\0');
            for (char& byte : bytes)
                byte = static_cast<char>(random() & 0xFFU);
            // Some of it behind the beginnings of real formats.
            if (attempt % 3 == 1)
                bytes.insert(0, "SIMPLE  =                    T");
            if (attempt % 3 == 2)
                bytes.insert(0, "\x1F\x8B\x08");
            QVERIFY(!io::readSpectrum(folder.write("junk", bytes)).has_value());
        }
    }

    // Whatever a damaged byte does, what is read keeps every promise of a spectrum.
    void damagedBytesNeverBreakASpectrum_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        std::vector<double> pixels(60, 1.5F);
        const std::string fits = test::fitsBytes(
            { { { "CRVAL1  = 4000.0", "CDELT1  = 0.5", "CRPIX1  = 1.0", "CUNIT1  = 'Angstrom'",
                    "RA      = '18:36:56'", "DEC     = '38:47:01'" },
                { 60 }, pixels } });
        std::string text = "wavelength flux error\n";
        for (int row = 0; row < 60; ++row)
            text += std::to_string(4000 + row) + " 1.5e0 0.1\n";
        QTest::newRow("FITS") << QByteArray::fromStdString(fits);
        QTest::newRow("gzip") << QByteArray::fromStdString(test::gzipBytes(fits));
        QTest::newRow("text") << QByteArray::fromStdString(text);
    }
    void damagedBytesNeverBreakASpectrum()
    {
        QFETCH(QByteArray, bytes);
        const test::TemporaryFolder folder;
        std::mt19937 random(11);
        int read = 0;
        for (int attempt = 0; attempt < 400; ++attempt) {
            std::string damaged = bytes.toStdString();
            for (int i = 0; i < 1 + attempt % 4; ++i)
                damaged[random() % std::min<std::size_t>(damaged.size(), 1400)]
                    = static_cast<char>(attempt % 2 == 0 ? random() & 0xFFU : ' ' + random() % 95);
            const auto spectrum = io::readSpectrum(folder.write("damaged", damaged));
            if (!spectrum)
                continue;
            ++read;
            const auto& segment = (*spectrum)->segments.at(0);
            QCOMPARE(segment.mask.size(), segment.pixels());
            QCOMPARE(segment.wavelengthAngstrom.size(), segment.pixels());
            QVERIFY(segment.ivar.empty() || segment.ivar.size() == segment.pixels());
            QVERIFY(segment.goodPixels() > 0);
            for (std::size_t i = 0; i < segment.pixels(); ++i) {
                QVERIFY(std::isfinite(segment.flux[i]));
                QVERIFY(
                    i == 0 || segment.wavelengthAngstrom[i] > segment.wavelengthAngstrom[i - 1]);
            }
        }
        QVERIFY(read > 0);
    }

    void memoryStaysFlat()
    {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
        QSKIP("sanitizers keep freed memory");
#endif
        const test::TemporaryFolder folder;
        const std::vector<std::filesystem::path> files {
            folder.write("visit.fits", test::fitsBytes(test::apVisit())),
            folder.write("galah.fits", test::fitsBytes(test::galahCamera(1))),
            folder.write("galah.fits.gz", test::gzipBytes(test::fitsBytes(test::galahCamera(1)))),
            folder.write("sdss.fits", test::fitsBytes(test::sdssSpec())),
            folder.write("eso.fits", test::fitsBytes(test::esoPhase3(2))),
            folder.write("cut.fits", test::fitsBytes(test::lamostMrs()).substr(0, 9000)),
            folder.write("vo.xml", test::votableText()),
            folder.write("junk", "no numbers"),
        };
        const auto residentMb = [] {
            std::ifstream status("/proc/self/statm");
            double pages = 0.0;
            status >> pages >> pages;
            return pages * static_cast<double>(::sysconf(_SC_PAGESIZE)) / 1048576.0;
        };
        const auto readAll = [&files](int times) {
            for (int i = 0; i < times; ++i)
                for (const auto& file : files)
                    (void)io::readSpectrum(file);
        };
        readAll(10);
        const double before = residentMb();
        readAll(300);
        QVERIFY2(residentMb() - before < 20.0, qPrintable(QString::number(residentMb() - before)));
    }

    void foldersAreListedInOrderWithoutHiddenFiles()
    {
        const test::TemporaryFolder folder;
        std::filesystem::create_directories(folder / "sub");
        std::filesystem::create_directories(folder / ".cache");
        folder.write("b.txt", "x");
        folder.write("a.txt", "x");
        folder.write(".hidden", "x");
        folder.write("sub/c.txt", "x");
        folder.write(".cache/d.txt", "x");
        const auto files = io::listFiles(folder.path());
        QVERIFY_RESULT(files);
        const std::vector<std::filesystem::path> expected { folder / "a.txt", folder / "b.txt",
            folder / "sub/c.txt" };
        QCOMPARE(*files, expected);
        const std::vector<std::filesystem::path> itself { folder / "a.txt" };
        QCOMPARE(io::listFiles(folder / "a.txt").value(), itself);
        QVERIFY(io::listFiles(folder / "none").error().code == ErrorCode::FileMissing);
    }
};

QTEST_GUILESS_MAIN(TestReaderRegistry)
#include "tst_reader_registry.moc"
