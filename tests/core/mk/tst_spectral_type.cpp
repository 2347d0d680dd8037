#include "core/mk/spectral_type.h"

#include "core/io/csv_table.h"
#include "core/io/file_bytes.h"
#include "tests/support/test_data.h"

#include <QTest>

#include <cmath>
#include <fstream>
#include <set>

using namespace maury;
using base::ErrorCode;

namespace {

QString q(const std::string& text)
{
    return QString::fromStdString(text);
}

/// What is wrong with the round trip of a type that can be read; empty when it holds.
std::string roundTripFault(const std::string& text)
{
    const auto first = mk::parseSpectralType(text);
    if (!first)
        return {};
    const std::string printed = mk::print(*first);
    const auto second = mk::parseSpectralType(printed);
    if (!second)
        return text + " printed as " + printed + " is unreadable";
    mk::SpectralType expected = *first;
    expected.ignored.clear();
    return *second == expected ? "" : text + " printed as " + printed + " reads differently";
}

} // namespace

class TestSpectralType : public QObject {
    Q_OBJECT
private slots:
    void realWorldTypes_data()
    {
        QTest::addColumn<QString>("printed");
        QTest::addColumn<double>("decimal");
        QTest::addColumn<double>("luminosity"); // −1: none
        QTest::addColumn<QString>("ignored");
        const auto row = [](const char* text, const char* printed, double decimal,
                             double luminosity, const char* ignored = "") {
            QTest::newRow(text) << printed << decimal << luminosity << ignored;
        };
        row("G2V", "G2 V", 42.0, 5.0);
        row("G2 V", "G2 V", 42.0, 5.0);
        row("G1.5IV-VFe-1", "G1.5 IV-VFe-1", 41.5, 4.5);
        row("B0.5IV", "B0.5 IV", 10.5, 4.0);
        row("O9.5Iae", "O9.5 Iae", 9.5, 0.0);
        row("kA2hA5mF0", "A5 kA2hA5mF0", 25.0, -1.0);
        row("kA2hA5mF0 III", "A5 III kA2hA5mF0 III", 25.0, 3.0);
        row("M6-III:", "M6 III:", 66.0, 3.0, "-");
        row("G8+III", "G8 III", 48.0, 3.0, "+");
        row("A0Vp Si", "A0 Vp Si", 20.0, 5.0);
        row("K0III-IV", "K0 III-IV", 50.0, 3.5);
        row("F5/6V", "F5.5 V", 35.5, 5.0);
        row("G8/K0IIIw.", "G9 IIIw.", 49.0, 3.0);
        row("O6/O7", "O6.5", 6.5, -1.0);
        row("K0-1III", "K0 III", 50.0, 3.0, "-1");
        row("F7-G3Ib", "F7 Ib", 37.0, 1.0, "-G3");
        row("B2.5V+...", "B2.5 V", 12.5, 5.0, "+...");
        row("A2V+G0III", "A2 V", 22.0, 5.0, "+G0III");
        row("F8...", "F8", 38.0, -1.0, "...");
        row("gM3", "M3 III", 63.0, 3.0);
        row("dK5", "K5 V", 55.0, 5.0);
        row("sgG6", "G6 IV", 46.0, 4.0);
        row("cF8", "F8 Iab", 38.0, 0.5);
        row("sdF5", "F5 VI", 35.0, 6.0);
        row("d:F2", "F2 V", 32.0, 5.0, ":");
        row("M3.5Iab-Ib", "M3.5 Iab-Ib", 63.5, 0.5);
        row("M1-2Ia-Iab", "M1 Ia-Iab", 61.0, 0.0, "-2");
        row("K2.5Ib-IIa", "K2.5 Ib-IIa", 52.5, 1.5);
        row("K4.5III-IIIIb", "K4.5 III-IIIIb", 54.5, 3.0);
        row("K3-IIIBa0.3", "K3 IIIBa0.3", 53.0, 3.0, "-");
        row("K1pIII", "K1 IIIp", 51.0, 3.0);
        row("K5:IIIb", "K5 III:b", 55.0, 3.0);
        row("G00-Ia", "G0 Ia0", 40.0, 0.0);
        row("G0Ia-0:", "G0 Ia-0:", 40.0, 0.0);
        row("O8:Iafpe", "O8 Ia:fpe", 8.0, 0.0);
        row("O7III:(n)((f))", "O7 III:(n)((f))", 7.0, 3.0);
        row("B9pSiCr", "B9 pSiCr", 19.0, -1.0);
        row("A3mA5F0", "A3 mA5F0", 23.0, -1.0);
        row("F6V-VI", "F6 V-VI", 36.0, 5.5);
        row("K2IIICNIb-II", "K2 IIICNIb-II", 52.0, 3.0);
        row("K1IIICN+2", "K1 IIICN+2", 51.0, 3.0);
        row(" A0V ", "A0 V", 20.0, 5.0);
    }
    void realWorldTypes()
    {
        QFETCH(double, decimal);
        QFETCH(double, luminosity);
        const auto type = mk::parseSpectralType(QTest::currentDataTag());
        QVERIFY_RESULT(type);
        QCOMPARE(mk::decimalSubclass(*type), decimal);
        QCOMPARE(type->luminosityCode.value_or(-1.0), luminosity);
        QTEST(q(type->ignored), "ignored");
        QTEST(q(mk::print(*type)), "printed");
        QCOMPARE(roundTripFault(QTest::currentDataTag()), std::string());
    }

    void otherSequencesKeepTheirText_data()
    {
        QTest::addColumn<char>("letter");
        QTest::addColumn<QString>("printed");
        QTest::newRow("WC5") << 'W' << "WC5";
        QTest::newRow("WN") << 'W' << "WN";
        QTest::newRow("C-N5") << 'C' << "C-N5";
        QTest::newRow("S3.9e") << 'S' << "S3.9e";
        QTest::newRow("L5") << 'L' << "L5";
    }
    void otherSequencesKeepTheirText()
    {
        QFETCH(char, letter);
        const auto type = mk::parseSpectralType(QTest::currentDataTag());
        QVERIFY_RESULT(type);
        QCOMPARE(type->letter, letter);
        QVERIFY(std::isnan(mk::decimalSubclass(*type)));
        QTEST(q(mk::print(*type)), "printed");
        QCOMPARE(roundTripFault(QTest::currentDataTag()), std::string());
    }

    void whatIsNoMkTypeSaysWhy_data()
    {
        QTest::addColumn<QString>("reason");
        QTest::newRow("DA") << "white dwarf";
        QTest::newRow("DC:") << "white dwarf";
        QTest::newRow("sdB") << "hot subdwarf";
        QTest::newRow("sdO7") << "hot subdwarf";
        QTest::newRow("Am") << "without its number";
        QTest::newRow("ApSi") << "without its number";
        QTest::newRow("KIII") << "without its number";
        QTest::newRow("M10III") << "two digits";
        QTest::newRow("A25") << "two digits";
        QTest::newRow("pec") << "does not begin";
        QTest::newRow("?") << "does not begin";
        QTest::newRow("") << "nothing";
        QTest::newRow("   ") << "nothing";
    }
    void whatIsNoMkTypeSaysWhy()
    {
        QFETCH(QString, reason);
        const auto type = mk::parseSpectralType(QTest::currentDataTag());
        QVERIFY(!type.has_value());
        QVERIFY(type.error().code == ErrorCode::TypeUnparsable);
        const std::string message = base::describe(type.error());
        QVERIFY2(q(message).contains(reason), message.c_str());
    }

    // Codes of mk.md (Gray & Corbally 2014).
    void temperatureCodes_data()
    {
        QTest::addColumn<double>("decimal");
        QTest::addColumn<double>("code");
        QTest::newRow("O3") << 3.0 << 0.0;
        QTest::newRow("O9") << 9.0 << 6.0;
        QTest::newRow("B0.5") << 10.5 << 7.5;
        QTest::newRow("B4") << 14.0 << 11.0;
        QTest::newRow("B6") << 16.0 << 12.5;
        QTest::newRow("A4") << 24.0 << 19.5;
        QTest::newRow("A8") << 28.0 << 21.7;
        QTest::newRow("A9") << 29.0 << 22.5;
        QTest::newRow("F0") << 30.0 << 23.0;
        QTest::newRow("F9") << 39.0 << 29.0;
        QTest::newRow("G4") << 44.0 << 31.7;
        QTest::newRow("G8") << 48.0 << 33.0;
        QTest::newRow("K1") << 51.0 << 35.0;
        QTest::newRow("K4") << 54.0 << 38.0;
        QTest::newRow("K7") << 57.0 << 40.0;
        QTest::newRow("M0") << 60.0 << 40.7;
        QTest::newRow("M2") << 62.0 << 42.5;
        QTest::newRow("M3.5") << 63.5 << 44.0;
        QTest::newRow("M5") << 65.0 << 45.5;
    }
    void temperatureCodes()
    {
        QFETCH(double, decimal);
        QFETCH(double, code);
        QVERIFY(std::abs(mk::temperatureCode(decimal) - code) < 1e-9);
        QVERIFY(std::abs(mk::decimalFromTemperatureCode(code) - decimal) < 1e-9);
        QCOMPARE(mk::printClass(decimal), std::string(QTest::currentDataTag()));
    }

    void temperatureCodesAreMonotonicAndClamp()
    {
        double last = -1.0;
        for (double decimal = 3.0; decimal <= 69.0; decimal += 0.05) {
            const double code = mk::temperatureCode(decimal);
            QVERIFY(code > last);
            QVERIFY(std::abs(mk::decimalFromTemperatureCode(code) - decimal) < 1e-9);
            last = code;
        }
        QCOMPARE(mk::temperatureCode(-5.0), 0.0);
        QCOMPARE(mk::temperatureCode(90.0), mk::temperatureCode(69.0));
        QCOMPARE(mk::decimalFromTemperatureCode(-1.0), 3.0);
        QCOMPARE(mk::decimalFromTemperatureCode(99.0), 69.0);
    }

    void printedClassesRoundAcrossLetters()
    {
        QCOMPARE(mk::printClass(19.97), std::string("A0"));
        QCOMPARE(mk::printClass(19.94), std::string("B9.9"));
        QCOMPARE(mk::printClass(41.66), std::string("G1.7"));
        QCOMPARE(mk::printClass(-3.0), std::string("O0"));
        QCOMPARE(mk::printClass(100.0), std::string("M9.9"));
    }

    void luminosities()
    {
        const std::vector<std::string> names { "Ia", "Iab", "Ib", "Ib-II", "II", "II-III", "III",
            "III-IV", "IV", "IV-V", "V" };
        for (std::size_t i = 0; i < names.size(); ++i) {
            const double code = 0.5 * static_cast<double>(i);
            QCOMPARE(mk::printLuminosity(code), names[i]);
            QCOMPARE(mk::parseSpectralType("G2" + names[i])->luminosityCode, code);
        }
        // cli.md: l00, l10, l15 → I; l20 … l35 → III; l40 … l50 → V.
        const auto group = [](double code) { return mk::toString(mk::luminosityGroup(code)); };
        for (const double code : { 0.0, 1.0, 1.5 })
            QCOMPARE(group(code), std::string("I"));
        for (const double code : { 2.0, 2.5, 3.0, 3.5 })
            QCOMPARE(group(code), std::string("III"));
        for (const double code : { 4.0, 4.5, 5.0 })
            QCOMPARE(group(code), std::string("V"));
    }

    void normalStelibStars()
    {
        REQUIRE_TEST_DATA();
        const auto table
            = io::CsvTable::read(test::dataFolder() / "stelib" / "normal_complete.csv");
        QVERIFY_RESULT(table);
        QCOMPARE(table->rows(), std::size_t { 107 });
        for (std::size_t row = 0; row < table->rows(); ++row) {
            const std::string& text = table->cell(row, *table->column("type"));
            const auto type = mk::parseSpectralType(text);
            QVERIFY_RESULT(type);
            const double decimal = mk::decimalSubclass(*type);
            const double expected = *table->number(row, *table->column("decimal_subclass"));
            QVERIFY2(std::abs(decimal - expected) < 1e-9, text.c_str());
            const double code = *table->number(row, *table->column("temperature_code"));
            QVERIFY2(std::abs(mk::temperatureCode(decimal) - code) < 1e-9, text.c_str());
            QCOMPARE(q(mk::toString(mk::luminosityGroup(*type->luminosityCode))),
                q(table->cell(row, *table->column("luminosity_group"))));
        }
    }

    void stelibTypes_data()
    {
        QTest::addColumn<QString>("column");
        QTest::addColumn<double>("floor");
        // Measured; the rest are white dwarfs and types without a number.
        QTest::newRow("STELIB_x_BSC5.csv: library") << "sptype_library" << 1.0;
        QTest::newRow("STELIB_x_BSC5.csv: BSC5") << "sptype_BSC5" << 1.0;
        QTest::newRow("STELIB_index.csv") << "sptype" << 0.99;
    }
    void stelibTypes()
    {
        REQUIRE_TEST_DATA();
        QFETCH(QString, column);
        QFETCH(double, floor);
        const std::string file = std::string(QTest::currentDataTag()).substr(0, 17);
        const auto table = io::CsvTable::read(
            test::dataFolder() / "stelib" / (file.substr(0, file.find(".csv")) + ".csv"));
        QVERIFY_RESULT(table);
        const auto place = table->column(column.toStdString());
        QVERIFY_RESULT(place);
        std::set<std::string> unread;
        std::size_t read = 0;
        for (std::size_t row = 0; row < table->rows(); ++row) {
            const std::string& text = table->cell(row, *place);
            const auto type = mk::parseSpectralType(text);
            read += type.has_value() ? 1 : 0;
            if (!type)
                unread.insert(base::describe(type.error()));
            const std::string fault = roundTripFault(text);
            QVERIFY2(fault.empty(), fault.c_str());
        }
        for (const std::string& message : unread)
            qInfo("%s", message.c_str());
        const double fraction = static_cast<double>(read) / static_cast<double>(table->rows());
        qInfo("%zu of %zu types read (%.4f)", read, table->rows(), fraction);
        QVERIFY(fraction >= floor);
    }

    // Bright Star Catalogue, 5th edition: the type stands in columns 128 to 147.
    void brightStarCatalogue()
    {
        REQUIRE_TEST_DATA();
        std::ifstream stream(test::dataFolder() / "catalogues" / "bsc5.dat");
        std::size_t types = 0;
        std::size_t read = 0;
        std::size_t unnumbered = 0;
        for (std::string line; std::getline(stream, line);) {
            const std::string text = line.size() > 127 ? line.substr(127, 20) : std::string();
            if (text.find_first_not_of(' ') == std::string::npos)
                continue;
            ++types;
            const auto type = mk::parseSpectralType(text);
            read += type.has_value() ? 1 : 0;
            if (!type) {
                QVERIFY(type.error().code == ErrorCode::TypeUnparsable);
                unnumbered += type.error().found.find("without its number") != std::string::npos;
            }
            const std::string fault = roundTripFault(text);
            QVERIFY2(fault.empty(), fault.c_str());
        }
        const double fraction = static_cast<double>(read) / static_cast<double>(types);
        qInfo("%zu of %zu types read (%.4f); %zu of the others have no number (Am, Ap, …)", read,
            types, fraction, unnumbered);
        QVERIFY(types > 9000);
        QVERIFY(fraction >= 0.993);
    }
};

QTEST_GUILESS_MAIN(TestSpectralType)
#include "tst_spectral_type.moc"
