#include "core/io/csv_table.h"

#include "core/io/file_bytes.h"
#include "tests/support/test_data.h"

#include <QTest>

#include <limits>

using namespace maury;
using base::ErrorCode;

class TestCsvTable : public QObject {
    Q_OBJECT
private slots:
    void cellsByColumnName()
    {
        const test::TemporaryFolder folder;
        const auto table = io::CsvTable::read(
            folder.write("a.csv", "\xEF\xBB\xBF# note\nfile,type\r\na.txt,G2V\r\n\r\nb.txt,\n"));
        QVERIFY_RESULT(table);
        QCOMPARE(table->rows(), std::size_t { 2 });
        const auto type = table->column("type");
        QVERIFY_RESULT(type);
        QCOMPARE(table->cell(0, *type), std::string("G2V"));
        QCOMPARE(table->cell(1, *type), std::string());
        QCOMPARE(table->line(1), std::size_t { 5 });
    }

    void quotedFields()
    {
        const test::TemporaryFolder folder;
        const auto table = io::CsvTable::read(
            folder.write("a.csv", "a,b\n\"x, y\",\"say \"\"so\"\"\"\n\"two\nlines\",2\n3,4\n"));
        QVERIFY_RESULT(table);
        QCOMPARE(table->cell(0, 0), std::string("x, y"));
        QCOMPARE(table->cell(0, 1), std::string("say \"so\""));
        QCOMPARE(table->cell(1, 0), std::string("two\nlines"));
        QCOMPARE(table->line(2), std::size_t { 5 });
    }

    void numbersNameTheirPlace()
    {
        const test::TemporaryFolder folder;
        const auto table = io::CsvTable::read(folder.write("a.csv", "x,y\n1.5,2\n3,abc\n"));
        QVERIFY_RESULT(table);
        QCOMPARE(table->number(0, 0).value(), 1.5);
        const auto wrong = table->number(1, 1);
        QVERIFY(!wrong.has_value());
        QVERIFY(wrong.error().code == ErrorCode::ValueInvalid);
        const QString message = QString::fromStdString(base::describe(wrong.error()));
        for (const char* part : { "a.csv", "line 3", "column y", "abc" })
            QVERIFY2(message.contains(part), qPrintable(message));
    }

    void badTables_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<int>("code");
        QTest::newRow("empty") << QByteArray() << int(ErrorCode::FileEmpty);
        QTest::newRow("blank") << QByteArray("\n\n") << int(ErrorCode::FormatUnknown);
        QTest::newRow("binary") << QByteArray("a\0b", 3) << int(ErrorCode::FormatUnknown);
        QTest::newRow("short row") << QByteArray("a,b\n1\n") << int(ErrorCode::ValueInvalid);
        QTest::newRow("long row") << QByteArray("a,b\n1,2,3\n") << int(ErrorCode::ValueInvalid);
        QTest::newRow("open quote") << QByteArray("a,b\n1,\"2\n") << int(ErrorCode::FileTruncated);
    }
    void badTables()
    {
        QFETCH(QByteArray, text);
        const test::TemporaryFolder folder;
        const auto table = io::CsvTable::read(folder.write("a.csv", text.toStdString()));
        QVERIFY(!table.has_value());
        QTEST(int(table.error().code), "code");
        QVERIFY(table.error().place.find("a.csv") != std::string::npos);
    }

    void aMissingColumnIsNamedWithThoseThere()
    {
        const test::TemporaryFolder folder;
        const auto table = io::CsvTable::read(folder.write("a.csv", "file,kind\nx,y\n"));
        QVERIFY_RESULT(table);
        const auto type = table->column("type");
        QVERIFY(!type.has_value());
        QVERIFY(type.error().code == ErrorCode::ValueMissing);
        const std::string message = base::describe(type.error());
        QVERIFY(message.find("file, kind") != std::string::npos);
        QVERIFY(message.find("column type") != std::string::npos);
    }

    // 15 significant digits bring every decimal of 15 digits back as it was.
    void writtenColumnsKeepTheirDigits()
    {
        const test::TemporaryFolder folder;
        constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
        const std::vector<io::CsvColumn> columns { { "wavelength", { 3800.12345678901, 4599.5 } },
            { "ivar", { kNan, 1e-17 } } };
        const auto file = folder / "out.csv";
        QVERIFY_RESULT(io::writeCsv(file, columns));
        QCOMPARE(io::readBytes(file).value(),
            std::string("wavelength,ivar\n3800.12345678901,\n4599.5,1e-17\n"));
    }

    void whereNothingCanBeWritten()
    {
        const test::TemporaryFolder folder;
        const std::vector<io::CsvColumn> columns { { "x", { 1.0 } } };
        const auto written = io::writeCsv(folder / "no" / "out.csv", columns);
        QVERIFY(!written.has_value());
        QVERIFY(written.error().code == ErrorCode::WriteFailed);
    }
};

QTEST_GUILESS_MAIN(TestCsvTable)
#include "tst_csv_table.moc"
