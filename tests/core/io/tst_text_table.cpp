#include "core/io/text_table.h"

#include "tests/support/test_data.h"

#include <QTest>

#include <cmath>
#include <limits>

using namespace maury;
using base::ErrorCode;

class TestTextTable : public QObject {
    Q_OBJECT
private slots:
    void numbers_data()
    {
        constexpr double kInfinity = std::numeric_limits<double>::infinity();
        QTest::addColumn<double>("value");
        QTest::newRow("1.5") << 1.5;
        QTest::newRow("+1.5") << 1.5;
        QTest::newRow("-1.5e3") << -1500.0;
        QTest::newRow("1.5D+03") << 1500.0;
        QTest::newRow("2.5d-1") << 0.25;
        QTest::newRow("1e999") << kInfinity;
        QTest::newRow("-1e999") << -kInfinity;
        QTest::newRow("1e-999") << 0.0;
        QTest::newRow("-Inf") << -kInfinity;
    }
    void numbers()
    {
        const auto number = io::parseNumber(QTest::currentDataTag());
        QVERIFY(number.has_value());
        QTEST(*number, "value");
    }

    void notNumbers()
    {
        for (const char* text :
            { "", "+", "-", "x", "1.5x", "1 2", "++1", "1.5.2", "D+03", "0x10" })
            QVERIFY2(!io::parseNumber(text).has_value(), text);
        QVERIFY(std::isnan(io::parseNumber("NaN").value()));
    }

    void layouts_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("blanks") << QByteArray("5000 1.5\n5001 2.5\n");
        QTest::newRow("many blanks") << QByteArray("   5000    1.5  \n\n  5001  2.5\n\n");
        QTest::newRow("tabs") << QByteArray("5000\t1.5\n5001\t2.5\n");
        QTest::newRow("commas") << QByteArray("5000,1.5\n5001,2.5\n");
        QTest::newRow("commas and blanks") << QByteArray("5000, 1.5\n5001, 2.5\n");
        QTest::newRow("semicolons") << QByteArray("5000;1.5\n5001;2.5\n");
        QTest::newRow("quotes") << QByteArray("\"5000\",\"1.5\"\n\"5001\",\"2.5\"\n");
        QTest::newRow("CRLF") << QByteArray("5000 1.5\r\n5001 2.5\r\n");
        QTest::newRow("old Mac") << QByteArray("5000 1.5\r5001 2.5\r");
        QTest::newRow("byte order mark") << QByteArray("\xEF\xBB\xBF"
                                                       "5000 1.5\n5001 2.5\n");
        QTest::newRow("no last line end") << QByteArray("5000 1.5\n5001 2.5");
        QTest::newRow("comments") << QByteArray(
            "# a\n; b\n% c\n! d\n// e\n5000 1.5\n# f\n5001 2.5\n");
        QTest::newRow("Fortran") << QByteArray("5.000D+03 1.5D0\n5.001D+03 0.25D+01\n");
        QTest::newRow("prose before") << QByteArray("My star\nseen in 1999\n5000 1.5\n5001 2.5\n");
    }
    void layouts()
    {
        QFETCH(QByteArray, text);
        const auto table = io::parseTextTable(text.toStdString(), "a.txt");
        QVERIFY_RESULT(table);
        QCOMPARE(table->rows(), std::size_t { 2 });
        QCOMPARE(table->columns, std::size_t { 2 });
        QCOMPARE(table->at(0, 0), 5000.0);
        QCOMPARE(table->at(0, 1), 1.5);
        QCOMPARE(table->at(1, 0), 5001.0);
        QCOMPARE(table->at(1, 1), 2.5);
    }

    void headersNameTheColumns()
    {
        const std::vector<std::string> names { "wavelength", "flux", "error" };
        for (const char* text : { "Wavelength,Flux,Error\n1,2,3\n",
                 "# Wavelength Flux Error\n1 2 3\n", "title\nWavelength Flux Error\n1 2 3\n" })
            QCOMPARE(io::parseTextTable(text, "a.csv")->names, names);
        QVERIFY(io::parseTextTable("title\n1 2 3\n", "a.txt")->names.empty());
    }

    void missingValuesAreNan()
    {
        const auto table
            = io::parseTextTable("5000,1,0.1\n5001,,0.1\n5002,NaN,null\n5003,-,0.1\n", "a.csv");
        QVERIFY_RESULT(table);
        QCOMPARE(table->rows(), std::size_t { 4 });
        for (std::size_t row = 1; row < 4; ++row)
            QVERIFY(std::isnan(table->at(row, 1)));
        QVERIFY(std::isnan(table->at(2, 2)));
    }

    void damageNamesTheLine_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<int>("code");
        QTest::addColumn<QString>("line");
        QTest::newRow("word among numbers") << QByteArray("# head\n5000 1\n5001 x\n5002 1\n")
                                            << int(ErrorCode::ValueInvalid) << "line 3";
        QTest::newRow("a column short")
            << QByteArray("5000 1\n5001\n5002 1\n") << int(ErrorCode::ValueInvalid) << "line 2";
        QTest::newRow("a column more")
            << QByteArray("5000 1\n5001 1 1\n") << int(ErrorCode::ValueInvalid) << "line 2";
        QTest::newRow("cut in the last line")
            << QByteArray("5000 1\n5001 1\n50") << int(ErrorCode::FileTruncated) << "line 3";
        QTest::newRow("no numbers")
            << QByteArray("hello\nworld\n") << int(ErrorCode::FormatUnknown) << "a.txt";
        QTest::newRow("one column")
            << QByteArray("5000\n5001\n") << int(ErrorCode::FormatUnknown) << "a.txt";
        QTest::newRow("comments alone")
            << QByteArray("# a\n# b\n") << int(ErrorCode::FormatUnknown) << "a.txt";
    }
    void damageNamesTheLine()
    {
        QFETCH(QByteArray, text);
        QFETCH(QString, line);
        const auto table = io::parseTextTable(text.toStdString(), "a.txt");
        QVERIFY(!table.has_value());
        QTEST(int(table.error().code), "code");
        QVERIFY(QString::fromStdString(table.error().place).endsWith(line));
    }
};

QTEST_GUILESS_MAIN(TestTextTable)
#include "tst_text_table.moc"
