#include "core/io/reader_registry.h"
#include "tests/support/fits_bytes.h"
#include "tests/support/test_data.h"

#include <QTest>

#include <cmath>
#include <limits>

using namespace maury;
using base::ErrorCode;
using spectrum::Frame;
using spectrum::Medium;

namespace {

base::Result<spectrum::Spectrum> readImage(const std::filesystem::path& file)
{
    const auto read = io::readSpectrum(file);
    if (!read)
        return base::Unexpected(read.error());
    return **read;
}

std::vector<double> ramp(std::size_t pixels)
{
    std::vector<double> values(pixels);
    for (std::size_t i = 0; i < pixels; ++i)
        values[i] = 1.0F + 0.01F * static_cast<float>(i);
    return values;
}

test::FitsHduText simpleHdu(std::vector<std::string> cards, std::size_t pixels = 100)
{
    return { std::move(cards), { pixels }, ramp(pixels) };
}

} // namespace

class TestFitsImageReader : public QObject {
    Q_OBJECT
private slots:
    void wavelengthScales_data()
    {
        QTest::addColumn<QStringList>("cards");
        QTest::addColumn<double>("first");
        QTest::addColumn<double>("second");
        QTest::addColumn<int>("warnings");
        const auto row = [](const char* name, const QStringList& cards, double first, double second,
                             int warnings = 0) {
            QTest::newRow(name) << cards << first << second << warnings;
        };
        row("linear", { "CRVAL1  = 4000.0", "CDELT1  = 0.5" }, 4000.0, 4000.5);
        row("CD1_1", { "CRVAL1  = 4000.0", "CD1_1   = 0.5" }, 4000.0, 4000.5);
        row("reference pixel 11", { "CRVAL1  = 4000.0", "CDELT1  = 0.5", "CRPIX1  = 11.0" }, 3995.0,
            3995.5);
        row("nm", { "CRVAL1  = 400.0", "CDELT1  = 0.05", "CUNIT1  = 'nm'" }, 4000.0, 4000.5);
        row("µm", { "CRVAL1  = 0.4", "CDELT1  = 0.00005", "CUNIT1  = 'um'" }, 4000.0, 4000.5);
        row("metres", { "CRVAL1  = 4.0E-7", "CDELT1  = 5.0D-11", "CUNIT1  = 'm'" }, 4000.0, 4000.5);
        row("nm without a unit", { "CRVAL1  = 400.0", "CDELT1  = 0.05" }, 4000.0, 4000.5, 1);
        const double log1 = std::pow(10.0, 3.6);
        const double log2 = std::pow(10.0, 3.6001);
        row("DC-FLAG", { "CRVAL1  = 3.6", "CDELT1  = 0.0001", "DC-FLAG = 1" }, log1, log2);
        row("LOG-LINEAR", { "CRVAL1  = 3.6", "CDELT1  = 0.0001", "CTYPE1  = 'LOG-LINEAR'" }, log1,
            log2);
        row("WAVE-LOG with log10", { "CRVAL1  = 3.6", "CDELT1  = 0.0001", "CTYPE1  = 'WAVE-LOG'" },
            log1, log2);
        row("log10 unsaid", { "CRVAL1  = 3.6", "CDELT1  = 0.0001" }, log1, log2, 1);
        row("natural logarithm", { "CRVAL1  = 8.3", "CDELT1  = 0.0001", "DC-FLAG = 1" },
            std::exp(8.3), std::exp(8.3001));
        // Greisen et al. 2006, eq. 5: λ = CRVAL · exp((p − CRPIX) CDELT / CRVAL).
        row("WAVE-LOG of the standard",
            { "CRVAL1  = 4000.0", "CDELT1  = 0.5", "CTYPE1  = 'WAVE-LOG'", "CUNIT1  = 'Angstrom'" },
            4000.0, 4000.0 * std::exp(0.5 / 4000.0));
        row("CTYPE Angstrom", { "CRVAL1  = 900.0", "CDELT1  = 0.5", "CTYPE1  = 'Angstrom'" }, 900.0,
            900.5);
        row("CUNIT1 0.1nm", { "CRVAL1  = 900.0", "CDELT1  = 0.5", "CUNIT1  = '0.1nm'" }, 900.0,
            900.5);
    }
    void wavelengthScales()
    {
        QFETCH(QStringList, cards);
        QFETCH(double, first);
        QFETCH(double, second);
        QFETCH(int, warnings);
        std::vector<std::string> texts;
        for (const QString& card : cards)
            texts.push_back(card.toStdString());
        const test::TemporaryFolder folder;
        const auto read = readImage(folder.write("a.fits", test::fitsBytes({ simpleHdu(texts) })));
        QVERIFY_RESULT(read);
        const auto& segment = read->segments.at(0);
        QCOMPARE(segment.pixels(), std::size_t { 100 });
        QVERIFY2(std::abs(segment.wavelengthAngstrom[0] - first) < 1e-8,
            qPrintable(QString::number(segment.wavelengthAngstrom[0], 'g', 15)));
        QVERIFY(std::abs(segment.wavelengthAngstrom[1] - second) < 1e-8);
        QCOMPARE(segment.flux[10], double(1.0F + 0.01F * 10.0F));
        QCOMPARE(int(read->warnings.size()), warnings);
    }

    void headerFacts()
    {
        const test::TemporaryFolder folder;
        const auto read = readImage(folder.write("a.fits",
            test::fitsBytes({ simpleHdu({ "CRVAL1  = 4000.0", "CDELT1  = 0.5", "CTYPE1  = 'AWAV'",
                "SPECSYS = 'BARYCENT'", "OBJECT  = 'Vega    '", "SPTYPE  = 'A0V'",
                "RA      = 279.25", "DEC     = 38.75", "BUNIT   = 'adu'" }) })));
        QVERIFY_RESULT(read);
        QVERIFY(read->segments[0].medium == Medium::Air);
        QVERIFY(read->segments[0].frame == Frame::Barycentric);
        QCOMPARE(read->segments[0].fluxUnit, std::string("adu"));
        QCOMPARE(read->object, std::string("Vega"));
        QCOMPARE(read->spectralType, std::string("A0V"));
        QCOMPARE(read->raDeg, std::optional(279.25));
        QCOMPARE(read->decDeg, std::optional(38.75));
        QCOMPARE(read->format, std::string("fits-image"));
    }

    void vacuumAndUnknownMedia()
    {
        const test::TemporaryFolder folder;
        const auto medium = [&folder](const std::string& card) {
            const auto file = folder.write("a.fits",
                test::fitsBytes({ simpleHdu({ "CRVAL1  = 4000.0", "CDELT1  = 0.5", card }) }));
            return readImage(file)->segments[0].medium;
        };
        QVERIFY(medium("CTYPE1  = 'WAVE'") == Medium::Vacuum);
        QVERIFY(medium("CTYPE1  = 'LINEAR'") == Medium::Unknown);
        QVERIFY(medium("AIRORVAC= 'vac'") == Medium::Vacuum);
    }

    void paddingGapsAndBlanksAreMasked()
    {
        test::FitsHduText hdu = simpleHdu({ "CRVAL1  = 4000.0", "CDELT1  = 0.5" }, 6);
        hdu.pixels = { 0.0F, 1.0F, std::numeric_limits<float>::quiet_NaN(), 0.0F, 2.0F, 0.0F };
        const test::TemporaryFolder folder;
        const auto read = readImage(folder.write("a.fits", test::fitsBytes({ hdu })));
        QVERIFY_RESULT(read);
        const std::vector<std::uint32_t> mask { 1, 0, 1, 1, 0, 1 };
        QCOMPARE(read->segments[0].mask, mask);
        QCOMPARE(read->segments[0].flux[2], 0.0);
    }

    void oneRowImagesAndExtensions()
    {
        const test::TemporaryFolder folder;
        test::FitsHduText row = simpleHdu({ "CRVAL1  = 4000.0", "CDELT1  = 0.5" });
        row.axes = { 100, 1 };
        QVERIFY_RESULT(readImage(folder.write("row.fits", test::fitsBytes({ row }))));
        test::FitsHduText empty { { "OBJECT  = 'star'" }, {}, {} };
        const auto extension
            = readImage(folder.write("extension.fits", test::fitsBytes({ empty, row })));
        QVERIFY_RESULT(extension);
        QCOMPARE(extension->object, std::string("star"));
        QCOMPARE(extension->segments[0].pixels(), std::size_t { 100 });
    }

    void namedErrors_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<double>("value");
        QTest::newRow("error") << "ERRS" << 0.5;
        QTest::newRow("sigma") << "sigma" << 0.5;
        QTest::newRow("variance") << "VARIANCE" << 0.25;
        QTest::newRow("inverse variance") << "IVAR" << 4.0;
    }
    void namedErrors()
    {
        QFETCH(QString, name);
        QFETCH(double, value);
        auto errors = simpleHdu({ "EXTNAME = '" + name.toStdString() + "'" });
        errors.pixels.assign(100, value);
        errors.pixels[7] = 0.0;
        const test::TemporaryFolder folder;
        const auto read = readImage(folder.write("a.fits",
            test::fitsBytes({ simpleHdu({ "CRVAL1  = 4000.0", "CDELT1  = 0.5" }), errors })));
        QVERIFY_RESULT(read);
        QCOMPARE(read->segments[0].ivar[0], 4.0);
        QCOMPARE(read->segments[0].goodPixels(), std::size_t { 99 });
    }

    void descendingScalesAreTurnedRound()
    {
        const test::TemporaryFolder folder;
        const auto read = readImage(folder.write(
            "a.fits", test::fitsBytes({ simpleHdu({ "CRVAL1  = 4049.5", "CDELT1  = -0.5" }) })));
        QVERIFY_RESULT(read);
        QCOMPARE(read->segments[0].wavelengthAngstrom.front(), 4000.0);
        QVERIFY(read->segments[0].flux.front() > read->segments[0].flux.back());
    }

    void compressedFilesAndOddNames()
    {
        const test::TemporaryFolder folder;
        const std::string bytes
            = test::fitsBytes({ simpleHdu({ "CRVAL1  = 4000.0", "CDELT1  = 0.5" }) });
        for (const char* name : { "a.fits.gz", "b[1].fits", "c (copy)+2.fit" }) {
            const bool gzip = std::string_view(name).ends_with(".gz");
            const auto file = folder.write(name, gzip ? test::gzipBytes(bytes) : bytes);
            const auto read = io::readSpectrum(file);
            QVERIFY_RESULT(read);
            QCOMPARE((*read)->segments[0].pixels(), std::size_t { 100 });
        }
    }

    void otherLayoutsSayWhatTheyHold_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("holds");
        const std::vector<std::string> scale { "CRVAL1  = 4000.0", "CDELT1  = 0.5" };
        const auto bytes = [](const std::vector<test::FitsHduText>& hdus) {
            return QByteArray::fromStdString(test::fitsBytes(hdus));
        };
        test::FitsHduText rows = simpleHdu(scale);
        rows.axes = { 20, 5 };
        const test::FitsHduText empty;
        QTest::newRow("rows") << bytes({ rows }) << "20 × 5 pixels";
        QTest::newRow("flux and error")
            << bytes({ empty, simpleHdu(scale), simpleHdu(scale) }) << "HDU 3";
        QTest::newRow("no data") << bytes({ empty }) << "without data";
        QTest::newRow("frequencies")
            << bytes({ simpleHdu({ "CRVAL1  = 1.0E9", "CDELT1  = 1.0", "CTYPE1  = 'FREQ'" }) })
            << "FREQ";
    }
    void otherLayoutsSayWhatTheyHold()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, holds);
        const test::TemporaryFolder folder;
        const auto read = readImage(folder.write("a.fits", bytes.toStdString()));
        QVERIFY(!read.has_value());
        QVERIFY(read.error().code == ErrorCode::FormatUnknown);
        const std::string message = base::describe(read.error());
        QVERIFY2(QString::fromStdString(message).contains(holds), message.c_str());
    }

    void badScales_data()
    {
        QTest::addColumn<QStringList>("cards");
        QTest::addColumn<int>("code");
        QTest::newRow("none") << QStringList {} << int(ErrorCode::ValueMissing);
        QTest::newRow("no step") << QStringList { "CRVAL1  = 4000.0" }
                                 << int(ErrorCode::ValueMissing);
        QTest::newRow("step 0") << QStringList { "CRVAL1  = 4000.0", "CDELT1  = 0.0" }
                                << int(ErrorCode::WavelengthsInvalid);
        QTest::newRow("not a number")
            << QStringList { "CRVAL1  = 'abc'", "CDELT1  = 0.5" } << int(ErrorCode::ValueMissing);
        QTest::newRow("below zero") << QStringList { "CRVAL1  = -20.0", "CDELT1  = 0.5" }
                                    << int(ErrorCode::WavelengthsInvalid);
        QTest::newRow("metres that are Å") << QStringList { "CRVAL1  = 4000.0", "CDELT1  = 0.5",
            "CUNIT1  = 'm'" } << int(ErrorCode::WavelengthsInvalid);
        QTest::newRow("unknown unit") << QStringList { "CRVAL1  = 4000.0", "CDELT1  = 0.5",
            "CUNIT1  = 'furlong'" } << int(ErrorCode::ValueInvalid);
        QTest::newRow("overflow") << QStringList { "CRVAL1  = 5.0", "CDELT1  = 90.0",
            "DC-FLAG = 1" } << int(ErrorCode::WavelengthsInvalid);
    }
    void badScales()
    {
        QFETCH(QStringList, cards);
        std::vector<std::string> texts;
        for (const QString& card : cards)
            texts.push_back(card.toStdString());
        const test::TemporaryFolder folder;
        const auto read = readImage(folder.write("a.fits", test::fitsBytes({ simpleHdu(texts) })));
        QVERIFY(!read.has_value());
        QTEST(int(read.error().code), "code");
        QVERIFY(read.error().place.find("a.fits: HDU 1") != std::string::npos);
    }

    void onePixelAndNoUsablePixel()
    {
        const test::TemporaryFolder folder;
        const std::vector<std::string> scale { "CRVAL1  = 4000.0", "CDELT1  = 0.5" };
        const auto one
            = readImage(folder.write("a.fits", test::fitsBytes({ simpleHdu(scale, 1) })));
        QVERIFY(!one.has_value() && one.error().code == ErrorCode::WavelengthsInvalid);
        auto blank = simpleHdu(scale);
        blank.pixels.assign(100, std::numeric_limits<float>::quiet_NaN());
        const auto none = readImage(folder.write("b.fits", test::fitsBytes({ blank })));
        QVERIFY(!none.has_value() && none.error().code == ErrorCode::ValueInvalid);
    }

    // Cut at every 100 bytes: refused as truncated or damaged until all pixels are there, then the
    // same.
    void truncatedFiles_data()
    {
        QTest::addColumn<bool>("gzip");
        QTest::newRow("plain") << false;
        QTest::newRow("gzip") << true;
    }
    void truncatedFiles()
    {
        QFETCH(bool, gzip);
        const test::TemporaryFolder folder;
        const std::size_t pixels = 1500;
        const std::string plain
            = test::fitsBytes({ simpleHdu({ "CRVAL1  = 4000.0", "CDELT1  = 0.5" }, pixels) });
        const std::string whole = gzip ? test::gzipBytes(plain) : plain;
        const auto full = io::readSpectrum(folder.write("whole.fits", whole));
        QVERIFY_RESULT(full);
        const std::size_t dataEnd = 2880 + 4 * pixels;
        for (std::size_t length = 100; length < whole.size(); length += 100) {
            const auto read = io::readSpectrum(folder.write("cut.fits", whole.substr(0, length)));
            if (read) {
                QVERIFY2(!gzip && length >= dataEnd, std::to_string(length).c_str());
                QCOMPARE((*read)->segments[0].flux, (*full)->segments[0].flux);
                continue;
            }
            const auto code = read.error().code;
            QVERIFY2(code == ErrorCode::FileTruncated || code == ErrorCode::FileDamaged,
                base::describe(read.error()).c_str());
            QVERIFY(read.error().place.find("cut.fits") != std::string::npos);
        }
    }

    void hugeHeadersDoNotTakeMemory_data()
    {
        QTest::addColumn<qulonglong>("pixels");
        QTest::newRow("a million") << 1'000'000ULL;
        QTest::newRow("a billion") << 1'000'000'000ULL;
        QTest::newRow("2^40") << 1'099'511'627'776ULL;
        QTest::newRow("2^62") << 4'611'686'018'427'387'904ULL;
    }
    void hugeHeadersDoNotTakeMemory()
    {
        QFETCH(qulonglong, pixels);
        test::FitsHduText hdu = simpleHdu({ "CRVAL1  = 4000.0", "CDELT1  = 0.5" });
        hdu.axes = { pixels };
        const test::TemporaryFolder folder;
        const auto read = io::readSpectrum(folder.write("a.fits", test::fitsBytes({ hdu })));
        QVERIFY(!read.has_value());
        const auto code = read.error().code;
        QVERIFY2(code == ErrorCode::FileTruncated || code == ErrorCode::FileDamaged,
            base::describe(read.error()).c_str());
    }
};

QTEST_GUILESS_MAIN(TestFitsImageReader)
#include "tst_fits_image_reader.moc"
